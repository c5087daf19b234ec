import type { Reading, Token } from "./reading.ts";

/** "Dale was the most punctual and Cade the least": the words of the part that the word stands in. */
export function partAround({ text, tokens }: Reading, { start, end }: Token): Token[] {
  const from = Math.max(0, ...[...text.slice(0, start).matchAll(JOINT)].map((match) => match.index));
  const to = end + (text.slice(end).search(JOINT) + 1 || text.length + 1) - 1;
  return tokens.filter((token) => token.start >= from && token.end <= to);
}

const JOINT = /;|(?<!\p{L})(?:and|but|yet|while|whereas|und|aber|während|y|pero|mientras)(?!\p{L})/giu;
