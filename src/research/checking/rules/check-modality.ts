import type { Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isHedge } from "../reading/scopes.ts";
import { isVerb } from "../reading/verbs.ts";

export function checkModality(statement: Reading, token: Token, matches: Match[]): Finding | null {
  if (token.isPossible || token.isNegated || matches.some((match) => !match.token.isPossible && !match.token.isAhead))
    return null;
  const [match] = matches;
  if (match === undefined || (token.isAhead && !match.token.isPossible)) return null;
  const isDone = isVerb(statement, statement.tokens.indexOf(token));
  if (!(isDone && match.token.isPossible) && !isHead(match)) return null;
  const hedged = statement.tokens.some(
    (word) => isHedge(word) && !(token.isAhead && word.isAhead) && word.word !== "will" && word.word !== "wird",
  );
  if (hedged) return null;
  // What is still to come is done by a verb; a thing it is done to may be there already.
  const isDoing = match.token.isPossible || isDone;
  const isPlain =
    (isDoing && isSettled(statement, token)) ||
    token.isAhead ||
    isConjugated(token, match.token) ||
    isSaidPlainly(statement, token, match);
  if (!isPlain && !match.token.isPossible) return null;
  const how = match.token.isPossible ? "possible" : "still to come";
  return {
    weight: isPlain ? 1 : 0.3,
    reason: `The page calls "${match.token.word}" ${how}; the statement says it as a fact`,
  };
}

/** "May cross the Alps": the crossing is possible, the Alps are there. */
function isHead({ token, place: { reading } }: Match): boolean {
  return !reading.tokens.some(
    (other, at) =>
      other.isContent &&
      other.clause === token.clause &&
      other.end <= token.start &&
      ((other.isPossible && token.isPossible) || (other.isAhead && token.isAhead)) &&
      isVerb(reading, at),
  );
}

/** "Indexes require" for "indexes may require": the verb right behind the "may", and here right behind its subject. */
function isSaidPlainly(statement: Reading, token: Token, { token: found, place: { reading } }: Match): boolean {
  if (!found.isPossible || found.word !== token.word || statement.language !== "en") return false;
  const cue = reading.tokens[reading.tokens.indexOf(found) - 1];
  const before = statement.tokens[statement.tokens.indexOf(token) - 1];
  return /^(?:may|might|could)$/.test(cue?.word ?? "") && /[^s]s$/.test(before?.word ?? "");
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
