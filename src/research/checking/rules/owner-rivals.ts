import type { Evidence, Place } from "../evidence/evidence.ts";
import { type Held, heldAt, partsFor } from "../evidence/held-by.ts";
import { areAlike, isFlag, valuesOf } from "../evidence/owners.ts";
import { missingParts } from "../reading/dates.ts";
import { isMereCount } from "../reading/figures.ts";
import { agree, matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** A figure or date of the statement. */
export interface Stated {
  /** Index in the statement. */
  index: number;
  /** Where the page has it, with how much of what the statement says of it stands there. */
  own: readonly Home[];
}

export interface Home extends Held {
  place: Place;
  at: number;
}

/**
 * Another figure of the page, which the statement does not have, to which belongs what the statement says.
 *
 * @param joined where the page has the statement's own, and what it is joined with ("in 1994 and 1999")
 */
export function rivalOf(
  statement: Reading,
  evidence: Evidence,
  { index, own }: Stated,
  joined: readonly Home[],
): Token | null {
  const stated = statement.tokens[index] as Token;
  if (own.some(({ place }) => place.unit.kind === "row")) return null;
  if (isInContext(stated, evidence) || (!isFlag(stated) && isReference(statement, stated))) return null;
  const [best, home] = [bestOf(own), bestOf(joined)];
  if (!saysMore(statement, best)) return null;
  // "1946" where the page has "in 1945 …, the following year": the other one is where it is counted from.
  const isDerived = best.place.reading.tokens[best.at]?.date?.isDerived === true;
  for (const place of evidence.places) {
    if (!place.isCore || place.unit.kind === "row") continue;
    const { min, margin } = place === home.place ? (isDerived ? { ...FAR, min: NEAR.min } : NEAR) : FAR;
    for (const at of valuesOf(place.reading)) {
      const token = place.reading.tokens[at] as Token;
      if (!isRival(statement, stated, place.reading, token)) continue;
      const { held, beside } = heldAt(statement, evidence, index, { place, at });
      if (held >= min && held >= home.held * margin + GAIN && beside >= best.beside * ELIDED) return token;
    }
  }
  return null;
}

function bestOf(homes: readonly Home[]): Home {
  return homes.reduce((a, b) => (b.held > a.held ? b : a));
}

// In another sentence more must stand with it.
const NEAR = { min: 0.3, margin: 1.25 };
const FAR = { min: 0.45, margin: 1.8 };
const GAIN = 0.05;
// What a part leaves out counts a little less.
const ELIDED = 0.85;

/** Could it stand there instead, and does the statement not have it? */
function isRival(statement: Reading, stated: Token, reading: Reading, token: Token): boolean {
  if (!areAlike(statement, stated, reading, token) || !isAsExact(stated, token)) return false;
  // A small number in words counts something else than a larger one in digits.
  if (isMereCount(stated.figure, token.figure) || isMereCount(token.figure, stated.figure)) return false;
  return !statement.tokens.some(
    (own) => own.word === token.word || (own.kind !== "word" && (agree(own, token) || agree(token, own))),
  );
}

/** Title, heading or lead give it. */
function isInContext(token: Token, { contexts }: Evidence): boolean {
  return contexts.some((context) => {
    const match = matchIn(token, context);
    if (match === null || match.token.figure?.isSpelled !== token.figure?.isSpelled) return false;
    return token.date === null || match.token.date === null || missingParts(token.date, match.token.date).length === 0;
  });
}

/** "Up since 2008", "more than in 2008": what the statement measures by may stand in another part. */
function isReference({ text, tokens }: Reading, token: Token): boolean {
  const before = text.slice(Math.max(0, token.start - 24), token.start);
  if (COMPARED.test(before)) return true;
  const isMeasured = tokens.some(
    (other) => other !== token && other.kind === "figure" && other.clause === token.clause,
  );
  return (isMeasured || token.date?.day == null) && FROM_OR_TO.test(before);
}

const AT = String.raw`\s+(?:(?:the|los|las|el|la|den|dem|der)\s+)?[$€£]?$`;
const COMPARED = new RegExp(
  String.raw`(?<!\p{L})(?:than(?: in)?|against|compared (?:to|with)|instead of|als|statt|gegenüber|que(?: en)?|en lugar de|frente a)${AT}`,
  "iu",
);
const FROM_OR_TO = new RegExp(
  String.raw`(?<!\p{L})(?:since|from|after|before|until|till|to|between|seit|ab|von|bis|nach|vor|zwischen|desde|hasta|después de|antes de|entre|depuis|avant|après|jusqu'en|à)${AT}`,
  "iu",
);

/** The part of the figure says something that the statement leaves out. */
function saysMore(statement: Reading, { place, at }: Home): boolean {
  const { reading } = place;
  const { owners } = partsFor(reading, at);
  const own = reading.tokens[at] as Token;
  return reading.tokens.some(
    (token, index) =>
      owners[index] === owners[at] &&
      token.isContent &&
      !areAlike(reading, own, reading, token) &&
      matchIn(token, statement) === null,
  );
}

/** Another date that says as much: "in 1912" is not told by the "16 May 1912" or the "1910s" of something else. */
function isAsExact({ date: a }: Token, { date: b }: Token): boolean {
  if (a === null || b === null) return true;
  if (a.year === b.year && (a.month === null || b.month === null)) return false;
  return (
    a.years === b.years && (["year", "month", "day"] as const).every((part) => a[part] === null || b[part] !== null)
  );
}
