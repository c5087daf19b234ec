import type { Passage, Source, Verdict } from "../../types.ts";
import { stem, wordsOf } from "../../words.ts";
import { conclude, type Judgement, judge, judgeExactly } from "./agreement.ts";
import type { Mark } from "./answer/marks.ts";
import type { RawStatement } from "./answer/statements.ts";
import { createCoreSearch } from "./evidence/core-search.ts";
import { type Evidence, evidenceAt, findEvidence, findSame, findVerbatim, type Place } from "./evidence/evidence.ts";
import type { Finding } from "./evidence/finding.ts";
import { quotedUnits } from "./evidence/quoted-places.ts";
import { indexOf, type PageIndex } from "./page/page-index.ts";
import { isFunctionWord } from "./reading/function-words.ts";
import { holdsQuote, normalizeForQuotes } from "./reading/quotable.ts";
import { type Reading, readText } from "./reading/reading.ts";
import { checkQuotes } from "./rules/check-quotes.ts";

export interface SourceJudgement {
  number: number;
  /** Null when nothing in the page bears on the statement. */
  passage: Passage | null;
  verdict: Verdict;
  reason: string;
  /** Nobody who reads may see it otherwise: it stands there word for word, was worked out of a table, or is misquoted. */
  isSettled: boolean;
}

export interface StatementJudgement {
  verdict: Verdict;
  reason: string;
  isSettled: boolean;
  bySource: SourceJudgement[];
}

/** Checks statements against sources; each page is prepared once, when a statement first names it. */
export interface Checker {
  check(statement: RawStatement): StatementJudgement;
  /**
   * Do the passages that somebody names bear on the statement, and does what can be compared exactly (quoted words,
   * figures, dates, names) hold there, by themselves and together with what code finds? The wording is not compared.
   */
  holdsAt(text: string, named: readonly NamedPassage[]): boolean;
  /** Have the passages a word of the statement, and together with the sentences beside them more than one? */
  bears(text: string, named: readonly NamedPassage[]): boolean;
  /** Has the part of a statement a word that stands nowhere near the passages, in no form that code knows? */
  lacks(part: string, passages: readonly NamedPassage[]): boolean;
}

export interface NamedPassage extends Pick<Passage, "start" | "end"> {
  number: number;
}

/** @param language of the statements; null when they are too short to tell, then each is read in its page's */
export function createChecker(sources: readonly Source[], language: string | null): Checker {
  const pages = new Map(sources.map((source) => [source.number, source]));
  const prepared = new Map<number, PreparedPage>();
  const prepare = (number: number): PreparedPage[] => {
    const known = prepared.get(number);
    if (known !== undefined) return [known];
    const source = pages.get(number);
    if (source === undefined) return [];
    const page = prepareText(source);
    prepared.set(number, page);
    return [page];
  };
  return {
    check: (statement) => checkStatement(statement, prepare, language),
    holdsAt: (text, named) => holdsAt(readAt(text, named, prepare, language)),
    bears: (text, named) => bears(readAt(text, named, prepare, language)),
    lacks: (part, passages) => sharedWords(readAt(part, passages, prepare, language)).includes(false),
  };
}

interface PreparedPage {
  number: number;
  index: PageIndex;
  /** The page's text without what does not count when quotations are compared. */
  normalized: string;
}

function prepareText(source: Source): PreparedPage {
  let normalized: string | null = null;
  return {
    number: source.number,
    index: indexOf(source.page),
    // Only some statements quote.
    get normalized() {
      normalized ??= normalizeForQuotes(source.page.text);
      return normalized;
    },
  };
}

type Prepare = (number: number) => PreparedPage[];

const RANK: Readonly<Record<Verdict, number>> = { unsupported: 0, weak: 1, supported: 2 };

function checkStatement(statement: RawStatement, prepare: Prepare, language: string | null): StatementJudgement {
  const references = statement.marks.flatMap(({ references: named }) => named);
  const pages = Array.from(new Set(references.map(({ number }) => number))).flatMap(prepare);
  if (pages.length === 0) {
    const numbers = references.map(({ number }) => number).join(", ");
    return {
      verdict: "unsupported",
      reason: `It names ${numbers}, which was not opened.`,
      isSettled: true,
      bySource: [],
    };
  }
  const compared = pages.map((page) => compare(statement, [page], language));
  const bySource = pages.map((page, index) => judgeMarks(statement, page, compared[index] as Comparison));
  const best = bySource.reduce((a, b) => (RANK[b.verdict] > RANK[a.verdict] ? b : a));
  const isMisquoted = bySource.some(({ verdict, isSettled }) => verdict !== "supported" && isSettled);
  const isOpen = best.verdict !== "supported" && !(isMisquoted && pages.length === 1);
  // What one page says to the whole statement is known.
  const whole = (): Comparison => (compared.length === 1 && compared[0]) || compare(statement, pages, language);
  const joint = isOpen ? checkJointly(statement, whole(), prepare, language) : null;
  const chosen = joint !== null && RANK[joint.verdict] > RANK[best.verdict] ? joint : best;
  if (chosen === joint)
    for (const judgement of bySource) if (judgement.passage !== null) judgement.verdict = chosen.verdict;
  const isSettled = chosen.isSettled || (chosen.verdict !== "supported" && isMisquoted);
  return { verdict: chosen.verdict, reason: chosen.reason, isSettled, bySource };
}

