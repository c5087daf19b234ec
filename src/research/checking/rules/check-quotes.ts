import type { Finding } from "../evidence/finding.ts";
import { normalizeForQuotes } from "../reading/quotable.ts";

/** Words that the statement puts in quotation marks stand in the page. */
export function checkQuotes(statement: string, pages: readonly { normalized: string }[]): Finding[] {
  return quotesOf(statement).flatMap((quote) =>
    pages.some(({ normalized }) => holdsQuote(normalized, quote))
      ? []
      : [{ weight: 1, reason: `The quoted words "${quote}" do not stand in the page` }],
  );
}

/** What stands in quotation marks; a single letter or sign is a label, not a quotation. */
export function quotesOf(text: string): string[] {
  if (!QUOTATION_MARK.test(text)) return [];
  return Array.from(text.replace(/`[^`]*`/g, (code) => " ".repeat(code.length)).matchAll(QUOTED), (match) =>
    (match.slice(1).find((group) => group !== undefined) ?? "").trim(),
  ).filter((quote) => /[\p{L}\p{N}]{2}/u.test(quote));
}

const QUOTATION_MARK = /["“„«»「『‘]/;

const QUOTED =
  /"([^"\n]{2,600})"|“([^”“\n]{2,600})”|„([^“”"\n]{2,600})[“”"]|«\s?([^»\n]{2,600})\s?»|»([^«\n]{2,600})«|「([^」\n]{2,600})」|『([^』\n]{2,600})』|(?<![\p{L}\p{N}])‘([^’\n]{2,600})’(?!\p{L})/gu;

/** Does the normalised page hold the quote, piece by piece where the quote leaves something out? */
export function holdsQuote(normalizedPage: string, quote: string): boolean {
  let from = 0;
  for (const piece of quote.split(/\s*(?:\.\.\.|…|\[[^\]]*\])\s*/)) {
    const wanted = normalizeForQuotes(piece).trim();
    if (wanted === "") continue;
    const at = findWhole(normalizedPage, wanted, from);
    if (at === -1) return false;
    from = at + wanted.length;
  }
  return from > 0;
}

/** Whole words only: "art" is not quoted from "party". */
function findWhole(page: string, wanted: string, from: number): number {
  for (let at = page.indexOf(wanted, from); at !== -1; at = page.indexOf(wanted, at + 1)) {
    if (!isWordChar(page[at - 1], wanted[0]) && !isWordChar(page[at + wanted.length], wanted.at(-1))) return at;
  }
  return -1;
}

function isWordChar(outer: string | undefined, inner: string | undefined): boolean {
  return /[\p{L}\p{N}]/u.test(outer ?? "") && /[\p{L}\p{N}]/u.test(inner ?? "") && !UNSPACED.test(`${outer}${inner}`);
}

// Scripts without blanks between words: a figure directly behind such a sign begins a word of its own.
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
