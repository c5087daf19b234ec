import { isInside, type Range } from "./code-ranges.ts";

export interface Block extends Range {
  kind: "text" | "item" | "heading" | "row";
  /** Heads of the table's columns, for rows. */
  columns: string[];
}

const ITEM = /^(?:[ \t>]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;

const HEADING = /^[ \t>]{0,4}#{1,6}(?:[ \t]+|$)/;

const QUOTE = /^[ \t]{0,3}(?:>[ \t]?)+/;

const RULE_ROW = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Below a line of text it makes a heading of it. */
const UNDERLINE = /^[ \t]{0,3}(?:=+|-{2,})[ \t]*$/;

const BREAK = /^[ \t]{0,3}(?:[-*_=][ \t]*){3,}$/;

/** Paragraphs, list items, headings and table rows, without their markers. */
export function blocksOf(masked: string, fences: readonly Range[], spans: readonly Range[]): Block[] {
  const blocks: Block[] = [];
  const lines = linesOf(masked).filter(({ start }) => !isInside(fences, start));
  let open: (Block & { isQuote: boolean }) | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) continue;
    const text = masked.slice(line.start, line.end);
    const next = lines[index + 1];
    if (
      text.includes("|") &&
      next !== undefined &&
      next.start === line.end + 1 &&
      isRule(masked.slice(next.start, next.end))
    ) {
      index = addTable(blocks, masked, lines, index, spans);
      open = null;
      continue;
    }
    const marker = (text.match(HEADING) ?? text.match(ITEM) ?? text.match(QUOTE))?.[0] ?? "";
    const kind = HEADING.test(text) ? "heading" : ITEM.test(text) ? "item" : "text";
    const isQuote = /^[ \t]*>/.test(text);
    if (open !== null && open.kind === "text" && UNDERLINE.test(text)) {
      open.kind = "heading";
      open = null;
    } else if (text.slice(marker.length).trim() === "" || (BREAK.test(text) && kind === "text")) open = null;
    else if (open !== null && kind === "text" && (!isQuote || open.isQuote)) open.end = line.end;
    else {
      open = { kind, start: line.start + marker.length, end: line.end, columns: [], isQuote };
      blocks.push(open);
      if (kind === "heading") open = null;
    }
  }
  return blocks;
}

function isRule(text: string): boolean {
  return text.includes("-") && text.includes("|") && RULE_ROW.test(text);
}

function addTable(blocks: Block[], masked: string, lines: Range[], first: number, spans: readonly Range[]): number {
  const head = lines[first];
  if (head === undefined) return first;
  const columns = cellsOf(masked, head, spans).map(({ start, end }) => plainText(masked.slice(start, end)));
  let index = first + 2;
  for (; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || !masked.slice(line.start, line.end).includes("|")) break;
    blocks.push({ kind: "row", ...line, columns });
  }
  return index - 1;
}

function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** The cells of a row without their bars; bars in code and after a backslash do not count. */
export function cellsOf(text: string, row: Range, spans: readonly Range[]): Range[] {
  const cells: Range[] = [];
  let start = row.start;
  for (let at = row.start; at <= row.end; at += 1) {
    const isBar = text[at] === "|" && text[at - 1] !== "\\" && !isInside(spans, at);
    if (!isBar && at !== row.end) continue;
    const isOuter =
      (cells.length === 0 && text.slice(row.start, at).trim() === "") ||
      (at === row.end && text.slice(start, at).trim() === "");
    if (!(isOuter && (isBar ? start === row.start : true))) cells.push({ start, end: at });
    start = at + 1;
  }
  return cells;
}

// A "sentence" beyond this is no sentence; its beginning is checked.
const MAX_STATEMENT_CHARS = 2_000;

/** Without emphasis, tags of markup, escapes, link targets and runs of blanks; code keeps its backticks. */
export function plainText(masked: string): string {
  return masked
    .replace(/(?<!\\)(\*{1,3}|_{2}|~~)(?=\S)|(?<=\S)(?<!\\)(\*{1,3}|_{2}|~~)/g, "")
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]+)(?<=\S)_(?![\p{L}\p{N}_])/gu, "$1")
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/<\/?(?:b|i|u|s|em|strong|sub|sup|small|mark|p|div|span|center|details|summary)>/gi, "")
    .replace(/`[^`]*`|\\([$%&|+\-#~<>"'.!(){}])/g, (found, escaped: string | undefined) => escaped ?? found)
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?[(（][ ,;、]+[)）]/g, "")
    .replace(/ ([.,;:!?)\]。，、；：！？）」』])/g, "$1")
    .trim()
    .slice(0, MAX_STATEMENT_CHARS)
    .toWellFormed();
}
