import { relativeDatesOf } from "./relative-dates.ts";
import { spelledOrdinalOf } from "./spelled-numbers.ts";

/** A date as far as it is written: "May 1968" has no day, "in December" only a month. */
export interface CalendarDate {
  start: number;
  end: number;
  year: number | null;
  /** 1 to 12. */
  month: number | null;
  day: number | null;
  /** Given only by its distance from another date: "the following year". */
  isDerived: boolean;
  /** "1990s" is 10 years long, "the 18th century" 100; else 1. */
  years: number;
}

/**
 * All dates of a text in any of the common forms of English, German, Spanish, French, Chinese and Japanese.
 *
 * @param before the date that the text before it leaves off with: "two years later" counts from it
 */
export function datesOf(text: string, before: () => CalendarDate | null = () => null): CalendarDate[] {
  const dates: CalendarDate[] = [];
  const hasCentury = CENTURY.test(text);
  if (!/\d/.test(text) && !hasCentury && !MONTH_ALONE.test(text)) return relativeDatesOf(text, dates, before);
  for (const match of matchesOf(text, hasCentury ? CENTURY_BEGINNING : BEGINNING)) {
    const date = read(match);
    if (date === null) continue;
    const first = firstOfRange(text, date);
    if (first !== null) dates.push(first);
    dates.push(date);
  }
  dates.push(...relativeDatesOf(text, dates, before));
  return dates.sort((a, b) => a.start - b.start);
}

/** Tried only where a date can begin: looking for so many forms at every letter takes several times as long. */
function matchesOf(text: string, beginning: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  beginning.lastIndex = 0;
  for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
    DATE.lastIndex = found.index;
    const match = DATE.exec(text);
    if (match === null) continue;
    matches.push(match);
    beginning.lastIndex = DATE.lastIndex;
  }
  return matches;
}

// A digit, or how a month, a feast or "FY" begins.
const BEGINNING = /\d|\b(?:[jm][aäu]|mrz|ene|f[eéy]|a[pbvguo]|se[pt]|o[ck]t|nov|d[eéi]|ne[wu]|chr|silv|heil|noc)/gi;
// Centuries and decades are counted in words too: here any letter that a month, a feast or such a word begins with.
const CENTURY_BEGINNING = /\d|\b[acdefhijmnostvxz]/gi;

/** Does the page's date say all that the statement's date says? A part that the page leaves out counts as open. */
export function datesAgree(stated: CalendarDate, found: CalendarDate): boolean {
  if (stated.year !== null && found.year !== null && !yearsAgree(stated, found)) return false;
  if (stated.month !== null && found.month !== null && stated.month !== found.month) return false;
  if (stated.day !== null && found.day !== null && stated.day !== found.day) return false;
  return countParts(stated, found) > 0;
}

/** Which parts of the statement's date the page's date does not give. */
export function missingParts(stated: CalendarDate, found: CalendarDate): ("year" | "month" | "day")[] {
  return (["year", "month", "day"] as const).filter((part) => stated[part] !== null && found[part] === null);
}

function countParts(stated: CalendarDate, found: CalendarDate): number {
  return (["year", "month", "day"] as const).filter((part) => stated[part] !== null && found[part] !== null).length;
}

function yearsAgree(stated: CalendarDate, found: CalendarDate): boolean {
  const a = stated.year ?? 0;
  const b = found.year ?? 0;
  // A year inside the decade or century that the other side names agrees with it.
  if (stated.years > found.years) return b >= a && b < a + stated.years;
  return stated.years === found.years ? a === b : false;
}

