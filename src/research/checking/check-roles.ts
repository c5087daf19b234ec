import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { isFormOfBe } from "./function-words.ts";
import { namesOf } from "./names.ts";
import type { Reading, Token } from "./reading.ts";

export interface RoleCheck {
  findings: Finding[];
  /** A verb with its sides was found as the statement has it. */
  isConfirmed: boolean;
}

/** Who did it to whom: a verb of the statement has the same sides in the page, the passive turned round. */
export function checkRoles(statement: Reading, evidence: Evidence): RoleCheck {
  let isConfirmed = false;
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind !== "word" || token.isName || !token.isContent || !isVerb(statement, index)) continue;
    const crossings = (evidence.matches[index] ?? [])
      .filter(({ place, strength }) => place.isSound && strength >= 0.85)
      .filter((match) => isVerb(match.place.reading, match.index))
      .map((match) => {
        const [stated, found] = [sidesOf(statement, index), sidesOf(match.place.reading, match.index)];
        const isCrossed = crosses(stated, found);
        if (isCrossed !== null) return { match, isCrossed };
        const isOther =
          isOtherAgent(stated, found, statement, evidence) ||
          (match.token.stem === token.stem &&
            !EXCHANGEABLE.has(token.stem) &&
            isPatientMadeAgent(stated, found, evidence));
        return { match, isCrossed: isOther ? true : null };
      });
    if (crossings.some(({ isCrossed }) => isCrossed === false)) {
      isConfirmed = true;
      continue;
    }
    const crossed = crossings.find(({ isCrossed }) => isCrossed === true);
    if (crossed === undefined) continue;
    const word = crossed.match.token.word;
    return {
      findings: [{ weight: 1, reason: `In the page the parts around "${word}" are the other way round` }],
      isConfirmed,
    };
  }
  return { findings: [], isConfirmed };
}

interface Sides {
  agent: Token[];
  patient: Token[];
  /** All names on either side within the clause. */
  agentNames: Token[];
  patientNames: Token[];
  /** The verb is followed by "her", "him", "it", "them". */
  hasPronoun: boolean;
  /** Every word of the clause. */
  all: Token[];
}

/** The nearest parts on either side of the verb within its clause, in the order of the active voice. */
function sidesOf(reading: Reading, index: number): Sides {
  const verb = reading.tokens[index];
  // "Zhu (the first emperor), who overthrew …": a relative clause reaches back over what is put in between.
  const opening = reading.tokens.find(({ clause }) => clause === verb?.clause)?.word ?? "";
  const hasOwnSubject = reading.tokens.slice(0, index).some((token) => token.clause === verb?.clause && token.isName);
  const reach = /^(?:who|which|that|der|die|das|que)$/.test(opening) && !hasOwnSubject ? 3 : 0;
  const isNear = (token: Token): boolean => {
    const distance = (verb?.clause ?? 0) - token.clause;
    return token.isContent && token.kind === "word" && distance >= 0 && distance <= reach;
  };
  const before = reading.tokens.slice(0, index).filter(isNear).reverse();
  const after = reading.tokens.slice(index + 1).filter((token) => isNear(token) && token.clause === verb?.clause);
  const isPronoun = /^(?:it|he|she|they|we|you|i|one|er|sie|es|il|elle|ils|elles)$/.test(subjectWord(reading, index));
  const left = isPronoun ? [] : reach > 0 && !before.some(({ isName }) => isName) ? before : nearest(reading, before);
  const hasPronoun = /^(?:her|him|it|them|me|us)$/.test(reading.tokens[index + 1]?.word ?? "");
  const right = nearest(reading, after);
  const [leftNames, rightNames] = [before, after].map((tokens) => tokens.filter(({ isName }) => isName));
  const all = [...before, ...after];
  switch (voiceOf(reading, index)) {
    case "active":
      return {
        agent: left,
        patient: right,
        agentNames: leftNames ?? [],
        patientNames: rightNames ?? [],
        hasPronoun,
        all,
      };
    case "passive":
      return {
        agent: right,
        patient: left,
        agentNames: rightNames ?? [],
        patientNames: leftNames ?? [],
        hasPronoun: false,
        all,
      };
    case "agentless":
      return { agent: [], patient: left, agentNames: [], patientNames: leftNames ?? [], hasPronoun: false, all };
  }
}

