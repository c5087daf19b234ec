import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { areOfOneKind, areSpan } from "./check-swaps.ts";

/**
 * "104 got amber lamps and 108 standard lamps" where the page has "amber lamps (n = 108) or standard lamps (n = 104)":
 * two figures and what they belong to, each side in its own order.
 */
export function checkPairs(statement: Reading, evidence: Evidence): Finding[] {
  const { quantities, tokens } = statement;
  const [first, second, ...more] = quantities.filter((index) => tokens[index]?.kind === "figure");
  if (first === undefined || second === undefined || more.length > 0) return [];
  const [a, b] = [tokens[first]?.figure, tokens[second]?.figure];
  if (a == null || b == null || a.isOrdinal || !areOfOneKind(tokens[first], tokens[second])) return [];
  if (areSpan(statement, first, second)) return [];
  for (const place of evidence.places) {
    if (!place.isCore || place.unit.kind !== "sentence") continue;
    const [one, other] = [only(first, place), only(second, place)];
    if (one === null || other === null || one.index === other.index) continue;
    if (isCrossed(statement, place, { first, second, one: one.index, other: other.index }))
      return [
        { weight: 1, reason: `"${tokens[first]?.word}" and "${tokens[second]?.word}" have other parts in the page` },
      ];
  }
  return [];
}

/** The token's one place in the sentence; null when it stands there twice. */
function only(index: number, place: Place): Match | null {
  const matches = (place.matches[index] ?? []).filter(({ strength }) => strength >= 0.8);
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

interface Figures {
  /** Places in the statement. */
  first: number;
  second: number;
  /** Where they stand in the page's sentence. */
  one: number;
  other: number;
}

function isCrossed(statement: Reading, place: Place, { first, second, one, other }: Figures): boolean {
  const words = statement.tokens.flatMap((token, index) => {
    const match = token.kind === "word" && token.isContent ? only(index, place) : null;
    if (match === null) return [];
    const isTwice = statement.tokens.some((other) => other !== token && other.stem === token.stem);
    return isTwice ? [] : [{ own: index, there: match.index }];
  });
  const stated = partners(
    words.map(({ own }) => own),
    first,
    second,
  );
  const found = partners(
    words.map(({ there }) => there),
    Math.min(one, other),
    Math.max(one, other),
  );
  if (stated === null || found === null) return false;
  const isSameOrder = one < other;
  const votes = words.map((_, index) => ({
    side: stated[index],
    isStraight: (stated[index] === found[index]) === isSameOrder,
  }));
  const crossed = (side: "first" | "second"): boolean => votes.some((vote) => vote.side === side && !vote.isStraight);
  const straight = (side: "first" | "second"): boolean => votes.some((vote) => vote.side === side && vote.isStraight);
  return crossed("first") && crossed("second") && !(straight("first") && straight("second"));
}

/** To which of two figures each word belongs: the one before it where figures come first, else the one after it. */
function partners(words: readonly number[], first: number, second: number): ("first" | "second")[] | null {
  const isBetween = words.some((word) => word > first && word < second);
  const [isBefore, isAfter] = [words.some((word) => word < first), words.some((word) => word > second)];
  if (!isBetween || isBefore === isAfter) return null;
  return words.map((word) => (isAfter ? (word > second ? "second" : "first") : word < first ? "first" : "second"));
}