function read(match: RegExpExecArray): CalendarDate | null {
  const groups = match.groups ?? {};
  const year = numberOf(
    groups.y1 ?? groups.y2 ?? groups.y3 ?? groups.y4 ?? groups.y5 ?? groups.y6 ?? groups.y7 ?? groups.y8,
  );
  const monthName = groups.m1 ?? groups.m2 ?? groups.m3 ?? groups.m4 ?? groups.m5;
  // "Version 5 may fail", "two columns march 5 abreast": as a month it begins with a capital.
  if (monthName === "may" || monthName === "march" || monthName === "mar") return null;
  let month =
    monthName === undefined ? numberOf(groups.n1 ?? groups.n2 ?? groups.n3) : (MONTHS.get(key(monthName)) ?? null);
  let day = numberOf(groups.d1 ?? groups.d2 ?? groups.d3 ?? groups.d4 ?? groups.d5);
  let years = 1;
  let start = year;
  if (groups.feast !== undefined) {
    const feast = FEASTS.find(([pattern]) => pattern.test(groups.feast ?? ""));
    month = feast?.[1] ?? null;
    day = feast?.[2] ?? null;
  }
  const century = groups.century === undefined ? centuryOf(groups.nth ?? groups.roman) : Number(groups.century);
  if (century !== null) {
    start = (century - 1) * 100;
    years = 100;
  }
  const decade = decadeOf(groups);
  if (decade !== null) {
    start = decade;
    years = decade % 100 === 0 ? 100 : 10;
  }
  start ??= shortYearOf(groups);
  if (month !== null && (month < 1 || month > 12)) [month, day] = [day, month];
  if ((month !== null && (month < 1 || month > 12)) || (day !== null && (day < 1 || day > 31))) return null;
  if (start === null && month === null) return null;
  return { start: match.index, end: match.index + match[0].length, year: start, month, day, years, isDerived: false };
}

/** "The 1990s", "the '90s", "the nineties", "die neunziger Jahre", "los años 90". */
function decadeOf({ decade, tens, ties }: Record<string, string | undefined>): number | null {
  if (decade !== undefined) return Number(decade);
  if (tens !== undefined) return 1900 + Number(tens);
  const at = TIES.findIndex((pattern) => pattern.test(ties ?? ""));
  return at === -1 ? null : 1920 + at * 10;
}

const TIES = [
  /^(?:tw|zw|ve)/i,
  /^(?:th|dr|tr)/i,
  /^(?:fo|v|cu)/i,
  /^(?:fi|f|ci)/i,
  /^(?:si|sec|ses)/i,
  /^s/i,
  /^[aeo]/i,
  /^n/i,
];

/** "1914–18", "2023/24", "in '98", "3.5.87". */
function shortYearOf({ first, yy }: Record<string, string | undefined>): number | null {
  if (yy === undefined) return null;
  if (first === undefined) return Number(yy) + (Number(yy) < 30 ? 2000 : 1900);
  const year = Number(first) - (Number(first) % 100) + Number(yy);
  return year > Number(first) ? year : year + 100;
}

/** "22–25 April 1951" and "vom 8. auf den 9. November" name two days. */
function firstOfRange(text: string, date: CalendarDate): CalendarDate | null {
  if (date.day === null || date.month === null) return null;
  const match = text.slice(Math.max(0, date.start - 20), date.start).match(FIRST_DAY);
  if (match?.[1] === undefined) return null;
  return {
    ...date,
    start: date.start - match[0].length,
    end: date.start - match[0].length + match[1].length,
    day: Number(match[1]),
  };
}

const FIRST_DAY = /(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:[-–—]|to|and|bis|und|al?|y|e|auf den|bis zum|al)\s*$/iu;

/** "Nineteenth" and "XIX" as numbers. */
function centuryOf(written: string | undefined): number | null {
  if (written === undefined) return null;
  if (/^[IVX]+$/i.test(written)) return romanOf(written.toUpperCase());
  return spelledOrdinalOf(written.toLowerCase());
}

