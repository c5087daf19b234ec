import type { Contradiction, Source } from "../types.ts";
import { type Sentence, STOP_WORDS, termsOf } from "../words.ts";
import { type CalendarDate, datesAgree, datesOf } from "./checking/reading/dates.ts";
import type { IndexOf, TextIndex } from "./passages.ts";

/** A sentence with its figures and dates. */
interface Claim {
  number: number;
  dates: Value[];
  figures: Value[];
  /** Terms of the question in the page's title: two pages on other subjects do not contradict each other. */
  subject: Set<string>;
  /** The name in a title such as "name: what it is"; null when the title has none. */
  thing: string | null;
  terms: Set<string>;
  passage: string;
}

interface Value {
  /** As it is written, with its unit. */
  text: string;
  /** What is equal for equal values: of a figure its digits, of a date nothing. */
  plain: string;
  unit: string;
  date: CalendarDate | null;
}

/**
 * Figures and years that differ between sources although the sentences around them speak of the same thing. Careful
 * rather than complete: a pair counts only when the sentences share most of their terms and the same unit.
 */
export function findContradictions(
  sources: readonly Source[],
  questions: readonly string[],
  indexOf: IndexOf,
): Contradiction[] {
  const wanted = new Set(questions.flatMap(termsOf));
  const claims = sources.flatMap((source) => claimsOf(source, indexOf(source.page), wanted));
  const found: Contradiction[] = [];
  const told = new Set<Claim>();
  for (const [index, claim] of claims.entries()) {
    if (found.length >= MAX_CONTRADICTIONS) break;
    if (told.has(claim)) continue;
    const others = claims.slice(index + 1).filter((other) => !told.has(other));
    const sides = others.flatMap((other) => {
      const values = difference(claim, other);
      return values !== null && isSameMatter(claim, other) ? [{ other, values }] : [];
    });
    const [first] = sides;
    if (first === undefined) continue;
    found.push({
      about: aboutOf(claim, first.other),
      claims: onePerSource([
        { number: claim.number, value: first.values[0], passage: claim.passage },
        ...sides.map(({ other, values }) => ({ number: other.number, value: values[1], passage: other.passage })),
      ]),
    });
    for (const other of others) if (isSameMatter(claim, other)) told.add(other);
  }
  return found;
}

function onePerSource<Side extends { number: number }>(sides: readonly Side[]): Side[] {
  return Array.from(new Map(sides.toReversed().map((side) => [side.number, side])).values()).reverse();
}

const MAX_CONTRADICTIONS = 5;
const MIN_SHARED_TERMS = 4;
const MIN_SHARED_SHARE = 0.7;
const MAX_CLAIMS_PER_SOURCE = 40;

function claimsOf({ number, page }: Source, { sentences }: TextIndex, wanted: Set<string>): Claim[] {
  const claims: Claim[] = [];
  const subject = new Set(termsOf(page.title)).intersection(wanted);
  const thing = /^([@\w./-]+): /.exec(page.title)?.[1] ?? null;
  for (const sentence of sentences) {
    if (claims.length >= MAX_CLAIMS_PER_SOURCE) break;
    if (sentence.terms.size < MIN_SHARED_TERMS || sentence.terms.intersection(wanted).size < 2) continue;
    if (!/\d/.test(sentence.text)) continue;
    const terms = new Set(Array.from(sentence.terms).filter((term) => !/\d/.test(term)));
    if (terms.size < MIN_SHARED_TERMS) continue;
    claims.push({ number, ...valuesOf(sentence), subject, thing, terms, passage: sentence.text });
  }
  return claims;
}

function valuesOf({ text }: Sentence): Pick<Claim, "dates" | "figures"> {
  const dates = datesOf(text).filter(({ isDerived }) => !isDerived);
  const figures = Array.from(text.matchAll(FIGURE)).filter(
    ({ index }) => !dates.some(({ start, end }) => start <= index && index < end),
  );
  return {
    dates: dates.map((date) => ({ text: text.slice(date.start, date.end), plain: "", unit: "", date })),
    figures: figures.map(([found, value = "", unit = ""]) => ({
      text: STOP_WORDS.has(unit.toLowerCase()) ? value : found,
      plain: plainNumber(value),
      unit: unit.toLowerCase(),
      date: null,
    })),
  };
}

const FIGURE = /(?<![\w.,])(\d+(?:[.,]\d+)*)(?:\s?(%|[a-z°]+\b))?/giu;

/** The two values that differ; null when nothing does, or so much that the sentences tell of different things. */
function difference(a: Claim, b: Claim): [string, string] | null {
  if (a.number === b.number) return null;
  const figures = a.figures.flatMap((one) => {
    const [other, ...more] = b.figures.filter(({ unit }) => unit === one.unit);
    // Several figures of one unit cannot be told apart by their surroundings.
    const isUnique = more.length === 0 && a.figures.filter(({ unit }) => unit === one.unit).length === 1;
    return other !== undefined && isUnique && other.plain !== one.plain ? [[one, other] as const] : [];
  });
  const [date] = a.dates;
  const [otherDate] = b.dates;
  const isOtherTime =
    date !== undefined &&
    otherDate !== undefined &&
    !a.dates.some((one) => b.dates.some((other) => isSameDate(one, other)));
  const [clash] = isOtherTime ? [[date, otherDate] as const] : figures;
  const isOneThing = isOtherTime ? figures.length === 0 && a.dates.length + b.dates.length === 2 : figures.length === 1;
  return clash !== undefined && isOneThing ? [clash[0].text, clash[1].text] : null;
}

function isSameDate({ date: a }: Value, { date: b }: Value): boolean {
  return a !== null && b !== null && datesAgree(a, b);
}

function isSameMatter(a: Claim, b: Claim): boolean {
  if (a.subject.isDisjointFrom(b.subject)) return false;
  // Two packages may each have a figure of their own.
  if (a.thing !== null && b.thing !== null && a.thing !== b.thing) return false;
  const shared = a.terms.intersection(b.terms).size;
  return shared >= MIN_SHARED_TERMS && shared / Math.min(a.terms.size, b.terms.size) >= MIN_SHARED_SHARE;
}

function plainNumber(value: string): string {
  return value.replace(/[.,](?=\d{3}\b)/g, "").replace(",", ".");
}

function aboutOf(a: Claim, b: Claim): string {
  const shared = a.terms.intersection(b.terms);
  const words = a.passage.split(/\s+/).filter((word) => termsOf(word).some((term) => shared.has(term)));
  return words
    .slice(0, 8)
    .join(" ")
    .replace(/[.,;:]+$/, "");
}
