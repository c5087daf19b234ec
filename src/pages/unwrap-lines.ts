/**
 * Markdown whose paragraphs and list items stand on one line each: a single line break inside them is a space when it is
 * rendered, and a sentence must not end there. Code, tables, headings and quotes keep their lines.
 */
export function unwrapLines(markdown: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  let canGoOn = false;
  for (const line of markdown.split("\n")) {
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence === null && canGoOn && mark === null && isContinuation(line)) {
      lines.push(`${lines.pop()?.trimEnd()} ${line.trim()}`);
    } else {
      lines.push(line);
    }
    if (fence === null && mark !== null) fence = mark;
    else if (fence !== null && mark?.startsWith(fence)) fence = null;
    // Of the whole paragraph: what goes on below an item is indented as code would be.
    canGoOn = fence === null && mark === null && isText(lines.at(-1) ?? "") && !HARD_BREAK.test(line);
  }
  return lines.join("\n");
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HARD_BREAK = /(?: {2,}|\\|<br\s*\/?>)\s*$/i;
// A list item, a heading, a quote, a table row, a rule, a tag or a definition begins something new.
const BEGINS = /^\s*(?:[-*+•]\s|\d{1,9}[.)]\s|#{1,6}\s|>|\||[-*_=]{3,}\s*$|<|\[[^\]]+\]:)/;

function isContinuation(line: string): boolean {
  return line.trim() !== "" && !BEGINS.test(line);
}

/** Prose that may go on in the next line: a paragraph or a list item, no code that is indented. */
function isText(line: string): boolean {
  if (line.trim() === "" || /^(?: {4}|\t)/.test(line)) return false;
  return !/^\s*(?:#{1,6}\s|\||>|<[^>]+>\s*$|[-*_=]{3,}\s*$|\[[^\]]+\]:)/.test(line);
}