function romanOf(written: string): number {
  const values = Array.from(written, (letter) => ({ I: 1, V: 5, X: 10 })[letter] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

function key(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").normalize("NFD").replace(/\p{M}/gu, "");
}

const MONTH_NAMES = [
  "january jan januar janner enero janvier gennaio janeiro januari",
  "february feb februar febrero fevrier febbraio fevereiro februari",
  "march mar marz mrz marzo mars marco maart",
  "april apr abril avril aprile",
  "may mai mayo maggio maio mei",
  "june jun juni junio juin giugno junho",
  "july jul juli julio juillet luglio julho",
  "august aug agosto aout augustus",
  "september sept sep septiembre setiembre septembre settembre setembro",
  "october oct oktober okt octubre octobre ottobre outubro",
  "november nov noviembre novembre novembro",
  "december dec dezember dez diciembre dic decembre dicembre dezembro",
] as const;

const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

const FEASTS: readonly (readonly [RegExp, number, number])[] = [
  [/new year['’]s eve|silvester|nochevieja/i, 12, 31],
  [/new year['’]s day|neujahr/i, 1, 1],
  [/christmas eve|heiligabend|nochebuena/i, 12, 24],
  [/christmas day/i, 12, 25],
];

// "May", "March", "Mar" and the like are words too: alone they count as months only after a preposition, see below.
const NAME = `(?:jan(?:uar[yi]?|vier)?|jänner|enero|feb(?:ruar[yi]?|rero)?|février|mar(?:ch|zo|s)?|märz|mrz|apr(?:il)?|abril|avril|may|mai|mayo|june?i?|junio|juin|jul[yi]?|julio|juillet|aug(?:ust)?|agosto|août|sept?(?:ember|iembre|embre)?|setiembre|o[ck]t(?:ober|ubre|obre)?|nov(?:ember|iembre|embre)?|de[cz](?:ember|embre)?|dic(?:iembre)?|décembre)`;
const FULL_NAME = `(?:january|februar[yi]?|march|april|may|june|july|august|september|october|november|december|januar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)`;
const MONTH_ALONE = new RegExp(String.raw`\b(?:${FULL_NAME}|eve|christmas|silvester|nochevieja)\b`, "i");
const CENTURY = /century|jahrhundert|siglo|siècle|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|[zß]iger|años|années/i;
const YEAR = String.raw`(?:1[0-9]|20)\d\d`;
const ROUND_YEAR = String.raw`(?:1[0-9]|20)\d0`;
const TO = String.raw`\s?(?:to|until|bis|[–—/])\s?`;
const OTHER_MONTH = String.raw`(?=${TO}\d{4}-\d\d(?![\d-]))`;
const SEPARATOR = String.raw`(?:\s+|,\s*|\s+of\s+|\s+de\s+|\s+del\s+)`;

/** Alternatives from the most to the least specific: the first that fits at a place is taken. */
const DATE = new RegExp(
  [
    String.raw`(?<![\d.,/-])(?<y1>\d{4})-(?<n1>\d{2})-(?<d1>\d{2})(?!\d)`,
    // "1905-12" alone is a range of years; beside another month of that form it is a month.
    String.raw`(?<![\d.,/-])(?:(?<y1>1\d[1-9]\d|20[1-9]\d)-(?<n1>0[1-9])|(?<y1>1\d(?:1[3-9]|[2-9]\d)|20(?:1[3-9]|[2-9]\d))-(?<n1>1[0-2])|(?<y1>${YEAR})-(?<n1>0[1-9]|1[0-2])${OTHER_MONTH}|(?<=\d{4}-\d\d${TO})(?<y1>${YEAR})-(?<n1>0[1-9]|1[0-2]))(?![\d-])`,
    String.raw`(?<=(?<!\d)(?<first>${YEAR})[-–/])(?<yy>\d\d)(?![\d%‰:-]|[.,]\d)`,
    String.raw`(?<=\b(?:in|of|since|until|from|to|by|spring|summer|autumn|fall|winter|${NAME}\.?)\s['’])(?<yy>\d\d)(?![\d'’])(?!s\b)`,
    String.raw`(?<=\b(?:am|vom|zum|bis|seit|dem)\s)(?<d5>\d{1,2})\.(?<n3>\d{1,2})\.(?<yy>\d\d)(?![\d.])`,
    String.raw`(?<y2>\d{4})\s?年\s?(?:(?<n2>\d{1,2})\s?月(?:\s?(?<d2>\d{1,2})\s?日)?)?`,
    String.raw`(?<![\d.,])(?<d3>\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?:\s+|\s+of\s+|\s+de\s+)(?<m1>${NAME})\b\.?(?:${SEPARATOR}(?<y3>\d{4})\b)?`,
    String.raw`\b(?<m2>${NAME})\b\.?\s+(?<d4>\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,]\d|:)(?:(?:,\s*|\s+)(?<y4>\d{4})\b)?`,
    String.raw`\b(?<m3>${NAME})\b\.?(?:\s+|,\s*|\s+of\s+|\s+de\s+|\s+del\s+)(?<y5>\d{4})\b`,
    String.raw`(?<![\d.,/-])(?<d5>\d{1,2})[./-](?<n3>\d{1,2})[./-](?<y6>\d{4})(?![\d-])`,
    String.raw`\b(?<feast>new year['’]s eve|new year['’]s day|christmas eve|christmas day|silvester|neujahr|heiligabend|nochevieja|nochebuena)\b(?:(?:\s+of|\s+de|,)?\s+(?<y7>\d{4})\b)?`,
    String.raw`(?<![\d.])(?<century>\d{1,2})(?:st|nd|rd|th|\.)[\s-]+(?:century|jahrhunderts?|jh)\b`,
    String.raw`\b(?<nth>(?:[a-zß-ɏ]+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|twentieth)|(?:drei|vier|fünf|sech|sieb|acht|neun)zehnten?|zwanzigsten?)[\s-]+(?:century|jahrhunderts?)\b`,
    String.raw`\b(?:siglo\s+(?<roman>[IVX]+)|(?<roman>[IVX]+)e\s+siècle|(?<roman>[IVX]+)\s+century)\b`,
    String.raw`(?<![\d.,/]|(?<!\bmid)-)(?<decade>${ROUND_YEAR})(?:['’]?s\b|er\b)`,
    String.raw`(?<=\b(?:años|década de(?: los)?|années)\s)(?:(?<decade>${ROUND_YEAR})|(?<tens>[2-9]0)|(?<ties>veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa))\b`,
    String.raw`(?<=\bthe\s(?:early\s|late\s|mid[\s-])?['’]?)(?:(?<tens>[2-9]0)s|(?<ties>(?:twen|thir|for|fif|six|seven|eigh|nine)ties))\b`,
    String.raw`(?:(?<tens>[2-9]0)er|(?<ties>(?:zwan|drei|vier|fünf|sech|sieb|acht|neun)[zß]iger))(?:[ns]\b|[\s-]jahren?\b)`,
    // A bare year: not part of a longer figure, not followed by a unit sign, not a count of things ("1500 people" reads
    // as a year here and as a figure in figures.ts; the check accepts either).
    String.raw`(?<![\d.,:/$€£¥#]|(?<!\d{3})\d?[-–−+]|[$€£]\s|\bno\.\s?|\bnr\.\s?)(?:FY\s?)?(?<y8>${YEAR})(?![\d%‰€°]|:\d|[.,]\d|\s?(?:km|kg|m|mm|cm|mi|t|ms|mb|gb|euros?|dollars?|pesos|prozent|percent|per cent|million|billion|millionen|people|men|women|members|students|copies|tonnes|tons|miles|feet|ft|metres|meters)\b)`,
    String.raw`(?:(?<=\b(?:in|by|since|until|late|early|mid|mid-|of|from|to|im|seit|bis|ende|anfang|en|desde|hasta|every|each)\s)(?<m4>${FULL_NAME})|(?<m5>(?!may|march|mars|mai)${FULL_NAME}))\b`,
  ].join("|"),
  // Without the u flag, which makes building it at its first use ten times as long.
  "iy",
);
