import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { weightIn } from "../evidence/weight-in.ts";
import { commonSequence } from "../evidence/word-run.ts";
import { areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isDenyingVerb, isNegation, isNegative } from "../reading/scopes.ts";
import { areTurnedInTime } from "../reading/standings.ts";
import { FIRST_SINCE } from "./check-unanswered.ts";

/** "Nurses knew which lamps were used; the statistician did not": denied without a word behind the "not". */
export function checkEllipsis(statement: Reading, evidence: Evidence): Finding[] {
  if (statement.tokens.some(isNegative)) return [];
  for (const { reading, isCore } of evidence.places) {
    const clause = isCore ? clauseOfEllipsis(reading) : null;
    if (clause === null) continue;
    const subjects = evidence.matches
      .flat()
      .filter((match) => match.place.reading === reading && match.token.clause === clause);
    const [subject] = subjects;
    const isSaid = subjects.some(({ token }) => isDenyingVerb(token));
    if (subject !== undefined && !isSaid && subjects.every(({ strength }) => strength >= 0.9))
      return [{ weight: 1, reason: `The page denies this of "${subject.token.word}"` }];
  }
  return [];
}

/** The clause that ends in "did not", "has not", "is not". */
function clauseOfEllipsis({ text, tokens }: Reading): number | null {
  const end = text.search(ELLIPSIS);
  if (end === -1) return null;
  return tokens.findLast((token) => token.start < end)?.clause ?? null;
}

const ELLIPSIS =
  /\b(?:(?:did|does|do|has|have|had|is|was|are|were|will|could|can)(?: not|n['’]t)(?: (?:do|done|doing) (?:this|that|so|it)\b[^,.;]*)?|(?:refused|declined|rejected (?:it|this|that)|lehnte (?:das|dies|es|ihn|sie) ab|(?:lo|la|se) (?:rechazó|negó)|a refusé))[.;]?\s*$/u;

/** The statement denies something of which the page does not speak in that way at all. */
export function checkLoneNegation(statement: Reading, evidence: Evidence): Finding[] {
  const denied = statement.tokens.filter(
    (token, index) => token.isNegated && (evidence.matches[index]?.length ?? 0) === 0,
  );
  if (denied.length === 0) return [];
  // "Not before 2027" for "from 2027", "without reaching it" for "still below it".
  if (NOT_BEFORE.test(statement.text) && statement.quantities.length > 0) return [];
  const isDenied = evidence.places.some(
    ({ reading, isCore }) => isCore && (reading.tokens.some(isNegative) || BELOW.test(reading.text)),
  );
  return isDenied ? [] : [{ weight: 0.35, reason: `The page does not say that "${denied[0]?.word}" is not so` }];
}

const NOT_BEFORE = /\b(?:before|until|till|vor|bis|erst|antes|hasta|avant)\s(?:\p{L}+\s)?\d/iu;
const BELOW = /\b(?:below|short of|unter|por debajo|inferior|au-dessous)\b/iu;

/** The clause that holds the statement says by its verb that it did not come to this; nothing in the statement does. */
export function checkDenial(statement: Reading, evidence: Evidence): Finding[] {
  const best = onlyPlace(statement, evidence);
  if (best === null || statement.tokens.some((token) => isNegative(token) || isNegation(statement.text, token)))
    return [];
  const matched = evidence.matches.flatMap((matches, index) => {
    const match = matches.find(({ place, strength }) => place === best && strength >= 0.7);
    return match === undefined ? [] : [{ ...match, weight: evidence.weights[index] ?? 0 }];
  });
  const total = evidence.weights.reduce((sum, weight) => sum + weight, 0);
  const denial = best.reading.tokens.find((token) => {
    if (!isDenyingVerb(token) || isHedged(best.reading, token)) return false;
    if (matched.some((one) => one.token === token)) return false;
    const held = matched.filter(({ token: other }) => other.clause === token.clause);
    return held.length >= 2 && held.reduce((sum, { weight }) => sum + weight, 0) >= total * DENIED_SHARE;
  });
  if (denial === undefined) return [];
  const isTurned = statement.tokens.some((token) =>
    best.reading.tokens.some((other) => other !== denial && areOpposite(token.stem, other.stem)),
  );
  return isTurned ? [] : [{ weight: 1, reason: `The page says "${denial.word}", which the statement leaves out` }];
}

const DENIED_SHARE = 0.5;

/** The one sentence that holds the statement; null where another one holds nearly as much of it. */
function onlyPlace(statement: Reading, evidence: Evidence): Place | null {
  const [best, next] = evidence.places
    .filter(({ isSound }) => isSound)
    .map((place) => ({ place, weight: weightIn(statement, evidence, place) }))
    .toSorted((a, b) => b.weight - a.weight);
  return best === undefined || (next !== undefined && next.weight > best.weight * RIVAL_SHARE) ? null : best.place;
}

const RIVAL_SHARE = 0.8;

/** A denial that is itself denied or only possible says nothing. */
function isHedged({ tokens, text }: Reading, denial: Token): boolean {
  if (denial.isNegated || denial.isPossible) return true;
  return tokens.some((token) => token !== denial && token.clause === denial.clause && isNegation(text, token));
}

/** The statement runs along a sentence of the page word by word: a "not" more or less on one side turns it round. */
export function checkAlongside(statement: Reading, evidence: Evidence): Finding[] {
  const content = statement.tokens.filter(({ isContent }) => isContent).length;
  const runs = evidence.places
    .filter(({ isCore, unit }) => isCore && unit.kind === "sentence")
    .map((place) => ({ place, pairs: commonSequence(evidence, place) }))
    .toSorted((a, b) => b.pairs.length - a.pairs.length);
  const [run] = runs;
  if (run === undefined || run.pairs.length < Math.max(MIN_ALONG, content * ALONG_SHARE)) return [];
  const [first, last] = [run.pairs[0], run.pairs.at(-1)];
  const { tokens } = run.place.reading;
  const spanned = tokens.slice(Math.max(0, (first?.other ?? 0) - 1), (last?.other ?? 0) + 2);
  // A sentence that says much between the words is another one.
  if (run.pairs.length < spanned.filter(({ isContent }) => isContent).length * DENSE_SHARE) return [];
  if (areTurnedInTime(statement.text, run.place.reading.text) || FIRST_SINCE.test(run.place.reading.text)) return [];
  const [stated, found] = [denialsIn(statement, statement.tokens), denialsIn(run.place.reading, spanned)];
  if ((stated.length - found.length) % 2 === 0) return [];
  const word = (stated.length > found.length ? stated : found)[0]?.word ?? "";
  const side = stated.length > found.length ? "statement" : "page";
  return [{ weight: 1, reason: `Only the ${side} says "${word}"` }];
}

const MIN_ALONG = 3;
const ALONG_SHARE = 0.85;
const DENSE_SHARE = 0.6;

function denialsIn({ text }: Reading, tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => isNegation(text, token) || isDenyingVerb(token));
}
