import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { weightIn } from "../evidence/weight-in.ts";
import type { Reading } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";
import { checkAlongside, checkDenial, checkEllipsis, checkLoneNegation } from "./check-denials.ts";
import { checkHalves } from "./check-halves.ts";
import { checkModality } from "./check-modality.ts";
import { checkNegation } from "./check-negation.ts";
import { checkUnanswered } from "./check-unanswered.ts";

/** "Is" is not "is not", "will" is not "may", "has" is not "will": the matched words are affirmed alike on both sides. */
export function checkPolarity(statement: Reading, evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  const held = new Map(evidence.places.map((place) => [place, weightIn(statement, evidence, place)]));
  statement.tokens.forEach((token, index) => {
    const matches = coreMatches(statement, evidence, index, held);
    if (matches.length === 0) return;
    const negation = checkNegation(statement, evidence, token, ownClause(statement, evidence, index, matches));
    if (negation !== null) findings.push(negation);
    if (token.kind !== "word") return;
    const modality = checkModality(statement, token, matches);
    if (modality !== null) findings.push(modality);
  });
  return strongestOf([
    ...findings,
    ...checkHalves(statement, evidence),
    ...checkUnanswered(statement, evidence),
    ...checkLoneNegation(statement, evidence),
    ...checkEllipsis(statement, evidence),
    ...checkDenial(statement, evidence),
    ...checkAlongside(statement, evidence),
  ]);
}

/**
 * Where the word stands in several sentences, the one that holds most of the statement is meant; one that speaks of all
 * that the statement speaks of before the others.
 */
function coreMatches(statement: Reading, evidence: Evidence, index: number, held: ReadonlyMap<Place, number>): Match[] {
  const core = (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isSound && strength >= 0.7);
  if (core.length === 0) return core;
  const subject = isVerb(statement, index) ? subjectOf(statement, index) : [];
  const onSubject = core.filter(
    ({ place }) =>
      subject.length > 0 && subject.every((at) => (place.matches[at] ?? []).some(({ strength }) => strength >= 0.9)),
  );
  if (onSubject.length > 0 && onSubject.length < core.length) return onSubject;
  const most = Math.max(...held.values());
  const own = core.filter(({ place }) => (held.get(place) ?? 0) >= most * SAME_MATTER_SHARE);
  const best = Math.max(...own.map(({ place }) => held.get(place) ?? 0));
  return own.filter(({ place }) => (held.get(place) ?? 0) >= best * CLOSE_SHARE);
}

const CLOSE_SHARE = 0.97;
// A sentence that holds less than this of what the best one holds is on another matter: its "not" denies something else.
const SAME_MATTER_SHARE = 0.5;

/** The word stands several times: meant is where the page speaks of what the statement speaks of. */
function ownClause(statement: Reading, evidence: Evidence, index: number, matches: Match[]): Match[] {
  if (matches.every(({ token }) => token.isNegated === matches[0]?.token.isNegated)) return matches;
  const subject = subjectOf(statement, index);
  const held = matches.map(({ place, token }) =>
    heldBy(subject, evidence, (one) => one.place === place && one.token.clause === token.clause && one.token !== token),
  );
  const most = Math.max(...held);
  const own = matches.filter((_, at) => held[at] === most);
  if (own.length < matches.length) return own;
  const behind = matches.filter((match) => followsSubject(subject, match, matches));
  return behind.length === 0 ? matches : behind;
}

/** Indices of what a verb is said of: the words before it. Of other words it is the first of the statement. */
function subjectOf(statement: Reading, index: number): number[] {
  const content = statement.tokens.flatMap(({ isContent }, at) => (isContent ? [at] : []));
  const earlier = content.filter((at) => at < index);
  const own = earlier.filter((at) => statement.tokens[at]?.clause === statement.tokens[index]?.clause);
  const before = own.length > 0 ? own : earlier;
  return before.length > 0 && isVerb(statement, index) ? before : content.slice(0, 1);
}

function heldBy(subject: readonly number[], evidence: Evidence, isThere: (match: Match) => boolean): number {
  return subject.reduce((sum, at) => {
    const isHeld = (evidence.matches[at] ?? []).some((match) => match.strength >= 0.9 && isThere(match));
    return sum + (isHeld ? (evidence.weights[at] ?? 0) : 0);
  }, 0);
}

/** "The first (A), with data, and the second (B), without data": a word that the sentence has once stands before it. */
function followsSubject(subject: readonly number[], { place, token }: Match, matches: readonly Match[]): boolean {
  return subject.some((at) => {
    const [only, ...more] = (place.matches[at] ?? []).filter(({ strength }) => strength >= 0.9);
    if (only === undefined || more.length > 0 || only.token.start >= token.start) return false;
    return !matches.some((one) => one.token.start > only.token.start && one.token.start < token.start);
  });
}

function strongestOf(findings: Finding[]): Finding[] {
  const [strongest] = findings.toSorted((a, b) => b.weight - a.weight);
  return strongest === undefined ? [] : [strongest];
}
