import type { CalendarDate } from "./dates.ts";
import type { Evidence } from "./evidence.ts";
import { areComparable, type Figure } from "./figures.ts";
import type { Reading, Token } from "./reading.ts";

/** A writer works a figure out from two that the page gives: their difference, sum or ratio, or the years between. */
export function isWorkedOut(statement: Reading, evidence: Evidence, index: number): boolean {
  const token = statement.tokens[index];
  if (token === undefined || token.figure === null || token.figure.isOrdinal) return false;
  return (
    isSpanOfYears(token, evidence) ||
    isSpanOfDays(token, evidence) ||
    isRatio(token, evidence) ||
    isRemainder(token, evidence) ||
    isSumOrDifference(statement, token, evidence)
  );
}

/** "Lost 770 inhabitants" where a sentence has 8,730 and 7,960; "76 in total" where it has 57 and 19. */
function isSumOrDifference({ text }: Reading, { figure, start, end }: Token, { places }: Evidence): boolean {
  if (figure === null || (isSmallCount(figure) && figure.unit?.dimension !== "points")) return false;
  const around = `${text.slice(Math.max(0, start - CUE_CHARS), start)} | ${text.slice(end, end + CUE_CHARS)}`;
  const sign = SUM.test(around) ? 1 : DIFFERENCE.test(around) ? -1 : 0;
  if (sign === 0) return false;
  // The two may stand in two sentences that both bear on the statement.
  const figures = places.flatMap(({ reading, isCore, isSound }) =>
    isCore && isSound ? reading.quantities.flatMap((at) => reading.tokens[at]?.figure ?? []) : [],
  );
  return figures.some((one, at) =>
    figures.slice(at + 1).some((other) => areOfOneSort(one, other) && isResult(figure, one, other, sign)),
  );
}

function isSmallCount({ readings }: Figure): boolean {
  return readings.every((value) => value <= MAX_CHANCE) && Number.isInteger(readings[0]);
}

// Small whole numbers are differences of something by chance.
const MAX_CHANCE = 12;
const CUE_CHARS = 40;

const SUM =
  /(?<!\p{L})(?:total|altogether|combined|together|in all|sum|insgesamt|zusammen|ensemble|juntos|sumaron)(?!\p{L})|共/iu;

const DIFFERENCE =
  /(?<!\p{L})(?:by|more|fewer|less|lost|gained|ahead|behind|faster|slower|higher|lower|increase|decrease|difference|up|down|rose|rise|risen|fell|fall|fallen|grew|grown|dropped|gap|climbed|gestiegen|gesunken|stieg|sank|um|mehr|weniger|aumentó|creció|cayó|bajó|disminuyó|perdió|más|menos|plus|moins|perdu|gagné|baissé|augmenté)(?!\p{L})/iu;

/** "9,300 tonnes, against 7,850": the unit is written once. */
function areOfOneSort(one: Figure, other: Figure): boolean {
  if (areComparable(one, other)) return true;
  return (one.unit === null || other.unit === null) && !one.isOrdinal && !other.isOrdinal;
}

function isResult(stated: Figure, one: Figure, other: Figure, sign: 1 | -1): boolean {
  const isInPoints = stated.unit?.dimension === "points" && one.unit?.dimension === "ratio";
  if (
    stated.unit !== null &&
    (one.unit ?? other.unit) !== null &&
    stated.unit.dimension !== (one.unit ?? other.unit)?.dimension &&
    !isInPoints
  )
    return isClockGap(stated, one, other);
  const scale = one.unit !== null && stated.unit !== null && !isInPoints ? one.unit.factor / stated.unit.factor : 1;
  const [a = 0, b = 0] = [signed(one), signed(other)];
  const result = Math.abs(a + sign * b) * scale;
  const slack = stated.bound === null ? 1e-6 : HEDGED_SLACK;
  return stated.readings.some((value) => Math.abs(value - result) <= slack * Math.max(result, 1e-9));
}

const HEDGED_SLACK = 0.05;

function signed({ readings, sign }: Figure): number {
  return (readings[0] ?? 0) * (sign === -1 ? -1 : 1);
}

/** "46 seconds ahead" where the page gives both running times. */
function isClockGap({ unit, readings }: Figure, one: Figure, other: Figure): boolean {
  if (unit?.dimension !== "time" || one.unit?.dimension !== "clock" || other.unit?.dimension !== "clock") return false;
  const gap = Math.abs((one.readings[0] ?? 0) - (other.readings[0] ?? 0));
  // "48:10" may be minutes and seconds.
  return readings.some((value) => value * unit.factor === gap || value * unit.factor * 60 === gap);
}

const YEAR_SECONDS = 31_557_600;

