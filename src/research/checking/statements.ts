import { sentencesOf } from "../../words.ts";
import { codeRangesOf, isInside, type Range } from "./code-ranges.ts";
import type { Mark } from "./marks.ts";

export type StatementKind = "sentence" | "item" | "cell" | "heading";

/** A statement as it stands in the answer, with the marks that belong to it. */
export interface RawStatement extends Range {
  kind: StatementKind;
  /** Plain text: marks and emphasis removed; for a table cell preceded by its row's and column's heads. */
  text: string;
  marks: Mark[];
  /** The marks stand behind a later sentence of the block, which they are understood to cover. */
  isCovered: boolean;
  /** Number of the paragraph, list item or table row. */
  block: number;
  /** The text up to each mark, from the mark before it. */
  pieces: string[];
}

/**
 * An answer cut into statements.
 *
 * A mark belongs to the sentence it stands in or behind (also behind the full stop). When the only marks of a paragraph
 * or list item stand at its very end, a reader takes them for the whole of it, so they cover all its sentences; where
 * any other sentence has its own mark, one without stays without. A cell that holds nothing but marks covers its row.
 */
export function statementsOf(answer: string, marks: readonly Mark[], language: string): RawStatement[] {
  const { fences, spans } = codeRangesOf(answer);
  const masked = maskMarks(answer, marks);
  const statements: RawStatement[] = [];
  const list = sourceListOf(answer);
  for (const [block, piece] of blocksOf(masked, fences, spans).entries()) {
    if (list !== null && piece.start >= list.start && piece.start < list.end) continue;
    const own = within(marks, piece);
    if (piece.kind === "row") statements.push(...cellStatements(answer, masked, piece, own, block, spans));
    else statements.push(...textStatements(masked, piece, own, { block, language }));
  }
  return statements;
}

/**
 * The list of sources that a model puts at the end of its answer, with its heading. The delivered report has a list of
 * its own, made from the pages themselves.
 */
export function sourceListOf(answer: string): Range | null {
  const heading = Array.from(answer.matchAll(SOURCES_HEADING)).at(-1);
  if (heading === undefined) return null;
  const body = answer.slice(heading.index + heading[0].length);
  const isList = body.split("\n").every((line) => line.trim() === "" || SOURCE_LINE.test(line));
  return isList && body.trim() !== "" ? { start: heading.index, end: answer.length } : null;
}

const SOURCES_HEADING =
  /^[ \t]*(?:#{1,6}[ \t]*|\*\*|__)?(?:sources?|references|citations|bibliography|quellen(?:verzeichnis|angaben)?|literatur|fuentes|referencias|bibliografía|参考(?:文献|资料)?|来源)(?:[ \t]*[:：])?(?:\*\*|__)?[ \t]*[:：]?[ \t]*$/gimu;
const SOURCE_LINE = /^[ \t]*(?:[-*+•]|\d{1,3}[.)]|\[\^?\d|【\d|https?:|<https?:)/;

/** The marks that start within a range; both are in order. */
function within(marks: readonly Mark[], { start, end }: Range): Mark[] {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Mark[] = [];
  for (let mark = marks[low]; mark !== undefined && mark.start < end; mark = marks[low]) {
    found.push(mark);
    low += 1;
  }
  return found;
}

/** Marks become blanks of the same length, so that they do not disturb the reading and places stay; link words stay. */
function maskMarks(answer: string, marks: readonly Mark[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, words } of marks) {
    const kept = words.startsWith("`") || words.startsWith("\\") ? "" : words;
    pieces.push(
      answer.slice(at, start),
      kept
        .slice(0, end - start)
        .replaceAll("\n", " ")
        .padEnd(end - start, " "),
    );
    at = end;
  }
  pieces.push(answer.slice(at));
  return pieces.join("");
}

interface Block extends Range {
  kind: "text" | "item" | "heading" | "row";
  /** Heads of the table's columns, for rows. */
  columns: string[];
}

