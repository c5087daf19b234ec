import { clauseAround, directionOf } from "../reading/directions.ts";
import { areComparable, type Figure } from "../reading/figures.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { Given } from "./givens.ts";

/** A figure of the statement that may be worked out, with what stands around it. */
export interface Task {
  statement: Reading;
  stated: Figure;
  before: string;
  after: string;
  /** How far off it may be because it is rounded, in base units. */
  rounding: number;
}

const CUE_CHARS = 40;

export function taskOf(statement: Reading, { figure: stated, start, end }: Token): Task | null {
  if (stated === null) return null;
  const { text } = statement;
  return {
    statement,
    stated,
    before: text.slice(Math.max(0, start - CUE_CHARS), start),
    after: text.slice(end, end + CUE_CHARS),
    rounding: roundingOf(stated, text.slice(start, end)),
  };
}

/** Half of the last digit that is written, in base units. */
function roundingOf({ unit, isSpelled, precision }: Figure, written: string): number {
  const decimals = written.match(/\d[.,](\d{1,2})(?!\d)/)?.[1]?.length ?? 0;
  const digit = isSpelled ? 0 : precision > 0 ? precision : 10 ** -decimals;
  return digit * (unit?.factor ?? 1) * 0.5;
}

/** Does this follow from these two figures of the page? Each is tried with the two in either order. */
type Operation = (task: Task, one: Given, other: Given) => boolean;

/** "Lost 770 inhabitants" where the page has 8,730 and 7,960; "76 in total" where it has 57 and 19. */
function isSumOrDifference(task: Task, one: Given, other: Given): boolean {
  if (!canBeSet(task.stated, one, other) || (isByChance(task.stated) && !standTogether(one, other))) return false;
  const around = `${task.before} | ${task.after}`;
  // The difference of two percentages is counted in points.
  const isOfShares = isShare(task.stated);
  return eachWay(task, one, other, (a, b) => [
    ...(SUM.test(around) || isSumOfSides(task) ? [a + b] : []),
    ...(!isOfShares && (DIFFERENCE.test(around) || comparesTo(around)) ? [Math.abs(a - b)] : []),
  ]);
}

export const SUM =
  /(?<!\p{L})(?:total|altogether|combined|together|in all|sum|jointly|insgesamt|zusammen|ensemble|juntos|juntas|sumaron|suman)(?!\p{L})|共/iu;

export const DIFFERENCE =
  /(?<!\p{L})(?:by|more|fewer|less|lost|gained|ahead|behind|increase|decrease|reduction|difference|up|down|rose|rise|risen|fell|fall|fallen|grew|grown|dropped|drop|gap|margin|lead|climbed|cut|gestiegen|gesunken|stieg|sank|um|mehr|weniger|vorsprung|unterschied|zuwachs|rückgang|aumentó|creció|cayó|bajó|disminuyó|perdió|ganó|más|menos|superó|diferencia|ventaja|plus|moins|perdu|gagné|baissé|augmenté)(?!\p{L})/iu;

/** "Taller than", "five minutes shorter", "30 kronor dearer", "zwei Meter höher". */
export function comparesTo(around: string): boolean {
  return COMPARATIVE.test(around);
}

const COMPARATIVE =
  /(?<!\p{L})(?:\p{L}{3,}er (?:than|als)|(?:fast|slow|high|low|long|short|tall|wid|deep|old|young|cheap|dear|larg|bigg|small|heavi|light|earli|lat|warm|cold|broad|narrow|steep|clos|läng|kürz|höh|tief|größ|klein|teur|billig|ält|jüng|schwer|leicht|breit|wärm|kält)er)(?!\p{L})/iu;

function isSumOfSides({ before }: Task): boolean {
  return /(?<!\p{L})both(?!\p{L})/iu.test(before);
}

/** Small whole numbers are differences of something by chance. */
function isByChance({ readings, unit }: Figure): boolean {
  return (
    unit?.dimension !== "points" && readings.every((value) => value <= MAX_CHANCE) && Number.isInteger(readings[0])
  );
}

const MAX_CHANCE = 12;

/** "From 14 to 9", "23, against 28 in 2015": the page sets the two beside each other. */
function standTogether(one: Given, other: Given): boolean {
  if (one.place !== other.place) return false;
  const [first, second] = one.token.start < other.token.start ? [one, other] : [other, one];
  const between = one.place.reading.text.slice(first.token.end, second.token.start);
  return (between.length <= MAX_BETWEEN && SET_BESIDE.test(between)) || /,\s(?:as )?against $/.test(between);
}

