import type { Evidence } from "../evidence/evidence.ts";
import type { CalendarDate } from "../reading/dates.ts";
import type { Figure } from "../reading/figures.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { type Given, givensOf, pairsOf } from "./givens.ts";

/** A time that a writer works out from two that the page gives: "four years later", "within two weeks", "at the age of 76". */
export function isSpan(statement: Reading, evidence: Evidence, index: number): boolean {
  const token = statement.tokens[index];
  const figure = token?.figure;
  if (token === undefined || figure == null) return false;
  if (isAge(statement, token)) return isBetween(statement, evidence, index, { figure, unit: YEAR_DAYS, isAge: true });
  if (figure.unit?.dimension !== "time") return false;
  if (leadsToDate(statement, evidence, index)) return true;
  const unit = figure.unit.factor / DAY_SECONDS;
  return unit < 1
    ? isBetweenClocks(statement, evidence, index, figure)
    : isBetween(statement, evidence, index, { figure, unit, isAge: false });
}

const DAY_SECONDS = 86_400;
const YEAR_DAYS = 365.25;

/** "At the age of 76", "was 73 when she died", "76 Jahre alt". */
function isAge({ text }: Reading, { start, end, figure }: Token): boolean {
  if (figure === null || (figure.unit !== null && figure.unit.dimension !== "time")) return false;
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 24);
  return (
    AGE_BEFORE.test(before) || AGE_AFTER.test(after) || (figure.unit === null && AGE_WAS.test(`${before}|${after}`))
  );
}

const AGE_BEFORE = /(?:\bage(?:d|\sof)?|im alter von|\bmit|a la edad de|a los|à l['’]âge de)\s$/i;
const AGE_AFTER = /^(?:[\s-](?:years?[\s-]old|jahre alt|jahren|años(?: de edad)?)|\s?jährig)/i;
const AGE_WAS = /\b(?:was|were|war|tenía)\s\|,?\s?(?:when|at|als|wenn|cuando)\b/i;

/** "Four years later" stands behind the date that it counts from, and the page has the date it leads to. */
function leadsToDate({ tokens }: Reading, evidence: Evidence, index: number): boolean {
  const next = tokens[index + 1];
  return next?.date?.isDerived === true && (evidence.matches[index + 1] ?? []).some(({ place }) => place.isSound);
}

interface Span {
  figure: Figure;
  /** Days in one of what is counted. */
  unit: number;
  isAge: boolean;
}

function isBetween(statement: Reading, evidence: Evidence, index: number, span: Span): boolean {
  const dates = givensOf(statement, evidence, index, ({ date }) => date !== null && date.years === 1);
  const life = LIFE.test(statement.text) ? lifeDatesOf(evidence) : [];
  const lived = life.flatMap((one) => [...dates, ...life].map((other): [Given, Given] => [one, other]));
  return [...pairsOf(dates), ...lived].some(([one, other]) => {
    const [a, b] = [one.token.date, other.token.date];
    if (a === null || b === null) return false;
    const isRange = one.place === other.place && RANGE.test(textBetween(one.place.reading, one.token, other.token));
    return spansOf(a, b, span, isRange).some((days) => isSaid(span, days));
  });
}

const LIFE =
  /(?<!\p{L})(?:deaths?|died?|dies|dead|posthum\p{L}*|births?|born|aged?|old|tod\p{L}*|starb\p{L}*|gestorben|geb\p{L}+|muri\p{L}+|muerte|naci\p{L}+|mort\p{L}*|naissance)(?!\p{L})/iu;

/** "(19 August 1929 – 4 December 2006)" behind the name, where a section begins. */
function lifeDatesOf({ places }: Evidence): Given[] {
  const firsts = new Set(
    places.filter(({ isSound }) => isSound).map(({ page, unit }) => page.units[page.headingOf(unit) + 1]),
  );
  return places.slice(0, 1).flatMap((place) =>
    [...firsts].flatMap((unit) => {
      if (unit?.kind !== "sentence") return [];
      const reading = place.page.read(unit);
      return reading.tokens
        .filter(({ date, start }) => date?.year != null && start < MAX_NAME_CHARS)
        .slice(0, 2)
        .map((token) => ({ token, place: { ...place, unit, reading }, binding: 1 }));
    }),
  );
}

// A name with other spellings of it, and the dates.
const MAX_NAME_CHARS = 160;

const RANGE = /^\s?(?:[-–—]|to|until|till|bis|hasta|a|al|au)\s?(?:the )?$/i;

function textBetween({ text }: Reading, one: Token, other: Token): string {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return text.slice(first.end, second.start);
}

/** The days between two dates, as many ways as a writer may count them. */
function spansOf(a: CalendarDate, b: CalendarDate, { unit, isAge }: Span, isRange: boolean): number[] {
  const isByYears = unit >= YEAR_DAYS - 1;
  if (a.month === null || b.month === null || (a.year === null && b.year === null && isByYears)) {
    if (a.year === null || b.year === null || !isByYears) return [];
    const years = Math.abs(a.year - b.year);
    // Who was born in a year has not had a birthday in each; "from 1974 to 1978" may count both ends.
    const counts = isAge ? [years, years - 1] : isRange ? [years, years + 1] : [years];
    return counts.map((count) => count * YEAR_DAYS);
  }
  const year = a.year ?? b.year ?? 2001;
  const days = Math.abs(dayOf(a, a.year ?? year) - dayOf(b, b.year ?? year));
  const isExact = a.day !== null && b.day !== null;
  if (unit === 1 && !isExact) return [];
  return isRange && unit === 1 ? [days, days + 1] : [days];
}

function dayOf({ month, day }: CalendarDate, year: number): number {
  return Date.UTC(year, (month ?? 1) - 1, day ?? 15) / (DAY_SECONDS * 1_000);
}

/** Is the span what the figure says, rounded to what it counts in? */
function isSaid({ figure: { readings, bound }, unit, isAge }: Span, days: number): boolean {
  return readings.some((value) => {
    const off = days / unit - value;
    if (days === 0) return false;
    if (isAge) return off > -0.01 && off < 1;
    if (bound === "over") return off >= -0.01 && off < Math.max(1, value * HEDGED_SLACK);
    if (bound === "under") return off <= 0.01 && off > -Math.max(1, value * HEDGED_SLACK);
    if (bound === "about") return Math.abs(off) <= Math.max(0.5, value * HEDGED_SLACK);
    return Math.abs(off) <= (unit === 1 ? 0 : ROUNDED);
  });
}

const HEDGED_SLACK = 0.1;
const ROUNDED = 0.4;

/** "Three quarters of an hour", "42 seconds ahead" where the page gives both times. */
function isBetweenClocks(statement: Reading, evidence: Evidence, index: number, figure: Figure): boolean {
  const times = givensOf(statement, evidence, index, (token) => token.figure?.unit?.dimension === "clock");
  const factor = figure.unit?.factor ?? 1;
  return pairsOf(times).some(([one, other]) => {
    const gap = Math.abs((one.token.figure?.readings[0] ?? 0) - (other.token.figure?.readings[0] ?? 0));
    // "48:10" may be minutes and seconds.
    return [gap, gap / 60].some((seconds) => seconds > 0 && isNear(figure, seconds / factor));
  });
}

function isNear({ readings, bound }: Figure, found: number): boolean {
  return readings.some((value) => {
    if (bound === null) return Math.abs(value - found) < 1e-9;
    if (bound === "over") return found >= value && found < value * 1.2;
    return Math.abs(value - found) <= value * (bound === "under" ? 0.2 : HEDGED_SLACK);
  });
}