/** "90 years later" where the page gives both years. */
function isSpanOfYears({ figure }: Token, evidence: Evidence): boolean {
  if (figure?.unit?.dimension !== "time") return false;
  if (isBetweenClocks(figure, evidence)) return true;
  const unit = figure.unit.factor / YEAR_SECONDS;
  if (unit < 0.99) return false;
  // "Some 90 years", "more than two decades": rounded to what is counted.
  const slack = figure.bound === null && unit < 2 ? 0 : Math.max(1, unit) * ROUNDED;
  return evidence.places.some(({ reading, isCore }) => {
    const years = isCore ? reading.tokens.flatMap(({ date }) => date?.year ?? []) : [];
    return years.some((year) =>
      years.some((other) =>
        figure.readings.some(
          (value) => year !== other && Math.abs(Math.abs(year - other) - value * unit) <= slack + 0.1,
        ),
      ),
    );
  });
}

const ROUNDED = 0.4;

/** "Half an hour later" where the page gives both times. */
function isBetweenClocks({ readings, unit }: Figure, { places }: Evidence): boolean {
  const stated = readings.map((value) => value * (unit?.factor ?? 1));
  return places.some(({ reading, isCore }) => {
    const times = isCore
      ? reading.quantities.flatMap((index) => {
          const figure = reading.tokens[index]?.figure;
          return figure?.unit?.dimension === "clock" ? figure.readings : [];
        })
      : [];
    return times.some((time) => times.some((other) => stated.includes(Math.abs(time - other))));
  });
}

/** "About a fifth of the 5,310" where the page gives 5,310 and 1,020. */
function isRatio({ figure }: Token, evidence: Evidence): boolean {
  const dimension = figure?.unit?.dimension;
  if (figure === null || (dimension !== "share" && dimension !== "ratio")) return false;
  const share = (figure.readings[0] ?? 0) * (figure.unit?.factor ?? 1);
  // "Doubled" and "three times" are said without a hedge, "four in five" may be exact.
  if (figure.bound === null && share < 2 && !figure.isSpelled) return false;
  const slack = share >= 2 ? MULTIPLE_SLACK : figure.bound === null ? EXACT_SLACK : RATIO_SLACK;
  const isMoreThan = figure.bound === "over" && figure.isSpelled;
  return evidence.places.some(({ reading, isCore }) => {
    const counts = isCore
      ? reading.tokens.flatMap((token) =>
          token.figure !== null && token.figure.unit?.dimension !== dimension && !token.figure.isOrdinal
            ? (token.figure.readings[0] ?? [])
            : [],
        )
      : [];
    return counts.some((part) =>
      counts.some(
        (whole) =>
          part !== whole &&
          (Math.abs(part / whole - share) <= share * slack ||
            (isMoreThan && part / whole > share && part / whole < share + (share >= 2 ? 1 : MORE_THAN))),
      ),
    );
  });
}

const EXACT_SLACK = 0.01;
// "More than half" may be nearly two thirds.
const MORE_THAN = 0.16;
const RATIO_SLACK = 0.06;
const MULTIPLE_SLACK = 0.1;

const DAY_SECONDS = 86_400;
const MONTH_DAYS = 30.4;

/** "Almost five months" where the page has 11 April to 2 September: in weeks or months, give or take half of one. */
function isSpanOfDays({ figure }: Token, { places }: Evidence): boolean {
  if (figure?.unit?.dimension !== "time") return false;
  const unit = figure.unit.factor / DAY_SECONDS;
  if (unit < 1 || unit > 40) return false;
  const [value = 0] = figure.readings;
  return places.some(({ reading, isCore }) => {
    const days = isCore ? reading.tokens.flatMap(({ date }) => (date?.month == null ? [] : [dayOf(date)])) : [];
    return days.some((from, index) =>
      days
        .slice(index + 1)
        .some((to) => to > from && Math.abs(to - from - value * unit) <= unit * (figure.bound === null ? ROUNDED : 1)),
    );
  });
}

/** Days since the year began; a date without its year is one of the same year. */
function dayOf({ month, day }: CalendarDate): number {
  return (month ?? 0) * MONTH_DAYS + (day ?? MONTH_DAYS / 2);
}

const REST =
  /(?<!\p{L})(?:rest|remain\p{L}*|others?|übrig\p{L}*|restlich\p{L}*|resto|restante\p{L}*|demás|reste|autres?)(?!\p{L})/iu;

/** "A third comes from the lake" where the page has "two thirds come from wells, the rest from the lake". */
function isRemainder({ figure }: Token, { places }: Evidence): boolean {
  if (figure === null || !isShareOfAll(figure)) return false;
  const share = shareOf(figure);
  return places.some(
    ({ reading, isCore }) =>
      isCore &&
      REST.test(reading.text) &&
      reading.tokens.some(
        ({ figure: other }) =>
          other !== null && isShareOfAll(other) && Math.abs(share + shareOf(other) - 1) <= REST_SLACK,
      ),
  );
}

const REST_SLACK = 0.02;

function isShareOfAll({ unit }: Figure): boolean {
  return unit?.dimension === "share" || unit?.dimension === "ratio";
}

function shareOf({ readings, unit }: Figure): number {
  return (readings[0] ?? 0) * (unit?.factor ?? 1);
}
