import { areComparable, type Figure, isMereCount } from "../reading/figures.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";

/** How a sentence is shared out between those of its quantities that could stand in each other's place. */
export interface Parts {
  /** For each token the index of its part's first quantity, or `OPEN`. */
  owners: Int32Array;
  /** The first part's quantity, and up to where the words before it may name what all of them are said of. */
  first: number;
  sharedUntil: number;
  /** Later parts without a subject ("…, rising to 110 g") and such without a word ("…, against 23 in 2008"). */
  subjectless: ReadonlySet<number>;
  /** "…, the grant 9.6 million": without a verb. */
  verbless: ReadonlySet<number>;
  stubs: ReadonlySet<number>;
  /** "31 guests took black tea and 46 green": by later part the words of the first one that it leaves out. */
  leftOut: ReadonlyMap<number, readonly number[]>;
}

/** The word belongs to none of them, or to any. */
export const OPEN = -1;

/**
 * To which of a sentence's quantities each of its words belongs: "grants 7 million, sales 12 million" has two parts,
 * and each part has one. Between two quantities the sentence is cut where its strongest break is; "from 7 to 12
 * million" is one part.
 *
 * @param quantities indices of tokens that could stand in each other's place, in their order
 */
export function partsOf(reading: Reading, quantities: readonly number[]): Parts {
  const { tokens } = reading;
  const owners = new Int32Array(tokens.length).fill(OPEN);
  const groups = groupsOf(reading, quantities);
  let from = 0;
  for (const [order, group] of groups.entries()) {
    const next = groups[order + 1]?.first;
    const [end, begin] =
      next === undefined
        ? [groups.length === 1 ? tokens.length : endOfLast(reading, from, group), 0]
        : cutsBetween(reading, { from, ...group, next });
    owners.fill(group.first, from, end);
    from = begin;
  }
  const later = groups.slice(1).map(({ first }) => first);
  const wordsOf = (part: number): Token[] =>
    tokens.filter(({ kind, isContent }, index) => kind === "word" && isContent && owners[index] === part);
  const namesSubject = (part: number): boolean =>
    wordsOf(part).some(({ start, word }) => start < (tokens[part]?.start ?? 0) && !/(?:ing|ed)$/.test(word));
  return {
    owners,
    first: groups[0]?.first ?? OPEN,
    sharedUntil: sharedUntil(reading, groups),
    verbless: new Set(
      later.filter((part) => !tokens.some((_, index) => owners[index] === part && isVerb(reading, index))),
    ),
    subjectless: new Set(later.filter((part) => !namesSubject(part))),
    stubs: new Set(
      later.filter((part) => wordsOf(part).length === 0 && isInStep(reading, owners, groups[0]?.first ?? OPEN, part)),
    ),
    leftOut: new Map(later.map((part) => [part, leftOutOf(reading, owners, groups[0] as Group, part)])),
  };
}

/** Each date or other figure of the later part stands in the place of one of the first part. */
function isInStep({ tokens, quantities }: Reading, owners: Int32Array, first: number, part: number): boolean {
  return quantities
    .filter((index) => index !== part && owners[index] === part)
    .every((index) =>
      quantities.some((other) => owners[other] === first && tokens[other]?.kind === tokens[index]?.kind),
    );
}

interface Group {
  first: number;
  last: number;
}

/** Quantities with nothing of their own between them: "7 to 12", "2010, 2012 and 2014". */
function groupsOf({ text, tokens }: Reading, quantities: readonly number[]): Group[] {
  const groups: Group[] = [];
  for (const at of quantities) {
    const before = groups.at(-1);
    const between = text.slice(tokens[before?.last ?? at]?.end, tokens[at]?.start);
    const isJoined =
      before !== undefined &&
      !tokens.slice(before.last + 1, at).some(({ isContent, kind }) => isContent && kind === "word") &&
      !/[;:]|,\s*\p{L}{2,}\s+\p{L}/u.test(between);
    if (isJoined) before.last = at;
    else groups.push({ first: at, last: at });
  }
  return groups;
}

