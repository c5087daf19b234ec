import { type LinkedPiece, linkBareAddresses } from "./linked-text.ts";
import type { TextLine } from "./pdf-lines.ts";

/** Lines of pages to Markdown: headings by size, paragraphs by gap, code by its font; each page starts with its mark. */
export function piecesOfPages(pages: readonly TextLine[][]): LinkedPiece[] {
  const bodies = withoutRunningLines(pages);
  const style = styleOf(bodies.flat());
  const paragraphs: Paragraph[] = [];
  for (const [index, lines] of bodies.entries()) {
    let before: TextLine | null = null;
    for (const line of lines) {
      const last = paragraphs.at(-1);
      const mark = before === null ? `page ${index + 1}` : null;
      if (last !== undefined && continues(last, line, before, style)) last.lines.push({ ...line, mark });
      else paragraphs.push({ kind: kindOf(line, style), lines: [{ ...line, mark }] });
      before = line;
    }
  }
  return paragraphs.flatMap((paragraph, index) => [
    ...(index === 0 ? [] : [plain(isItem(paragraph) && isItem(paragraphs[index - 1]) ? "\n" : "\n\n")]),
    ...paragraphPieces(paragraph, style),
  ]);
}

interface Paragraph {
  kind: "text" | "code" | number;
  /** `mark` names the page that starts with this line. */
  lines: (TextLine & { mark: string | null })[];
}

function isItem(paragraph: Paragraph | undefined): boolean {
  return paragraph?.kind === "text" && BULLET.test(paragraph.lines[0]?.text ?? "");
}

/** What is usual in a document; sizes and distances in points. */
interface Style {
  bodySize: number;
  /** From one baseline to the next, in sizes of the font. */
  pitch: number;
  /** Sizes above the body's, largest first. */
  headingSizes: number[];
}

function styleOf(lines: readonly TextLine[]): Style {
  const charsBySize = new Map<number, number>();
  const pitches: number[] = [];
  for (const [index, line] of lines.entries()) {
    const size = roundSize(line.size);
    charsBySize.set(size, (charsBySize.get(size) ?? 0) + line.text.length);
    const above = lines[index - 1];
    const pitch = above === undefined || line.startsColumn ? 0 : (above.y - line.y) / line.size;
    if (pitch > 0.8 && pitch < 3) pitches.push(pitch);
  }
  const bodySize = Array.from(charsBySize).reduce((most, each) => (each[1] > most[1] ? each : most), [10, 0])[0];
  const headingSizes = Array.from(charsBySize.keys()).filter((size) => size >= bodySize * HEADING_RATIO);
  pitches.sort((a, b) => a - b);
  return { bodySize, pitch: pitches[pitches.length >> 1] ?? 1.2, headingSizes: headingSizes.sort((a, b) => b - a) };
}

/** The level of a heading, or what kind of text it is. */
function kindOf(line: TextLine, style: Style): Paragraph["kind"] {
  if (line.isMonospace) return "code";
  const level = style.headingSizes.indexOf(roundSize(line.size)) + 1;
  const isHeading =
    level > 0 && !LEADER.test(line.text) && line.text.length <= MAX_HEADING_CHARS && /\p{L}{2}/u.test(line.text);
  return isHeading ? Math.min(level, MAX_HEADING_LEVEL) : "text";
}

/** Does the line go on with the paragraph? `before` is the line above it on its page, if there is one. */
function continues(paragraph: Paragraph, line: TextLine, before: TextLine | null, style: Style): boolean {
  const kind = kindOf(line, style);
  const last = paragraph.lines.at(-1) as TextLine;
  if (kind !== paragraph.kind || Math.abs(last.size - line.size) > line.size * 0.12) return false;
  if (before === null || line.startsColumn) return kind === "text" && isUnfinished(last.text, line.text);
  const gap = (before.y - line.y) / line.size;
  if (gap < 0) return false;
  if (kind === "code") return gap < style.pitch * 2.5;
  if (gap > style.pitch * PARAGRAPH_GAP || BULLET.test(line.text) || LEADER.test(last.text)) return false;
  const isIndented = line.x > last.x + line.size * 0.8 && paragraph.lines.length > 1;
  return !(isIndented && kind === "text" && SENTENCE_END.test(last.text));
}

