import type { Figure } from "./figures.ts";
import { spelledNumberOf } from "./spelled-numbers.ts";

/** Seconds since midnight of each time of day in words, as many as it may mean: "half past six in the evening". */
export function spokenTimesOf(text: string): { match: RegExpExecArray; readings: Figure["readings"] }[] {
  return [ENGLISH, GERMAN, SPANISH, TWELVE].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({ match, readings: readingsOf(match) })),
  );
}

const TWELVE =
  /(?<![a-zß-ɏ-])(?:(?<noon>noon|midday|mediodía)|(?<midnight>midnight|mitternacht|medianoche))(?![a-zß-ɏ-])/gi;

function readingsOf({ groups = {} }: RegExpExecArray): number[] {
  if (groups.noon !== undefined) return [HALF_DAY_SECONDS];
  if (groups.midnight !== undefined) return [0, 2 * HALF_DAY_SECONDS];
  const hour = hourOf(groups.hour ?? "");
  const part = (groups.part ?? "").toLowerCase();
  const minutes = part === "" ? 0 : partOf(part);
  const isBack = BACK.test(groups.side ?? "") || part === "halb";
  const seconds = (hour * 60 + (isBack ? -minutes : minutes)) * 60;
  const day = (groups.day ?? "").toLowerCase();
  if (/afternoon|evening|pm|nachmittag|abend|tarde|noche/.test(day)) return [seconds + HALF_DAY_SECONDS];
  if (/morning|am|früh|morgen|mañana/.test(day)) return [seconds];
  return hour <= 12 ? [seconds, seconds + HALF_DAY_SECONDS] : [seconds];
}

const HALF_DAY_SECONDS = 43_200;
const BACK = /^(?:to|before|vor|menos)$/i;

function hourOf(word: string): number {
  return /^(?:one|ein|eins|una)$/i.test(word) ? 1 : numberOf(word);
}

function partOf(part: string): number {
  if (/^(?:half|halb|media)/.test(part)) return 30;
  return /^(?:a )?quarter|^viertel|^cuarto/.test(part) ? 15 : numberOf(part);
}

function numberOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : (spelledNumberOf(word.toLowerCase()) ?? Number.NaN);
}

const HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9]";
const DAY = String.raw`(?:\s(?<day>in the (?:morning|afternoon|evening)|[ap]\.?m\b\.?))?`;
const ENGLISH = new RegExp(
  String.raw`\b(?:(?<part>half|(?:a )?quarter|(?<!\bfrom\s)(?:five|ten|twenty(?:-five)?))\s(?<side>past|to|before)\s(?<hour>${HOURS})(?!\d|[\w.,:]\d|%|-|\s(?:percent|per cent|years|months|days|hours))|(?<hour>${HOURS})\so['’]clock|(?<hour>${HOURS})(?=\sin the (?:morning|afternoon|evening)\b))${DAY}`,
  "giu",
);
const GERMAN =
  /\b(?<part>halb|viertel)\s(?:(?<side>nach|vor)\s)?(?<hour>eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b(?:\s(?<day>Uhr abends|abends|morgens|früh|nachmittags))?/giu;
const SPANISH =
  /\blas?\s(?<hour>una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\s(?:y\s(?<part>media|cuarto)|(?<side>menos)\s(?<part>cuarto))\b(?:\sde la (?<day>mañana|tarde|noche))?/giu;
