import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { type Halves, halvesOf } from "../evidence/halves.ts";
import type { Reading } from "../reading/reading.ts";

/** "A before B" where the page has "B, and two days later A". */
export function checkHalves(statement: Reading, evidence: Evidence): Finding[] {
  return halvesOf(statement).some((stated) => isExchanged(stated, evidence))
    ? [{ weight: 1, reason: "In the page this comes in the other order" }]
    : [];
}

/** The pair of halves in the page that shares most with the statement's has them the other way round. */
function isExchanged(stated: Halves, evidence: Evidence): boolean {
  const pairs = evidence.places
    .filter(({ isSound, unit }) => isSound && unit.kind !== "row")
    .flatMap((place) => halvesOf(place.reading).map((found) => ({ place, found })));
  const compared = pairs.map(({ place, found }) => compare(stated, found, evidence, place));
  const [best] = compared.toSorted((a, b) => b.straight + b.crossed - a.straight - a.crossed);
  if (best?.isMutual !== true) return false;
  const held = [...stated.first, ...stated.second].filter((at) => best.place.matches[at]?.length);
  const total = weightOf(held, evidence);
  return best.crossed >= total * MIN_SHARE && best.crossed >= best.straight * MARGIN;
}

const MIN_SHARE = 0.4;
const MARGIN = 2;

interface Compared {
  place: Place;
  straight: number;
  crossed: number;
  /** Something of each half stands in the other one. */
  isMutual: boolean;
}

function compare(stated: Halves, found: Halves, evidence: Evidence, place: Place): Compared {
  const first = sharesOf(stated.first, found, evidence, place);
  const second = sharesOf(stated.second, found, evidence, place);
  return {
    place,
    straight: first.inFirst + second.inSecond,
    crossed: first.inSecond + second.inFirst,
    isMutual: first.inSecond > 0 && (second.inFirst > 0 || (second.inSecond === 0 && second.isInFirst)),
  };
}

/** What of some words stands in one half of the page's sentence only, and whether any stands in its first at all. */
function sharesOf(
  words: readonly number[],
  found: Halves,
  evidence: Evidence,
  place: Place,
): { inFirst: number; inSecond: number; isInFirst: boolean } {
  const held = { inFirst: 0, inSecond: 0, isInFirst: false };
  for (const index of words) {
    const matches = (evidence.matches[index] ?? []).filter((match) => match.place === place && match.strength >= 0.7);
    const isIn = (half: readonly number[]): boolean => matches.some((match) => half.includes(match.index));
    held.isInFirst ||= isIn(found.first);
    if (isIn(found.first) === isIn(found.second)) continue;
    held[isIn(found.first) ? "inFirst" : "inSecond"] += evidence.weights[index] ?? 0;
  }
  return held;
}

function weightOf(words: readonly number[], evidence: Evidence): number {
  return words.reduce((sum, index) => sum + (evidence.weights[index] ?? 0), 0);
}
