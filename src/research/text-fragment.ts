import type { Page, Passage } from "../types.ts";
import { fragmentRuns, type Run, trailingWords } from "./visible-words.ts";

/**
 * An address that makes the browser jump to the passage and mark it. Long passages, and those that reach over several
 * blocks or cells, are named by their first and last words; in a PDF, its page is named too. Files and other schemes are
 * returned as they are.
 * https://wicg.github.io/scroll-to-text-fragment/ (read 2026), https://www.rfc-editor.org/rfc/rfc8118#section-3 (PDF)
 */
export function textFragmentLink(url: string, { text, before = "", anchor = "" }: Wanted): string {
  if (!/^https?:\/\//i.test(url)) return url;
  const address = withPageNumber(url.replace(/:~:.*$/, ""), anchor);
  const edges = edgesOf(text);
  if (edges === null) return address;
  const prefix = before === "" ? "" : `${encode(before)}-,`;
  return `${address}${address.includes("#") ? "" : "#"}:~:text=${prefix}${edges.map(encode).join(",")}`;
}

type Wanted = Pick<Passage, "text" | "before" | "anchor">;

function withPageNumber(address: string, anchor: string): string {
  const number = /^page (\d+)$/.exec(anchor)?.[1];
  return number === undefined || address.includes("#") ? address : `${address}#page=${number}`;
}

/**
 * The passage with the name of its place, and with the words before it where a browser would otherwise stop at an earlier
 * place of the page.
 */
export function locatable(passage: Passage, { text, anchors }: Pick<Page, "text" | "anchors">): Passage {
  const anchor = anchors.findLast(({ start, place }) => place === undefined && start <= passage.start)?.label;
  return { ...withWordsBefore(passage, text), ...(anchor === undefined ? {} : { anchor }) };
}

function withWordsBefore(passage: Passage, page: string): Passage {
  const edges = edgesOf(passage.text);
  if (edges === null) return passage;
  const place = fold(page);
  const isFirst = (words: string): boolean => {
    const match = new RegExp(fold(words).split(" ").map(RegExp.escape).join(GAP), "iu").exec(place);
    return match === null || match.index + match[0].length > passage.start;
  };
  const [opening = ""] = edges;
  if (isFirst(opening)) return passage;
  const head = passage.text.slice(0, Math.max(0, passage.text.indexOf(opening.split(" ")[0] ?? "")));
  const before = trailingWords(page.slice(Math.max(0, passage.start - MAX_BEFORE_CHARS), passage.start) + head);
  if (before.length === 0) return passage;
  const last = (count: number): string => before.slice(-count).join(" ");
  const count = PREFIX_WORDS.find((words) => isFirst(`${last(words)} ${opening}`)) ?? before.length;
  return { ...passage, before: last(count) };
}

/** The first and last words of what of a passage can be looked for; one piece when it is short; null for nothing. */
function edgesOf(passage: string): string[] | null {
  const runs = fragmentRuns(passage);
  const isTelling = ({ isWhole, words }: Run): boolean => isWhole || words.length >= MIN_TELLING_WORDS;
  const longest = runs.toSorted((a, b) => b.words.length - a.words.length)[0];
  const first = runs.find(isTelling) ?? longest;
  const last = runs.findLast(isTelling) ?? longest;
  if (first === undefined || last === undefined || !first.words.concat(last.words).some(isWord)) return null;
  const text = first.words.join(" ");
  if (first === last && first.words.length <= MAX_FRAGMENT_WORDS && text.length <= MAX_FRAGMENT_CHARS) return [text];
  return [edge(first.words.slice(0, EDGE_WORDS).join(" "), 1), edge(last.words.slice(-EDGE_WORDS).join(" "), -1)];
}

const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);

/** Scripts without blanks have sentences of one "word": they are cut between the words that the language knows. */
function edge(text: string, side: 1 | -1): string {
  if (text.length <= MAX_EDGE_CHARS) return text;
  const segments = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const taken: string[] = [];
  let length = 0;
  for (const segment of side === 1 ? segments : segments.toReversed()) {
    if (length >= MAX_EDGE_CHARS / 2) break;
    taken.push(segment);
    length += segment.length;
  }
  return (side === 1 ? taken : taken.reverse()).join("").trim();
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const MIN_TELLING_WORDS = 3;
const MAX_FRAGMENT_WORDS = 12;
const MAX_FRAGMENT_CHARS = 120;
const EDGE_WORDS = 5;
const MAX_EDGE_CHARS = 60;
// The shortest that tells the place from all before it.
const PREFIX_WORDS = [2, 4, 8, 16] as const;
const MAX_BEFORE_CHARS = 300;

// What may stand between two words in the page's stored text, but is not seen in a browser.
const GAP = "[\\s`#>|]+(?:[-+•:]\\s+|\\d{1,3}[.)]\\s+)?";

/** Browsers look for letters whatever their accents. Of the same length as the text. */
function fold(text: string): string {
  return text.replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD")[0] ?? letter);
}

/** Comma, hyphen and ampersand have a meaning of their own in a text fragment. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[-!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
