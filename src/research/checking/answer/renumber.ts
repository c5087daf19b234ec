import { codeRangesOf, isInside } from "./code-ranges.ts";
import type { Cut } from "./cuts.ts";

/** Items of numbered lists whose number changes because items before them were cut. */
export function renumberedItems(answer: string, cuts: readonly Cut[]): Cut[] {
  const { fences } = codeRangesOf(answer);
  const gone = new Set(cuts.map(({ start }) => start));
  const found: Cut[] = [];
  let lists: List[] = [];
  let offset = 0;
  for (const line of answer.split("\n")) {
    const start = offset;
    offset += line.length + 1;
    if (line.trim() === "" || isInside(fences, start)) continue;
    const indent = line.match(/^[ \t>]*/)?.[0].length ?? 0;
    const digits = ORDERED.exec(line)?.[1];
    // Text at the left of a list's numbers, or in their column, ends it.
    lists = lists.filter((list) => list.indent < indent || (list.indent === indent && digits !== undefined));
    if (digits === undefined) continue;
    const number = Number(digits);
    const list = listOf(lists, indent, number);
    if (gone.has(start)) list.gone += 1;
    else if (list.gone > 0)
      found.push({
        start: start + indent,
        end: start + indent + digits.length,
        replacement: String(number - list.gone),
      });
  }
  return found;
}

interface List {
  indent: number;
  last: number;
  /** How many of its items were cut so far. */
  gone: number;
}

const ORDERED = /^[ \t>]*(\d{1,4})[.)][ \t]/;

/** The list that the number goes on, or a new one. */
function listOf(lists: List[], indent: number, number: number): List {
  const open = lists.at(-1);
  if (open?.indent === indent && number === open.last + 1) {
    open.last = number;
    return open;
  }
  if (open?.indent === indent) lists.pop();
  const list = { indent, last: number, gone: 0 };
  lists.push(list);
  return list;
}
