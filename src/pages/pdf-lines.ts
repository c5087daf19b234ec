/** A run of text as the PDF draws it. `y` grows upwards; lengths in points. */
export interface TextRun {
  text: string;
  x: number;
  y: number;
  width: number;
  /** Of the font. */
  size: number;
  isMonospace: boolean;
}

/** A line of a column. */
export interface TextLine {
  text: string;
  x: number;
  endX: number;
  y: number;
  size: number;
  isMonospace: boolean;
  /** First of its column or band: nothing can be said about the gap above it. */
  startsColumn: boolean;
}

/** The lines of a page in the order in which people read them: across, or down one column and then the other. */
export function linesOfPage(runs: readonly TextRun[], pageWidth: number): TextLine[] {
  const rows = rowsOf(runs);
  const gutter = gutterOf(runs, rows, pageWidth);
  if (gutter === null) return rows.map((row, index) => lineOf(segmentsOf(row, null), index === 0));
  const lines: TextLine[] = [];
  let left: Segment[] = [];
  let right: Segment[] = [];
  const endBand = () => {
    lines.push(...columnLines(left), ...columnLines(right));
    left = [];
    right = [];
  };
  for (const segment of rows.flatMap((row) => segmentsOf(row, gutter))) {
    if (segment.endX <= gutter + SLACK) left.push(segment);
    else if (segment.x >= gutter - SLACK) right.push(segment);
    else {
      endBand();
      lines.push(lineOf([segment], true));
    }
  }
  endBand();
  return lines;
}

type Segment = Omit<TextLine, "startsColumn">;

/** Runs on one baseline, from the top of the page to its bottom, each row from left to right. */
function rowsOf(runs: readonly TextRun[]): TextRun[][] {
  const rows: { y: number; size: number; runs: TextRun[] }[] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    // Raised and lowered figures stand less than half a line away from their baseline.
    if (row !== undefined && row.y - run.y <= 0.45 * Math.max(row.size, run.size)) {
      row.runs.push(run);
      row.size = Math.max(row.size, run.size);
    } else rows.push({ y: run.y, size: run.size, runs: [run] });
  }
  return rows.map((row) => row.runs.sort((a, b) => a.x - b.x));
}

/** Pieces of a row with a wide gap between them, or the gutter: columns of text or of a table. */
function segmentsOf(row: TextRun[], gutter: number | null): Segment[] {
  const segments: Segment[] = [];
  let last: TextRun | null = null;
  for (const run of row) {
    const segment = segments.at(-1);
    const end = last === null ? run.x : last.x + last.width;
    const gap = (run.x - end) / Math.max(run.size, last?.size ?? 0);
    const isOverGutter = gutter !== null && end <= gutter + SLACK && run.x >= gutter - SLACK && gap > GUTTER_GAP;
    if (segment === undefined || gap > WIDE_GAP || isOverGutter) {
      segments.push({ ...run, endX: run.x + run.width });
    } else {
      const isApart = gap > WORD_GAP && !/\s$/.test(segment.text) && !/^\s/.test(run.text);
      segment.text += isApart ? ` ${run.text}` : last !== null && isRaised(run, last) ? `^${run.text}` : run.text;
      segment.endX = Math.max(segment.endX, run.x + run.width);
      segment.size = Math.max(segment.size, run.size);
      segment.isMonospace &&= run.isMonospace;
    }
    last = run;
  }
  return segments;
}

/** A figure in superscript: 10⁶ must not become 106. */
function isRaised(run: TextRun, before: TextRun): boolean {
  const isHigher = run.size < before.size * 0.85 && run.y > before.y + before.size * 0.15;
  return isHigher && /^[+−–-]?\d/.test(run.text) && /[\p{L}\p{N})]$/u.test(before.text);
}

/** Where a page of two columns is parted, or null: few runs cross it, and both sides are text, not figures of a table. */
function gutterOf(runs: readonly TextRun[], rows: TextRun[][], pageWidth: number): number | null {
  const places = Array.from({ length: 60 }, (_, index) => pageWidth * (0.35 + index * 0.005));
  const crossings = places.map((x) => runs.filter((run) => run.x < x - 1 && run.x + run.width > x + 1).length);
  const fewest = Math.min(...crossings);
  const clear = places.filter((_, index) => crossings[index] === fewest);
  const gutter = clear[clear.length >> 1] ?? pageWidth / 2;
  const segments = rows.flatMap((row) => segmentsOf(row, gutter));
  const left = segments.filter((each) => each.endX <= gutter + SLACK);
  const right = segments.filter((each) => each.x >= gutter - SLACK);
  const areColumns = [left, right].every((side) => side.length >= MIN_COLUMN_LINES && isText(side, pageWidth));
  const crossing = segments.length - left.length - right.length;
  return areColumns && crossing <= (left.length + right.length) * MAX_CROSSING ? gutter : null;
}

function isText(segments: Segment[], pageWidth: number): boolean {
  const widths = segments.map(({ x, endX }) => endX - x).sort((a, b) => a - b);
  return (widths[Math.floor(widths.length / 2)] ?? 0) > pageWidth * MIN_COLUMN_SHARE;
}

function columnLines(segments: Segment[]): TextLine[] {
  const rows: Segment[][] = [];
  for (const segment of segments) {
    const row = rows.at(-1);
    if (row?.[0] !== undefined && Math.abs(row[0].y - segment.y) <= 1) row.push(segment);
    else rows.push([segment]);
  }
  return rows.map((row, index) => lineOf(row, index === 0));
}

function lineOf(segments: Segment[], startsColumn: boolean): TextLine {
  const first = segments[0] as Segment;
  return {
    text: segments.map(({ text }) => text.trim()).join(" | "),
    x: first.x,
    endX: Math.max(...segments.map(({ endX }) => endX)),
    y: first.y,
    size: Math.max(...segments.map(({ size }) => size)),
    isMonospace: segments.every(({ isMonospace }) => isMonospace),
    startsColumn,
  };
}

/** Points by which a line may reach over the gutter. */
const SLACK = 4;
/** In sizes of the font. A space between words is about 0.25, in justified lines up to 1. */
const WORD_GAP = 0.12;
const WIDE_GAP = 1.6;
const GUTTER_GAP = 0.8;
/** Lines over both columns (title, captions, wide tables) for each line of a column. */
const MAX_CROSSING = 0.25;
const MIN_COLUMN_LINES = 6;
const MIN_COLUMN_SHARE = 0.25;
