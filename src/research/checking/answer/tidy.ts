import { codeRangesOf, isInside } from "./code-ranges.ts";

/** Takes away what cutting leaves behind: blank lines, trailing blanks, empty brackets, headings without a text. */
export function tidyMarkdown(markdown: string, wasCut: boolean): string {
  const { fences, spans } = codeRangesOf(markdown);
  let offset = 0;
  const lines = markdown.split("\n").map((text): Line => {
    const start = offset;
    offset += text.length + 1;
    const isCode = isInside(fences, start);
    return { isCode, text: isCode ? text : tidyLine(text, (at) => isInside(spans, start + at)) };
  });
  const kept = wasCut ? withoutEmptySections(withoutEmptyQuotes(lines)) : lines;
  const text = collapseBlankLines(kept)
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
  // Code by its indent would become text, and an index in it a mark.
  return kept.find((line) => line.text.trim() !== "")?.isCode === true ? text : text.trimStart();
}

interface Line {
  text: string;
  isCode: boolean;
}

function tidyLine(text: string, isCode: (at: number) => boolean): string {
  // Two blanks at the end are a line break in Markdown; nothing else at the end means anything.
  const end = / {2,}$/.test(text) && text.trim() !== "" ? "  " : "";
  const tidied = text.replace(EMPTIED, (found, mark: string | undefined, at: number) =>
    isCode(at) ? found : (mark ?? ""),
  );
  return tidied.trimEnd() + end;
}

// Brackets that held marks; a mark that was raised needs no tags any more.
const EMPTIED = / ?[(（][\s,;、]+[)）]|<sup>((?:\s*\[\d+\])*)\s*<\/sup>/g;

const HEADING = /^ {0,3}(#{1,6})[ \t]+\S/;

/** A heading directly followed by one of its own or a higher level, or by the end, has lost its text. */
function withoutEmptySections(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  let nextLevel = 0;
  for (const line of lines.toReversed()) {
    const level = line.isCode ? 0 : (line.text.match(HEADING)?.[1]?.length ?? 0);
    if (level > 0 && nextLevel !== -1 && (nextLevel === 0 || nextLevel <= level)) continue;
    if (level > 0) nextLevel = level;
    else if (line.text.trim() !== "") nextLevel = -1;
    kept.push(line);
  }
  return kept.reverse();
}

/** An empty line of a block quotation parts two of its paragraphs, or has nothing to do any more. */
function withoutEmptyQuotes(lines: readonly Line[]): Line[] {
  const isQuoted = (line: Line | undefined): boolean =>
    line !== undefined && !line.isCode && /^[ \t]*>/.test(line.text);
  const isEmpty = (line: Line): boolean => isQuoted(line) && /^[ \t>]*$/.test(line.text);
  const kept: Line[] = [];
  let below: Line | undefined;
  for (const line of lines.toReversed()) {
    if (isEmpty(line) && !isQuoted(below)) continue;
    kept.push(line);
    below = isEmpty(line) ? undefined : line;
  }
  const upright = kept.reverse();
  return upright.filter((line, index) => !isEmpty(line) || isQuoted(upright[index - 1]));
}

function collapseBlankLines(lines: readonly Line[]): string {
  const kept: string[] = [];
  let blanks = 0;
  for (const { text, isCode } of lines) {
    blanks = text.trim() === "" && !isCode ? blanks + 1 : 0;
    if (blanks <= 1) kept.push(text);
  }
  return kept.join("\n");
}