const MAX_BETWEEN = 40;
const SET_BESIDE =
  /^[^.;(]{0,40}\((?:in )?\d{4}:\s$|^[^.;]*(?<!\p{L})(?:to|against|instead|compared|from|versus|vs|than|auf|gegen(?:über)?|statt|nach|von|a|frente|en lugar|contra|contre|à|au lieu)(?!\p{L})/iu;

/** "Rose by 112" where the page has "2,206 births (2021: 2,318)". */
export function goesOtherWay({ statement, stated }: Task, one: Given, other: Given): boolean {
  if (one.place !== other.place) return false;
  const [first, second] = one.token.start < other.token.start ? [one, other] : [other, one];
  const between = one.place.reading.text.slice(first.token.end, second.token.start);
  if (between.length > MAX_BETWEEN || !BEFORE.test(between)) return false;
  const gap = (figureOf(first).readings[0] ?? 0) - (figureOf(second).readings[0] ?? 0);
  const direction = directionOf(clauseAround(statement.text, stated), { isStrict: false });
  return direction !== null && gap !== 0 && Math.sign(gap) !== direction;
}

/** What follows was so before. */
const BEFORE =
  /^[^.;(]{0,40}\((?:in )?\d{4}:\s\D{0,2}$|(?<!\p{L})(?:against|compared (?:to|with)|up from|down from|instead of|after|gegenüber|statt|nach|frente a|contre)(?!\p{L})[^.;]*$/iu;

/** "148 people, 11 more than a year earlier": 137; "38 seconds behind the winner's 3:21:14": 3:21:52. */
function isStep(task: Task, one: Given, other: Given): boolean {
  if (one.place !== other.place || !isStated(one.place.reading.text, other.token)) return false;
  const [base, step] = [figureOf(one), figureOf(other)];
  if (base.unit?.dimension === "clock" && step.unit?.dimension === "time") {
    if (task.stated.unit?.dimension !== "clock") return false;
    const [a = 0, b = 0] = [base.readings[0], (step.readings[0] ?? 0) * step.unit.factor];
    return task.stated.readings.some((value) => value === a + b || value === a - b);
  }
  if (isShare(task.stated) || !canBeSet(task.stated, one, other)) return false;
  return eachWay(task, one, other, (a, b) => [a + b, a - b]);
}

/** The page says of a figure that it is by how much something is more or less. */
function isStated(text: string, { start, end }: Given["token"]): boolean {
  const after = text.slice(end, end + MAX_STEP_CHARS);
  return (
    STEP.test(after) ||
    /(?<!\p{L})(?:by|um|en)\s(?:about |some |rund )?[$€£]?$/iu.test(text.slice(Math.max(0, start - 10), start))
  );
}

const MAX_STEP_CHARS = 28;
const STEP =
  /^\s?(?:\p{L}+ ){0,2}(?:more|fewer|less|ahead|behind|above|below|higher|lower|longer|shorter|mehr|weniger|más|menos|de plus|de moins)(?!\p{L})/iu;

export const REST =
  /(?<!\p{L})(?:rest|remain\p{L}*|others?|balance|übrig\p{L}*|restlich\p{L}*|resto|restante\p{L}*|demás|reste|autres?)(?!\p{L})/iu;
const DENIED =
  /(?<!\p{L})(?:not|n['’]t|never|without|other than|apart from|failed|lost|missing|except|nicht|kein\p{L}*|ohne|außer|no|sin|salvo|pas|sans)(?!\p{L})/iu;

/** What is left of a whole: "28 of the 74 did not finish" where 46 did; "a third" where two thirds are something else. */
function isRemainder(task: Task, one: Given, other: Given): boolean {
  const { stated, statement } = task;
  const isTold = REST.test(one.place.reading.text) || REST.test(statement.text) || DENIED.test(statement.text);
  if (isShare(stated)) return isTold && leavesRest(task, one);
  if (one.place !== other.place || !canBeSet(stated, one, other)) return false;
  if (!isTold && !isPartOfMentioned(task, one)) return false;
  return eachWay(task, one, other, (whole, part) => (part < whole ? [whole - part] : []));
}

/** "A third" where the page has "two thirds come from wells, the rest from the lake". */
function leavesRest({ stated, rounding }: Task, one: Given): boolean {
  const part = figureOf(one);
  if (!isShare(part)) return false;
  const share = 1 - (part.readings[0] ?? 0) * (part.unit?.factor ?? 1);
  return stated.readings.some((value) =>
    isNear(
      stated.bound,
      value * (stated.unit?.factor ?? 1),
      share,
      stated.isSpelled ? share * SPELLED_SLACK : rounding * EDGE,
    ),
  );
}

/** The statement names the whole too: "of the 29 people 17 survived". */
function isPartOfMentioned({ statement, stated }: Task, { token }: Given): boolean {
  return statement.tokens.some(
    ({ figure, start }) =>
      figure !== null &&
      figure !== stated &&
      figure.readings[0] === token.figure?.readings[0] &&
      OF.test(statement.text.slice(Math.max(0, start - 14), start)),
  );
}

const OF = /(?<!\p{L})(?:of|out of|von|der|de|sur)\s(?:(?:the|its|their|all|den|los|las|sus|les)\s)?$/iu;

/** "€1.2 million" where the page has "€3.6 million, of which the state paid a third". */
function isPart(task: Task, one: Given, other: Given): boolean {
  const [share, whole] = [figureOf(one), figureOf(other)];
  if (one.place !== other.place || !isShare(share) || isShare(whole) || isShare(task.stated)) return false;
  if (!canBeSet(task.stated, other, other) || isByChance(task.stated)) return false;
  const portion = (share.readings[0] ?? 0) * (share.unit?.factor ?? 1);
  // "1.6 times the price" is no part of it.
  if (portion >= 1) return false;
  const { text } = one.place.reading;
  return eachWay(task, other, other, (value) => [value * portion, ...(REST.test(text) ? [value * (1 - portion)] : [])]);
}

/** "About a fifth of the 5,310" where the page gives 5,310 and 1,020; "42%" where 62 of the 148 are women. */
function isRatio(task: Task, one: Given, other: Given): boolean {
  const { stated } = task;
  if (!isShare(stated) || isShare(figureOf(one)) || !areOfOneSort(figureOf(one), figureOf(other))) return false;
  if (CHANGE_BEFORE.test(task.before) || CHANGE_AFTER.test(task.after)) return false;
  const ratio = quotient(one, other);
  return ratio !== null && ratio !== 1 && isShareSaid(task, ratio);
}

/** "A quarter more", "by 7%" where the page gives both figures. */
function isChange(task: Task, one: Given, other: Given): boolean {
  const { stated, before, after } = task;
  if (!isShare(stated) || isShare(figureOf(one)) || !areOfOneSort(figureOf(one), figureOf(other))) return false;
  if (!CHANGE_BEFORE.test(before) && !CHANGE_AFTER.test(after)) return false;
  const ratio = quotient(one, other);
  return ratio !== null && ratio !== 1 && isShareSaid(task, Math.abs(ratio - 1));
}

export const CHANGE_BEFORE =
  /(?<!\p{L})(?:by|um|en un|de)\s(?:(?:about|around|some|nearly|almost|over|roughly|etwa|rund|knapp|fast)\s)?(?:a |an )?$/iu;
export const CHANGE_AFTER =
  /^\s?(?:more|fewer|less|higher|lower|larger|smaller|longer|shorter|above|below|up|down|increase|decrease|rise|drop|mehr|weniger|höher|niedriger|más|menos|de plus|de moins)(?!\p{L})/iu;

/** "19 kilometres on average" where the page has 341.6 km and 18 stages. */
function isAverage(task: Task, one: Given, other: Given): boolean {
  const [total, count] = [figureOf(one), figureOf(other)];
  if (!AVERAGE.test(`${task.before} | ${task.after}`) || count.unit !== null) return false;
  if (!canBeSet(task.stated, one, one) || (count.readings[0] ?? 0) < 2 || total === count) return false;
  const [by = 1] = count.readings;
  return eachWay(task, one, one, (value) => [value / by], task.rounding);
}

export const AVERAGE =
  /(?<!\p{L})(?:averag\p{L}*|mean|each|per|apiece|durchschnitt\p{L}*|im mittel|je|pro|promedio|media|cada|moyenne|chacun\p{L}*)(?!\p{L})/iu;

export const OPERATIONS: readonly Operation[] = [
  isSumOrDifference,
  isStep,
  isRemainder,
  isPart,
  isRatio,
  isChange,
  isAverage,
];

/** Can the stated figure be worked out from these two: are all of one sort, the unit written at least once? */
function canBeSet(stated: Figure, one: Given, other: Given): boolean {
  const [a, b] = [figureOf(one), figureOf(other)];
  if (!areOfOneSort(a, b) && !standTogether(one, other)) return false;
  const unit = a.unit ?? b.unit;
  if (unit === null) return stated.unit === null || !MEASURES.has(stated.unit.dimension);
  if (stated.unit === null) return !MEASURES.has(unit.dimension);
  if (stated.unit.dimension === "points") return unit.dimension === "ratio";
  return stated.unit.dimension === unit.dimension || (isShare(stated) && unit.dimension === "ratio");
}

// Of these the unit is always written.
const MEASURES: ReadonlySet<string> = new Set("length time mass area volume data speed temperature clock".split(" "));

/** "9,300 tonnes, against 7,850": the unit is written once. */
function areOfOneSort(one: Figure, other: Figure): boolean {
  if (areComparable(one, other)) return true;
  const unit = one.unit ?? other.unit;
  if (unit?.dimension === "time" || unit?.dimension === "clock" || isShare(one) || isShare(other)) return false;
  return (one.unit === null || other.unit === null) && !one.isOrdinal && !other.isOrdinal;
}

function isShare({ unit }: Figure): boolean {
  return unit?.dimension === "share" || unit?.dimension === "ratio";
}

function figureOf({ token }: Given): Figure {
  return token.figure as Figure;
}

/** Is one of the results, with the two figures read in any of their ways, what the statement says? */
function eachWay(
  { stated, rounding }: Task,
  one: Given,
  other: Given,
  resultsOf: (a: number, b: number) => number[],
  slack = stated.precision > 0 ? rounding : 0,
): boolean {
  const unit = figureOf(one).unit ?? figureOf(other).unit;
  // Percentage points are told apart from per cent only in the unit.
  const factor = stated.unit?.dimension === "points" ? 0.01 : (stated.unit?.factor ?? unit?.factor ?? 1);
  const [ways, others] = [valuesOf(figureOf(one), factor), valuesOf(figureOf(other), factor)];
  return ways.some((a, way) =>
    resultsOf(a, others[way] ?? others[0] ?? 0).some((result) =>
      stated.readings.some((value) => isNear(stated.bound, value * factor, result, slack)),
    ),
  );
}

function valuesOf({ readings, unit, sign }: Figure, factor: number): number[] {
  return readings.map((value) => value * (unit?.factor ?? factor) * (sign === -1 ? -1 : 1));
}

export function isNear(bound: Figure["bound"], stated: number, found: number, slack: number): boolean {
  const off = found - stated;
  const hedged = Math.max(slack, Math.abs(found) * HEDGED_SLACK);
  if (bound === "over") return off >= -1e-9 && off <= hedged * 2;
  if (bound === "under") return off <= 1e-9 && -off <= hedged * 2;
  return Math.abs(off) <= (bound === "about" ? hedged : Math.max(slack, Math.abs(found) * 1e-6));
}

const HEDGED_SLACK = 0.05;

function quotient(one: Given, other: Given): number | null {
  const [a, b] = [figureOf(one), figureOf(other)];
  const [part = 0, whole = 0] = [a.readings[0], b.readings[0]];
  return part === 0 || whole === 0 ? null : (part * (a.unit?.factor ?? 1)) / (whole * (b.unit?.factor ?? 1));
}

/** Is the ratio what the share says: "42%" to its last digit, "nearly half", "more than twice"? */
export function isShareSaid({ stated, rounding }: Task, ratio: number): boolean {
  const { bound, isSpelled, readings, unit } = stated;
  const share = (readings[0] ?? 0) * (unit?.factor ?? 1);
  const off = ratio - share;
  if (bound === "over") return off > -1e-9 && off <= (share < 2 ? MORE_THAN : 1);
  if (bound === "under") return off < 1e-9 && -off <= Math.max(share * HEDGED_SHARE, rounding);
  if (bound === "about") return Math.abs(off) <= Math.max(share * HEDGED_SHARE, rounding);
  if (share >= 2) return Math.abs(off) <= share * HEDGED_SHARE;
  return Math.abs(off) <= (isSpelled ? share * SPELLED_SLACK : rounding * 1.001);
}

const HEDGED_SHARE = 0.1;
const SPELLED_SLACK = 0.02;
// A half is rounded either way.
const EDGE = 1.001;
// "More than half" may be nearly two thirds.
const MORE_THAN = 0.16;
