import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areNames, type Sides, sidesOf } from "../evidence/sides.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { framesOf } from "../reading/relations.ts";
import { isAuxiliary, isPlural, isPresent, isSureVerb, isVerb } from "../reading/verbs.ts";

/** Who did it to whom: a verb of the statement has the same sides in the page, the passive turned round. */
export function checkRoles(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind !== "word" || token.isName || !token.isContent) continue;
    if (framesOf(token.stem).some(({ next }) => next === null)) continue;
    if (!isToldBy(statement, index)) continue;
    const crossings = (evidence.matches[index] ?? [])
      .filter(({ place, strength }) => place.isSound && strength >= (place.reading.language === "es" ? 0.8 : 0.85))
      .filter((match) => isToldBy(match.place.reading, match.index) || isPlural(match, token))
      .map((match) => {
        const [stated, found] = distinguished(sidesOf(statement, index), sidesOf(match.place.reading, match.index));
        const isCrossed = crosses(stated, found);
        if (isCrossed !== null) return { match, isCrossed };
        const isOther =
          isOtherAgent(stated, found, statement, evidence, match) ||
          (match.token.stem === token.stem &&
            !EXCHANGEABLE.has(token.stem) &&
            isSureVerb(statement, index) &&
            isSureVerb(match.place.reading, match.index) &&
            (hasOtherPart("patient", stated, found, statement) || hasOtherPart("agent", stated, found, statement))) ||
          (match.token.stem === token.stem &&
            !EXCHANGEABLE.has(token.stem) &&
            isPatientMadeAgent(stated, found, evidence));
        return { match, isCrossed: isOther ? true : null };
      });
    if (crossings.some(({ isCrossed }) => isCrossed === false)) continue;
    const crossed = crossings.find(({ isCrossed }) => isCrossed === true);
    if (crossed === undefined) continue;
    const word = crossed.match.token.word;
    return [{ weight: 1, reason: `In the page the parts around "${word}" are the other way round` }];
  }
  return [];
}

/** A verb; "the Hornets name had become free" and "pg.Client" have none there. */
function isToldBy(reading: Reading, index: number): boolean {
  if (!isVerb(reading, index) && !isPresent(reading, index)) return false;
  const [token, next] = [reading.tokens[index], reading.tokens[index + 1]];
  if (next !== undefined && next.clause === token?.clause && isAuxiliary(reading, index + 1)) return false;
  return !/^\.\p{L}/u.test(reading.text.slice(token?.end, (token?.end ?? 0) + 2));
}

/** "Thomas Malin" and "Edgar Malin" are told apart by what they do not share. */
function distinguished(stated: Sides, found: Sides): [Sides, Sides] {
  const sides = [stated.agent, stated.patient, found.agent, found.patient].filter((side) => areNames(side));
  const shared = new Set(
    sides.flatMap((side, at) =>
      sides
        .slice(at + 1)
        .filter((other) => side.length > 1 && other.length > 1 && !isSamePerson(side, other))
        .flatMap((other) => side.flatMap(({ stem }) => (other.some((one) => one.stem === stem) ? [stem] : []))),
    ),
  );
  if (shared.size === 0) return [stated, found];
  const bare = (side: Token[]): Token[] => {
    const own = side.filter(({ stem }) => !shared.has(stem));
    return own.length > 0 ? own : side;
  };
  const bared = ({ agent, patient, ...rest }: Sides): Sides => ({
    ...rest,
    agent: bare(agent),
    patient: bare(patient),
  });
  return [bared(stated), bared(found)];
}

