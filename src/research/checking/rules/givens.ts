import { bindingOf } from "../evidence/bindings.ts";
import type { Evidence, Place } from "../evidence/evidence.ts";
import { isTotal, rowsAround } from "../page/table-rows.ts";
import { agree } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** A figure or date of the page from which a writer may have worked out another one. */
export interface Given {
  token: Token;
  place: Place;
  /** How closely it stands among the statement's words, 0 to 1. */
  binding: number;
}

/** The page's figures or dates on the statement's matter. */
export function givensOf(
  statement: Reading,
  evidence: Evidence,
  index: number,
  isFit: (token: Token) => boolean,
): Given[] {
  return evidence.places
    .filter(({ isSound }) => isSound)
    .flatMap((place) =>
      place.reading.quantities.slice(0, MAX_GIVENS).flatMap((at) => {
        const token = place.reading.tokens[at];
        if (token === undefined || !isFit(token)) return [];
        return [{ token, place, binding: bindingOf(statement, evidence, index, { place, token }) }];
      }),
    );
}

// More stand only in lists of figures, where any number could be worked out of two others.
const MAX_GIVENS = 16;

/**
 * Pairs of which both are bound to the statement nearly as well as those of the best pair: of many figures some two
 * always give the one that is looked for.
 */
export function pairsOf(givens: readonly Given[]): [Given, Given][] {
  const pairs = givens.flatMap((one, at) => givens.slice(at + 1).map((other): [Given, Given] => [one, other]));
  const best = Math.max(0, ...pairs.map(strengthOf));
  return pairs.filter((pair) => strengthOf(pair) >= best * NEARLY_BEST);
}

const NEARLY_BEST = 0.6;

function strengthOf([one, other]: [Given, Given]): number {
  const isNear = one.place === other.place;
  return (one.binding + other.binding) * (isNear ? 1 : APART);
}

// In two sentences they belong together less often.
const APART = 0.7;

/** Pairs of which one is a figure that the statement gives too ("half of the 40,000"), however far they stand apart. */
export function namedPairs(statement: Reading, evidence: Evidence, index: number): [Given, Given][] {
  const cores = evidence.places.filter(({ isCore, unit }) => isCore && unit.kind !== "row").flatMap(figuresIn);
  const own = statement.tokens.filter(({ figure }, at) => at !== index && figure !== null && !figure.isOrdinal);
  const anchors = cores.filter(({ token }) => own.some((one) => agree(one, token)));
  const anchored = anchors.flatMap((anchor) =>
    cores.flatMap((other): [Given, Given][] => (other.place === anchor.place ? [] : [[anchor, other]])),
  );
  return anchored;
}

function figuresIn(place: Place): Given[] {
  return place.reading.quantities.slice(0, MAX_GIVENS).flatMap((at) => {
    const token = place.reading.tokens[at];
    return token?.figure == null || token.figure.isOrdinal ? [] : [{ token, place, binding: 1 }];
  });
}

/** The tables that hold the rows on the statement's matter, without their totals. */
export function tablesOf({ places }: Evidence): Place[][] {
  const tables = new Map<number, Place[]>();
  for (const place of places) {
    const { page, unit, isCore } = place;
    if (!isCore || unit.kind !== "row") continue;
    const rows = rowsAround(page, unit).filter(({ start, end }) => !isTotal(page.text.slice(start, end)));
    const first = rows[0]?.index ?? unit.index;
    tables.set(
      first,
      rows.map((row) => ({ ...place, unit: row, reading: page.read(row) })),
    );
  }
  return [...tables.values()];
}
