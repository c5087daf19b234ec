import { codeRangesOf, isInside } from "./code-ranges.ts";

/** Takes away what cutting leaves behind: blank lines, trailing blanks, empty brackets, headings without a text. */
export function tidyMarkdown(markdown: string, wasCut: boolean): string {
  const { fences } = codeRangesOf(markdown);
  let offset = 0;
  const lines = markdown.split("\n").map((text) => {
    const line = { text, isCode: isInside(fences, offset) };
    offset += text.length + 1;
    return line;
  });
  for (const line of lines) if (!line.isCode) line.text = tidyLine(line.text);
  const kept = wasCut ? withoutEmptySections(lines) : lines;
  return collapseBlankLines(kept).trim();
}

interface Line {
  text: string;
  isCode: boolean;
}

function tidyLine(text: string): string {
  // Two blanks at the end are a line break in Markdown; nothing else at the end means anything.
  const end = / {2,}$/.test(text) && text.trim() !== "" ? "  " : "";
  return text.replace(/ ?\(\s*\)/g, "").trimEnd() + end;
}

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

function collapseBlankLines(lines: readonly Line[]): string {
  const kept: string[] = [];
  let blanks = 0;
  for (const { text, isCode } of lines) {
    blanks = text.trim() === "" && !isCode ? blanks + 1 : 0;
    if (blanks <= 1) kept.push(text);
  }
  return kept.join("\n");
}
