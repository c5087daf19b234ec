import { SPAN } from "./check-spans.ts";
import type { Evidence, Match } from "./evidence.ts";
import { areComparable } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { namesOf, nameWith } from "./names.ts";
import type { Reading, Token } from "./reading.ts";
import { isEnumerated } from "./substitutes.ts";

/** Two figures, dates or names of the statement that have changed places against the page. */
export function checkSwaps(statement: Reading, evidence: Evidence, { withNames }: { withNames: boolean }): Finding[] {
  const items = itemsOf(statement, withNames).filter((item) =>
    item.every((index) => (evidence.matches[index]?.length ?? 0) > 0),
  );
  for (const [position, a] of items.entries())
    for (const b of items.slice(position + 1))
      if (areSwapped(statement, evidence, a, b)) return [describe(statement, a, b)];
  return [];
}

/** Names as groups of tokens, figures and dates one by one. */
function itemsOf(statement: Reading, withNames: boolean): number[][] {
  const quantities = statement.tokens.flatMap((token, index) => (token.kind === "word" ? [] : [[index]]));
  return [...(withNames ? namesOf(statement) : []), ...quantities];
}

function areSwapped(statement: Reading, evidence: Evidence, a: number[], b: number[]): boolean {
  const first = headOf(statement, a, b);
  const second = headOf(statement, b, a);
  if (first === null || second === null || !areOfOneKind(statement.tokens[first], statement.tokens[second]))
    return false;
  if (areSpan(statement, a, b)) return false;
  const places = { first: core(evidence, first), second: core(evidence, second) };
  const near = (item: number[], to: Match): number => nearness(statement, evidence, item, to);
  const ownFirst = Math.max(0, ...places.first.map((match) => near(a, match)));
  const ownSecond = Math.max(0, ...places.second.map((match) => near(b, match)));
  return places.first.some((here) =>
    places.second.some((there) => {
      if (here.token === there.token || !areNear(here, there)) return false;
      if (isKeptInOrder(statement, first, second, here, there)) return false;
      const [firstThere, secondHere] = [near(a, there), near(b, here)];
      // Each of the two must stand better in the other's place.
      if (firstThere < ownFirst + MIN_GAIN || secondHere < ownSecond + MIN_GAIN) return false;
      const crossed = firstThere + secondHere;
      return crossed >= MIN_CROSSED && crossed > (ownFirst + ownSecond) * SWAP_MARGIN;
    }),
  );
}

/** Names in the page's order, without a passive that would turn their parts round. */
function isKeptInOrder(statement: Reading, first: number, second: number, here: Match, there: Match): boolean {
  if (statement.tokens[first]?.kind !== "word" || here.place !== there.place) return false;
  if (PASSIVE.test(statement.text) !== PASSIVE.test(here.place.reading.text)) return false;
  return first < second === here.token.start < there.token.start;
}

const PASSIVE = /\b(?:by|von|durch|por|par)\b/iu;

/** "From 402 to 388" and "11 of 14" are told apart by their order alone, which the slots look after. */
function areSpan({ tokens, text }: Reading, a: readonly number[], b: readonly number[]): boolean {
  const [first, second] = [tokens[a[0] ?? 0], tokens[b[0] ?? 0]];
  if (first === undefined || second === undefined) return false;
  const [left, right] = first.start < second.start ? [first, second] : [second, first];
  const [leftName] = left === first ? [a] : [b];
  const between = text.slice(tokens[leftName.at(-1) ?? 0]?.end, right.start);
  // Names side by side, or joined by "and", have the same part.
  if (first.kind === "word")
    return /^(?:['’]s)?\s*(?:,|and|or|&|und|oder|y|et)?\s*(?:(?:at|in|on|of|by|the|a|near|an|bei|von|der|en|de|la)\s+)*$/iu.test(
      between,
    );
  return (
    SPAN.test(between) || /^\s*(?:of|out of|von|der|de|de los|de las)(?:\s+(?:the|den|los|las))?\s*$/iu.test(between)
  );
}

// Below this the order of words alone would make a swap of what is only put otherwise.
const SWAP_MARGIN = 1.3;
const MIN_CROSSED = 1;
const MIN_GAIN = 0.25;

// A figure belongs to the word or two beside it.
const QUANTITY_REACH = 3;
// A year or figure beside the item says more about it than a word.
const QUANTITY_WEIGHT = 2;

/** How far the words directly around the item in the statement are also directly around the place in the page, 0 to 1. */
function nearness(statement: Reading, evidence: Evidence, item: readonly number[], to: Match): number {
  let bound = 0;
  let total = 0;
  const target = spanOf(to.place.reading, to.index);
  const centre = item.flatMap((index) => statement.tokens[index] ?? []);
  const isQuantity = centre.some(({ kind }) => kind !== "word");
  statement.tokens.forEach((token, index) => {
    const weight = evidence.weights[index] ?? 0;
    if (weight === 0 || item.includes(index) || (token.isName && isEnumerated(statement, index))) return;
    const distance = distanceOf(centre, token);
    if (isQuantity && distance > QUANTITY_REACH) return;
    const factor = token.kind === "word" ? 1 : QUANTITY_WEIGHT;
    const near = weight * factor * adjacency(distance);
    total += near;
    let there = 0;
    for (const match of to.place.matches[index] ?? [])
      there = Math.max(there, match.strength * weight * factor * adjacency(distanceOf(target, match.token)));
    bound += Math.min(near, there);
  });
  return total === 0 ? 0 : bound / total;
}

/** The tokens of the name that stands at the index, or the token itself. */
function spanOf(reading: Reading, index: number): Token[] {
  const name = nameWith(reading, index) ?? [index];
  return name.flatMap((at) => reading.tokens[at] ?? []);
}

/** 1/2 for neighbours, falling with the square of the distance. */
function adjacency(distance: number): number {
  return 1 / (1 + distance * distance);
}

function distanceOf(centre: readonly Token[], token: Token): number {
  let distance = Number.POSITIVE_INFINITY;
  for (const { position } of centre) distance = Math.min(distance, Math.abs(position - token.position));
  return distance;
}

function core(evidence: Evidence, index: number): Match[] {
  return (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isCore && strength >= 0.85).slice(0, 6);
}

function areNear(a: Match, b: Match): boolean {
  return a.place.page === b.place.page && Math.abs(a.place.unit.index - b.place.unit.index) <= 4;
}

/** The token by which a name differs from the other one. */
function headOf(statement: Reading, item: number[], other: number[]): number | null {
  const words = new Set(other.map((index) => statement.tokens[index]?.stem));
  return item.findLast((index) => !words.has(statement.tokens[index]?.stem)) ?? null;
}

/** Values that may stand in each other's place. */
export function areOfOneKind(a: Token | undefined, b: Token | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  if (a.figure === null || b.figure === null) return true;
  // "200 tons and 500": the unit is written once.
  const hasUnits = a.figure.unit !== null && b.figure.unit !== null;
  if (hasUnits) return areComparable(a.figure, b.figure);
  const dimension = (a.figure.unit ?? b.figure.unit)?.dimension ?? "";
  return a.figure.isOrdinal === b.figure.isOrdinal && !["share", "time", "ratio"].includes(dimension);
}

function describe(statement: Reading, a: number[], b: number[]): Finding {
  const [one, other] = [a, b].map((item) =>
    statement.text.slice(statement.tokens[item[0] ?? 0]?.start, statement.tokens[item.at(-1) ?? 0]?.end),
  );
  return { weight: 1, reason: `"${one}" and "${other}" have other parts in the page` };
}
