import { fold } from "../../../words.ts";

/** A part of a year by its months: "the third quarter of 2023", "Q3 2023" and "July to September 2023" are the same. */
export interface Period {
  start: number;
  end: number;
  /** 1 to 12. */
  from: number;
  to: number;
  year: number | null;
}

export function periodsOf(text: string): Period[] {
  const periods = [...text.matchAll(PERIOD)].flatMap((match) => {
    const { year = null, part, nth } = match.groups ?? {};
    const months = monthsOf(match.groups ?? {});
    const end = match.index + match[0].length;
    if (months === null || FISCAL.test(text.slice(end))) return [];
    const period = { ...months, start: match.index, end, year: year === null ? null : +year };
    return [period, ...(part === undefined || nth === undefined ? [] : furtherParts(text, period, part))];
  });
  return periods.filter(({ start }, at) => periods.findIndex((other) => other.start === start) === at);
}

/** "In the first quarter, in the second and in the third": the noun is said once. */
function furtherParts(text: string, { end: from, year }: Period, part: string): Period[] {
  return [...text.slice(from).matchAll(BARE_NTH)].flatMap((match) => {
    const months = monthsOf({ nth: match.groups?.nth, part });
    const start = from + match.index + match[0].length - (match.groups?.nth?.length ?? 0);
    return months === null ? [] : [{ ...months, start, end: from + match.index + match[0].length, year }];
  });
}

const BARE_NTH =
  /(?<!\p{L})(?:in the|in|im|the|en el|el)\s(?<nth>first|second|third|fourth|(?:erst|zweit|dritt|viert)en|primero|segundo|tercero|cuarto)(?=\s*(?:[,;.:)]|$|\s(?:and|to|with|but|und|auf|mit|y|a|con)\s))/giu;

export function areSamePeriod(a: Period, b: Period): boolean {
  return a.from === b.from && a.to === b.to && (a.year === null || b.year === null || a.year === b.year);
}

function monthsOf({ first, last, nth, part, q, h, edge, count }: Record<string, string | undefined>): {
  from: number;
  to: number;
} | null {
  if (first !== undefined && last !== undefined) return spanOf(monthOf(first), monthOf(last));
  if (q !== undefined) return partOf(+q, 4);
  if (h !== undefined) return partOf(+h, 2);
  if (count !== undefined) {
    const months = LENGTHS[fold(count)] ?? 0;
    return /^(?:first|ersten|primeros)$/.test(edge ?? "") ? spanOf(1, months) : spanOf(13 - months, 12);
  }
  const parts = /^(?:qu|tri)/i.test(part ?? "") ? 4 : 2;
  const place = NTH.findIndex((words) => words.includes(fold(nth ?? "")));
  return partOf(place === -1 ? parts : place + 1, parts);
}

function spanOf(from: number, to: number): { from: number; to: number } | null {
  return from >= 1 && to <= 12 && from < to ? { from, to } : null;
}

function partOf(place: number, parts: number): { from: number; to: number } | null {
  const months = 12 / parts;
  return place < 1 || place > parts ? null : { from: (place - 1) * months + 1, to: place * months };
}

function monthOf(name: string): number {
  return 1 + MONTHS.findIndex((starts) => starts.some((start) => fold(name).startsWith(start)));
}

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "jän", "ene"],
  ["feb"],
  ["mar", "mrz"],
  ["apr", "abr"],
  ["may", "mai"],
  ["jun"],
  ["jul"],
  ["aug", "ago"],
  ["sep"],
  ["oct", "okt"],
  ["nov"],
  ["dec", "dez", "dic"],
];
const NTH: readonly (readonly string[])[] = [
  ["first", "1st", "opening", "erste", "ersten", "erstes", "primer", "primera", "1."],
  ["second", "2nd", "zweite", "zweiten", "zweites", "segundo", "segunda", "2."],
  ["third", "3rd", "dritte", "dritten", "drittes", "tercer", "3."],
  ["fourth", "4th", "vierte", "vierten", "viertes", "cuarto", "4."],
];
const LENGTHS: Readonly<Record<string, number>> = { three: 3, six: 6, nine: 9, drei: 3, sechs: 6, tres: 3, seis: 6 };

const MONTH = String.raw`(?:jan|jän|ene|feb|mar|mär|mrz|apr|abr|may|mai|jun|jul|aug|ago|sep|oct|okt|nov|dec|dez|dic)[a-zä]*\.?`;
const PERIOD = new RegExp(
  String.raw`(?<![a-zß-ɏ\d])(?:(?<first>${MONTH})(?:\s?[-–—/]\s?|\s(?:to|until|through|and|bis|a|hasta)\s)(?<last>${MONTH})|q(?<q>[1-4])|h(?<h>[12])|(?<nth>first|second|third|fourth|opening|final|last|closing|[1-4](?:st|nd|rd|th|\.)|(?:erst|zweit|dritt|viert|letzt)e[ns]?|primer|segundo|tercer|cuarto|último)\s(?<part>quarter|quartal|trimestre|half|halbjahr|jahreshälfte|semestre)|(?<edge>first|last|final|closing|ersten|letzten|primeros|últimos)\s(?<count>three|six|nine|drei|sechs|tres|seis)\s(?:months|monaten?|meses))(?![a-zß-ɏ\d])(?:,?\s(?:of\s|in\s|de\s|des\s(?:jahres\s)?)?(?<year>(?:1[89]|20)\d\d))?(?![/–-]\d)`,
  "giu",
);

// The quarters of such a year begin in another month.
const FISCAL = /^\s(?:of (?:the|its) )?(?:financial|fiscal|business)/iu;