/** What the page says to the statement, and whether it has the words that the marks quote. */
function judgeMarks(
  { marks }: RawStatement,
  page: PreparedPage,
  { tables: _, ...judgement }: Comparison,
): SourceJudgement {
  const { number } = page;
  const falseQuote = quotesFor(number, marks).find((quote) => !holdsQuote(page.normalized, quote));
  if (falseQuote === undefined) return { number, ...judgement };
  if (judgement.verdict === "unsupported") return { number, ...judgement, isSettled: true };
  // The statement may be true, but the words that its mark quotes are not there: never better than weak.
  const reason = `The mark quotes "${falseQuote}", which does not stand in the page. ${judgement.reason}`.trim();
  return { number, passage: judgement.passage, verdict: "weak", reason, isSettled: true };
}

function quotesFor(number: number, marks: readonly Mark[]): string[] {
  return marks.flatMap(({ references }) =>
    references.flatMap((reference) => (reference.number === number ? (reference.quote ?? []) : [])),
  );
}

/** Where the marks themselves say that the statement is carried. */
function namedPlaces(marks: readonly Mark[], pages: readonly PreparedPage[]): Pick<Place, "page" | "unit">[] {
  return pages.flatMap(({ number, index }) =>
    quotedUnits(quotesFor(number, marks), index).map((unit) => ({ page: index, unit })),
  );
}

type Comparison = Omit<SourceJudgement, "number"> & Pick<Judgement, "tables">;

function compare(
  { text, marks }: Pick<RawStatement, "text" | "marks">,
  pages: readonly PreparedPage[],
  language: string | null,
): Comparison {
  const indices = pages.map(({ index }) => index);
  const quotes = checkQuotes(text, pages);
  const same = findSame(text, indices);
  if (same !== null) return quoted(same, quotes);
  const reading = readStatement(text, indices, language);
  const search = createCoreSearch(reading, indices);
  const verbatim = findVerbatim(reading, search);
  if (verbatim !== null) return quoted(verbatim, quotes);
  const evidence = findEvidence(reading, search, namedPlaces(marks, pages));
  const { verdict, reason, tables } = judge(reading, evidence, quotes);
  const isSettled = tables?.isConfirmed === true;
  return { verdict, reason, passage: passageOf(evidence?.places ?? []), isSettled, tables };
}

function readStatement(text: string, pages: readonly PageIndex[], language: string | null): Reading {
  const own = language ?? languageBy(text, pages[0]);
  const isForeign = pages.every((page) => page.language !== own);
  return readText(text, own, pages[0]?.names ?? null, { isForeign });
}

/** The page says it in these words: only other words in quotation marks can be wrong. */
function quoted(found: Pick<Place, "page" | "unit">, quotes: readonly Finding[]): Comparison {
  const { verdict, reason } = conclude(quotes);
  return { verdict, reason, passage: passageOf([{ ...found, isCore: true }]), isSettled: true, tables: null };
}

/** A statement read beside passages that somebody names. */
interface NamedReading {
  text: string;
  reading: Reading;
  pages: PreparedPage[];
  /** The passages alone; null when there are none. */
  evidence: Evidence | null;
  /** The passages, and what code finds. */
  together: Evidence | null;
}

function readAt(text: string, named: readonly NamedPassage[], prepare: Prepare, language: string | null): NamedReading {
  const pages = Array.from(new Set(named.map(({ number }) => number))).flatMap(prepare);
  const indices = pages.map(({ index }) => index);
  const reading = readStatement(text, indices, language);
  const search = createCoreSearch(reading, indices);
  const places = placesIn(named, prepare);
  const evidence = evidenceAt(reading, search, places);
  return { text, reading, pages, evidence, together: findEvidence(reading, search, places) };
}

function holdsAt(read: NamedReading): boolean {
  const { text, reading, pages, evidence, together } = read;
  const quotes = checkQuotes(text, pages);
  return (
    bears(read) &&
    [evidence, together].every((one) => one !== null && judgeExactly(reading, one, quotes).verdict === "supported")
  );
}

function bears(read: NamedReading): boolean {
  const shared = sharedWords(read);
  const isTouched = read.evidence?.matches.some((matches) => matches.some(({ place }) => place.isCore)) === true;
  return isTouched && shared.filter(Boolean).length >= Math.min(MIN_SHARED_WORDS, shared.length);
}

