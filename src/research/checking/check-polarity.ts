import type { Evidence, Match, Place } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Reading, Token } from "./reading.ts";
import { isHedge, isNegative, isNegativeWord } from "./scopes.ts";

/** "Is" is not "is not", "will" is not "may", "has" is not "will": the matched words are affirmed alike on both sides. */
export function checkPolarity(statement: Reading, evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  statement.tokens.forEach((token, index) => {
    const matches = coreMatches(statement, evidence, index);
    if (matches.length === 0) return;
    const negation = checkNegation(statement, evidence, token, matches);
    if (negation !== null) findings.push(negation);
    if (token.kind !== "word") return;
    const modality = checkModality(statement, token, matches);
    if (modality !== null) findings.push(modality);
  });
  return strongestOf([...findings, ...checkLoneNegation(statement, evidence), ...checkEllipsis(statement, evidence)]);
}

/** Where the word stands in several sentences, the one that holds most of the statement is meant. */
function coreMatches(statement: Reading, evidence: Evidence, index: number): Match[] {
  const core = (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isSound && strength >= 0.7);
  if (core.length < 2) return core;
  const held = new Map(core.map(({ place }) => [place, weightIn(statement, evidence, place)]));
  const best = Math.max(...held.values());
  return core.filter(({ place }) => (held.get(place) ?? 0) >= best * CLOSE_SHARE);
}

const CLOSE_SHARE = 0.97;

function weightIn(statement: Reading, evidence: Evidence, place: Place): number {
  return statement.tokens.reduce((sum, _, index) => {
    const strengths = (evidence.matches[index] ?? [])
      .filter((match) => match.place === place)
      .map(({ strength }) => strength);
    return sum + (evidence.weights[index] ?? 0) * Math.max(0, ...strengths);
  }, 0);
}

function checkNegation(statement: Reading, evidence: Evidence, token: Token, matches: Match[]): Finding | null {
  const [match] = matches;
  if (
    match === undefined ||
    /^(?:whether|if|ob|si)$/.test(token.word) ||
    matches.some((one) => one.token.isNegated === token.isNegated || denies(statement, token, one)) ||
    // "Found no difference" for "no difference was found": the word denied is another one, the sentence is the same.
    isDeniedAlike(statement, evidence, token, match)
  )
    return null;
  return {
    weight: 1,
    reason: token.isNegated
      ? `The page does not deny "${match.token.word}", the statement does`
      : `The page denies "${match.token.word}", the statement does not`,
  };
}

/** The other side may deny it by another word: "unable to press on" for "could not press on". */
function denies(statement: Reading, token: Token, match: Match): boolean {
  const other = token.isNegated ? match.place.reading : statement;
  const own = token.isNegated ? match.token : token;
  return other.tokens.some((word) => {
    if (word === own || !isNegative(word)) return false;
    if (isBefore(word, own) || (isNegativeWord(word) && word.clause === own.clause)) return true;
    return other.language === "de" && isAfter(word, own);
  });
}

/** A word that turns round what follows it in its clause or in the clause before. */
function isBefore(word: Token, own: Token): boolean {
  return word.start <= own.start + 1 && own.clause - word.clause <= 1;
}

/** German puts its "nicht" behind the noun. */
function isAfter(word: Token, own: Token): boolean {
  return word.clause === own.clause && word.position - own.position <= 1;
}

/** Another word of the same clause is denied on both sides: the reach of a "no" depends on the order of words. */
function isDeniedAlike(statement: Reading, evidence: Evidence, token: Token, match: Match): boolean {
  return statement.tokens.some(
    (other, index) =>
      other !== token &&
      other.isNegated &&
      other.clause === token.clause &&
      (evidence.matches[index] ?? []).some(
        (one) =>
          one.place === match.place &&
          one.strength >= 0.7 &&
          one.token.isNegated &&
          (token.isNegated || one.token.clause === match.token.clause),
      ),
  );
}

/** "Nurses knew which lamps were used; the statistician did not": denied without a word behind the "not". */
function checkEllipsis(statement: Reading, evidence: Evidence): Finding[] {
  if (statement.tokens.some(isNegative)) return [];
  for (const { reading, isCore } of evidence.places) {
    const clause = isCore ? clauseOfEllipsis(reading) : null;
    if (clause === null) continue;
    const subjects = evidence.matches
      .flat()
      .filter((match) => match.place.reading === reading && match.token.clause === clause);
    const [subject] = subjects;
    if (subject !== undefined && subjects.every(({ strength }) => strength >= 0.9))
      return [{ weight: 1, reason: `The page denies this of "${subject.token.word}"` }];
  }
  return [];
}

/** The clause that ends in "did not", "has not", "is not". */
function clauseOfEllipsis({ text, tokens }: Reading): number | null {
  const end = text.search(/\b(?:did|does|do|has|have|had|is|was|are|were|will|could|can) not[.;]?\s*$/);
  if (end === -1) return null;
  return tokens.findLast((token) => token.start < end)?.clause ?? null;
}

/** The statement denies something of which the page does not speak in that way at all. */
function checkLoneNegation(statement: Reading, evidence: Evidence): Finding[] {
  const denied = statement.tokens.filter(
    (token, index) => token.isNegated && (evidence.matches[index]?.length ?? 0) === 0,
  );
  if (denied.length === 0) return [];
  const isDenied = evidence.places.some(({ reading, isCore }) => isCore && reading.tokens.some(isNegative));
  return isDenied ? [] : [{ weight: 0.6, reason: `The page does not say that "${denied[0]?.word}" is not so` }];
}

function checkModality(statement: Reading, token: Token, matches: Match[]): Finding | null {
  if (token.isPossible || token.isNegated || matches.some((match) => !match.token.isPossible && !match.token.isAhead))
    return null;
  const [match] = matches;
  if (match === undefined || (token.isAhead && !match.token.isPossible)) return null;
  const hedged = statement.tokens.some(
    (word) => isHedge(word) && !(token.isAhead && word.isAhead) && word.word !== "will" && word.word !== "wird",
  );
  if (hedged) return null;
  const isPlain = isSettled(statement, token) || token.isAhead || isConjugated(token, match.token);
  const how = match.token.isPossible ? "possible" : "still to come";
  return {
    weight: isPlain ? 1 : 0.3,
    reason: `The page calls "${match.token.word}" ${how}; the statement says it as a fact`,
  };
}

/** "Lengthens" for "may lengthen": with an auxiliary the verb has no ending. */
function isConjugated({ word }: Token, found: Token): boolean {
  return found.isPossible && (word === `${found.word}s` || word === `${found.word}es`);
}

/** Said of the past or as already done. */
function isSettled({ tokens }: Reading, token: Token): boolean {
  if (tokens.some(({ word }) => /^(?:already|bereits|schon|ya|已经?)$/.test(word))) return true;
  return (
    tokens.some(
      (word) => SETTLED.has(word.word) && word.clause === token.clause && Math.abs(word.start - token.start) < 60,
    ) || /ed$/.test(token.word)
  );
}

const SETTLED: ReadonlySet<string> = new Set(
  "already has had have was were did is are will wird bereits schon hat hatte wurde wurden ist ya fue fueron ha habia es sera 已 已经 了".split(
    " ",
  ),
);

function strongestOf(findings: Finding[]): Finding[] {
  const [strongest] = findings.toSorted((a, b) => b.weight - a.weight);
  return strongest === undefined ? [] : [strongest];
}
