import { matchIn } from "../reading/matching.ts";
import type { Reading } from "../reading/reading.ts";
import type { TableRow } from "./tables.ts";

/** A part of a statement that says one thing of its own. */
export interface Part {
  start: number;
  end: number;
  text: string;
}

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const match of [...text.matchAll(BREAK), null]) {
    const end = match?.index ?? text.length;
    parts.push({ start, end, text: text.slice(start, end) });
    start = end;
  }
  return parts;
}

const BREAK = /[;:–—]|\.\s|\b(?:while|whereas|but|während|aber|mientras|pero)\b/giu;

export function isWithin(statement: Reading, { label }: TableRow, part: Part): boolean {
  return label.tokens.some((token) => {
    const match = matchIn(token, statement);
    return match !== null && part.start <= match.token.start && match.token.start < part.end;
  });
}
