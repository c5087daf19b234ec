import type { Passage } from "../types.ts";

/**
 * An address that makes the browser jump to the passage and mark it. Long passages are named by their first and last
 * words. Files and other schemes are returned as they are. https://wicg.github.io/scroll-to-text-fragment/ (read 2026)
 */
export function textFragmentLink(url: string, { text, before = "" }: Pick<Passage, "text" | "before">): string {
  if (!/^https?:\/\//i.test(url)) return url;
  const words = markedWords(text);
  if (words.length === 0) return url;
  const prefix = before === "" ? "" : `${encode(before)}-,`;
  const [first, last] = [openingOf(words), words.slice(-EDGE_WORDS)];
  const range = first.length === words.length ? [first] : [first, last];
  const fragment = range.map((part) => encode(part.join(" "))).join(",");
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${prefix}${fragment}`;
}

/** The passage with the words before it, where a browser would otherwise stop at an earlier place of the page. */
export function locatable(passage: Passage, page: string): Passage {
  const opening = openingOf(markedWords(passage.text));
  const isFirst = (words: readonly string[]): boolean => {
    const match = new RegExp(words.map((word) => RegExp.escape(word)).join(GAP), "iu").exec(page);
    return match === null || match.index + match[0].length > passage.start;
  };
  if (opening.length === 0 || isFirst(opening)) return passage;
  const before = visibleWords(page.slice(Math.max(0, passage.start - MAX_BEFORE_CHARS), passage.start));
  const count = PREFIX_WORDS.find((words) => isFirst([...before.slice(-words), ...opening])) ?? PREFIX_WORDS.at(-1);
  return { ...passage, before: before.slice(-(count ?? 1)).join(" ") };
}

const MAX_FRAGMENT_WORDS = 12;
const EDGE_WORDS = 5;
// The shortest that tells the place from all before it.
const PREFIX_WORDS = [2, 4, 8, 16] as const;
const MAX_BEFORE_CHARS = 200;

// The browser looks for the text people see: Markdown marks, bars and the signs of a list are not part of it.
const GAP = "[\\s*_`#>|]+(?:[-+•]\\s+)?";

function visibleWords(text: string): string[] {
  return text
    .replace(/^[ \t]*(?:[-*+•]|\d{1,3}[.)])\s+/gm, "")
    .split(/[\s*_`#>|]+/)
    .filter((word) => word !== "");
}

/** Of the first line or cell that says something: a fragment cannot reach over the border of a block. */
function markedWords(passage: string): string[] {
  return visibleWords(passage.split(/\n|\|/).find((piece) => /[\p{L}\p{N}]{3}/u.test(piece)) ?? "");
}

function openingOf(words: readonly string[]): readonly string[] {
  return words.length <= MAX_FRAGMENT_WORDS ? words : words.slice(0, EDGE_WORDS);
}

/** Comma, hyphen and ampersand have a meaning of their own in a text fragment. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[-!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
