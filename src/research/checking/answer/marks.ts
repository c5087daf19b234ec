import type { Source } from "../../../types.ts";
import { codeRangesOf, type Range, rangeAt } from "./code-ranges.ts";

/** A place in the answer where the model names sources, in any of the ways in which models do. */
export interface Mark extends Range {
  references: Reference[];
  /** Text that stays where the mark stood: the words of a link. */
  words: string;
}

export interface Reference {
  /** The run's number, whether or not it was opened. */
  number: number;
  /** Words that the mark says stand in the page. */
  quote: string | null;
}

/**
 * All marks outside code, in order: `【17†quote】`, `【17】`, `［17］`, `[17]`, `[^17]`, `[17†quote]`, `[3, 5]`, `[3-5]`,
 * `[[17]]`, `\\[17\\]` and `[source 17]` where 17 was opened, `[17](address)`, links and bare addresses. A link names the opened page with its address, or nothing.
 */
export function findMarks(answer: string, sources: readonly Source[]): Mark[] {
  const { fences, spans } = codeRangesOf(answer);
  const numbers = new Map(sources.map(({ number, page }) => [addressKey(page.url), number]));
  const opened = new Set(sources.map(({ number }) => number));
  const marks: Mark[] = [];
  const pattern = new RegExp(MARK);
  for (let match = pattern.exec(answer); match !== null; match = pattern.exec(answer)) {
    const code = rangeAt(fences, match.index) ?? rangeAt(spans, match.index);
    // What begins in code must not take along what stands behind it.
    if (code !== null) {
      pattern.lastIndex = code.end;
      continue;
    }
    const mark = readMark(match, answer, { numbers, opened });
    if (mark !== null) marks.push(mark);
  }
  return marks;
}

interface Known {
  numbers: ReadonlyMap<string, number>;
  opened: ReadonlySet<number>;
}

const ADDRESS =
  String.raw`https?:\/\/[^\s<>()\[\]"'` +
  "`" +
  String.raw`|【】]{1,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()\[\]"'` +
  "`" +
  `|【】]{0,2000})?`;
const TARGET = String.raw`(?:<[^<>\n]{0,2000}>|(?:[^\s()\n]|\([^\s()\n]{0,300}\)){0,2000})`;
const NUMBERS = String.raw`\s*\^?[\d０-９]{1,9}(?:\s*[,;、–-]\s*\^?[\d０-９]{1,9}){0,30}\s*`;
const MARK = new RegExp(
  [
    `【(?<lenticular>[^【】]{0,800})】`,
    `[［〔〖](?<wide>${NUMBERS})[］〕〗]`,
    String.raw`\[(?:\[(?<doubled>${NUMBERS})\](?:\(${TARGET}\))?\](?:\(${TARGET}\))?)`,
    String.raw`\\\[(?<escaped>${NUMBERS})\\?\]`,
    String.raw`\[(?:[Ss]ources?|[Rr]ef(?:erence)?s?|[Qq]uellen?|[Ff]uentes?|来源|出处)\.?\s*[:：#]?(?<named>${NUMBERS})\]`,
    String.raw`(?<broken>【\s*\d{1,9}(?:†[^\n【】]{0,800})?|[【】])`,
    // A footnote or reference that the model defines itself: our own list of sources takes its place.
    String.raw`(?<=^|\n)[ \t]{0,3}\[\^?\d{1,6}\]:[^\n]*(?:\n|$)`,
    String.raw`!?\[(?<label>[^\[\]\n]{0,500})\]\((?<target>${TARGET})(?:\s+["'][^"'\n]{0,300}["'])?\)`,
    String.raw`\[(?<square>${NUMBERS}|\s*\d{1,9}\s*†[^\[\]\n]{0,800})\]`,
    String.raw`<(?<auto>https?:\/\/[^\s<>]{1,2000})>`,
    `(?<bare>${ADDRESS})`,
  ].join("|"),
  "gu",
);

