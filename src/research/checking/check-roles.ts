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
    if (token.kind !== "word" || token.isName || !token.isContent) continue;
    if (!isVerb(statement, index) && !isPresent(statement, index)) continue;
    const crossings = (evidence.matches[index] ?? [])
      .filter(({ place, strength }) => place.isSound && strength >= (place.reading.language === "es" ? 0.8 : 0.85))
      .filter((match) => isVerb(match.place.reading, match.index) || isPlural(match, token))
      .map((match) => {
        const [stated, found] = distinguished(sidesOf(statement, index), sidesOf(match.place.reading, match.index));
        if (areTurned(stated, found)) return { match, isCrossed: true };
        const isCrossed = crosses(stated, found);
        if (isCrossed !== null) return { match, isCrossed };
        const isOther =
          isOtherAgent(stated, found, statement, evidence) ||
          isOtherPatient(stated, found, match.place.reading) ||
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
  // "His niece Ellen Feld followed him": of the two whom the statement names, it is Ellen.
  const both = areNames(stated.agent) && areNames(stated.patient) && isIn(stated.patient, found.agent);
  if (both && found.hasPronoun && !isIn(stated.agent, stated.patient))
    return [stated, { ...found, agent: found.agent.filter((token) => !isIn([token], stated.agent)) }];
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

/** Who gave it there is the one to whom it is given here, or the one it is given to there gives it here. */
function areTurned(stated: Sides, found: Sides): boolean {
  const [giver, taker] = [headOf(stated.agent), stated.recipient];
  if (giver.length === 0 || taker.length === 0 || isIn(giver, found.agent)) return false;
  if (found.recipient.length === 0 || isIn(taker, found.recipient)) return false;
  return isIn(giver, found.recipient) && (found.agent.length === 0 || isIn(taker, found.agent));
}

interface Sides {
  /** To whom, where the verb is followed by "to". */
  recipient: Token[];
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
  const isRelative = /^(?:who|which|that|der|die|das|que)$/.test(opening);
  const reach = isRelative && !hasOwnSubject ? 3 : 0;
  const isShared = !hasOwnSubject && !isRelative && isSubjectless(reading, index);
  const isNear = (token: Token): boolean => {
    const distance = (verb?.clause ?? 0) - token.clause;
    return token.isContent && token.kind === "word" && distance >= 0 && distance <= reach;
  };
  const before = reading.tokens.slice(0, index).filter(isNear).reverse();
  const after = reading.tokens.slice(index + 1).filter((token) => isNear(token) && token.clause === verb?.clause);
  const isPronoun = /^(?:it|he|she|they|we|you|i|one|er|sie|es|il|elle|ils|elles)$/.test(subjectWord(reading, index));
  const left = isPronoun
    ? []
    : isShared
      ? sharedSubject(reading, index).slice(0, 3)
      : reach > 0 && !before.some(({ isName }) => isName)
        ? before
        : nearest(reading, before);
  const hasPronoun = /^(?:her|him|it|them|me|us)$/.test(reading.tokens[index + 1]?.word ?? "");
  const { direct, recipient } = splitAtRecipient(reading, index, after);
  const right = nearest(reading, direct);
  const [leftNames, rightNames] = [before, after].map((tokens) => tokens.filter(({ isName }) => isName));
  const all = [...(isShared ? left : []), ...before, ...after];
  switch (voiceOf(reading, index)) {
    case "active":
      return {
        agent: left,
        patient: right,
        agentNames: leftNames ?? [],
        patientNames: rightNames ?? [],
        hasPronoun,
        recipient,
        all,
      };
    case "passive":
      return {
        agent: right,
        patient: left,
        agentNames: rightNames ?? [],
        patientNames: leftNames ?? [],
        hasPronoun: isPronoun,
        recipient,
        all,
      };
    case "agentless":
      return {
        agent: [],
        patient: left,
        agentNames: [],
        patientNames: leftNames ?? [],
        hasPronoun: false,
        recipient,
        all,
      };
  }
}

const GIVING: ReadonlySet<string> = new Set(
  "give gave given sell sold rent leas lend lent pay paid hand send sent award grant cede ced transfer transferr donat present teach taught leave left bequeath vend vendi entreg don ced verkauf verkaufte vermiet ubergab schenkt".split(
    " ",
  ),
);

/** "Sold the depot to Norhaus": what is given, and to whom. */
function splitAtRecipient(
  { tokens, text }: Reading,
  index: number,
  after: Token[],
): { direct: Token[]; recipient: Token[] } {
  const verb = tokens[index];
  if (verb === undefined || !GIVING.has(verb.stem)) return { direct: after, recipient: [] };
  const first = after.findIndex((token) => TO.test(text.slice(verb.end, token.start)));
  if (first === -1) return { direct: after, recipient: [] };
  return { direct: after.slice(0, first), recipient: after.slice(first, first + MAX_RECIPIENT) };
}

const MAX_RECIPIENT = 3;
const TO = /(?<!\p{L})(?:to|an|a|al|à|au)\s+(?:(?:the|a|an|its|his|her|their|den|die|das|dem|el|la|los|las|le)\s+)?$/iu;

/** "The club rents the house": an "s" between a noun and an article or name. */
function isPresent({ tokens, language, text }: Reading, index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (language !== "en" || before === undefined || token === undefined || next === undefined) return false;
  if (!/[^s]s$/.test(token.word) || !/\p{Ll}/u.test(text[token.start] ?? "")) return false;
  const hasSubject =
    (before.isContent && before.kind === "word") || /^(?:and|which|who|that|it|he|she)$/.test(before.word);
  return hasSubject && (ARTICLES.test(next.word) || next.isName);
}

const ARTICLES = /^(?:the|a|an|its|his|her|their|all|any|each|every)$/;

/** "Variables take precedence": the page has the verb in the plural. */
function isPlural(
  { place: { reading }, index, token }: { place: { reading: Reading }; index: number; token: Token },
  own: Token,
): boolean {
  if (reading.language !== "en" || (token.stem !== own.stem && token.isName)) return false;
  return isPresent(reading, index) || (!/s$/.test(token.word) && /[^s]s$/.test(reading.tokens[index - 1]?.word ?? ""));
}

/** The word before the verb and its auxiliaries. */
function subjectWord({ tokens, language }: Reading, index: number): string {
  const at = tokens.findLastIndex(
    ({ word }, before) =>
      before < index &&
      !isFormOfBe(word, language) &&
      !/^(?:has|have|had|was|were|will|would|to|did|does|do|can|could|may|might|must|should|also|a|ont|avait|hat|se|ha)$/.test(
        word,
      ),
  );
  return tokens[at]?.word ?? "";
}

/** "…, built by John Pell, replaced it", "has owned it since 1911 and rents it": the subject stands before. */
function isSubjectless({ tokens, language }: Reading, index: number): boolean {
  const verb = tokens[index];
  const first = tokens.findIndex(({ clause }) => clause === verb?.clause);
  const between = tokens.slice(first, index);
  return first > 0 && between.every(({ word }) => JOINING.test(word) || isFormOfBe(word, language));
}

/** What stands before the verb of the nearest clause that has a subject, the word nearest to the verb first. */
function sharedSubject(reading: Reading, index: number): Token[] {
  const own = reading.tokens[index]?.clause ?? 0;
  for (let clause = own - 1; clause >= Math.max(0, own - MAX_SHARED); clause -= 1) {
    const first = reading.tokens.findIndex((token) => token.clause === clause);
    if (/^(?:who|which|that|der|die|das|que)$/.test(reading.tokens[first]?.word ?? "")) return [];
    const verb = reading.tokens.findIndex((token, at) => token.clause === clause && isSureVerb(reading, at));
    const apposed = reading.tokens.filter((token) => token.clause === clause && token.isContent);
    if (verb === -1 && apposed.length <= MAX_APPOSED && areNames(apposed)) return apposed.reverse();
    // A whole clause whose verb is not known.
    if (verb === -1 && apposed.length > MAX_APPOSED) return [];
    const before = verb === -1 ? [] : reading.tokens.slice(first, verb);
    if (before.some(({ word }) => PRONOUNS.test(word))) return [];
    const subject = before.filter(({ isContent, kind }) => isContent && kind === "word");
    if (subject.length > 0) return subject.reverse();
  }
  // "A timber bridge of 74 metres, built by Pell, replaced it": no verb before but in the insertion.
  const inserted = reading.tokens.findIndex(({ clause }) => clause === own - 1);
  if (own < 2 || !isVerb(reading, inserted)) return [];
  return reading.tokens.filter(({ clause, isContent, kind }) => clause === 0 && isContent && kind === "word").reverse();
}

/** "The Bradford museum" has no verb, though a name stands before its noun. */
function isSureVerb(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  if (token === undefined || token.isName) return false;
  const written = reading.text.slice(token.start, token.end);
  return (
    isFormOfBe(token.word, reading.language) ||
    HAVE.test(token.word) ||
    /ed$/.test(token.word) ||
    isPastForm(written, token.word, reading.language) ||
    isPresent(reading, index)
  );
}

const MAX_SHARED = 2;
const MAX_APPOSED = 4;
const HAVE =
  /^(?:has|have|had|hat|haben|ha|han|began|became|came|went|grew|rose|fell|ran|stood|set|put|begann|wurde|kam|ging)$/;
const PRONOUNS = /^(?:it|he|she|they|we|you|i|er|sie|es|il|elle|ils|elles)$/;

const JOINING = /^(?:and|but|or|then|und|oder|y|pero|has|have|had|hat|ha|han)$/;

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

/** "Vidal was elected" where the page has "Robledo was elected, before Vidal": it happened to another one of the sentence. */
function isOtherPatient(stated: Sides, found: Sides, { tokens, text }: Reading): boolean {
  if (stated.agent.length > 0 || found.agent.length > 0 || !areNames(stated.patient) || !areNames(found.patient))
    return false;
  if (isIn(stated.patient, found.patientNames) || isIn(found.patient, stated.all)) return false;
  const last = found.patient.at(-1)?.end ?? 0;
  const later = tokens.filter(
    ({ start }) =>
      start > last &&
      isIn(
        [...stated.patient],
        tokens.filter((one) => one.start === start),
      ),
  );
  return later.length > 0 && FRINGE.test(text.slice(0, later[0]?.start));
}

const FRINGE = /(?<!\p{L})(?:of|over|against|before|after|ahead of|instead of|than|de|contra|ante|von|gegen|vor)\s+$/iu;

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
    /(?:ed|en|wn|t|paid|ado|ada|ido|ida)$/.test(verb.word)
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
