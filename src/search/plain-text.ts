/**
 * Plain text and reStructuredText as text to search in: underlined headings become "# …" lines for `cutPassages`.
 *
 * @returns the title or null (a short line that stands alone at the top, or a heading there), and the text
 */
export function plainText(source: string): { title: string | null; text: string } {
  const levels = new Map<string, number>();
  const lines: string[] = [];
  for (const line of source.replace(/\r\n?/g, "\n").split("\n")) {
    const mark = UNDERLINE.exec(line)?.[1];
    const above = lines.at(-1) ?? "";
    if (mark === undefined) lines.push(line);
    else if (isHeadingText(above, line)) lines.push(`${"#".repeat(levelOf(mark, levels))} ${lines.pop()?.trim()}`, "");
    // Otherwise a ruler, or the line above a heading.
  }
  return { title: titleOf(lines), text: lines.join("\n") };
}

function isHeadingText(text: string, underline: string): boolean {
  return /^\S/.test(text) && !text.startsWith("#") && text.length <= MAX_TITLE_CHARS && underline.length >= 3;
}

/** In reStructuredText the order in which the marks are first used tells their rank. */
function levelOf(mark: string, levels: Map<string, number>): number {
  const level = levels.get(mark) ?? Math.min(levels.size + 1, 6);
  levels.set(mark, level);
  return level;
}

function titleOf(lines: string[]): string | null {
  const at = lines.findIndex((line) => line.trim() !== "");
  const first = (lines[at] ?? "").trim();
  if (first.startsWith("#")) return first.replace(/^#+\s*/, "");
  const standsAlone = (lines[at + 1] ?? "").trim() === "";
  return standsAlone && first !== "" && first.length <= MAX_TITLE_CHARS && !/[.,;:]$/.test(first) ? first : null;
}

const MAX_TITLE_CHARS = 120;
const UNDERLINE = /^([=\-~^"'*+:])\1{2,}\s*$/;
