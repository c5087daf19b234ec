import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isFormOfBe } from "../reading/function-words.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";

/**
 * "The scheduler listens on port 7070" where the page has "The dashboard is a preview. It listens on port 7070": what is
 * said stands in one sentence only, which speaks of another thing, and the statement's own thing has sentences of its own.
 */
export function checkTopic(statement: Reading, evidence: Evidence): Finding[] {
  const verb = verbOf(statement);
  if (verb <= 0) return [];
  const topic = contentBefore(statement, verb);
  const said = statement.tokens.flatMap(({ isContent }, at) => (isContent && at >= verb ? [at] : []));
  if (topic.length === 0 || topic.some((at) => isName(statement, at)) || said.length === 0) return [];
  const holding = evidence.places.filter((place) => said.every((at) => standsIn(evidence, at, place, 0.85)));
  const [place, ...more] = holding;
  if (place === undefined || more.length > 0 || place.unit.kind !== "sentence") return [];
  if (topic.some((at) => evidence.inContext[at] === true || standsIn(evidence, at, place, 0.7))) return [];
  const other = topicOf(place);
  if (other.length === 0 || other.some((token) => isMain(token, place) || matchIn(token, statement) !== null))
    return [];
  if (!hasOwnSentence(statement, topic, place)) return [];
  return [
    {
      weight: 1,
      reason: `The page says this of "${other.at(-1)?.word}", not of "${statement.tokens[topic.at(-1) ?? 0]?.word}"`,
    },
  ];
}

function verbOf(reading: Reading): number {
  return reading.tokens.findIndex(
    ({ word }, at) => at > 0 && (isFormOfBe(word, reading.language) || isVerb(reading, at) || isPresent(reading, at)),
  );
}

/** "The scheduler listens on": an "s" between a noun and what a verb may have behind it. */
function isPresent({ tokens, language }: Reading, index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (language !== "en" || before?.isContent !== true || token?.kind !== "word" || token.isName) return false;
  return (
    /[^s]s$/.test(token.word) && token.isContent && (next === undefined || !next.isContent || next.kind !== "word")
  );
}

function contentBefore({ tokens }: Reading, verb: number): number[] {
  const clause = tokens[verb]?.clause;
  return tokens.flatMap(({ isContent, clause: own }, at) => (isContent && at < verb && own === clause ? [at] : []));
}

function isName({ tokens }: Reading, index: number): boolean {
  return tokens[index]?.isName === true || tokens[index]?.kind !== "word";
}

function standsIn(evidence: Evidence, index: number, place: Place, strength: number): boolean {
  return (evidence.matches[index] ?? []).some((match) => match.place === place && match.strength >= strength);
}

/** What the sentence speaks of; a pronoun takes that of the sentence before. */
function topicOf({ page, unit, reading }: Place): Token[] {
  if (!PRONOUN.test(reading.tokens[0]?.word ?? "")) return subjectIn(reading);
  const before = page.units[unit.index - 1];
  return before?.kind === "sentence" && before.section === unit.section ? subjectIn(page.read(before)) : [];
}

const PRONOUN = /^(?:it|they|he|she|es|sie|er)$/;

function subjectIn(reading: Reading): Token[] {
  const verb = verbOf(reading);
  return contentBefore(reading, verb).flatMap((at) => reading.tokens[at] ?? []);
}

/** The thing of the whole page goes by many names. */
function isMain(token: Token, { page, unit }: Place): boolean {
  return (
    token.isName ||
    matchIn(token, page.readContext(0)) !== null ||
    matchIn(token, page.readContext(unit.section)) !== null
  );
}

/** Another sentence of the page begins with the statement's own thing, as this one does with another. */
function hasOwnSentence(statement: Reading, topic: readonly number[], { page, unit }: Place): boolean {
  const head = statement.tokens[topic.at(-1) ?? 0];
  if (head === undefined) return false;
  return page.unitsWith(head.stem, []).list.some((at) => {
    const other = page.units[at];
    if (other === undefined || other === unit || other.kind !== "sentence") return false;
    return subjectIn(page.read(other)).some(({ stem }) => stem === head.stem);
  });
}
