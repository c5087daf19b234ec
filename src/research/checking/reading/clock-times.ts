import type { Figure } from "./figures.ts";
import { spokenTimesOf } from "./spoken-clock.ts";
import type { Unit } from "./units.ts";

/** Times of day, running times ("2:24:17") and the parts of a year ("Q1", "the third quarter", "the first half"). */
export function clockTimesOf(text: string): Figure[] {
  if (!MAYBE.test(text)) return [];
  return [
    ...Array.from(text.matchAll(CLOCK), (match) => figureOf(match, CLOCK_UNIT, secondsOf(match))),
    ...spokenTimesOf(text).map(({ match, readings }) => figureOf(match, CLOCK_UNIT, readings)),
    ...Array.from(text.matchAll(QUARTER), (match) => figureOf(match, QUARTER_UNIT, [partOf(match)])),
    ...Array.from(text.matchAll(MONTHS), (match) => figureOf(match, QUARTER_UNIT, [partOf(match)])),
    ...Array.from(text.matchAll(HALF), (match) => figureOf(match, HALF_UNIT, [partOf(match)])),
  ].filter(({ readings }) => readings.every(Number.isFinite));
}

const MAYBE =
  /\d[:.h]\d\d|\d h \d|\d\s?[ap]\.?m\b|\bq[1-4]\b|uhr\b|o['’]clock|noon\b|midday|midnight|mittern|mediod|mediano|in the (?:morning|afternoon|evening)|half past|(?:five|ten|twenty) (?:past|to)|halb |viertel|media|cuarto|quart|trimestre|季度|half\b|halbjahr|semest|(?:jan|apr|jul|o[ck]t|ene)\.?\s?[-–—]/iu;

const CLOCK_UNIT: Unit = { dimension: "clock", factor: 1 };
const QUARTER_UNIT: Unit = { dimension: "quarter", factor: 1 };
const HALF_UNIT: Unit = { dimension: "half-year", factor: 1 };

function figureOf(match: RegExpExecArray, unit: Unit, readings: number[]): Figure {
  return {
    start: match.index,
    end: match.index + match[0].length,
    readings,
    unit,
    precision: 0,
    bound: null,
    sign: 0,
    isSpelled: false,
    isOrdinal: false,
  };
}

const HALF_DAY_SECONDS = 43_200;

/** Without "am" or "pm" a time before one o'clock in the afternoon may be either. */
function secondsOf({ groups = {} }: RegExpExecArray): number[] {
  const hours = Number(groups.h1 ?? groups.h2 ?? groups.h3);
  const seconds = hours * 3_600 + Number(groups.m1 ?? groups.m2 ?? groups.m3 ?? 0) * 60 + Number(groups.s1 ?? 0);
  const half = (groups.half1 ?? groups.half2)?.[0]?.toLowerCase();
  if (half === "p") return [hours === 12 ? seconds : seconds + HALF_DAY_SECONDS];
  if (half === "a") return [hours === 12 ? seconds - HALF_DAY_SECONDS : seconds];
  const isOpen = hours >= 1 && hours <= 12 && groups.s1 === undefined && groups.h3 === undefined;
  return isOpen ? [seconds, seconds + HALF_DAY_SECONDS] : [seconds];
}

const CLOCK =
  /(?<![\d:.,])(?:(?<h1>\d{1,2}):(?<m1>[0-5]\d)(?::(?<s1>[0-5]\d))?(?![\d:])(?:\s?(?<half1>[ap]\.?m\b\.?))?|(?<h2>1?\d)(?:\.(?<m2>[0-5]\d))?\s?(?<half2>[ap]\.?m\b\.?)|(?<h3>[12]?\d)(?:(?:[.:]|\s?h\s?)(?<m3>[0-5]\d))?(?:\s?uhr\b|(?<=\dh\d\d|\d h \d\d)(?!\d|\s?min)))/giu;

function partOf({ groups = {} }: RegExpExecArray): number {
  const written = groups.part ?? groups.digit ?? groups.han ?? "";
  const at = PARTS.findIndex((pattern) => pattern.test(written));
  return at === -1 ? Number.NaN : at + 1;
}

const PARTS = [
  /^(?:1|first|erste|prime|premi|一|jan|ene)/iu,
  /^(?:2|second|zweite|segund|deuxi|二|apr|abr)/iu,
  /^(?:3|third|dritte|tercer|troisi|三|jul)/iu,
  /^(?:4|fourth|last|final|vierte|letzt|cuart|último|quatri|dernier|四|o[ck]t)/iu,
];

const NTH =
  "first|second|third|fourth|last|final|1st|2nd|3rd|4th|[1-4]\\.|ersten?s?|zweiten?s?|dritten?s?|vierten?s?|primer|segundo|tercer|cuarto|premier|deuxième|troisième|quatrième";
const QUARTER = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?<part>${NTH})[\s-](?:fiscal )?(?:quarter|quartals?|trimestre)(?![\p{L}])(?!\s+of\s+(?:the|a)\s+(?:game|match))|q(?<digit>[1-4])(?![\p{L}\d]))|第(?<han>[一二三四])季度`,
  "giu",
);
/** "Jan–Mar": the name of the first month, since the last one begins a date. */
const MONTHS =
  /(?<![a-zß-ɏ])(?<part>jan(?=\.?\s?[-–—]\s?mar)|ene(?=\.?\s?[-–—]\s?mar)|apr(?=\.?\s?[-–—]\s?jun)|abr(?=\.?\s?[-–—]\s?jun)|jul(?=\.?\s?[-–—]\s?sep)|o[ck]t(?=\.?\s?[-–—]\s?d[ei][czk]))/gi;
const HALF =
  /(?<![\p{L}\d])(?<part>first|second|ersten?|zweiten?|primer|segundo|premier|deuxième)[\s-](?:half(?=\s+of\s+\d)|halbjahre?s?|semestre)(?![\p{L}])/giu;
