export interface Range {
  start: number;
  end: number;
}

/** Fenced blocks and code spans of a Markdown text: what stands in them is neither a statement nor a mark. */
export function codeRangesOf(markdown: string): { fences: Range[]; spans: Range[] } {
  const fenced = fencesOf(markdown);
  const fences = [...fenced, ...indentedOf(markdown, fenced)].toSorted((a, b) => a.start - b.start);
  return { fences, spans: spansOf(markdown, fences) };
}

/** Lines four blanks in are code too behind a blank line, unless they go on with a list. */
function indentedOf(markdown: string, fences: readonly Range[]): Range[] {
  const found: Range[] = [];
  let open: Range | null = null;
  let isAfterBlank = true;
  let isInList = false;
  for (let start = 0; start <= markdown.length; ) {
    const newline = markdown.indexOf("\n", start);
    const end = newline === -1 ? markdown.length : newline;
    const text = markdown.slice(start, end);
    const isBlank = text.trim() === "";
    const isCode = !isBlank && INDENTED.test(text) && !isInList && (isAfterBlank || open !== null);
    if (isInside(fences, start) || (!isBlank && !isCode)) open = null;
    else if (isCode && open !== null) open.end = end;
    else if (isCode) {
      open = { start, end };
      found.push(open);
    }
    if (ITEM.test(text)) isInList = true;
    else if (isAfterBlank && /^[^ \t]/.test(text)) isInList = false;
    isAfterBlank = isBlank;
    start = end + 1;
  }
  return found;
}

const INDENTED = /^(?: {4}| {0,3}\t)/;
const ITEM = /^[ \t]{0,3}(?:[-*+•]|\d{1,4}[.)])[ \t]/;

function fencesOf(markdown: string): Range[] {
  const fences: Range[] = [];
  let open: { start: number; mark: string; within: string } | null = null;
  let before = 0;
  let isInList = false;
  for (let start = 0; start <= markdown.length; ) {
    const newline = markdown.indexOf("\n", start);
    const end = newline === -1 ? markdown.length : newline;
    const text = markdown.slice(start, end);
    const mark = text.match(FENCE)?.[1];
    // The quotation or list item in which it was opened is over, and it with it.
    if (open !== null && mark === undefined && text.trim() !== "" && !text.startsWith(open.within)) {
      fences.push({ start: open.start, end: before });
      open = null;
    }
    if (mark !== undefined && open === null) open = { start, mark, within: withinOf(text, isInList) };
    else if (open !== null && mark?.startsWith(open.mark) === true) {
      fences.push({ start: open.start, end });
      open = null;
    }
    if (open === null && text.trim() !== "") isInList = ITEM.test(text) || (isInList && /^[ \t]/.test(text));
    before = end;
    start = end + 1;
  }
  // A fence that is never closed reaches to the end of the text, as in CommonMark.
  if (open !== null) fences.push({ start: open.start, end: markdown.length });
  return fences;
}

/** With what the lines of a fence begin, if it stands in a quotation or a list item. */
function withinOf(text: string, isInList: boolean): string {
  if (/^ {0,3}>/.test(text)) return ">";
  return isInList ? (/^ +/.exec(text)?.[0] ?? "") : "";
}

const FENCE = /^[ >]{0,6}(`{3,}|~{3,})[^`]*$/;

/** Code spans close with a run of as many backticks as opened them, within their paragraph. */
function spansOf(markdown: string, fences: readonly Range[]): Range[] {
  const spans: Range[] = [];
  const marks = Array.from(markdown.matchAll(QUOTING), ({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }));
  const runs = Array.from(markdown.matchAll(/`+/g)).filter(
    ({ index }) => !isInside(fences, index) && !isInside(marks, index),
  );
  const paragraph = paragraphNumbers(markdown);
  // The next run of each length within a paragraph, found from the end so that the search stays linear.
  const closers = new Array<number>(runs.length).fill(-1);
  const latest = new Map<string, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const run = runs[index];
    if (run === undefined) continue;
    const key = `${run[0].length}:${paragraph(run.index)}`;
    closers[index] = latest.get(key) ?? -1;
    latest.set(key, index);
  }
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    const closer = runs[closers[index] ?? -1];
    if (run === undefined || closer === undefined) continue;
    spans.push({ start: run.index, end: closer.index + closer[0].length });
    index = closers[index] ?? index;
  }
  return spans;
}

// What a mark quotes may hold half of a code span: it opens and closes none of the answer's.
const QUOTING = /【\s*\d[^【】]{0,800}】/g;

// Behind an empty line, and before an item, a heading, a row or a quotation: no code span reaches over these.
const BLOCK_BREAK = /\n(?=[ \t]*(?:\n|[-*+•][ \t]|\d{1,4}[.)][ \t]|#{1,6}[ \t]|[|>]))/g;

function paragraphNumbers(markdown: string): (offset: number) => number {
  const breaks = Array.from(markdown.matchAll(BLOCK_BREAK), ({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Is the offset in one of the ranges? They are in order and do not overlap. */
export function isInside(ranges: readonly Range[], offset: number): boolean {
  return rangeAt(ranges, offset) !== null;
}

export function rangeAt(ranges: readonly Range[], offset: number): Range | null {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.start <= offset ? range : null;
}
