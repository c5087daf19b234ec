/** Words that stand one after the other in one block or cell of a page, as a browser shows them. */
export interface Run {
  words: string[];
  /** Nothing of the block or cell is missing. */
  isWhole: boolean;
}

/**
 * What of a piece of stored text (Markdown) can be looked for in the page itself. The signs of lists, quotations,
 * headings, tables and code are not shown; a word with a sign that may or may not be shown ends a run.
 */
export function fragmentRuns(text: string): Run[] {
  return blocksOf(text).flatMap((block) => {
    const words = block.split(/\s+/).filter((word) => word !== "");
    const isWhole = !words.some(isDoubtful);
    const runs: Run[] = [{ words: [], isWhole }];
    for (const word of words) {
      if (isDoubtful(word)) runs.push({ words: [], isWhole });
      else runs.at(-1)?.words.push(word);
    }
    return runs.filter((run) => run.words.length > 0);
  });
}

/** The last words of a piece of text that stand in one block: a browser looks for words before a place only there. */
export function trailingWords(text: string): string[] {
  const blocks = blocksOf(text);
  const last = blocks.findLast((block) => /[\p{L}\p{N}]/u.test(block)) ?? "";
  const words = last.split(/\s+/).filter((word) => word !== "");
  return words.slice(words.findLastIndex(isDoubtful) + 1);
}

/** Emphasis, powers and escapes. */
function isDoubtful(word: string): boolean {
  return /[*^\\]|\[\^/.test(word) && /[\p{L}\p{N}*]/u.test(word);
}

function blocksOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    if (/^\s*(?:`{3,}|~{3,})/.test(line) || /^[\s|:-]*$/.test(line)) return [];
    const cells = /^\s*\|/.test(line) ? line.split(/(?<!\\)\|/) : line.replace(SIGNS, "").split(/\s\|\s/);
    return cells
      .map((cell) => cell.replace(/(?<![\p{L}\p{N}])`|`(?![\p{L}\p{N}])/gu, "").trim())
      .filter((cell) => cell !== "");
  });
}

// "> - 1. words", "### words", ": words" of a definition.
const SIGNS = /^[ \t]*(?:>[ \t]?)*(?:(?:[-*+•]|\d{1,3}[.)]|#{1,6}|:)(?:[ \t]+|$))?/;
