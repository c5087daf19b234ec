import { clockTimesOf } from "./clock-times.ts";
import { nameDefaultUnits } from "./default-units.ts";
import { everyMatch } from "./every-match.ts";
import type { Bound, Figure } from "./figures.ts";
import { spelledNumberOf, spelledOrdinalOf } from "./spelled-numbers.ts";
import { spelledPattern } from "./spelled-patterns.ts";
import { type Unit, unitOf } from "./units.ts";
import { type Version, versionAt } from "./versions.ts";

/**
 * The figures of a text outside its dates.
 *
 * @param language decides what point and comma mean
 * @param dates ranges that are no figures
 */
export function figuresOf(text: string, language: string, dates: readonly { start: number; end: number }[]): Figure[] {
  const clocks = clockTimesOf(text).filter(
    (clock) => !dates.some(({ start, end }) => start < clock.end && clock.start < end),
  );
  const taken = clocks.length === 0 ? dates : [...dates, ...clocks].toSorted((a, b) => a.start - b.start);
  const figures = writtenFigures(text, language, taken);
  return clocks.length === 0 ? figures : [...figures, ...clocks].toSorted((a, b) => a.start - b.start);
}

function writtenFigures(text: string, language: string, taken: readonly { start: number; end: number }[]): Figure[] {
  const matches = [...everyMatch(DIGITS, text), ...everyMatch(spelledPattern(language), text)];
  const figures: Figure[] = [];
  let next = 0;
  let reached = 0;
  // "2 1/2" and "1 in 5" are read whole.
  for (const match of matches.toSorted((a, b) => a.index - b.index || b[0].length - a[0].length)) {
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= match.index) next += 1;
    const end = match.index + match[0].length;
    if (match.index < reached || (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end) continue;
    const figure = match.groups?.digits === undefined ? readSpelled(text, match) : readDigits(text, match, language);
    if (figure === null) continue;
    figures.push(figure);
    reached = figure.end;
  }
  joinCompounds(text, figures);
  shareUnits(text, figures);
  shareMillions(text, figures);
  raiseLengths(text, figures);
  markBare(text, figures);
  nameDefaultUnits(text, figures);
  return figures;
}