/** Where a group's part ends, and where that of the next one begins. */
function cutsBetween(
  reading: Reading,
  { from, first: opening, last: at, next }: Group & { from: number; next: number },
): [number, number] {
  const breaks: { index: number; strength: number }[] = [];
  for (let index = at + 1; index <= next; index += 1) {
    const strength = breakBefore(reading, index);
    if (strength > 0) breaks.push({ index, strength });
  }
  const best = Math.max(0, ...breaks.map(({ strength }) => strength));
  const strongest = breaks.filter(({ strength }) => strength === best).map(({ index }) => index);
  // "In 1990, he left for Lund, and in 1995 …": what opens its part holds all up to the next one.
  if (opensPart(reading, from, opening)) {
    const last = strongest.at(-1) ?? next;
    return [last, last];
  }
  if (strongest.length > 0) return [strongest[0] ?? next, strongest.at(-1) ?? next];
  // "The 100th Squadron of the 187th Wing": what it counts or names stands right behind it.
  const behind = reading.tokens.findIndex(({ isContent }, index) => index > at && !isContent);
  const isLabelled = reading.tokens[opening - 1]?.stem === reading.tokens[next - 1]?.stem;
  // "Version 4.2 followed version 4.1".
  const begin = isLabelled && next - 1 > at ? next - 1 : next;
  return [behind === -1 || behind > begin ? begin : behind, begin];
}

/** What follows behind a comma, such as the reason, is said of all. */
function endOfLast(reading: Reading, from: number, { first, last }: Group): number {
  const { tokens } = reading;
  if (opensPart(reading, from, first)) return tokens.length;
  const end = tokens.findIndex((_, index) => index > last + 1 && breakBefore(reading, index) > 1);
  return end === -1 ? tokens.length : end;
}

function opensPart({ tokens }: Reading, from: number, at: number): boolean {
  const before = tokens.slice(from, at).filter(({ isContent }) => isContent);
  if (before.length === 0) return true;
  const date = tokens[at];
  return date?.date != null && before.length <= (date.date.isDerived ? 3 : 1);
}

/** Before its own words a sentence's first quantity may name what all of them are said of. */
function sharedUntil(reading: Reading, groups: readonly Group[]): number {
  const [first] = groups;
  return first === undefined || groups.length < 2 ? 0 : ownWordsFrom(reading, first.first);
}

/** Where the two words begin that stand right before a token. */
function ownWordsFrom({ tokens }: Reading, at: number): number {
  let near = 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    if (tokens[index]?.isContent !== true) continue;
    near += 1;
    if (near > OWN_WORDS) return index + 1;
  }
  return 0;
}

const OWN_WORDS = 2;

/** How strong a break is that stands before a token; a bracket does not part a figure from what stands before it. */
function breakBefore({ text, tokens }: Reading, index: number): number {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (before === undefined || token === undefined) return 0;
  const gap = text.slice(before.end, token.start);
  if (/[;|—\n]|\.\s| [-–] /.test(gap)) return 4;
  // "Fewer than 50" says how exact the figure is.
  if (COMPARED.has(token.word)) return /^(?:than|als|que)$/.test(token.word) && isNextQuantity(tokens, index) ? 0 : 3.5;
  if (gap.includes(")")) return 3;
  if (gap.includes("(")) return 0;
  if (token.clause !== before.clause) return 2;
  return 0;
}

function isNextQuantity(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1] !== undefined && tokens[index + 1]?.kind !== "word";
}

/** "412 GWh, 7% less than the 445 GWh of the year before": what stands before it belongs to the first. */
const COMPARED: ReadonlySet<string> = new Set("than versus against compared als gegenuber frente que".split(" "));
/** Figures and dates, and what an option may be set to. */
export function valuesOf({ tokens, quantities }: Reading): readonly number[] {
  const flags = tokens.flatMap((token, index) => (isFlag(token) ? [index] : []));
  return flags.length === 0 ? quantities : [...quantities, ...flags].toSorted((a, b) => a - b);
}

