import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isEnumerated } from "../evidence/substitutes.ts";
import { areComparable } from "../reading/figures.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { SPAN } from "./check-spans.ts";

/** Two figures or dates of the statement that have changed places against the page. */
export function checkSwaps(statement: Reading, evidence: Evidence): Finding[] {
  const items = statement.quantities.filter((index) => (evidence.matches[index]?.length ?? 0) > 0);
  for (const [position, a] of items.entries())
    for (const b of items.slice(position + 1))
      if (areSwapped(statement, evidence, a, b)) return [describe(statement, a, b)];
  return [];
}

function areSwapped(statement: Reading, evidence: Evidence, a: number, b: number): boolean {
  if (!areOfOneKind(statement.tokens[a], statement.tokens[b]) || areSpan(statement, a, b)) return false;
  const places = { first: core(evidence, a), second: core(evidence, b) };
  const near = (item: number, to: Match): number => nearness(statement, evidence, item, to);
  const ownFirst = Math.max(0, ...places.first.map((match) => near(a, match)));
  const ownSecond = Math.max(0, ...places.second.map((match) => near(b, match)));
  return places.first.some((here) =>
    places.second.some((there) => {
      if (here.token === there.token || !areNear(here, there)) return false;
      const [firstThere, secondHere] = [near(a, there), near(b, here)];
      // Each of the two must stand better in the other's place.
      if (firstThere < ownFirst + MIN_GAIN || secondHere < ownSecond + MIN_GAIN) return false;
      const crossed = firstThere + secondHere;
      return crossed >= MIN_CROSSED && crossed > (ownFirst + ownSecond) * SWAP_MARGIN;
    }),
  );
}

/** "From 402 to 388" and "11 of 14" are told apart by their order alone, which the slots look after. */
export function areSpan({ tokens, text }: Reading, a: number, b: number): boolean {
  const [left, right] = [tokens[Math.min(a, b)], tokens[Math.max(a, b)]];
  if (left === undefined || right === undefined) return false;
  const between = text.slice(left.end, right.start);
  return SPAN.test(between) || COMPARED.test(between);
}

const COMPARED =
  /^[\s(]*(?:(?:out )?of|from|against|as against|compared (?:to|with)|von|der|gegenüber|gegen|de|de los|de las|frente a)(?:\s+(?:the|den|los|las))?\s*[€$£]?$/iu;

// Below this the order of words alone would make a swap of what is only put otherwise.
const SWAP_MARGIN = 1.3;
const MIN_CROSSED = 1;
const MIN_GAIN = 0.25;

// A figure belongs to the word or two beside it.
const QUANTITY_REACH = 3;
// A year or figure beside the item says more about it than a word.
const QUANTITY_WEIGHT = 2;

/** How far the words directly around the item in the statement are also directly around the place in the page, 0 to 1. */
function nearness(statement: Reading, evidence: Evidence, item: number, to: Match): number {
  let bound = 0;
  let total = 0;
  const centre = statement.tokens[item];
  if (centre === undefined) return 0;
  statement.tokens.forEach((token, index) => {
    const weight = evidence.weights[index] ?? 0;
    if (weight === 0 || item === index || (token.isName && isEnumerated(statement, index))) return;
    if (Math.abs(centre.position - token.position) > QUANTITY_REACH) return;
    const factor = token.kind === "word" ? 1 : QUANTITY_WEIGHT;
    const near = weight * factor * adjacency(centre, token);
    total += near;
    let there = 0;
    for (const match of to.place.matches[index] ?? [])
      there = Math.max(there, match.strength * weight * factor * adjacency(to.token, match.token));
    bound += Math.min(near, there);
  });
  return total === 0 ? 0 : bound / total;
}

/** 1/2 for neighbours, falling with the square of the distance. */
function adjacency(centre: Token, token: Token): number {
  const distance = Math.abs(centre.position - token.position);
  return 1 / (1 + distance * distance);
}

function core(evidence: Evidence, index: number): Match[] {
  return (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isCore && strength >= 0.85).slice(0, 6);
}

function areNear(a: Match, b: Match): boolean {
  return a.place.page === b.place.page && Math.abs(a.place.unit.index - b.place.unit.index) <= 4;
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

function describe({ tokens, text }: Reading, a: number, b: number): Finding {
  const [one, other] = [tokens[a], tokens[b]].map((token) => text.slice(token?.start, token?.end));
  return { weight: 1, reason: `"${one}" and "${other}" have other parts in the page` };
}
