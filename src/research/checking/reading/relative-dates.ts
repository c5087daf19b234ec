import type { CalendarDate } from "./dates.ts";
import { everyMatch } from "./every-match.ts";

/**
 * Dates that a text gives by their distance from another one in it: "the following day", "two years later", "twelve
 * months earlier", "im Vorjahr". The date before the phrase is the one it counts from, in the text or else before it.
 */
export function relativeDatesOf(
  text: string,
  dates: readonly CalendarDate[],
  before: () => CalendarDate | null,
): CalendarDate[] {
  if (!DIRECTION.test(text)) return [];
  const found: CalendarDate[] = [];
  for (const match of everyMatch(RELATIVE, text)) {
    const end = match.index + match[0].length;
    const base = dates.findLast((date) => date.end <= match.index) ?? before();
    if (base !== null && match.groups?.nth !== undefined) {
      found.push(...dayAfter(base, match));
      continue;
    }
    const steps = base === null ? null : stepsOf(match);
    if (base === null || steps === null || dates.some(({ start }) => start >= match.index && start < end)) continue;
    const date = shift(base, steps);
    // It takes the place of its last letter only: "nine months" stays a figure of its own.
    if (date !== null) found.push({ ...date, start: end - 1, end, isDerived: true });
  }
  return found;
}

/** "Resigned on 25 January … on the 27th": the day of the month before, which a writer need not say again. */
function dayAfter(base: CalendarDate, { index, 0: written, groups }: RegExpExecArray): CalendarDate[] {
  const day = Number(groups?.nth);
  if (base.month === null || day < 1 || day > 31) return [];
  const end = index + written.length;
  return [{ ...base, start: index + written.search(/\d/), end, day, years: 1, isDerived: false }];
}

interface Steps {
  unit: "day" | "month" | "year";
  count: number;
}

function stepsOf({ groups = {} }: RegExpExecArray): Steps | null {
  if (groups.neighbour !== undefined)
    return { unit: unitOf(groups.neighbour), count: BACK.test(groups.side ?? "") ? -1 : 1 };
  if (groups.german !== undefined) return { unit: "year", count: -1 };
  const count = COUNTS[groups.count?.toLowerCase() ?? ""] ?? Number(groups.count);
  if (!Number.isFinite(count) || groups.unit === undefined) return null;
  const isWeek = /^(?:week|woche|sema)/iu.test(groups.unit);
  const isDecade = /^(?:deca|jahrz|déca|déce)/iu.test(groups.unit);
  const sign = BACK.test(groups.direction ?? "") ? -1 : 1;
  return { unit: isWeek ? "day" : unitOf(groups.unit), count: sign * count * (isWeek ? 7 : isDecade ? 10 : 1) };
}

function unitOf(word: string): Steps["unit"] {
  if (/^(?:day|tag|d[ií]a|jour)/iu.test(word)) return "day";
  return /^(?:month|monat|mes|mois)/iu.test(word) ? "month" : "year";
}

/** The base moved by the steps, as exact as the base is; null where it is not exact enough. */
function shift(base: CalendarDate, { unit, count }: Steps): Omit<CalendarDate, "start" | "end" | "isDerived"> | null {
  const { year, month, day } = base;
  if (unit === "year") return year === null ? null : { year: year + count, month, day, years: 1 };
  if (unit === "month" && year !== null && month !== null) {
    const months = year * 12 + month - 1 + count;
    return { year: Math.floor(months / 12), month: (months % 12) + 1, day, years: 1 };
  }
  if (unit === "month")
    return year !== null && count % 12 === 0 ? { year: year + count / 12, month, day, years: 1 } : null;
  if (month === null || day === null) return null;
  const moved = new Date(Date.UTC(year ?? 2001, month - 1, day + count));
  return {
    year: year === null ? null : moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    years: 1,
  };
}

const BACK =
  /^(?:earlier|before|previous|prior|preceding|zuvor|vorher|früher|antes|anterior|previo|auparavant|avant|plus tôt)/iu;
const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  ein: 1,
  un: 1,
  une: 1,
  two: 2,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  zwei: 2,
  dos: 2,
  three: 3,
  drei: 3,
  tres: 3,
  four: 4,
  vier: 4,
  cuatro: 4,
  five: 5,
  fünf: 5,
  cinco: 5,
  six: 6,
  sechs: 6,
  seis: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  zehn: 10,
  diez: 10,
  twelve: 12,
};
const COUNT = `${Object.keys(COUNTS).join("|")}|\\d{1,3}`;
// A quick look: without one of these there is no such phrase.
const DIRECTION =
  /on the \d|follow|next|prev|prece|prior|before|after|earlier|later|spät|danach|zuvor|früh|vorh|vorjahr|anterior|siguiente|despu|antes|tard|tôt|pr[eè]s|avant/i;
const RELATIVE = new RegExp(
  [
    String.raw`\b(?:the\s+)?(?<side>following|next|previous|preceding|prior)\s+(?<neighbour>day|month|year)\b`,
    String.raw`\b(?:the\s+)?(?<neighbour>day|month|year)\s+(?<side>before|after|earlier|later)\b(?!\s+(?:than|the|that|it|he|she|they|a)\b)`,
    String.raw`\b(?<count>${COUNT})(?:e[nmrs]?)?\s+(?<unit>days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?|d[ií]as?|semanas?|mes(?:es)?|años?|jours?|semaines?|mois|ans?|années?|decades?|jahrzehnte?n?|décadas?|décennies?)\s+(?<direction>later|earlier|before(?!\s+[a-z0-9])|after(?!\s+[a-z0-9])|afterwards|später|danach|zuvor|früher|vorher|después(?! de)|más tarde|antes(?! de)|plus tard|après(?!\s+[a-z0-9])|auparavant|avant(?!\s+[a-z0-9])|plus tôt)\b(?!\s+(?:than|als|que)\b)`,
    String.raw`\bon the (?<nth>\d{1,2})(?:st|nd|rd|th)(?=(?: of (?:the|that) month)?(?:[\s]*[,.;:)]|\s*$|\s(?:and|but|of that|of the month|when|as|with|in|at|to|by|while)\b))`,
    String.raw`\b(?<german>(?:im\s+)?vorjahr(?:es)?|(?:im\s+)?jahr(?:e)? zuvor|un año antes|el año anterior|al año anterior)\b`,
    String.raw`\b(?:al|el)\s+(?<neighbour>día|mes|año)\s+(?<side>siguiente|anterior)\b`,
  ].join("|"),
  "giu",
);