/** Each part of the shorter name is in the longer one. */
function isSamePerson(a: readonly Token[], b: readonly Token[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every(({ stem }) => long.some((other) => other.stem === stem));
}

/** True: the sides are exchanged. False: they agree on both sides. Null: nothing can be said. */
function crosses(stated: Sides, found: Sides): boolean | null {
  if (isIn(stated.agent, stated.patient) || isIn(found.agent, found.patient)) return null;
  const [isAgent, isPatient] = [isIn(stated.agent, found.agent), isIn(stated.patient, found.patient)];
  if (isAgent || isPatient) return isAgent && isPatient ? false : null;
  const [isTaken, isGiven] = [isIn(stated.patient, found.agent), isIn(stated.agent, found.patient)];
  if (isTaken && isGiven) return true;
  const isNamed = [stated.agent, stated.patient].every((side) => side.length > 0 && side.every(({ isName }) => isName));
  return isNamed && isIn(stated.patient, found.agentNames) && isIn(stated.agent, found.patientNames) ? true : null;
}

/** "They fired Reed and took Hall along" for "they fired Hall …": the statement has the page's name, in another part. */
function hasOtherPart(side: "agent" | "patient", stated: Sides, found: Sides, { tokens }: Reading): boolean {
  const [own, other] = [stated[side], found[side]];
  if (!areNames(own) || !areNames(other) || isIn(own, other)) return false;
  const names = side === "agent" ? [stated.agentNames, found.agentNames] : [stated.patientNames, found.patientNames];
  if (isIn(own, names[1] ?? []) || isIn(other, names[0] ?? [])) return false;
  const [opposite, theirs] = side === "agent" ? [stated.patient, found.patient] : [stated.agent, found.agent];
  if (opposite.length > 0 && theirs.length > 0 && !isIn(opposite, theirs)) return false;
  return isIn(other, tokens);
}

/**
 * The same done to the same, but by somebody else: the statement's own agent is that of another part of the page's
 * sentence, or the page's agent has another part in the statement.
 */
function isOtherAgent(stated: Sides, found: Sides, statement: Reading, evidence: Evidence, match: Match): boolean {
  const { reading, unit } = match.place;
  const [own, other] = [headOf(stated.agent), headOf(found.agent)];
  if (!areOfOneKind(own, other, reading) || !isIn(stated.patient, found.patient)) return false;
  if (isIn(own, found.all) || isIn(other, stated.all)) return false;
  if (isIn(other, statement.tokens)) return evidence.places.some((place) => isIn(own, place.reading.tokens));
  return (
    unit.kind === "sentence" &&
    isIn(
      own,
      reading.tokens.filter(({ isContent }) => isContent),
    )
  );
}

/** Who did it in the page is the one it is done to in the statement, and somebody else did it there. */
function isPatientMadeAgent(stated: Sides, found: Sides, evidence: Evidence): boolean {
  const [own, other] = [headOf(stated.agent), headOf(found.agent)];
  if (own.length === 0 || other.length === 0 || (found.patient.length === 0 && !found.hasPronoun)) return false;
  if (!isIn(other, stated.patient) || isIn(own, found.agent) || isIn(other, stated.agent)) return false;
  const readings = [...evidence.places.map(({ reading }) => reading), ...evidence.contexts];
  return readings.some(({ tokens }) => isIn(own, tokens));
}

/** A name and a noun may mean the same; German writes both alike. */
function areOfOneKind(own: readonly Token[], other: readonly Token[], { language }: Reading): boolean {
  return own.length > 0 && other.length > 0 && (language === "de" || areNames(own) === areNames(other));
}

/** A name, or the noun next to the verb. */
function headOf(side: readonly Token[]): readonly Token[] {
  return side.every(({ isName }) => isName) ? side : side.slice(0, 1);
}

function isIn(tokens: readonly Token[], others: readonly Token[]): boolean {
  return tokens.some((token) => others.some((other) => other.stem === token.stem || shareMeaning(token, other)));
}

// Said of either side alike, or of what happens as of what is done.
const EXCHANGEABLE: ReadonlySet<string> = new Set(
  "nam nicknam call renam marry married meet met merge differ border agree disagree join resembl correspond work share divorc talk open clos close ris rose fell increas decreas start end begin began chang grow grew mov break broke includ contain hav becom becam remain lik".split(
    " ",
  ),
);

function shareMeaning(a: Token, b: Token): boolean {
  return a.isName && b.isName && a.concepts.some((concept) => b.concepts.includes(concept));
}