/** Over a column's or page's end, a paragraph goes on when its sentence does. */
function isUnfinished(text: string, next: string): boolean {
  return /[-\u00ad]$/.test(text) || (!SENTENCE_END.test(text) && /^[\p{Ll}(]/u.test(next));
}

function paragraphPieces({ kind, lines }: Paragraph, style: Style): LinkedPiece[] {
  const pieces: LinkedPiece[] = [];
  const left = lines.reduce((leftmost, { x }) => Math.min(leftmost, x), Number.POSITIVE_INFINITY);
  let text = "";
  for (const [index, line] of lines.entries()) {
    if (index > 0) text = kind === "code" ? `${text}\n` : readyFor(line.text, text);
    if (line.mark !== null) {
      pieces.push(...linkBareAddresses(text), { text: "", url: null, anchor: line.mark });
      text = "";
    }
    if (index === 0) text = kind === "code" ? "```\n" : typeof kind === "number" ? `${"#".repeat(kind)} ` : "";
    text +=
      kind === "code"
        ? indentOf(line.x - left, style) + line.text
        : line.text.replace(LEADER, " … $1").replace(SIGN, "- ");
  }
  pieces.push(...(kind === "code" ? [plain(`${text}\n\`\`\``)] : linkBareAddresses(text)));
  return pieces;
}

/** The text so far, so that the next line can follow: a word that was divided at the line's end is made whole. */
function readyFor(next: string, text: string): string {
  const divided = /(?:^|[\s(“"])(\p{L}+)-$/u.exec(text.slice(-60));
  if (divided !== null && /^\p{Ll}/u.test(next)) return text.slice(0, -1);
  return /[-\u00ad/]$/.test(text) && /^\p{L}/u.test(next) ? text : `${text} `;
}

function indentOf(points: number, { bodySize }: Style): string {
  // Letters of a monospaced font are 0.6 of its size wide.
  return " ".repeat(Math.min(40, Math.round(points / (bodySize * 0.55))));
}

/** Without page numbers, and without the headers and footers that return on other pages. */
function withoutRunningLines(pages: readonly TextLine[][]): TextLine[][] {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const line of new Set(edgesOf(page).map(shapeOf))) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const isRunning = (line: TextLine) => {
    const shape = shapeOf(line);
    // With a page number in it, a line that comes twice is a header; else it could be the head of a long table.
    const enough = NUMBERED.test(line.text.trim()) ? 2 : 3;
    return PAGE_NUMBER.test(line.text.trim()) || (counts.get(shape) ?? 0) >= enough;
  };
  return pages.map((page) => {
    const running = new Set(edgesOf(page).filter(isRunning));
    return page.filter((line) => !running.has(line));
  });
}

/** The lines nearest to the upper and the lower edge of a page. */
function edgesOf(page: readonly TextLine[]): TextLine[] {
  const byHeight = page.toSorted((a, b) => b.y - a.y);
  const reach = byHeight.length <= 4 ? 1 : 2;
  return [...byHeight.slice(0, reach), ...byHeight.slice(-reach)];
}

/** The title on the first page may say the same as the headers, but in other letters. */
function shapeOf({ text, size }: TextLine): string {
  return `${roundSize(size)} ${text
    .replace(/[\divxlc]+/g, "#")
    .replace(/\s+/g, " ")
    .trim()}`;
}

function roundSize(size: number): number {
  return Math.round(size * 2) / 2;
}

function plain(text: string): LinkedPiece {
  return { text, url: null };
}

const HEADING_RATIO = 1.1;
const MAX_HEADING_CHARS = 160;
const MAX_HEADING_LEVEL = 4;
/** Of the usual distance of baselines: more than this is a paragraph's end. */
const PARAGRAPH_GAP = 1.3;
const BULLET = /^(?:[•●▪◦‣–*·-]|\(?\d{1,2}[.)]|\([a-z]\))\s/;
const SIGN = /^[•●▪◦‣]\s+/;
const NUMBERED = /(?:^\d+\s|[\s|]\d+$)/;
const SENTENCE_END = /[.!?:;。！？]["'”’)\]]*$/;
/** Dots that lead from an entry of a table of contents to its page. */
const LEADER = /\s*(?:[.…]\s?){4,}\s*(\d{0,4})$/;
const PAGE_NUMBER =
  /^(?:(?:page|seite|p\.)\s*)?[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:\/|of|von)\s*\d{1,4})?\s*[-–|]?$/i;
