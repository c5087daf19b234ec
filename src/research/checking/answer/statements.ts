import { type Block, blocksOf, cellsOf, plainText } from "./answer-blocks.ts";
import { codeRangesOf, type Range } from "./code-ranges.ts";
import type { Mark } from "./marks.ts";
import { sentenceRangesOf } from "./sentence-ranges.ts";
import { sourceListOf } from "./source-list.ts";

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
  const places = marks.map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start }));
  const { text, sentences } = sentenceRangesOf(masked.slice(piece.start, piece.end), places, language);
  const statements: RawStatement[] = sentences.map(({ start, end }) => ({
    kind,
    start: piece.start + start,
    end: piece.start + end,
    text: plainText(text.slice(start, end).replaceAll("\n", " ")),
    marks: [],
    isCovered: false,
    block,
    pieces: [],
  }));
  // An answer may also put its marks in front of what they belong to.
  const [first] = statements;
  const isInFront = first !== undefined && (marks[0]?.start ?? Number.POSITIVE_INFINITY) < first.start;
  for (const mark of marks) {
    const owner = isInFront
      ? statements.find(({ end }) => mark.start < end)
      : statements.findLast(({ start }) => start <= mark.start);
    (owner ?? (isInFront ? statements.at(-1) : first))?.marks.push(mark);
  }
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