/** The word before the verb and its auxiliaries. */
function subjectWord({ tokens, language }: Reading, index: number): string {
  const at = tokens.findLastIndex(
    ({ word }, before) =>
      before < index &&
      !isFormOfBe(word, language) &&
      !/^(?:has|have|had|was|were|will|would|did|does|do|can|could|may|might|must|should|also|a|ont|avait|hat|se|ha)$/.test(
        word,
      ),
  );
  return tokens[at]?.word ?? "";
}

/** The name nearest to the verb, or else the two or three words nearest to it. */
function nearest(reading: Reading, tokens: readonly Token[]): Token[] {
  const named = tokens.find(({ isName }) => isName);
  if (named === undefined) return tokens.slice(0, 3);
  const at = reading.tokens.indexOf(named);
  const name = namesOf(reading).find((indices) => indices.includes(at)) ?? [at];
  return name.flatMap((index) => reading.tokens[index] ?? []);
}

/** True: the sides are exchanged. False: they agree on both sides. Null: nothing can be said. */
function crosses(stated: Sides, found: Sides): boolean | null {
  const overlap = isIn;
  if (overlap(stated.agent, stated.patient) || overlap(found.agent, found.patient)) return null;
  const [isAgent, isPatient] = [overlap(stated.agent, found.agent), overlap(stated.patient, found.patient)];
  if (isAgent || isPatient) return isAgent && isPatient ? false : null;
  const [isTaken, isGiven] = [overlap(stated.patient, found.agent), overlap(stated.agent, found.patient)];
  if (isTaken && isGiven) return true;
  const isNamed = [stated.agent, stated.patient].every((side) => side.length > 0 && side.every(({ isName }) => isName));
  return isNamed && overlap(stated.patient, found.agentNames) && overlap(stated.agent, found.patientNames)
    ? true
    : null;
}

/** The same done to the same, but by somebody else who also has a part in the statement or in the page. */
function isOtherAgent(stated: Sides, found: Sides, statement: Reading, evidence: Evidence): boolean {
  const [own, other] = [stated.agent, found.agent].map(headOf);
  if (own === undefined || other === undefined || own.length === 0 || other.length === 0) return false;
  if (!isIn(stated.patient, found.patient) || isIn(own, found.all) || isIn(other, stated.all)) return false;
  return isIn(other, statement.tokens) && evidence.places.some(({ reading }) => isIn(own, reading.tokens));
}

/** Who did it in the page is the one it is done to in the statement, and somebody else did it there. */
function isPatientMadeAgent(stated: Sides, found: Sides, evidence: Evidence): boolean {
  const [own, other] = [headOf(stated.agent), headOf(found.agent)];
  // "She studied under Holm": who did it stands in no name there.
  if (areNames(own) && areNames(stated.patient) && other.length === 0)
    return isIn(own, found.patientNames) && !isIn(stated.patient, found.patient);
  if (own.length === 0 || other.length === 0 || (found.patient.length === 0 && !found.hasPronoun)) return false;
  if (!isIn(other, stated.patient) || isIn(own, found.agent) || isIn(other, stated.agent)) return false;
  const readings = [...evidence.places.map(({ reading }) => reading), ...evidence.contexts];
  return readings.some(({ tokens }) => isIn(own, tokens));
}

function areNames(tokens: readonly Token[]): boolean {
  return tokens.length > 0 && tokens.every(({ isName }) => isName);
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
  "marry married meet met merge differ border agree disagree join resembl correspond work share divorc talk open clos close ris rose fell increas decreas start end begin began chang grow grew mov break broke includ contain hav becom becam remain lik".split(
    " ",
  ),
);

