import { stem, wordsOf } from "../../../words.ts";
import type { PageIndex } from "../page/page-index.ts";
import type { Unit } from "../page/page-units.ts";
import { holdsQuote, normalizeForQuotes } from "../reading/quotable.ts";

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
  return quote.split(/\s*(?:\.\.\.|…|\[[^\]]*\]|[.;!?]\s)\s*/).filter((piece) => wordsOf(piece).length >= MIN_WORDS);
}

// "In 1987" may stand anywhere.
const MIN_WORDS = 2;

function unitsHolding(piece: string, page: PageIndex): Unit[] {
  const lists = wordsOf(piece)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MAX_WORDS)
    .map((word) => page.unitsWith(stem(word), []))
    .toSorted((a, b) => a.list.length - b.list.length);
  const [rarest, ...others] = lists;
  const holding = (rarest?.list ?? []).filter((at) => others.every(({ marks }) => marks[at] === 1)).slice(0, MAX_TRIED);
  return holding.flatMap((at) => {
    const unit = page.units[at];
    if (unit === undefined) return [];
    return holdsQuote(normalizeForQuotes(page.text.slice(unit.start, unit.end)), piece) ? [unit] : [];
  });
}

const MAX_WORDS = 3;
const MAX_TRIED = 20;
