/** White space, typographic quotes, dashes, ligatures, case, Markdown marks and final punctuation do not count. */
export function normalizeForQuotes(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”„«»"'’‘‚`´*_]/g, "")
    .replace(/[‐‑‒–—−-]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/\s+([.,;:!?)])/g, "$1")
    .replace(/^[\s.,;:!?]+|[\s.,;:!?]+$/g, "");
}

/** Does the normalised page hold the quote, piece by piece where the quote leaves something out? */
export function holdsQuote(normalizedPage: string, quote: string): boolean {
  let from = 0;
  for (const piece of quote.split(LEFT_OUT)) {
    const wanted = normalizeForQuotes(piece).trim();
    if (wanted === "") continue;
    const at = findWhole(normalizedPage, wanted, from);
    if (at === -1) return false;
    from = at + wanted.length;
  }
  return from > 0;
}

/** "…", "[his]": what a quote leaves out or puts in. */
export const LEFT_OUT = /\s*(?:\.\.\.|…|\[[^\]]*\])\s*/;

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