function readMark(match: RegExpExecArray, answer: string, known: Known): Mark | null {
  const { lenticular, wide, doubled, escaped, named, broken, label, target, square, auto, bare } = match.groups ?? {};
  const range = { start: match.index, end: match.index + match[0].length };
  const certain = lenticular ?? wide ?? doubled;
  if (certain !== undefined) return { ...range, references: referencesIn(certain), words: "" };
  const possible = escaped ?? named;
  if (possible !== undefined) {
    const references = referencesIn(possible);
    return references.some(({ number }) => known.opened.has(number)) ? { ...range, references, words: "" } : null;
  }
  if (broken !== undefined) return { ...range, references: referencesIn(broken.slice(1)), words: "" };
  if (label !== undefined) return readLink(range, label, target ?? "", known);
  if (square !== undefined) return readSquare(range, square, answer, known);
  const address = auto ?? bare?.replace(/[.,;:!?*_]+$/, "");
  if (address === undefined) return { ...range, references: [], words: "" };
  const number = known.numbers.get(addressKey(address));
  const end = auto === undefined ? range.start + address.length : range.end;
  // Addresses that were not opened stay readable but do not come alive.
  if (number === undefined)
    return { start: range.start, end, references: [], words: `\`${address.replaceAll("`", "%60")}\`` };
  return { start: range.start, end, references: [{ number, quote: null }], words: "" };
}

function readLink(range: Range, label: string, target: string, known: Known): Mark {
  const named = /^\s*\^?\d{1,9}(?:\s*†.*|\s*[,;–-].*)?\s*$/.test(label) ? referencesIn(label) : [];
  if (named.length > 0) return { ...range, references: named, words: "" };
  const number = known.numbers.get(addressKey(target.replace(/^<|>$/g, "")));
  return { ...range, references: number === undefined ? [] : [{ number, quote: null }], words: label };
}

/** `[17]` is a mark, `list[0]` and "[2019]" in a quotation are not, unless a source has that number. */
function readSquare(range: Range, square: string, answer: string, { opened }: Known): Mark | null {
  const references = referencesIn(square);
  if (references.some(({ number }) => opened.has(number))) return { ...range, references, words: "" };
  const isIndex = /[\p{L}\p{N}_)\]]/u.test(answer[range.start - 1] ?? "") && /^\d$/.test(square);
  const isYear = /^(?:1\d|20)\d\d$/.test(square);
  if (!isIndex && !isYear) return { ...range, references, words: "" };
  return { ...range, references: [], words: `\\[${square}\\]` };
}

/** Numbers and quote of what stands between the brackets. */
function referencesIn(inner: string): Reference[] {
  const [head = "", ...rest] = inner.replaceAll("^", "").split("†");
  const quote = rest[0]?.replace(/^\s*["“”„«»']+|["“”„«»']+\s*$/gu, "").trim() ?? "";
  // "17†L12-L20" and "17†source" are other systems' ways to name a page; they quote nothing.
  const isQuote = quote !== "" && !/^(?:L\d+(?:-L?\d+)?|sources?|https?:\/\/\S+)$/i.test(quote);
  const numbers = Array.from(head.normalize("NFKC").matchAll(/(\d{1,9})(?:\s*[–-]\s*(\d{1,9}))?/g)).flatMap(
    ([, from, to]) => spread(Number(from), to),
  );
  return numbers.map((number) => ({ number, quote: isQuote && numbers.length === 1 ? quote : null }));
}

function spread(from: number, to: string | undefined): number[] {
  const last = to === undefined ? from : Number(to);
  if (last < from || last - from > MAX_RANGE) return to === undefined ? [from] : [from, last];
  return Array.from({ length: last - from + 1 }, (_, index) => from + index);
}

// "[3-5]" names three sources; a wider range is a misprint.
const MAX_RANGE = 12;

/** An address without what does not change the page: fragment, final slash, "www.", the scheme. */
function addressKey(address: string): string {
  return address
    .replace(/#.*$/, "")
    .replace(/\/$/, "")
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .toLowerCase();
}
