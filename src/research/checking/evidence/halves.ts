import type { Reading, Token } from "../reading/reading.ts";

/** What comes first and what comes later in a sentence, as indices of the words of meaning. */
export interface Halves {
  first: number[];
  second: number[];
}

interface Joint {
  pattern: RegExp;
  /** Which half stands before the word. */
  left: keyof Halves;
}

// Written small or at a sentence's start: `BEFORE_ALL` is a name.
const JOINTS: readonly Joint[] = [
  { pattern: /\b[Aa]fter (?:that|this|which)\b/g, left: "first" },
  { pattern: /\b[Bb]efore (?:that|this|which)\b/g, left: "second" },
  { pattern: /(?<=\balready\b[^.;]{3,80}?)\bwhen\b/g, left: "first" },
  { pattern: /(?<=(?:\bnot|n't)\b[^.;,]{3,80}?)\buntil\b/g, left: "second" },
  {
    pattern: /\b(?:[Bb]efore|[Pp]rior to|[Bb]y the time|bevor|antes de(?: que)?)\b(?! (?:that|this|which)\b)/g,
    left: "first",
  },
  {
    pattern:
      /\b(?:[Aa]fter|[Oo]nce|[Aa]s soon as|[Ff]ollowing|nachdem|[Dd]espués de(?: que)?)\b(?! (?:that|this|which)\b)/g,
    left: "second",
  },
  {
    pattern:
      /(?:,|;|\band)\s+(?:and\s+)?(?:(?:\S+\s){1,3}later|then|afterwards|subsequently|thereafter|dann|danach|später|luego|después)\b/g,
    left: "first",
  },
];

/** The places of a sentence where one thing is set before or after another. */
export function halvesOf({ text, tokens }: Reading): Halves[] {
  const joints = JOINTS.flatMap(({ pattern, left }) => [...text.matchAll(pattern)].map((match) => ({ match, left })))
    .map(({ match, left }) => ({ left, start: match.index, end: match.index + match[0].length }))
    .toSorted((a, b) => a.start - b.start);
  const within = (from: number, to: number): number[] =>
    tokens.flatMap(({ isContent, start, end }, index) => (isContent && start >= from && end <= to ? [index] : []));
  return joints.flatMap(({ left, start, end }, at) => {
    const from = Math.max(joints[at - 1]?.end ?? 0, lastBorder(text.slice(0, start)));
    const to = Math.min(joints[at + 1]?.start ?? text.length, end + nextBorder(text.slice(end)));
    const before = within(from, start);
    const [one, other] = before.length > 0 ? [before, within(end, to)] : fronted(text.slice(end), end, within);
    if (
      one.length === 0 ||
      other.length === 0 ||
      [one, other].some((half) => half.every((index) => isDuration(tokens[index])))
    )
      return [];
    return [left === "first" ? { first: one, second: other } : { first: other, second: one }];
  });
}

/** "After seven weeks": how long, not what came first. */
function isDuration(token: Token | undefined): boolean {
  return token?.figure?.unit?.dimension === "time";
}

/** "After the war, she left": what the word governs ends with its clause; the rest is what it is set against. */
function fronted(after: string, end: number, within: (from: number, to: number) => number[]): [number[], number[]] {
  const comma = after.search(/,\s/);
  return comma === -1 ? [[], []] : [within(end + comma, end + after.length), within(end, end + comma)];
}

/** Where what stands before the word begins: with its sentence, or with the part that an "and" joins to others. */
function lastBorder(before: string): number {
  return Math.max(0, ...[...before.matchAll(NEW_SUBJECT)].map((match) => match.index + match[0].length));
}

function nextBorder(after: string): number {
  const at = after.search(BORDER);
  return at === -1 ? after.length : at;
}

/** "…, and the second ran": what begins with a verb goes on with what stands before. */
const NEW_SUBJECT =
  /[;:]\s|,\s(?:and|but|or|while|whereas|und|aber|während|y|pero|mientras)\s(?=(?:the|an?|its?|h[ei]s?|her|she|they|their|this|these|der|die|das|el|la|los|las)\s|\p{Lu})/gu;
const BORDER = /[;:]\s|\s[–—]\s|,\s(?:and|but|or|while|whereas|und|aber|während|y|pero|mientras)\s/g;