function shareMeaning(a: Token, b: Token): boolean {
  return a.isName && b.isName && a.concepts.some((concept) => b.concepts.includes(concept));
}

function voiceOf({ tokens, text, language }: Reading, index: number): "active" | "passive" | "agentless" {
  const verb = tokens[index];
  if (verb === undefined) return "active";
  const after = text.slice(verb.end, verb.end + 40);
  const hasAgent = /^(?:\s+\p{L}+){0,2}\s+(?:by|von|por|par|durch)\s/iu.test(after);
  const isParticiple = /(?:ed|en|wn|[^s]t|ado|ada|ido|ida|ados|adas)$/.test(verb.word) || !/ing$/.test(verb.word);
  const hasBe = tokens
    .slice(Math.max(0, index - 3), index)
    .some(({ word, clause }) => clause === verb.clause && isFormOfBe(word, language));
  if (hasBe && isParticiple) return hasAgent ? "passive" : "agentless";
  // "Rejected a complaint by X" is active: without a form of "be" the agent follows at once.
  return /^\s+(?:for\s+|to\s+)?(?:by|von|por|par|durch)\s/iu.test(after) &&
    /(?:ed|en|wn|t|ado|ada|ido|ida)$/.test(verb.word)
    ? "passive"
    : "active";
}

/** A verb with its subject or its auxiliary directly before it; a noun of the same form has an article or adjective. */
export function isVerb({ tokens, text, language }: Reading, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !/\p{Ll}/u.test(text[token.start] ?? "")) return false;
  const before = tokens[index - 1];
  if (before === undefined) return false;
  // "A Czech drama": the name is an adjective there.
  const isAdjective = /^an?$/.test(tokens[index - 2]?.word ?? "");
  if (isFormOfBe(before.word, language) || AUXILIARIES.has(before.word) || (before.isName && !isAdjective)) return true;
  if (isPastForm(text.slice(token.start, token.end), token.word, language)) return true;
  if (ADVERBS.has(before.word) || (language === "fr" && /^(?:a|ont|avait)$/.test(before.word))) return true;
  if (/ing$/.test(token.word) && /^(?:by|after|before|while|when|without)$/.test(before.word)) return true;
  const earlier = tokens[index - 2];
  if (/ly$/.test(before.word) && earlier !== undefined && (isFormOfBe(earlier.word, language) || earlier.isName))
    return true;
  return (before.isContent || /^(?:and|but|or|then)$/.test(before.word)) && /ed$/.test(token.word);
}

/** Forms that are verbs wherever they stand. */
function isPastForm(written: string, word: string, language: string): boolean {
  if (language === "es") return /\p{Ll}(?:ó|aron|ieron)$/u.test(written);
  if (language === "de") return /^(?!ge)\p{Ll}{3,}(?:te|ten)$/u.test(written) || GERMAN_PAST.has(word);
  return language === "en" && PAST.has(word);
}

const PAST: ReadonlySet<string> = new Set(
  "gave took made sold bought wrote rewrote won led held sent paid told found lost kept left brought sought taught caught fought thought chose drove knew saw spoke stole wore beat laid built spent met drew threw flew sang shot hid fed asked".split(
    " ",
  ),
);

const GERMAN_PAST: ReadonlySet<string> = new Set(
  "gab nahm nannte schrieb verkaufte gewann verlor hielt fand ließ liess bot rief schlug trug zog warf baute".split(
    " ",
  ),
);

const ADVERBS: ReadonlySet<string> = new Set(
  "often always never usually sometimes frequently also later then first finally mainly".split(" "),
);

const AUXILIARIES: ReadonlySet<string> = new Set(
  "will would can could may might must did does do to had has have who which that they he she it hat haben se ha que".split(
    " ",
  ),
);
