import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { type Halves, halvesOf, type Setting } from "../evidence/halves.ts";
import type { CalendarDate } from "../reading/dates.ts";
import type { Reading, Token } from "../reading/reading.ts";

const REASONS: Readonly<Record<Setting, string>> = {
  order: "In the page this comes in the other order",
  contrast: "What the statement says instead is in the page what is not so",
};

/** "A before B" where the page has "B, and two days later A"; "A instead of B" where it has "B rather than A". */
export function checkHalves(statement: Reading, evidence: Evidence): Finding[] {
  for (const setting of ["order", "contrast"] as const)
    for (const stated of halvesOf(statement, setting))
      if (isExchanged(stated, evidence, setting) || (setting === "order" && isDatedOtherwise(stated, evidence)))
        return [{ weight: 1, reason: REASONS[setting] }];
  return [];
}

/** The pair of halves in the page that shares most with the statement's has them the other way round. */
function isExchanged(stated: Halves, evidence: Evidence, setting: Setting): boolean {
  const pairs = evidence.places
    .filter(({ isSound, unit }) => isSound && unit.kind !== "row")
    .flatMap((place) => halvesOf(place.reading, setting).map((found) => ({ place, found })));
  if (setting === "contrast") return pairs.some(({ place, found }) => areSwapped(stated, found, evidence, place));
  const compared = pairs.map(({ place, found }) => compare(stated, found, evidence, place));
  const [best] = compared.toSorted((a, b) => b.straight + b.crossed - a.straight - a.crossed);
  if (best?.isMutual !== true) return false;
  const held = [...stated.first, ...stated.second].filter((at) => best.place.matches[at]?.length);
  const total = weightOf(held, evidence);
  return best.crossed >= total * MIN_SHARE && best.crossed >= best.straight * MARGIN;
}

const MIN_SHARE = 0.4;
const MARGIN = 2;

/** "A became king only after B gave up" where the page has the one in 1975 and the other in 1977. */
function isDatedOtherwise({ first, second }: Halves, evidence: Evidence): boolean {
  const [earlier, later] = [dateOf(first, evidence), dateOf(second, evidence)];
  if (earlier === null || later === null || earlier.token === later.token) return false;
  const [a, b] = [earlier.date, later.date];
  if (a.years > 1 || b.years > 1) return (a.year ?? 0) >= (b.year ?? 0) + b.years;
  const year = (a.year ?? 0) - (b.year ?? 0);
  const month = a.month === null || b.month === null ? 0 : a.month - b.month;
  return (year || month || (a.day === null || b.day === null ? 0 : a.day - b.day)) > 0;
}

interface Dated {
  token: Token;
  date: CalendarDate;
}

/** The one date of the clause that tells nearly all that the words tell. */
function dateOf(words: readonly number[], evidence: Evidence): Dated | null {
  const telling = words.filter((at) => evidence.inContext[at] !== true);
  const total = weightOf(telling, evidence);
  const found = evidence.places
    .filter(({ isSound, unit }) => isSound && unit.kind !== "row")
    .flatMap((place) => {
      const clauses = Map.groupBy(
        place.reading.tokens.filter(({ date }) => date?.year != null && date.years <= 10 && !date.isDerived),
        ({ clause }) => clause,
      );
      return [...clauses].flatMap(([clause, [token, ...more]]) => {
        if (token?.date == null || more.length > 0) return [];
        const held = telling.filter((at) =>
          (place.matches[at] ?? []).some((match) => match.token.clause === clause && match.strength >= 0.7),
        );
        return [{ token, date: token.date, share: weightOf(held, evidence) / total }];
      });
    });
  const [best, next] = found.toSorted((a, b) => b.share - a.share);
  return best === undefined || best.share < DATED_SHARE || next?.share === best.share ? null : best;
}

const DATED_SHARE = 0.6;

/** What the page says is not so is what the statement says is, and the reverse: the rest of both is the setting. */
function areSwapped(stated: Halves, found: Halves, evidence: Evidence, place: Place): boolean {
  const denied = sharesOf(stated.second, found, evidence, place);
  const isAffirmedThere = denied.inFirst >= weightOf(stated.second, evidence) * MOST && denied.inSecond === 0;
  const taken = new Set(
    stated.first.flatMap((index) =>
      (evidence.matches[index] ?? []).flatMap((match) => (match.place === place ? match.index : [])),
    ),
  );
  return isAffirmedThere && found.second.filter((index) => taken.has(index)).length >= found.second.length / 2;
}

const MOST = 0.6;

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