function readDigits(text: string, match: RegExpExecArray, language: string): Figure | null {
  const { digits = "", sign, scale, ordinal } = match.groups ?? {};
  const at = match.index + match[0].indexOf(digits);
  const version = versionAt(text, at, digits);
  if (version !== null) return readVersion(version, at, readingsOf(digits, "en"));
  const scaleFactor = scale === undefined ? 1 : (SCALES.get(scale.toLowerCase().replace(".", "")) ?? 1);
  const readings = readingsOf(digits, language).map((value) => value * scaleFactor);
  const before = text.slice(Math.max(0, at - 30), at);
  const money = before.slice(-MAX_MONEY_CHARS).match(MONEY)?.[1];
  const read = readUnit(text, match.index + match[0].length, scale !== undefined);
  const { length } = read;
  // A table says it in the column's head: "Top speed (km/h) 140".
  const unit = read.unit ?? (before.includes(")") ? unitOf(before.match(/\(([^()]{1,12})\)\s*$/u)?.[1] ?? "") : null);
  // "Fewer than the 300 of the year before" compares with a figure.
  const isCompared = /(?<![a-zß-ɏ])(?:than the|als (?:die|den)|que (?:los|las)|de (?:los|las))\s[$€£]?$/i.test(before);
  const bound = boundOf(isCompared ? "" : before, text.slice(match.index + match[0].length + length));
  const decimals = decimalsOf(digits, language);
  const zeros = decimals === 0 ? (digits.match(/(?:0|[.,'\s](?=0))+$/)?.[0].replace(/\D/g, "").length ?? 0) : 0;
  const isRounded = scaleFactor > 1 || bound !== null;
  return {
    start: match.index + (match[0].length - match[0].trimStart().length),
    end: match.index + match[0].length + length + belowZero(text.slice(match.index + match[0].length + length), unit),
    readings,
    unit: money !== undefined ? unitOf(money) : (unit ?? multipleOf(text, match.index + match[0].length)),
    precision: isRounded ? scaleFactor * 10 ** (bound === null ? -decimals : zeros - decimals) : 0,
    bound,
    sign: signOf(text, match, unit, { sign, before, length }),
    isSpelled: false,
    isOrdinal: ordinal !== undefined,
  };
}

function readVersion({ length, reading }: Version, at: number, digits: number[]): Figure {
  return {
    start: at,
    end: at + length,
    readings: reading === null ? digits : [reading],
    unit: reading === null ? null : VERSION,
    precision: 0,
    bound: null,
    sign: 0,
    isSpelled: false,
    isOrdinal: false,
  };
}

const VERSION: Unit = { dimension: "version", factor: 1 };

const MONEY = /(us\$|[$€£¥₹₩]|\b(?:eur|usd|gbp|chf|jpy|kr|nok|sek|dkk|inr|cny|rub))\s?[-−]?$/i;
// The longest sign with a blank and a minus, and what stands before it.
const MAX_MONEY_CHARS = 6;

/** "−28", and of temperatures "minus 28", "28 degrees below zero". */
function signOf(
  text: string,
  match: RegExpExecArray,
  unit: Unit | null,
  { sign, before, length }: { sign: string | undefined; before: string; length: number },
): -1 | 0 | 1 {
  if (sign !== undefined && !/[\p{L}\d]$/u.test(text.slice(0, match.index))) return sign === "+" ? 1 : -1;
  if (unit?.dimension !== "temperature" && unit?.dimension !== "angle") return 0;
  const after = text.slice(match.index + match[0].length + length);
  return /(?:\b(?:minus|menos|moins)\s|零下)$/iu.test(before) || BELOW_ZERO.test(after) ? -1 : 0;
}

/** How long "below zero" is behind the degrees: a part of the figure. */
function belowZero(after: string, unit: Unit | null): number {
  return unit?.dimension === "temperature" || unit?.dimension === "angle"
    ? (after.match(BELOW_ZERO)?.[0].length ?? 0)
    : 0;
}

const BELOW_ZERO = /^\s*(?:below (?:zero|freezing)|unter (?:null|dem gefrierpunkt)|bajo cero|au-dessous de zéro)/iu;

function readSpelled(text: string, match: RegExpExecArray): Figure | null {
  const written = match[0].toLowerCase().trim();
  const ordinal = spelledOrdinalOf(written);
  const number = ordinal ?? spelledNumberOf(written);
  if (number === null) return null;
  // "Half a million", "zwei Millionen", "un million et demi".
  const scaled = text.slice(match.index + match[0].length).match(SCALE_BEHIND);
  const inside = written.match(INSIDE)?.[1] ?? "";
  const scale = ordinal === null ? (SCALES.get((scaled?.[1] ?? inside).toLowerCase()) ?? 1) : 1;
  const end = match.index + match[0].length + (ordinal === null ? (scaled?.[0].length ?? 0) : 0);
  const value = number * scale;
  // "Every third euro" is a third of them.
  const read = readUnit(text, end, scale > 1);
  const { unit: after, length } = EACH.test(written) ? { ...read, unit: null } : read;
  const unit = after ?? unitOf(inside);
  return {
    start: match.index,
    end: end + length,
    readings: [value],
    unit: unit ?? (isShare(written, ordinal === null ? value : 0) ? SHARE : multipleOf(text, end)),
    precision: value >= 1_000 ? value / 10 : 0,
    bound: boundOf(text.slice(Math.max(0, match.index - 30), match.index), text.slice(end)),
    sign: 0,
    isSpelled: true,
    isOrdinal: ordinal !== null,
  };
}

// "A year and a half", "hora y media" have what they count inside.
const INSIDE = /^(?:(?:an?|une?|una) )?(\p{L}+) (?:and a half|y medi[oa]|et demie?)$/u;
const SCALE_BEHIND =
  /^[\s-](?:(?:of )?an? |de )?(millions?|billions?|trillions?|millionen|milliarden?|billionen|millones|millón|milliards?|thousand|tausend)(?![a-zß-ɏ])/i;
const EACH = /^(?:every|each|jede[rs]?|cada)\s|\s(?:in|out of|de cada)\s/;
const NO_UNIT = { unit: null, length: 0 };

/** Fractions and multiples are no counts: "twice" is never set against "1,455". */
function isShare(written: string, value: number): boolean {
  return (value > 0 && value < 1) || MULTIPLE_OR_NTH.test(written);
}

const MULTIPLE_OR_NTH =
  /^(?:third|fourth|fifth|sixth|eighth|tenth|cuarto|quinto)$|fold$|twice|doubl|doppelt|doble|duplic|tripl|thrice|dreifach|quadrupl|vierfach/u;

/** "Three times as long", "dreimal so groß", "3倍": how many times, not how often. */
function multipleOf(text: string, end: number): Unit | null {
  return MULTIPLE.test(text.slice(end, end + 24)) ? SHARE : null;
}

const MULTIPLE =
  /^(?:\s?times (?:as|the|what|more|larger|higher|bigger|longer|faster)|\s?-?fold\b|\s?mal so\b|\s?veces (?:más|mayor|el|la|lo)|\s?fois (?:plus|le|la|ce)|\s?倍|\s?[x×](?![a-z\d]))/iu;

const SHARE: Unit = { dimension: "share", factor: 1 };

/** "1 h 30 min", "5 ft 10 in", "two years and three months" are one quantity. */
function joinCompounds(text: string, figures: Figure[]): void {
  for (let index = figures.length - 1; index > 0; index -= 1) {
    const [first, second] = [figures[index - 1], figures[index]];
    if (first?.unit == null || second?.unit == null || !JOINED_DIMENSIONS.has(first.unit.dimension)) continue;
    const ratio = first.unit.factor / second.unit.factor;
    const isSmaller = first.unit.dimension === second.unit.dimension && ratio > 1;
    const more = (second.readings[0] ?? 0) / ratio;
    if (!isSmaller || more >= 1 || !Number.isInteger(first.readings[0]) || second.isOrdinal || first.isOrdinal)
      continue;
    if (!/^(?:\s|,\s| and | und | y | et )$/.test(text.slice(first.end, second.start))) continue;
    first.readings = first.readings.map((value) => value + more);
    first.end = second.end;
    figures.splice(index, 1);
  }
}

const JOINED_DIMENSIONS: ReadonlySet<string> = new Set(["time", "length", "mass"]);

/** Figures of one range share the unit that is written once: "15–20 km", "from 402 to 388 million dollars". */
function shareUnits(text: string, figures: Figure[]): void {
  for (let index = figures.length - 1; index > 0; index -= 1) {
    const first = figures[index - 1];
    const second = figures[index];
    if (first === undefined || second === undefined || first.isOrdinal) continue;
    const between = text.slice(first.end, second.start);
    if (!RANGE.test(between)) continue;
    // "By 8% to 6,548" is no range, "95% and 95" are two scores.
    if (first.unit?.dimension === "ratio" && second.unit === null)
      if ((second.readings[0] ?? 0) > 100 || /^\s(?:and|or|und|oder|y|o|et|ou)\s/.test(between)) continue;
    if (first.unit === null && second.unit !== null) first.unit = second.unit;
    else if (second.unit === null && first.unit !== null && !second.isSpelled && !isOfSecond(first, second))
      second.unit = first.unit;
    shareScale(second, first);
  }
  figures.forEach((figure, index) => {
    const before = figures[index - 1];
    if (before !== undefined && isBareDecimal(figure) && figure.start - before.end < MAX_SHARED_CHARS)
      shareScale(before, figure);
  });
}

/** "By 11.8% to 2.9 million", "half of the 40,000": the first is no end of a range. */
function isOfSecond({ unit }: Figure, second: Figure): boolean {
  return (
    unit?.dimension === "share" ||
    (unit?.dimension === "ratio" && (scaleOf(second) > 1 || (second.readings[0] ?? 0) > 100))
  );
}

function shareScale(from: Figure, to: Figure): void {
  const scale = scaleOf(from) / scaleOf(to);
  if (scale > 1 && (to.readings[0] ?? 0) < 1_000) to.readings.push(...to.readings.map((value) => value * scale));
}

/** "1.1 million from the university and 2.7 from the ministry": only a part of something larger is counted in tenths. */
function isBareDecimal({ unit, readings, isSpelled }: Figure): boolean {
  return unit === null && !isSpelled && !Number.isInteger(readings[0]);
}

const MAX_SHARED_CHARS = 60;

/** "€7.9m: 3.4m to members": millions, not metres, where a sum of money is written so. */
function shareMillions(text: string, figures: readonly Figure[]): void {
  const isInMillions = ({ start, end }: Figure): boolean => /\d\s?m$/.test(text.slice(start, end));
  const model = figures.find((figure) => isInMillions(figure) && figure.unit !== null && figure.precision > 0);
  if (model === undefined || model.unit?.dimension === "length") return;
  for (const figure of figures) {
    if (figure.unit?.dimension !== "length" || !isInMillions(figure)) continue;
    figure.readings = figure.readings.map((value) => value * MILLION);
    figure.unit = model.unit;
    figure.precision = model.precision;
  }
}

const MILLION = 1_000_000;

/** "973,000 km (375,677 sq mi)": a page that has lost its raised figures means an area, or a volume. */
function raiseLengths(text: string, figures: readonly Figure[]): void {
  figures.forEach((figure, index) => {
    const { unit, end, start } = figure;
    if (unit?.dimension !== "length") return;
    const next = figures[index + 1];
    const raised: Unit[] = [
      { dimension: "area", factor: unit.factor ** 2 },
      { dimension: "volume", factor: unit.factor ** 3 * 1_000 },
    ];
    const isConverted = next !== undefined && /^\s?\($/.test(text.slice(end, next.start));
    const same = raised.find(
      ({ dimension, factor }) =>
        isConverted && dimension === next.unit?.dimension && isConversion(figure, factor, next),
    );
    if (same !== undefined) figure.unit = same;
    else if (AREA.test(text.slice(Math.max(0, start - MAX_AREA_CHARS), start))) figure.unit = raised[0] ?? unit;
  });
}

function isConversion({ readings }: Figure, factor: number, { readings: others, unit }: Figure): boolean {
  const [one, other] = [(readings[0] ?? 0) * factor, (others[0] ?? 0) * (unit?.factor ?? 1)];
  return Math.abs(one - other) <= Math.max(one, other) * 0.02;
}

const MAX_AREA_CHARS = 44;
const AREA =
  /(?<![a-zß-ɏ])(?:area|fläche|superficie|surface)\s(?:of|von|de|is|was|beträgt)\s(?:(?:about|around|some|roughly|approximately|nearly|over|etwa|rund|unos|más de|environ)\s)?$/i;

/** "Men wait ten weeks, women sixteen": what is counted stands at the figure before. */
function markBare(text: string, figures: readonly Figure[]): void {
  figures.forEach((figure, index) => {
    const before = figures.slice(0, index).findLast(({ isOrdinal }) => !isOrdinal);
    if (figure.unit !== null) return;
    const isBare = before?.unit?.dimension === "time" && BARE.test(text.slice(figure.end));
    if (isBare || AGE_LIMIT.test(text.slice(Math.max(0, figure.start - MAX_AGE_CHARS), figure.start)))
      figure.isBare = true;
  });
}

/** "Children under twelve pay nothing": years go without saying. */
const AGE_LIMIT =
  /(?:children|kids|people|those|anyone|students|adults|kinder\p{L}*|jugendliche\p{L}*|personen|niñ[oa]s|menores|mayores|personas)\s+(?:(?:aged|ages|who are|im alter)\s+)?(?:under|over|below|above|up to|from|older than|younger than|unter|über|ab|bis|von|de)\s$/iu;
const MAX_AGE_CHARS = 40;
const BARE = /^\s*(?:[,;.:)]|$)/;

function scaleOf({ precision, readings }: Figure): number {
  const value = readings[0] ?? 0;
  return [1e12, 1e9, 1e6, 1e3].find((scale) => precision > 0 && precision >= scale / 1_000 && value >= scale) ?? 1;
}

// Also "5 of the 14 million" and "at least six, at most 24 months".
const RANGE =
  /^(?:\s*(?:[-–—]|to|and|or|bis|und|oder|a|y|o|et|à|auf|de)|,?\s(?:instead of|rather than|compared (?:with|to)|against|versus|(?:up|down) from|statt|gegenüber|en lugar de|frente a)|\s\(\d{4}:|\s+(?:(?:out )?of|von|der|de) (?:(?:the|its|their|a total of|den|insgesamt|los|las|un total de)\s)?|,?\s*(?:(?:and|und|y)\s)?(?:at most|at least|no more than|höchstens|mindestens|längstens|spätestens|como (?:máximo|mínimo)|al menos))\s*(?:(?:about|around|some|nearly|almost|over|just|etwa|rund|knapp|unos|casi)\s+)*[$€£]?$/iu;

function readUnit(text: string, end: number, hasScale: boolean): { unit: Unit | null; length: number } {
  const tail = text.slice(end, end + 40);
  const power = tail.match(/^[\s\u00a0-]?(cubic|square|sq\.?|cu\.?|kubik|quadrat)[\s-]?([\p{L}]+)/iu);
  if (power?.[1] !== undefined && power[2] !== undefined) {
    const length = unitOf(power[2]);
    if (length?.dimension !== "length") return NO_UNIT;
    return /^[ck]u/i.test(power[1])
      ? { unit: { dimension: "volume", factor: length.factor ** 3 * 1_000 }, length: power[0].length }
      : { unit: { dimension: "area", factor: length.factor ** 2 }, length: power[0].length };
  }
  const quotient = tail.match(QUOTIENT);
  const joined = quotientOf(quotient?.[1], quotient?.[2]);
  if (joined !== null) return { unit: joined, length: quotient?.[0].length ?? 0 };
  const match = tail.match(UNIT);
  if (match?.[1] === undefined) return NO_UNIT;
  const written = match[1];
  const square = tail.slice(match[0].length).match(/^\s+(cuadrad|cúbic|carré|cube)\p{L}*/iu);
  if (square !== null && unitOf(written)?.dimension === "length") {
    const factor = unitOf(written)?.factor ?? 1;
    const isArea = /^c[ua]/u.test(square[1] ?? "") && square[1] !== "cube";
    const unit = isArea
      ? { dimension: "area", factor: factor ** 2 }
      : { dimension: "volume", factor: factor ** 3 * 1_000 };
    return { unit, length: match[0].length + square[0].length };
  }
  const whole = unitOf(written);
  if (whole !== null && !(hasScale && written === "m")) return { unit: whole, length: match[0].length };
  const head = written.split("/")[0] ?? "";
  const unit = head === written ? null : unitOf(head);
  return unit === null ? NO_UNIT : { unit, length: match[0].length - (written.length - head.length) };
}

const QUOTIENT = /^[\s\u00a0-]?([\p{L}µ]+)\s(?:per|an?|je|pro|por)\s([\p{L}]+)/iu;

/** "Milligrams per litre" is mg/l, "metres per second" m/s. */
function quotientOf(above: string | undefined, below: string | undefined): Unit | null {
  const [one, other] = [unitOf(above ?? ""), unitOf(below ?? "")];
  if (one === null || other === null) return null;
  if (one.dimension === "mass" && other.dimension === "volume")
    return { dimension: "concentration", factor: (one.factor * 1e6) / other.factor };
  return one.dimension === "length" && other.dimension === "time" && other.factor <= 3_600
    ? { dimension: "speed", factor: one.factor / other.factor }
    : null;
}

const UNIT =
  /^(?:\s+(?:de|of)\s+|\s+d['’]|\s|\u00a0|\u202f|[-‑](?=\p{L}))?(?:(?:short|long|metric|statute|US|imperial|fewer|more|extra|additional|further|full|whole|consecutive|successive|straight)\s+)?(nautical miles?|percentage points?|basis points?|puntos porcentuales|per cent|por ciento|(?:degrees|grad) (?:celsius|fahrenheit)|us\$|[%％‰℃℉¢]|[€$£¥₹](?!\s?\d)|°[CF]?|(?!\p{Script=Han})[\p{L}µμΩ]+(?:[²³]|[23](?!\d))?(?:\/\p{L}+)?|个百分点|个月|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|毫克|分钟|小时|美元|欧元|日元|英镑|人民币|公顷|摄氏度|[米吨升秒年天元周克])/iu;

function boundOf(before: string, after: string): Bound | null {
  const cue =
    before
      .match(BOUND_BEFORE)?.[0]
      ?.toLowerCase()
      .replace(/[\s(€$£~]+$/u, "")
      .trim() ?? "";
  if (/[~≈]\s*$/.test(before)) return "about";
  if (/^\s*(?:or (?:more|above|over)|and (?:more|above)|oder mehr|o más)\b|^\+/iu.test(after)) return "over";
  if (/^\s*(?:or (?:less|fewer|below)|oder weniger|o menos)\b/iu.test(after)) return "under";
  if (cue === "") return null;
  if (OVER.test(cue)) return "over";
  return UNDER.test(cue) ? "under" : "about";
}

const OVER =
  /^(?:more than|over|above|exceeding|at least|upwards of|beyond|well over|just over|minimum of|mehr als|über|gut|mindestens|más de|al menos|mas de|plus de|au moins|topped|passed|>|≥)$/iu;

const UNDER =
  /^(?:less than|fewer than|under|below|up to|at most|no more than|maximum of|just under|nearly|almost|close to|not quite|within|inside|weniger als|unter|bis zu|höchstens|knapp|fast|beinahe|innerhalb von|binnen|en menos de|menos de|hasta|casi|como máximo|moins de|presque|<|≤)$/iu;

const BOUND_BEFORE =
  /(?:more than|well over|just over|over|above|exceeding|at least|upwards of|beyond|minimum of|mehr als|über|gut|mindestens|más de|mas de|al menos|plus de|au moins|less than|fewer than|just under|under|below|up to|at most|no more than|maximum of|nearly|almost|close to|not quite|within|inside|weniger als|unter|bis zu|höchstens|knapp|fast|beinahe|innerhalb von|binnen|en menos de|menos de|hasta|casi|como máximo|moins de|presque|about|around|roughly|approximately|barely|approx\.|some|circa|ca\.|c\.|an estimated|etwa|rund|ungefähr|zirka|unos|unas|alrededor de|aproximadamente|cerca de|environ|topped|passed|[<>≤≥])\s+(?:the |a |an |der |die |das |el |la )?[$€£]?$/iu;

/** What a row of digits may mean. */
export function readingsOf(digits: string, language: string): number[] {
  const plain = digits.replace(/[\s\u00a0\u202f'’]/g, "");
  const separators = plain.match(/[.,]/g) ?? [];
  if (separators.length === 0) return [Number(plain)];
  const kinds = new Set(separators);
  if (kinds.size === 2) {
    const decimal = plain.lastIndexOf(".") > plain.lastIndexOf(",") ? "." : ",";
    const thousands = decimal === "." ? "," : ".";
    return [Number(plain.replaceAll(thousands, "").replace(decimal, "."))];
  }
  const [separator = "."] = separators;
  const asThousands = Number(plain.replaceAll(separator, ""));
  if (separators.length > 1) return [asThousands];
  const asDecimal = Number(plain.replace(separator, "."));
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return [asDecimal];
  const isThousands = (separator === ".") === POINT_GROUPS.has(language);
  if (!isThousands) return /[.,]000$/.test(plain) ? [asThousands, asDecimal] : [asDecimal];
  return [asThousands];
}

// Languages that write 1.234,5. https://en.wikipedia.org/wiki/Decimal_separator
const POINT_GROUPS: ReadonlySet<string> = new Set([
  "de",
  "es",
  "fr",
  "it",
  "pt",
  "nl",
  "ru",
  "tr",
  "id",
  "pl",
  "da",
  "sv",
  "el",
]);

function decimalsOf(digits: string, language: string): number {
  const [value = 0] = readingsOf(digits, language);
  if (Number.isInteger(value) && !/[.,]0+$/.test(digits)) return 0;
  const [, decimals = ""] = digits.match(/[.,](\d+)$/) ?? [];
  return Number.isInteger(value) && decimals.length === 3 ? 0 : decimals.length;
}

const SCALE_WORDS: Readonly<Record<string, number>> = {
  hundred: 1e2,
  "thousand thousands tausend tsd mil mille k 千": 1e3,
  "lakh lakhs": 1e5,
  "million millions mn mio millionen millón millones m 百万": 1e6,
  "crore crores": 1e7,
  "billion billions bn b mrd md milliarde milliarden mil_millones milliard milliards": 1e9,
  "trillion trillions tn trn billionen billón billones": 1e12,
  "万 萬": 1e4,
  "亿 億": 1e8,
};

const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries(SCALE_WORDS).flatMap(([words, factor]) =>
    words.split(" ").map((word) => [word.replace("_", " "), factor] as const),
  ),
);

const DIGITS =
  /(?<sign>[+−-])?(?<![A-Za-zÀ-ɏ\d_])(?:v(?=\d))?(?<digits>\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?:(?<ordinal>st|nd|rd|th|º|ª)\b)?(?:[\s\u00a0-]?(?<scale>thousands?|millions?|billions?|trillions?|hundred|tausend|tsd\.?|mio\.?|mrd\.?|millionen|milliarden?|billionen|mil millones|mil|millón|millones|billón|billones|mille|milliards?|bn|mn|tn|trn|crores?|lakhs?|md|[kmb](?<=(?:[$€£¥₹]|\b(?:kr|eur|usd|gbp|chf|nok|sek|dkk|inr))\s?[\d.,\s]+[kmb]|\dk)(?![\p{L}])|[km](?=\s?[€$£])|[万萬亿億千])(?![A-Za-zÀ-ɏ]))?/giu;
