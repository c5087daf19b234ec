import type { Finding } from "../evidence/finding.ts";
import { holdsQuote } from "../reading/quotable.ts";

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