const ITEM = /^(?:[ \t>]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const HEADING = /^[ \t>]{0,4}#{1,6}(?:[ \t]+|$)/;
const QUOTE = /^[ \t]{0,3}(?:>[ \t]?)+/;
const RULE_ROW = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const BREAK = /^[ \t]{0,3}(?:[-*_=][ \t]*){3,}$/;

/** Paragraphs, list items, headings and table rows, without their markers. */
function blocksOf(masked: string, fences: readonly Range[], spans: readonly Range[]): Block[] {
  const blocks: Block[] = [];
  const lines = linesOf(masked).filter(({ start }) => !isInside(fences, start));
  let open: Block | null = null;
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
    if (text.trim() === "" || (BREAK.test(text) && kind === "text")) open = null;
    else if (open !== null && kind === "text" && (marker === "" || open.kind === "text")) open.end = line.end;
    else {
      open = { kind, start: line.start + marker.length, end: line.end, columns: [] };
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

function cellStatements(
  answer: string,
  masked: string,
  row: Block,
  marks: readonly Mark[],
  block: number,
  spans: readonly Range[],
): RawStatement[] {
  const cells = cellsOf(masked, row, spans);
  const marksOf = (cell: Range): Mark[] => marks.filter(({ start }) => start >= cell.start && start < cell.end);
  const texts = cells.map(({ start, end }) => plainText(masked.slice(start, end)));
  const covering = cells.flatMap((cell, column) => (texts[column] === "" ? marksOf(cell) : []));
  const head = texts[0] ?? "";
  return cells.flatMap((cell, column) => {
    const text = texts[column] ?? "";
    if (text === "" || /^[-–—?/ ]+$/.test(text)) return [];
    const own = marksOf(cell);
    const isHead = column === 0;
    if (isHead && own.length === 0) return [];
    const [start, end] = trimmed(answer, cell);
    return {
      kind: "cell",
      start,
      end,
      text: isHead
        ? text
        : [head, row.columns[column] ?? ""]
            .filter((part) => part !== "")
            .concat(text)
            .join(": "),
      marks: own.length > 0 ? own : covering,
      isCovered: own.length === 0 && covering.length > 0,
      block,
      pieces: [],
    };
  });
}

function trimmed(text: string, { start, end }: Range): [number, number] {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  return [from, Math.max(from, start + raw.trimEnd().length)];
}

function textStatements(
  masked: string,
  piece: Block,
  marks: readonly Mark[],
  { block, language }: { block: number; language: string },
): RawStatement[] {
  const kind: StatementKind = piece.kind === "item" ? "item" : piece.kind === "heading" ? "heading" : "sentence";
  const text = masked.slice(piece.start, piece.end).replaceAll("\n", " ");
  const statements: RawStatement[] = joinHalves(sentencesOf(text, language)).map(({ start, end }) => ({
    kind,
    start: piece.start + start,
    end: piece.start + end,
    text: plainText(text.slice(start, end)),
    marks: [],
    isCovered: false,
    block,
    pieces: [],
  }));
  for (const mark of marks)
    (statements.findLast(({ start }) => start <= mark.start) ?? statements[0])?.marks.push(mark);
  const last = statements.at(-1);
  const isOnlyAtEnd =
    last !== undefined &&
    last.marks.length > 0 &&
    statements.every(({ marks: own }, index) => own.length === 0 || index === statements.length - 1);
  if (
    isOnlyAtEnd &&
    last.marks.every(
      ({ start }) =>
        masked
          .slice(start, piece.end)
          .trim()
          .replace(/[.。!?\s]/g, "") === "",
    )
  )
    for (const statement of statements.slice(0, -1)) Object.assign(statement, { marks: last.marks, isCovered: true });
  for (const statement of statements) if (!statement.isCovered) statement.pieces = piecesOf(masked, statement);
  return statements.filter(({ text: plain }) => /[\p{L}\p{N}]/u.test(plain));
}

function piecesOf(masked: string, { start, end, marks }: RawStatement): string[] {
  let from = start;
  return marks.map((mark) => {
    const piece = plainText(masked.slice(from, Math.min(mark.start, end)).replaceAll("\n", " "));
    from = mark.end;
    return piece;
  });
}

/** A piece without letters (a lone quotation mark, a bracket) belongs to the sentence before it. */
function joinHalves(sentences: { text: string; start: number; end: number }[]): Range[] {
  const joined: Range[] = [];
  for (const { text, start, end } of sentences) {
    const last = joined.at(-1);
    if (last !== undefined && !/[\p{L}\p{N}]/u.test(text)) last.end = end;
    else joined.push({ start, end });
  }
  return joined;
}

/** Without emphasis, link targets and runs of blanks; code keeps its backticks. */
function plainText(masked: string): string {
  return masked
    .replace(/(?<!\\)(\*{1,3}|_{2}|~~)(?=\S)|(?<=\S)(?<!\\)(\*{1,3}|_{2}|~~)/g, "")
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]+)(?<=\S)_(?![\p{L}\p{N}_])/gu, "$1")
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ([.,;:!?])/g, "$1")
    .replace(/\(\s*\)/g, "")
    .trim();
}
