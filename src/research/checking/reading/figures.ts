import type { Unit } from "./units.ts";

/** How a figure is hedged: "more than 40" is `over`, "nearly 40" and "up to 40" are `under`. */
export type Bound = "over" | "under" | "about";

/** A figure with what it counts in. */
export interface Figure {
  start: number;
  end: number;
  /** What the digits may mean, likeliest first: "1.200" is 1200 in German and 1.2 in English. */
  readings: number[];
  unit: Unit | null;
  /** Half of this is the rounding error that the writing admits; 0 for exact figures. */
  precision: number;
  bound: Bound | null;
  /** −1 or 1 when a sign is written, else 0. */
  sign: -1 | 0 | 1;
  /** Written in words or as a fraction ("eleven", "two thirds", "one in two"). */
  isSpelled: boolean;
  isOrdinal: boolean;
  /** In a table whose scale stands elsewhere ("in thousands"): the values in full, which are among the readings too. */
  scaled?: readonly number[];
  /** Nothing that it counts stands behind it; a figure before it has a unit of time. */
  isBare?: boolean;
  /** Its unit stands apart, with what the figure is a value of: the number alone says the same. */
  isUnitApart?: boolean;
}

/** Do the two figures say the same, seen as a reader would who allows for rounding, other units and other spelling? */
export function figuresAgree(stated: Figure, found: Figure): boolean {
  // "A third of the lake" is what the page calls "the northern third".
  if (areShareAndNth(stated, found) || areShareAndNth(found, stated))
    return Math.abs((stated.readings[0] ?? 0) * (found.readings[0] ?? 0) - 1) < 1e-9;
  // "21st" and "position 21" say the same; "third" and "3" seldom do, "fifth" and "five" never.
  const areSpelled = stated.isSpelled && found.isSpelled;
  if (stated.isOrdinal !== found.isOrdinal && (areSpelled || (stated.readings[0] ?? 0) <= 3)) return false;
  if (stated.sign * found.sign === -1) return false;
  // A share may be given as "28%" where it fell; a temperature without its sign is another one.
  if (
    found.unit?.dimension === "temperature" &&
    (stated.sign === -1) !== (found.sign === -1) &&
    sameScale(stated, found)
  )
    return false;
  if (stated.unit !== null && found.unit !== null && !sameDimension(stated.unit, found.unit)) return false;
  // A bare "3" is not the "3 seconds" of another sentence; amounts of money and shares are often given bare.
  const isUnitNeeded = stated.isBare !== true && found.isUnitApart !== true;
  if (stated.unit === null && found.unit !== null && NOUN_LIKE.has(found.unit.dimension) && isUnitNeeded) return false;
  // With its unit written out a figure must be scaled too: the table's "1,985, in thousands" is not "€1,985".
  const values = stated.unit === null ? found.readings : (found.scaled ?? found.readings);
  return stated.readings.some((a) => values.some((b) => valuesAgree(stated, found, a, b)));
}

function areShareAndNth(share: Figure, nth: Figure): boolean {
  return share.unit?.dimension === "share" && !share.isOrdinal && nth.isOrdinal && nth.isSpelled;
}

const NOUN_LIKE: ReadonlySet<string> = new Set(["time", "data", "rate"]);

/** Same kind of thing measured, so that one could stand where the other stands. */
export function areComparable(a: Figure, b: Figure): boolean {
  if (a.isOrdinal !== b.isOrdinal) return false;
  if (a.unit === null || b.unit === null) return a.unit === b.unit;
  return sameDimension(a.unit, b.unit);
}

/** "The third assault cost 50": a small number in words counts something else than a figure in digits. */
export function isMereCount(stated: Figure | null, found: Figure | null): boolean {
  if (stated === null || found === null || stated.isSpelled || !found.isSpelled) return false;
  return (stated.readings[0] ?? 0) > MOST_IN_WORDS && (found.readings[0] ?? 0) <= MOST_IN_WORDS;
}

const MOST_IN_WORDS = 12;

function sameScale({ unit: a }: Figure, { unit: b }: Figure): boolean {
  return a === null || b === null || a.dimension === "angle" || a.offset === b.offset;
}

function sameDimension(a: Unit, b: Unit): boolean {
  const kinds = [a.dimension, b.dimension];
  if (a.dimension === b.dimension || (kinds.includes("share") && kinds.includes("ratio"))) return true;
  // "80 cents" are of euros or of dollars.
  if (kinds.includes("cent")) return kinds.includes("usd") || kinds.includes("eur");
  return kinds.includes("angle") && kinds.includes("temperature");
}

/** The value in the base unit of its dimension. */
function inBase({ unit, sign }: Figure, value: number): number {
  if (unit === null) return value;
  const signed = unit.dimension === "temperature" && sign === -1 ? -value : value;
  return (signed + (unit.offset ?? 0)) * unit.factor;
}

function valuesAgree(stated: Figure, found: Figure, a: number, b: number): boolean {
  const hasUnits = stated.unit !== null && found.unit !== null;
  const isOneKind = hasUnits && stated.unit?.dimension !== "angle" && found.unit?.dimension !== "angle";
  const left = isOneKind ? inBase(stated, a) : a;
  const right = isOneKind ? inBase(found, b) : b;
  if (isClose(left, right, 1e-9)) return true;
  // A share may be written as a fraction on one side and in per cent on the other.
  const dimensions = [stated.unit?.dimension, found.unit?.dimension];
  if (dimensions[0] === "share" && dimensions[1] === "ratio") return isWithin(stated, left, right, 0.05);
  if (dimensions[0] === "ratio" && dimensions[1] === "share") return isClose(left, right, 0.02);
  // Converted figures are rounded: 48 km is given as 30 miles.
  if (hasUnits && stated.unit?.factor !== found.unit?.factor && isClose(left, right, 0.015)) return true;
  if (stated.unit?.offset !== found.unit?.offset && isOneKind) return Math.abs(left - right) <= CONVERTED_DEGREES;
  const precision = stated.precision * (hasUnits ? (stated.unit?.factor ?? 1) : 1);
  return isWithin(stated, left, right, precision / Math.max(Math.abs(right), 1e-12) / 2);
}

// Half a degree Fahrenheit, and what rounding the degrees Celsius has taken.
const CONVERTED_DEGREES = 0.6;

/** @param slack share of the found value by which a rounded figure may be off */
function isWithin(figure: Figure, stated: number, found: number, slack: number): boolean {
  const { bound } = figure;
  const hedged = bound === null ? slack : Math.max(slack, Math.min(HEDGED_SLACK, roundnessOf(figure)));
  if (bound === "over" && found < stated * (1 - 1e-9)) return false;
  if (bound === "under" && found > stated * (1 + 1e-9)) return false;
  return Math.abs(stated - found) <= Math.abs(found) * (bound === null ? slack : hedged) * 1.0001;
}

/** How far off a hedged figure may be by its round digits: a fifteenth for "about 15,000", nothing for "about 17,212". */
function roundnessOf({ readings, precision, isSpelled, unit }: Figure): number {
  const value = Math.abs(readings[0] ?? 0);
  if (isSpelled || precision === 0 || value === 0 || unit?.dimension === "share") return HEDGED_SLACK;
  const steps = Math.round(value / precision);
  return ((steps % 5 === 0 ? 5 : 1) * precision) / value;
}

// "More than 40" for 42 is fair, for 60 it is not.
const HEDGED_SLACK = 0.1;

function isClose(a: number, b: number, share: number): boolean {
  return Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));
}
