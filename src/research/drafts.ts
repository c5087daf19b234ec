import type { Source, Verdict } from "../types.ts";
import { type CheckedStatement, checkAnswer } from "./citations.ts";
import { hasPlaces, likelyPlaces, type Place, placesOf } from "./places.ts";

/** An answer with its check: as the model wrote it, and as it is delivered. */
export interface Draft {
  /** Markdown with the run's marks. */
  text: string;
  statements: CheckedStatement[];
  /** The same with marks that name places instead of whole pages, where pages have places. */
  delivery: { text: string; statements: CheckedStatement[]; sources: Source[] };
}

export const EMPTY_DRAFT: Draft = { text: "", statements: [], delivery: { text: "", statements: [], sources: [] } };

/**
 * Checks an answer. Where a page is made of places with addresses of their own (the messages of a conversation), a statement
 * holds only when a single one of them says it, and that one is what it cites.
 */
export function checkDraft(text: string, sources: Source[]): Draft {
  const statements = checkAnswer(text, sources);
  if (!sources.some(({ page }) => hasPlaces(page)))
    return { text, statements, delivery: { text, statements, sources } };
  const placed = placeMarks(text, statements, sources);
  const delivery = { ...placed, statements: checkAnswer(placed.text, placed.sources) };
  return { text, statements: withVerdictsOf(delivery.statements, statements), delivery };
}

function placeMarks(
  text: string,
  statements: readonly CheckedStatement[],
  sources: readonly Source[],
): { text: string; sources: Source[] } {
  const places = new Map(sources.map((source) => [source.number, placesOf(source)]));
  const cited = new Set<Source>(sources.filter(({ page }) => !hasPlaces(page)));
  const marks = new Map<number, { start: number; end: number; text: string }>();
  for (const statement of statements) {
    for (const { start, end } of statement.marks) if (!marks.has(start)) marks.set(start, { start, end, text: "" });
    const named = statement.numbers.map((number) => placeFor(number, statement, text, places.get(number) ?? []));
    for (const { source } of named) if (source !== null) cited.add(source);
    const words = named.map(({ number }) => `【${number}】`).join("");
    const last = statement.marks.at(-1);
    // What stands before a mark that belongs to a later sentence gets one of its own.
    if (!statement.isCovered && last !== undefined) marks.set(last.start, { ...last, text: words });
    else if (statement.isFactual && words !== "") marks.set(statement.end, markAt(statement.end, ` ${words}`));
  }
  return { text: withEdits(text, Array.from(marks.values())), sources: Array.from(cited) };
}

function markAt(position: number, text: string): { start: number; end: number; text: string } {
  return { start: position, end: position, text };
}

function placeFor(
  number: number,
  statement: CheckedStatement,
  text: string,
  places: readonly Place[],
): { number: number; source: Source | null } {
  const passage = statement.evidence.find((evidence) => evidence.number === number)?.passage ?? null;
  const quotes = statement.marks.flatMap(({ start, end }) => quotesIn(text.slice(start, end)));
  const likely = likelyPlaces(places, statement.statement, { passage, quotes });
  const judged = likely.map((place) => ({ place, verdict: verdictOn(statement.statement, place) }));
  const best = VERDICTS.map((verdict) => judged.find((each) => each.verdict === verdict)).find((each) => each);
  const source = best?.place.source ?? places[0]?.source ?? null;
  return { number: source?.number ?? number, source };
}

/** Best first. */
const VERDICTS: readonly Verdict[] = ["supported", "weak", "unsupported"];

function verdictOn(statement: string, { source }: Place): Verdict {
  return checkAnswer(`${statement} 【${source.number}】`, [source])[0]?.verdict ?? "unsupported";
}

function quotesIn(mark: string): string[] {
  return Array.from(mark.matchAll(/†([^†】\]]{8,})/g), ([, quote]) => (quote ?? "").trim());
}

function withEdits(text: string, edits: { start: number; end: number; text: string }[]): string {
  let edited = "";
  let position = 0;
  for (const { start, end, text: words } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    edited += text.slice(position, start) + words;
    position = end;
  }
  return edited + text.slice(position);
}

/** The model is told of its own statements and numbers, but by what the single message says. */
function withVerdictsOf(placed: readonly CheckedStatement[], own: readonly CheckedStatement[]): CheckedStatement[] {
  if (placed.length !== own.length) return [...own];
  return own.map((statement, index) => {
    const { verdict, reason } = placed[index] as CheckedStatement;
    if (VERDICTS.indexOf(verdict) <= VERDICTS.indexOf(statement.verdict)) return statement;
    return { ...statement, verdict, reason: `No single message says all of this. ${reason}` };
  });
}
