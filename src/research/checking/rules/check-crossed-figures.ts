import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { areOfOneKind } from "./check-swaps.ts";

/**
 * "Sales were £7m, grants £12m" where the page has "grants £7m, sales £12m": of two figures or dates each word of the
 * statement stands nearer to one, and in the page it stands nearer to the other.
 */
export function checkCrossedFigures(statement: Reading, evidence: Evidence): Finding[] {
  const found = statement.tokens.flatMap((token, index) => {
    const matches = token.kind === "word" ? [] : (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
    return matches.length === 0 || matches.length > MAX_MATCHES ? [] : [{ token, matches }];
  });
  for (const [at, one] of found.entries())
    for (const other of found.slice(at + 1)) {
      if (!areAlike(one.token, other.token)) continue;
      if (!areApart(statement, one.token, other.token)) continue;
      if (areCrossed(statement, evidence, one, other))
        return [{ weight: 1, reason: `"${one.token.word}" and "${other.token.word}" have other parts in the page` }];
    }
  return [];
}

// A figure that stands so often says little about what it belongs to.
const MAX_MATCHES = 4;

interface Found {
  token: Token;
  matches: readonly Match[];
}

/** Written alike too: a day is not exchanged with a year, and a number in words often counts what is said before. */
function areAlike(one: Token, other: Token): boolean {
  if (!areOfOneKind(one, other) || one.word === other.word) return false;
  if (one.date !== null && other.date !== null)
    return (one.date.month === null) === (other.date.month === null) && one.date.years === other.date.years;
  const areWritten = one.figure?.isSpelled !== true && other.figure?.isSpelled !== true;
  return areWritten && one.figure?.unit?.factor === other.figure?.unit?.factor;
}

/** "From 402 to 388" and "11 of the 14" have their order only: nothing that belongs to one of them stands between. */
function areApart({ tokens }: Reading, one: Token, other: Token): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return tokens.some(({ isContent, start }) => isContent && start > first.start && start < second.start);
}

/** However the two are found in the page, more words stand with the other one than with their own. */
function areCrossed(statement: Reading, evidence: Evidence, one: Found, other: Found): boolean {
  let isSeen = false;
  for (const a of one.matches)
    for (const b of other.matches) {
      if (a.token === b.token || a.place.page !== b.place.page) continue;
      if (a.place === b.place && (a.place.unit.kind === "row" || !areApart(a.place.reading, a.token, b.token)))
        return false;
      const { kept, crossed } = sidesOf(statement, evidence, [one.token, other.token], [a, b]);
      if (Math.min(...crossed) < MIN_SIDE || crossed[0] + crossed[1] < kept * MARGIN) return false;
      isSeen = true;
    }
  return isSeen;
}

// Each of the two must have lost something to the other one.
const MIN_SIDE = 0.6;
const MARGIN = 1.15;

/** The weight of the words that stand on their own side, and of those that stand on the other one. */
function sidesOf(
  statement: Reading,
  evidence: Evidence,
  [one, other]: readonly [Token, Token],
  [a, b]: readonly [Match, Match],
): { kept: number; crossed: [number, number] } {
  const crossed: [number, number] = [0, 0];
  let kept = 0;
  statement.tokens.forEach((token, index) => {
    const weight = evidence.weights[index] ?? 0;
    if (weight === 0 || token === one || token === other) return;
    const stated = distanceTo(token, other) - distanceTo(token, one);
    const found = sideThere(evidence.matches[index] ?? [], a, b);
    if (isOfBoth(token, [one, other], evidence.matches[index] ?? [], [a, b])) return;
    const share = weight * Math.min(1, Math.abs(stated) / SURE, Math.abs(found) / SURE);
    if (stated * found > 0) kept += share;
    else if (stated * found < 0) crossed[stated > 0 ? 0 : 1] += share;
  });
  return { kept, crossed };
}

/** What stands before both on either side, such as their subject, is nearer to the first one only by its place. */
function isOfBoth(
  token: Token,
  own: readonly Token[],
  matches: readonly Match[],
  [a, b]: readonly [Match, Match],
): boolean {
  if (a.place !== b.place || own.some(({ start }) => start < token.start)) return false;
  const there = matches.filter(({ place }) => place === a.place);
  return there.length > 0 && there.every(({ token: { start } }) => start < a.token.start && start < b.token.start);
}

/** How much nearer than the other one counts in full. */
const SURE = 2;

function sideThere(matches: readonly Match[], a: Match, b: Match): number {
  const to = (target: Match): number =>
    Math.min(
      FAR,
      ...matches
        .filter(({ place, token, strength }) => place === target.place && token !== target.token && strength >= 0.8)
        .map(({ token }) => distanceTo(token, target.token)),
    );
  return to(b) - to(a);
}

// In another sentence.
const FAR = 12;

function distanceTo(token: Token, target: Token): number {
  return Math.min(FAR, Math.abs(token.position - target.position) + (token.clause === target.clause ? 0 : CLAUSE));
}

const CLAUSE = 1;