const MIN_SHARED_WORDS = 2;

/** For each word with a meaning of its own: do the passages have it in a form that code knows? */
function sharedWords({ reading, evidence }: NamedReading): boolean[] {
  return reading.tokens.flatMap(({ isContent }, index) =>
    isContent ? [evidence?.inContext[index] === true || (evidence?.matches[index] ?? []).length > 0] : [],
  );
}

/** The sentences, headings and rows that the passages touch. */
function placesIn(passages: readonly NamedPassage[], prepare: Prepare): Pick<Place, "page" | "unit">[] {
  return passages.flatMap(({ number, start, end }) =>
    prepare(number).flatMap(({ index: page }) =>
      page.units.filter((unit) => unit.start < end && unit.end > start).map((unit) => ({ page, unit })),
    ),
  );
}

/** A statement too short to tell is in the page's language when the page has some of its words. */
function languageBy(text: string, page: PageIndex | undefined): string {
  if (page === undefined || page.language === "en") return "en";
  const all = wordsOf(text);
  const small = (language: string): number => all.filter((word) => isFunctionWord(word, language)).length;
  if (small(page.language) !== small("en")) return small(page.language) > small("en") ? page.language : "en";
  const words = all.filter((word) => /\p{L}{4}/u.test(word) && !page.names.has(word));
  const known = words.filter((word) => page.unitsWith(stem(word), []).list.length > 0);
  return known.length * 3 >= words.length ? page.language : "en";
}

/**
 * Several sources may carry a statement together: each its own part of the sentence (where the marks stand in
 * different places), or all of them the whole. So may several places of one page.
 *
 * @param together what all of them say to the whole
 */
function checkJointly(
  statement: RawStatement,
  together: Comparison,
  prepare: Prepare,
  language: string | null,
): Comparison {
  const parts = partsOf(statement);
  if (together.verdict === "supported" || parts.length < 2) return together;
  // What a table says of the whole sentence is not to be lost by reading it in parts.
  if (together.tables !== null && together.tables.findings.length > 0) return together;
  const judged = parts.flatMap(({ start, end, marks }): Comparison[] => {
    if (together.tables?.confirms(start, end) === true) return [];
    const text = statement.text.slice(start, end).replace(/^[\s,;.]+/, "");
    const named = marks.flatMap(({ references }) => references.flatMap(({ number }) => prepare(number)));
    return [named.length === 0 ? together : compare({ text, marks }, [...new Set(named)], language)];
  });
  const worst = judged.reduce((a, b) => (RANK[b.verdict] < RANK[a.verdict] ? b : a), judged[0] ?? SUPPORTED);
  if (RANK[worst.verdict] <= RANK[together.verdict]) return together;
  return { ...worst, passage: together.passage, isSettled: judged.every(({ isSettled }) => isSettled) };
}

const SUPPORTED: Comparison = { verdict: "supported", reason: "", passage: null, isSettled: true, tables: null };

interface StatementPart {
  start: number;
  end: number;
  marks: Mark[];
}

/** A sentence by its marks, each of which ends a part: "A is 5 [1], whereas B is 6 [2]." */
function partsOf({ kind, isCovered, text, pieces, marks }: RawStatement): StatementPart[] {
  if (kind === "cell" || isCovered || pieces.length !== marks.length) return [];
  const parts: StatementPart[] = [];
  for (const [index, mark] of marks.entries()) {
    const piece = pieces[index] ?? "";
    const from = parts.at(-1)?.end ?? 0;
    const at = text.indexOf(piece, from);
    if (at === -1) return [];
    const last = parts.at(-1);
    if (last !== undefined && piece.length < MIN_PART_CHARS) {
      last.marks.push(mark);
      last.end = at + piece.length;
    } else parts.push({ start: from, end: at + piece.length, marks: [mark] });
  }
  const last = parts.at(-1);
  if (last !== undefined) last.end = text.length;
  return parts;
}

const MIN_PART_CHARS = 12;

/** The sentences that bear most on the statement: neighbouring ones as one passage, else the best one. */
function passageOf(places: readonly Pick<Place, "page" | "unit" | "isCore">[]): Passage | null {
  const [best] = places;
  if (best === undefined) return null;
  const near = places.filter(
    ({ isCore, page, unit }) =>
      isCore && page === best.page && Math.abs(unit.index - best.unit.index) <= MAX_PASSAGE_UNITS,
  );
  const start = Math.min(...near.map(({ unit }) => unit.start));
  const end = Math.max(...near.map(({ unit }) => unit.end));
  const { text } = best.page;
  if (end - start > MAX_PASSAGE_CHARS)
    return { start: best.unit.start, end: best.unit.end, text: text.slice(best.unit.start, best.unit.end) };
  return { start, end, text: text.slice(start, end) };
}

const MAX_PASSAGE_UNITS = 3;
const MAX_PASSAGE_CHARS = 700;
