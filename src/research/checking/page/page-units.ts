import { sentencesOf } from "../../../words.ts";

/** A sentence, heading or table row of a page. */
export interface Unit {
  index: number;
  start: number;
  end: number;
  kind: "sentence" | "heading" | "row" | "code";
  /** Number of the section; the heading that opens it is in `headings`. */
  section: number;
  /** Column heads above a row; the sentence that ends in a colon above a list item; else null. */
  lead: string | null;
  /** Of a row: what stands directly above its table; else null. */
  caption: string | null;
}

/** A row as it is read aloud: each cell after the head of its column. */
export function withColumns(row: string, heads: string | null): string {
  const columns = heads === null ? [] : cellsOfRow(heads);
  return (
    cellsOfRow(row)
      // Two blanks: "2021/22" and "598,300" side by side are not one figure.
      .map((cell, column) => (column === 0 || (columns[column] ?? "") === "" ? cell : `${columns[column]}  ${cell}`))
      .join(COLUMN_GAP)
  );
}

/** What stands between two cells of a row that is read aloud. */
export const COLUMN_GAP = " | ";

export function cellsOfRow(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** A sentence beside another one, with how much of what it says is said of that one too. */
export interface NearUnit {
  unit: Unit;
  share: number;
}

/** Sentences that belong to the same train of thought: two before and one after, in the same section. */
export function nearUnits(text: string, units: readonly Unit[], unit: Unit): NearUnit[] {
  if (unit.kind === "row") return [];
  return [-2, -1, 1].flatMap((offset) => {
    const other = units[unit.index + offset];
    if (other?.section !== unit.section || (other.kind !== "sentence" && other.kind !== unit.kind)) return [];
    const [first, second] = offset < 0 ? [other, unit] : [unit, other];
    // The next sentence of a list item or paragraph line says more about it than the next paragraph.
    const isSameLine = !text.slice(first.end, second.start).includes("\n");
    return [{ unit: other, share: isSameLine ? SAME_LINE_SHARE : NEAR_SHARE }];
  });
}

const NEAR_SHARE = 0.5;
const SAME_LINE_SHARE = 0.75;

// Longer than any sentence: text without a full stop is read in pieces, so that the time stays in proportion.
const MAX_UNIT_CHARS = 2_000;

interface Line {
  text: string;
  start: number;
}

/** The page cut into sentences, headings and rows. Lines that were only wrapped are one paragraph. */
export function unitsOf(text: string, language: string): { units: Unit[]; headings: string[] } {
  const units: Unit[] = [];
  const headings = [""];
  let lead: string | null = null;
  let columns: string | null = null;
  let [previous, caption]: [string | null, string | null] = [null, null];
  const push = (kind: Unit["kind"], start: number, end: number, above: string | null): void => {
    for (let from = start; from < end; from += MAX_UNIT_CHARS) {
      const to = Math.min(end, from + MAX_UNIT_CHARS);
      const section = headings.length - 1;
      units.push({
        index: units.length,
        start: from,
        end: to,
        kind,
        section,
        lead: above,
        caption: kind === "row" ? caption : null,
      });
    }
  };
  let isCode = false;
  // Where the last row ended.
  let end = 0;
  const blocks = [...blocksOf(text)];
  const sentences = sentencesOf(joinWrapped(text, blocks), language);
  let next = 0;
  for (const block of blocks) {
    if (FENCE.test(block.text)) {
      isCode = !isCode;
      continue;
    }
    if (isCode) {
      push("code", block.start, block.start + block.text.length, null);
      continue;
    }
    if (ROW.test(block.text)) {
      if (previous !== null) caption = previous;
      // A blank line begins another table.
      else if (text.slice(end, block.start).includes("\n\n")) [lead, columns, caption] = [null, null, null];
      previous = null;
      end = block.start + block.text.length;
      if (RULE.test(block.text)) columns = lead;
      else if (columns === null && lead !== null && isHeadRow(lead, block.text)) columns = lead;
      if (!RULE.test(block.text)) push("row", block.start, block.start + block.text.length, columns);
      lead = block.text;
      continue;
    }
    columns = null;
    previous = block.text;
    if (isHeading(block, text)) {
      headings.push(block.text.replace(/^[\s#]+|[\s#*]+$/g, ""));
      push("heading", block.start, block.start + block.text.length, null);
      lead = null;
      continue;
    }
    const isItem = ITEM.test(block.text);
    const above: string | null = isItem && lead?.trimEnd().endsWith(":") === true ? lead : null;
    const blockEnd = block.start + block.text.length;
    while ((sentences[next]?.start ?? blockEnd) < block.start) next += 1;
    let last: string | null = null;
    if (OPTION.test(block.text) && block.text.length <= MAX_OPTION_CHARS) {
      push("sentence", block.start + (block.text.length - block.text.trimStart().length), blockEnd, above);
      continue;
    }
    for (
      let sentence = sentences[next];
      sentence !== undefined && sentence.start < blockEnd;
      sentence = sentences[next]
    ) {
      push("sentence", sentence.start, sentence.end, above);
      last = sentence.text;
      next += 1;
    }
    if (!isItem) lead = last;
  }
  return { units, headings };
}

/** The text with the line breaks of wrapped paragraphs as blanks; places stay. One call for all sentences is faster. */
function joinWrapped(text: string, blocks: readonly Line[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const block of blocks) {
    pieces.push(text.slice(at, block.start), block.text);
    at = block.start + block.text.length;
  }
  return [...pieces, text.slice(at)].join("");
}

const FENCE = /^\s*(?:`{3,}|~{3,})/;

const ROW = /^\s*\|.*\|\s*$/;

/** A table without a rule below its heads: words in every cell, and figures in the row below. */
function isHeadRow(above: string, row: string): boolean {
  if (!ROW.test(above)) return false;
  const [heads, cells] = [cellsOfRow(above), cellsOfRow(row)];
  const isValue = (cell: string): boolean => /^[^\p{L}]*\d/u.test(cell);
  return heads.length === cells.length && heads.every((cell) => /\p{L}/u.test(cell)) && cells.some(isValue);
}

const RULE = /^[\s|:-]+$/;

const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;

const HASHES = /^\s{0,3}#{1,6}\s/;

// "`retries`: how often it is tried again. Default is `10`.": what an option is and its default are one thing.
const OPTION =
  /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\*\*)?`[^`]+`(?:\*\*)?(?:[^.]{0,60}?(?::|\s[-–—])\s|\s+[{(<][^.]{2,40}[>)}]\s)/;
const MAX_OPTION_CHARS = 320;

function isHeading({ text, start }: Line, page: string): boolean {
  if (HASHES.test(text)) return true;
  if (text.length > MAX_HEADING_CHARS || ITEM.test(text) || /[.!?:;,。！？…]["”)]?\s*$/.test(text)) return false;
  // A short line without a full stop that stands directly above or apart from prose.
  const after = page.slice(start + text.length, start + text.length + 200);
  return /^\n+[^\n]{80,}/.test(after) || (/^\n\n[^\n]*\S/.test(after) && (start === 0 || page[start - 2] === "\n"));
}

const MAX_HEADING_CHARS = 100;

/** Lines of the text; wrapped prose lines are joined (a line break becomes a space, so places stay). */
function* blocksOf(text: string): Generator<Line> {
  let block: Line | null = null;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    if (block !== null && continues(block.text, line)) block.text += ` ${line}`;
    else {
      if (block !== null && block.text.trim() !== "") yield block;
      block = { text: line, start };
    }
    start = end + 1;
  }
  if (block !== null && block.text.trim() !== "") yield block;
}

function continues(block: string, line: string): boolean {
  if (FENCE.test(line) || FENCE.test(block)) return false;
  if (block.length < MIN_WRAPPED_CHARS || line.trim() === "") return false;
  if (ROW.test(line) || ROW.test(block) || ITEM.test(line) || HASHES.test(line) || HASHES.test(block)) return false;
  return !/[.!?:。！？]["”)]?\s*$/.test(block) && block.length < MAX_BLOCK_CHARS;
}

// Text is wrapped at 60 to 100 characters; a shorter line that ends without a stop is a heading or an entry.
const MIN_WRAPPED_CHARS = 45;

const MAX_BLOCK_CHARS = 5_000;
