import type { IndexedPassage } from "./passage-index.ts";

/**
 * Cuts a text with "# …" headings into passages of about 1,000 to 1,500 characters, at headings and paragraphs where it
 * can. Short neighbouring sections share a passage. Each passage carries the headings above its start, outermost first,
 * without the document's own title.
 */
export function cutPassages(text: string, title: string): IndexedPassage[] {
  const passages: IndexedPassage[] = [];
  const path: string[] = [];
  let heading = "";
  let pieces: string[] = [];
  let length = 0;

  function flush(): void {
    const joined = pieces.join("\n").trim();
    if (joined !== "") passages.push({ heading, text: joined });
    pieces = [];
    length = 0;
  }
  function add(piece: string): void {
    if (length > 0 && length + piece.length > MAX_CHARS) flush();
    if (length === 0) heading = path.filter((name) => name && name !== title).join(" › ");
    pieces.push(piece);
    length += piece.length + 1;
    if (length >= TARGET_CHARS) flush();
  }

  for (const block of blocksOf(text)) {
    if (block.level > 0) {
      if (length >= MIN_CHARS) flush();
      path.length = Math.min(path.length, block.level - 1);
      path[block.level - 1] = block.text;
      if (length > 0 || block.text !== title) add(block.text);
    } else for (const piece of cutLong(block.text)) add(piece);
  }
  flush();
  // A document of a title alone is found by it.
  if (passages.length === 0 && text.trim() !== "" && title !== "") passages.push({ heading: "", text: title });
  return passages;
}

interface Block {
  /** Of a heading, 1 to 6; 0 for text. */
  level: number;
  text: string;
}

/** Headings, paragraphs and code blocks in order; the marks of headings and fences are dropped. */
function* blocksOf(text: string): Generator<Block> {
  let lines: string[] = [];
  let isCode = false;
  function* paragraph(): Generator<Block> {
    if (lines.length > 0) yield { level: 0, text: lines.join("\n") };
    lines = [];
  }
  for (const line of text.split("\n")) {
    const heading = isCode ? null : HEADING.exec(line);
    if (FENCE.test(line)) isCode = !isCode;
    else if (heading !== null) {
      yield* paragraph();
      yield { level: heading[1]?.length ?? 1, text: heading[2] ?? "" };
    } else if (line.trim() !== "") lines.push(line);
    else if (!isCode) yield* paragraph();
  }
  yield* paragraph();
}

/** Cuts at the last end of a line, else of a sentence, else of a word in the second half of what still fits. */
function* cutLong(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > MAX_CHARS) {
    const room = text.slice(start, start + MAX_CHARS);
    const border = Math.max(room.lastIndexOf("\n"), lastEnd(room, SENTENCE_END));
    const end = border > MAX_CHARS / 2 ? border : Math.max(room.lastIndexOf(" "), lastEnd(room, UNSPACED_END));
    const size = end > MAX_CHARS / 2 ? end : MAX_CHARS;
    yield room.slice(0, size).trim();
    start += size;
  }
  yield text.slice(start).trim();
}

function lastEnd(text: string, border: RegExp): number {
  let end = -1;
  for (const match of text.matchAll(border)) end = match.index + 1;
  return end;
}

const MIN_CHARS = 500;
const TARGET_CHARS = 1_000;
const MAX_CHARS = 1_500;
// A longer line is a paragraph that happens to begin with the mark.
const HEADING = /^(#{1,6})\s+(\S.{0,299})$/;
const FENCE = /^\s{0,3}(?:`{3,}|~{3,})/;
const SENTENCE_END = /[.!?](?=\s)|[。！？]/g;
const UNSPACED_END = /[、，；,;]/g;
