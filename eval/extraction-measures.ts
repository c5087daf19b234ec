/** Precision and recall of a text, each 0 to 1. */
export interface ShingleScore {
  precision: number;
  recall: number;
}

/**
 * Compares the overlapping runs of four words of two texts, repeated ones counted.
 *
 * As in the article extraction benchmark of Scrapinghub, whose published figures these can be set beside:
 * https://github.com/scrapinghub/article-extraction-benchmark/blob/master/evaluate.py
 */
export function shingleScore(truth: string, text: string): ShingleScore {
  const expected = shinglesOf(wordsOf(truth));
  const found = shinglesOf(wordsOf(text));
  let shared = 0;
  for (const [shingle, count] of expected) shared += Math.min(count, found.get(shingle) ?? 0);
  return { precision: shared / (total(found) || 1), recall: shared / (total(expected) || 1) };
}

/** Words as the benchmark's `\w+` finds them in any language. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}

/**
 * Words of the links to other pages that stand in the marked article: found there together with the words before or after
 * them. A link with no words beside it (of a menu, the page's head) is told by nothing and not counted.
 */
export function linksWithin(html: string, article: string): string[] {
  const body = ` ${wordsOf(article).join(" ")} `;
  const isThere = (beside: string[], words: string[]) => beside.length > 0 && body.includes(` ${words.join(" ")} `);
  const found = new Set<string>();
  for (const match of html.matchAll(/<a\s([^>]*)>([\s\S]{0,400}?)<\/a>/gi)) {
    if (!leadsElsewhere(match[1] ?? "")) continue;
    const words = wordsOfMarkup(match[2] ?? "");
    const end = match.index + match[0].length;
    const before = wordsOfMarkup(html.slice(Math.max(0, match.index - 200), match.index)).slice(-3);
    const after = wordsOfMarkup(html.slice(end, end + 200)).slice(0, 3);
    if (words.length > 1 && (isThere(before, [...before, ...words]) || isThere(after, [...words, ...after])))
      found.add(words.join(" "));
  }
  return Array.from(found);
}

function leadsElsewhere(attributes: string): boolean {
  const [, address = ""] = /(?:^|\s)href\s*=\s*["']?\s*([^"'\s>]*)/i.exec(attributes) ?? [];
  return address !== "" && !/^(?:#|javascript:|mailto:|tel:)/i.test(address);
}

/** Words of the table rows, of two cells or more, that stand in the marked article. */
export function rowsWithin(html: string, article: string): string[] {
  const body = ` ${wordsOf(article).join(" ")} `;
  const found = new Set<string>();
  for (const match of html.matchAll(/<tr\b[^>]*>([\s\S]{0,3000}?)<\/tr>/gi)) {
    const cells = Array.from((match[1] ?? "").matchAll(/<t[dh]\b[^>]*>([\s\S]*?)<\/t[dh]>/gi), (cell) => cell[1] ?? "");
    const words = wordsOfMarkup(cells.join(" "));
    if (cells.length > 1 && words.length > 1 && body.includes(` ${words.join(" ")} `)) found.add(words.join(" "));
  }
  return Array.from(found);
}

function wordsOfMarkup(markup: string): string[] {
  const text = markup.replace(/<!--[\s\S]*?-->|<[^>]*>/g, " ").replace(/&(?:nbsp|#160);/g, " ");
  return wordsOf(text.replace(/&(?:#x27|#39|rsquo|lsquo|quot|amp|ldquo|rdquo);/g, " "));
}

function shinglesOf(words: string[]): Map<string, number> {
  const shingles = new Map<string, number>();
  for (let index = 0; index < Math.max(1, words.length - 3); index++) {
    const shingle = words.slice(index, index + 4).join(" ");
    if (shingle !== "") shingles.set(shingle, (shingles.get(shingle) ?? 0) + 1);
  }
  return shingles;
}

function total(shingles: Map<string, number>): number {
  return Array.from(shingles.values()).reduce((sum, count) => sum + count, 0);
}
