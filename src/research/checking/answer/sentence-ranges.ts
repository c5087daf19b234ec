import { sentencesOf } from "../../../words.ts";
import type { Range } from "./code-ranges.ts";

/** The text of one block of an answer, and where its sentences stand in it. Offsets are those of the text. */
export interface RunningText {
  /** As long as the block; the signs of a block quotation are blanks, line breaks stand only where a sentence ends. */
  text: string;
  sentences: Range[];
}

/**
 * @param block with its marks as blanks
 * @param marks where they stand, as offsets of the block
 */
export function sentenceRangesOf(block: string, marks: readonly Range[], language: string): RunningText {
  const text = withBorders(block, marks);
  const sentences = joinHalves(text, withClosingSigns(text, sentencesOf(text, language)));
  return { text, sentences: joinQuoted(text, sentences) };
}

/** A mark behind a full stop ends a sentence, whatever the full stop may belong to: "… of Acme Inc. 【3】 The price …". */
function withBorders(block: string, marks: readonly Range[]): string {
  const plain = block.replace(/\n[ \t]{0,3}(?:>[ \t]?)+/g, (signs) => `\n${" ".repeat(signs.length - 1)}`);
  const borders = new Set(marks.flatMap((mark) => borderAt(plain, mark) ?? []));
  // Lines that begin with their marks.
  for (const { start } of marks) if (plain[start - 1] === "\n") borders.add(start - 1);
  return plain.replace(/\s/g, (blank, at: number) => {
    if (borders.has(at)) return "\n";
    return blank === "\n" && !endsLine(plain, at) ? " " : blank;
  });
}

function borderAt(text: string, { start, end }: Range): number | null {
  const before = text.slice(Math.max(0, start - MAX_NEARBY_CHARS), start).trimEnd();
  const after = text.slice(end, end + MAX_NEARBY_CHARS);
  if (STOP_AT_END.test(before)) return GOES_ON.test(after) ? null : start;
  const stop = /^\s*[.!?。！？]+(?=\s)/u.exec(after)?.[0] ?? null;
  return stop === null || GOES_ON.test(after.slice(stop.length)) ? null : end + stop.length;
}

/** Behind a hard break or a mark (both are blanks here), unless the next line goes on with a small letter. */
function endsLine(text: string, at: number): boolean {
  const isBroken = /(?:\s{2}|\\)$/.test(text.slice(Math.max(0, at - 2), at));
  return isBroken && !/^\s*\p{Ll}(?![).])/u.test(text.slice(at + 1, at + MAX_NEARBY_CHARS));
}

// Room for the next marks, which are blanks as well.
const MAX_NEARBY_CHARS = 80;
const STOP_AT_END = /[.!?。！？…]["'”’»」』)*_]*$/u;
const GOES_ON = /^\s*(?:$|\p{Ll}|[.,;:!?)\]”’»。，、；：！？）」』])/u;

/** "**Toll.** It is …": signs that close belong to what they close. */
function withClosingSigns(text: string, sentences: readonly Range[]): Range[] {
  const moved: Range[] = [];
  for (const { start, end } of sentences) {
    const signs = /^(?:\*{1,3}|_{1,3}|~~)(?=\s|$)/.exec(text.slice(start, start + 4))?.[0] ?? "";
    const last = moved.at(-1);
    if (signs === "" || last === undefined) {
      moved.push({ start, end });
      continue;
    }
    last.end = start + signs.length;
    const from = last.end + (/^\s*/.exec(text.slice(last.end, end))?.[0].length ?? 0);
    if (from < end) moved.push({ start: from, end });
  }
  return moved;
}

/** A piece without letters (a lone quotation mark, a bracket) belongs to the sentence before it. */
function joinHalves(text: string, sentences: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { start, end } of sentences) {
    const last = joined.at(-1);
    if (last !== undefined && !/[\p{L}\p{N}]/u.test(text.slice(start, end))) last.end = end;
    else joined.push({ start, end });
  }
  return joined;
}

/** Several sentences within quotation marks are one statement: apart, neither would be seen to be a quotation. */
function joinQuoted(text: string, sentences: readonly Range[]): Range[] {
  const joined: Range[] = [];
  let quotedTo = -1;
  for (const { start, end } of sentences) {
    const last = joined.at(-1);
    if (last !== undefined && start <= quotedTo) last.end = Math.max(end, quotedTo + 1);
    else joined.push({ start, end });
    quotedTo = Math.max(quotedTo, closingBehind(text, Math.max(start, quotedTo + 1), end));
  }
  return joined;
}

/** Where the quotation ends that is still open at the end of the sentence; -1 when none is, or nothing closes it. */
function closingBehind(text: string, start: number, end: number): number {
  let open: { at: number; closing: string } | null = null;
  for (let at = start; at < end; at += 1) {
    const sign = text[at] ?? "";
    const closing = QUOTES[sign];
    if (open !== null) open = open.closing.includes(sign) ? null : open;
    // 27": inches.
    else if (closing !== undefined && !(sign === '"' && /\d/.test(text[at - 1] ?? ""))) open = { at, closing };
  }
  if (open === null) return -1;
  const { at, closing } = open;
  const places = Array.from(closing, (sign) => text.slice(end, at + MAX_QUOTE_CHARS).indexOf(sign)).filter(
    (place) => place !== -1,
  );
  return places.length === 0 ? -1 : end + Math.min(...places);
}

// The longest quotation that the check looks for in a page.
const MAX_QUOTE_CHARS = 600;
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "„": "“”",
  "«": "»",
  "「": "」",
  "『": "』",
};
