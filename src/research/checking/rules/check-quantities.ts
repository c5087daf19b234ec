import { bestRival, borneOut, isMentioned } from "../evidence/bindings.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { missingParts } from "../reading/dates.ts";
import { areComparable, figuresAgree } from "../reading/figures.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isWorkedOut } from "./derived-figures.ts";

/** Figures and dates of the statement stand in the evidence, beside the words that the statement puts beside them. */
export function checkQuantities(statement: Reading, evidence: Evidence): Finding[] {
  return statement.tokens.flatMap((token, index) =>
    token.kind === "word" ? [] : (checkQuantity(statement, evidence, token, index) ?? []),
  );
}

function checkQuantity(statement: Reading, evidence: Evidence, token: Token, index: number): Finding | null {
  const what = token.kind === "date" ? "The date" : "The figure";
  const written = statement.text.slice(token.start, token.end);
  const matches = borneOut(statement, evidence, index);
  if (matches.length === 0) {
    if (isInContext(token, evidence)) return null;
    const other = inOtherUnit(token, evidence);
    if (other !== null) return { weight: 1, reason: `The passage gives "${other}", not "${written}"` };
    if (token.date?.isDerived === true || isWorkedOut(statement, evidence, index)) return null;
    const rival = bestRival(
      statement,
      evidence,
      index,
      (other) => isSameKind(token, other) && !isMentioned(statement, other),
    );
    const weight = (rival?.binding ?? 0) < 0.25 ? openWeight(token) : 1;
    const instead = rival !== null && rival.binding > 0.2 ? `; it says "${rival.token.word}" there` : "";
    return { weight, reason: `${what} "${written}" is not in the passage${instead}` };
  }
  if (matches.every((match) => lacksScale(statement, token, match.token)))
    return { weight: 1, reason: `The table gives "${written}" in thousands or millions` };
  if (token.date !== null && lacksPart(token, evidence, index))
    return { weight: 1, reason: `${what} "${written}" is not complete in the passage` };
  return null;
}

/** "7,015 trips" where the column's head says "trips (thousand)"; as a table's value it may be given as it stands there. */
function lacksScale({ text }: Reading, { figure }: Token, { figure: found }: Token): boolean {
  if (figure === null || found?.scaled == null || SCALE.test(text)) return false;
  return !figuresAgree(figure, { ...found, readings: [...found.scaled] });
}

const SCALE =
  /(?<!\p{L})(?:thousands?|millions?|billions?|tausend|tsd|mio|mrd|millionen|milliarden|mil(?:es|lones)?|mn|bn|[mk])(?!\p{L})/iu;

/** "A range of 260 km" for 260 miles: the same number of another unit is no value worked out. */
function inOtherUnit({ figure }: Token, { places }: Evidence): string | null {
  const [value] = figure?.readings ?? [];
  if (figure?.unit == null || value === undefined || value < MIN_TELLING) return null;
  for (const { isSound, reading } of places)
    for (const index of isSound ? reading.quantities : []) {
      const found = reading.tokens[index];
      const unit = found?.figure?.unit;
      if (found === undefined || unit == null || found.figure?.readings[0] !== value) continue;
      if (unit.dimension === figure.unit.dimension && unit.factor !== figure.unit.factor)
        return reading.text.slice(found.start, found.end);
    }
  return null;
}

// Twelve hours and twelve months may both be said of one thing.
const MIN_TELLING = 13;

/** Title, heading or lead give the figure, or the whole of the date. */
function isInContext(token: Token, evidence: Evidence): boolean {
  const { date } = token;
  return evidence.contexts.some((context) => {
    const match = matchIn(token, context);
    if (match === null) return false;
    return date === null || match.token.date === null || missingParts(date, match.token.date).length === 0;
  });
}

/** A writer counts for himself ("both", "the two tribunals"): small numbers in words weigh less when they are missing. */
function openWeight({ figure }: Token): number {
  const value = figure?.readings[0] ?? 0;
  if (figure?.isSpelled !== true || value > 12 || figure.unit !== null || figure.bound !== null) return 1;
  if (figure.isOrdinal && value > 3) return 1;
  return value <= 3 ? 0.25 : 0.8;
}

function isSameKind(a: Token, b: Token): boolean {
  if (a.kind !== b.kind) return false;
  if (a.figure !== null && b.figure !== null) return areComparable(a.figure, b.figure);
  return true;
}

/** Parts that the matching date leaves open must be given by other dates close by: "In 1937 … in December". */
function lacksPart(token: Token, evidence: Evidence, index: number): boolean {
  const stated = token.date;
  if (stated === null) return false;
  const matched = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
  const found = matched.flatMap((match) => (match.token.date === null ? [] : [match.token.date]));
  if (found.length === 0 || found.some((date) => missingParts(stated, date).length === 0)) return false;
  const above = [
    ...evidence.contexts.flatMap((context) => context.tokens.flatMap(({ date }) => date ?? [])),
    // "In June 2015 … On 6 June": the year goes without saying.
    ...matched.flatMap(({ token: { date }, place: { page, unit } }) =>
      date?.month == null || date.year !== null ? [] : { month: null, day: null, year: page.dateBefore(unit)?.year },
    ),
  ];
  return (["year", "month", "day"] as const).some(
    (part) => stated[part] !== null && ![...found, ...above].some((date) => date[part] === stated[part]),
  );
}