/** What an option may be set to. */
export function isFlag({ kind, word }: Token): boolean {
  return kind === "word" && (word === "true" || word === "false");
}

/** Values that a writer could take for each other; of "200 tons and 500" the unit is written once. */
export function areAlike(one: Reading, a: Token, other: Reading, b: Token): boolean {
  if (a.kind !== b.kind || isFlag(a) !== isFlag(b)) return false;
  if (a.figure === null || b.figure === null) return true;
  // "Men wait ten weeks, women sixteen."
  if (a.figure.isBare === true || b.figure.isBare === true) return isTime(a.figure) && isTime(b.figure);
  if (areComparable(a.figure, b.figure)) return true;
  if (a.figure.isOrdinal || b.figure.isOrdinal) return false;
  const dimension = (a.figure.unit ?? b.figure.unit)?.dimension ?? "";
  if (["share", "ratio", "time"].includes(dimension) || !areOfOneSize(a.figure, b.figure)) return false;
  return (a.figure.unit === null && isUncounted(one, a)) || (b.figure.unit === null && isUncounted(other, b));
}

/** "Version 2.0" and "500 mA" are too far from each other for the unit to be left out at one. */
function areOfOneSize({ readings: a }: Figure, { readings: b }: Figure): boolean {
  const ratio = (a[0] ?? 0) / (b[0] ?? 1);
  return ratio < MAX_RATIO && ratio > 1 / MAX_RATIO;
}

const MAX_RATIO = 50;

function isTime({ unit, isBare }: Figure): boolean {
  return isBare === true || unit?.dimension === "time";
}

/** Nothing that it counts stands behind it. */
function isUncounted(reading: Reading, token: Token): boolean {
  return wordBehind(reading, reading.tokens.indexOf(token)) === OPEN;
}

/** What both count, and what "ones" stands for: the noun at the first part's end. */
function leftOutOf(reading: Reading, owners: Int32Array, { first, last }: Group, part: number): number[] {
  const { tokens, text } = reading;
  const counted = countedBy(reading, last);
  const ends = tokens.findLastIndex(
    ({ isContent, kind }, index) => owners[index] === first && isContent && kind === "word",
  );
  const words = countedBy(reading, part) === OPEN && isCount(reading, owners, first, part) ? [counted] : [];
  const hasPronoun = tokens.some(({ start }, index) => owners[index] === part && PRONOUN.test(text.slice(start - 1)));
  return [...words, ...(hasPronoun ? [ends] : [])];
}

/** "14,820 of them" are of the first ones; "against 71" measures by another. */
function isCount({ tokens }: Reading, owners: Int32Array, first: number, part: number): boolean {
  if (PARTITIVE.test(tokens[part + 1]?.word ?? "")) return false;
  if (isMereCount(tokens[part]?.figure ?? null, tokens[first]?.figure ?? null)) return false;
  return !tokens.some(({ word }, index) => owners[index] === part && COMPARED.has(word));
}

const PARTITIVE = /^(?:of|de|von|davon|des)$/;

/** What a quantity counts stands right behind it, if anywhere: "46 got tea" and "46 white ones" leave it out. */
function countedBy(reading: Reading, at: number): number {
  const next = wordBehind(reading, at);
  const isElided =
    next !== OPEN && (isVerb(reading, next) || PRONOUN.test(reading.text.slice(reading.tokens[next]?.end)));
  return isElided ? OPEN : next;
}

const PRONOUN = /^ ones?\b/;

function wordBehind({ text, tokens }: Reading, at: number): number {
  const next = tokens[at + 1];
  const isWord = next?.isContent === true && /^[ -]$/.test(text.slice(tokens[at]?.end, next.start));
  return isWord ? at + 1 : OPEN;
}
