import type { Contradiction, Source } from "../types.ts";
import { type Sentence, STOP_WORDS, termsOf } from "../words.ts";
import { type CalendarDate, datesAgree, datesOf } from "./checking/reading/dates.ts";
import { type Figure, figuresAgree } from "./checking/reading/figures.ts";
import { languageOf } from "./checking/reading/language.ts";
import { figuresOf } from "./checking/reading/read-figures.ts";
import type { IndexOf, TextIndex } from "./passages.ts";

/** A sentence with its figures and dates. */
interface Claim {
  number: number;
  dates: Value[];
  figures: Value[];
  /** Terms of the question in the page's title: two pages on other subjects do not contradict each other. */
  subject: Set<string>;
  title: Set<string>;
  /** The name in a title such as "name: what it is"; null when the title has none. */
  thing: string | null;
  /** Of the sentence, without those with figures in them. */
  terms: Set<string>;
  /** With them. */
  all: Set<string>;
  passage: string;
}

interface Value {
  /** As it is written, with its unit. */
  text: string;
  /** What it measures or counts: only values of one kind can differ. */
  kind: string;
  /** The word before it, and up to three after it. */
  before: string;
  after: string[];
  figure: Figure | null;
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
  const title = new Set(termsOf(page.title));
  const subject = title.intersection(wanted);
  const language = languageOf(page.text);
  const thing = /^([@\w./-]+): /.exec(page.title)?.[1] ?? null;
  for (const sentence of sentences) {
    if (claims.length >= MAX_CLAIMS_PER_SOURCE) break;
    if (sentence.terms.size < MIN_SHARED_TERMS || sentence.terms.intersection(wanted).size < 2) continue;
    const terms = new Set(Array.from(sentence.terms).filter((term) => !/\d/.test(term)));
    if (terms.size < MIN_SHARED_TERMS) continue;
    const { dates, figures } = valuesOf(sentence, language);
    if (dates.length + figures.length === 0) continue;
    claims.push({ number, dates, figures, subject, title, thing, terms, all: sentence.terms, passage: sentence.text });
  }
  return claims;
}

function valuesOf({ text }: Sentence, language: string): Pick<Claim, "dates" | "figures"> {
  const dates = datesOf(text).filter(({ isDerived }) => !isDerived);
  const figures = figuresOf(text, language, dates).filter((figure) => !figure.isOrdinal);
  return {
    dates: dates.map((date) => ({ ...around(text, date), kind: "date", figure: null, date })),
    figures: figures.map((figure) => {
      const place = around(text, figure);
      return { ...place, kind: figure.unit?.dimension ?? place.after[0] ?? "", figure, date: null };
    }),
  };
}

function around(text: string, { start, end }: { start: number; end: number }) {
  const sign = /[$€£¥₹₩]\s?$/.exec(text.slice(0, start))?.[0] ?? "";
  const before = /[^\s,;:()]*$/.exec(text.slice(0, start - sign.length).trimEnd())?.[0] ?? "";
  const after = /^(?:\s[\p{L}\p{M}’'-]+){0,3}/u.exec(text.slice(end))?.[0] ?? "";
  return {
    text: text.slice(start - sign.length, end),
    before,
    after: after.toLowerCase().trim().split(" "),
  };
}

/** The two values that differ; null when nothing does, or so much that the sentences tell of different things. */
function difference(a: Claim, b: Claim): [string, string] | null {
  if (a.number === b.number) return null;
  const figures = a.figures.flatMap((one) => {
    const [other, ...more] = b.figures.filter(({ kind }) => kind === one.kind);
    // Several figures of one kind cannot be told apart by their surroundings.
    const isUnique = more.length === 0 && a.figures.filter(({ kind }) => kind === one.kind).length === 1;
    return other !== undefined && isUnique && !isSameFigure(one, other) ? [[one, other] as const] : [];
  });
  const [date] = a.dates;
  const [otherDate] = b.dates;
  const isOtherTime =
    date !== undefined &&
    otherDate !== undefined &&
    !a.dates.some((one) => b.dates.some((other) => isSameDate(one, other)));
  const [clash] = isOtherTime ? [[date, otherDate] as const] : figures;
  const isOneThing = isOtherTime ? figures.length === 0 && a.dates.length + b.dates.length === 2 : figures.length === 1;
  return clash !== undefined && isOneThing ? namesOf(...clash) : null;
}

/** The values as people would call them: with what both count ("14 electric buses"), or what stands before both ("version 18"). */
function namesOf(one: Value, other: Value): [string, string] {
  if (one.figure === null || one.figure.unit !== null) return [one.text, other.text];
  const parting = one.after.findIndex((word, index) => word !== other.after[index]);
  const shared = parting === -1 ? one.after : one.after.slice(0, parting);
  const counted = shared.slice(0, shared.findLastIndex((word) => !STOP_WORDS.has(word)) + 1).join(" ");
  const head = one.before === other.before && !STOP_WORDS.has(one.before.toLowerCase()) ? one.before : "";
  const name = ({ text }: Value): string => `${counted === "" ? head : ""} ${text} ${counted}`.trim();
  return [name(one), name(other)];
}

function isSameFigure({ figure: a }: Value, { figure: b }: Value): boolean {
  return a !== null && b !== null && (figuresAgree(a, b) || figuresAgree(b, a));
}

function isSameDate({ date: a }: Value, { date: b }: Value): boolean {
  return a !== null && b !== null && datesAgree(a, b);
}

function isSameMatter(a: Claim, b: Claim): boolean {
  if (a.subject.isDisjointFrom(b.subject)) return false;
  // Two packages may each have a figure of their own.
  if (a.thing !== null && b.thing !== null && a.thing !== b.thing) return false;
  if (hasOwnName(a, b) && hasOwnName(b, a)) return false;
  const shared = a.terms.intersection(b.terms).size;
  return shared >= MIN_SHARED_TERMS && shared / Math.min(a.terms.size, b.terms.size) >= MIN_SHARED_SHARE;
}

/**
 * Does the title name the page's subject by a word that the other page does not use here: "Carroll County, Ohio"? The
 * sentence or the question has to use it too; the name of a site is none.
 */
function hasOwnName(one: Claim, other: Claim): boolean {
  return Array.from(one.title).some(
    (term) => !other.title.has(term) && !other.all.has(term) && (one.all.has(term) || one.subject.has(term)),
  );
}

function aboutOf(a: Claim, b: Claim): string {
  const shared = a.terms.intersection(b.terms);
  const words = a.passage.split(/\s+/).filter((word) => termsOf(word).some((term) => shared.has(term)));
  return words
    .slice(0, 8)
    .join(" ")
    .replace(/[.,;:]+$/, "");
}
