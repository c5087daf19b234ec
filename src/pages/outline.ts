/** Lines that belong together: one table, or code with its fences. `end` is behind the last line. */
export interface KeptTogether {
  start: number;
  end: number;
}

/** The start of a line where a text may be cut. */
export interface Seam {
  position: number;
  kind: "heading" | "paragraph" | "line";
}

export interface Outline {
  headings: { position: number; words: string }[];
  together: KeptTogether[];
  /** In order; none directly behind a heading, which stays with what it is a heading of. */
  seams: Seam[];
}

/** Reads the lines of a Markdown text: its headings, tables, code, and where it may be cut. */
export function outlineOf(text: string): Outline {
  const outline: Outline = { headings: [], together: [], seams: [] };
  let fence: string | null = null;
  let isInTable = false;
  let before: "blank" | "heading" | "text" = "blank";
  for (const { position, line } of linesOf(text)) {
    const isTableLine: boolean = fence === null && line.startsWith("|");
    const isKept = fence !== null || isTableLine || FENCE.test(line);
    const continues = fence !== null || (isTableLine && isInTable);
    const heading = isKept ? undefined : HEADING.exec(line)?.[1];
    if (isKept) keep(outline.together, position, position + line.length, continues);
    if (heading !== undefined) outline.headings.push({ position, words: heading.trim() });
    if (line !== "" && before !== "heading") {
      const kind = heading !== undefined ? "heading" : before === "blank" && !continues ? "paragraph" : "line";
      outline.seams.push({ position, kind });
    }
    fence = isTableLine ? null : fenceAfter(fence, line);
    isInTable = isTableLine;
    if (heading !== undefined) before = "heading";
    else if (line !== "") before = "text";
    else if (before === "text") before = "blank";
  }
  return outline;
}

function keep(together: KeptTogether[], start: number, end: number, continues: boolean): void {
  const last = together.at(-1);
  if (continues && last !== undefined) last.end = end;
  else together.push({ start, end });
}

/** The fence that is open behind a line, given the one that was open before it. */
function fenceAfter(fence: string | null, line: string): string | null {
  const marks = FENCE.exec(line)?.[1] ?? null;
  if (fence === null || marks === null) return fence ?? marks;
  const isEnd = marks.startsWith(fence) && line.trim() === marks;
  return isEnd ? null : fence;
}

function* linesOf(text: string): Generator<{ position: number; line: string }> {
  for (let position = 0; position < text.length; ) {
    const newline = text.indexOf("\n", position);
    const end = newline === -1 ? text.length : newline;
    yield { position, line: text.slice(position, end) };
    position = end + 1;
  }
}

// A heading is a label here: of one that is a whole page, the beginning is enough.
const HEADING = /^#{1,6} (.{1,160})/;
const FENCE = /^[ >]{0,12}(`{3,}|~{3,})/;
