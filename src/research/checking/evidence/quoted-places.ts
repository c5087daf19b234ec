import { fold, stem } from "../../../words.ts";
import type { PageIndex } from "../page/page-index.ts";
import type { Unit } from "../page/page-units.ts";
import { holdsQuote, LEFT_OUT, normalizeForQuotes } from "../reading/quotable.ts";

/**
 * The sentences in which the words stand that a mark quotes: the writer says that there the statement is carried. A quote
 * that reaches over sentences is looked for piece by piece.
 */
export function quotedUnits(quotes: readonly string[], page: PageIndex): Unit[] {
  const units = quotes.flatMap(piecesOf).flatMap((piece) => unitsHolding(piece, page));
  return Array.from(new Set(units)).slice(0, MAX_UNITS);
}

const MAX_UNITS = 4;

function piecesOf(quote: string): string[] {
  const pieces = quote.split(LEFT_OUT).flatMap((piece) => piece.split(SENTENCE_END));
  return pieces.filter((piece) => keysOf(piece).length >= MIN_WORDS);
}

const SENTENCE_END = /\s*[.;!?]\s+/;
// "In 1987" may stand anywhere.
const MIN_WORDS = 2;

/** What a page's words are looked for by: stems, and of figures their runs of digits. */
function keysOf(piece: string): string[] {
  return (piece.match(/\p{L}+|\d+/gu) ?? []).map((word) => (/\d/.test(word) ? word : stem(fold(word))));
}

/** Those of the units with most of the words in which all of them stand as quoted. */
function unitsHolding(piece: string, page: PageIndex): Unit[] {
  const counts = new Map<number, number>();
  for (const key of new Set(keysOf(piece)))
    for (const at of page.unitsWith(key, []).list) counts.set(at, (counts.get(at) ?? 0) + 1);
  const likeliest = Array.from(counts).toSorted(([, a], [, b]) => b - a);
  return likeliest.slice(0, MAX_TRIED).flatMap(([at]) => {
    const unit = page.units[at];
    if (unit === undefined) return [];
    return holdsQuote(normalizeForQuotes(page.text.slice(unit.start, unit.end)), piece) ? [unit] : [];
  });
}

const MAX_TRIED = 20;
