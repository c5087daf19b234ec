import type { Source, Verdict } from "../types.ts";
import { type CheckedStatement, checkAnswer } from "./citations.ts";
import { contextsOf, hasPlaces, likelyPlaces, namesSpeaker, type Place, placesOf, strangerIn } from "./places.ts";

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
 * holds only when one of them says it, alone or together with what it answers; these are what it cites.
 */
export function checkDraft(text: string, sources: Source[]): Draft {
  const statements = checkAnswer(text, sources);
  if (!sources.some(({ page }) => hasPlaces(page)))
    return { text, statements, delivery: { text, statements, sources } };
  const placed = placeMarks(text, statements, sources);
  const checked = checkAnswer(placed.text, placed.sources);
  const authors = new Set(sources.flatMap(placesOf).map(({ author }) => author));
  const delivery = { ...placed, statements: checked.map((each) => withRightNames(each, placed.sources, authors)) };
  return { text, statements: withVerdictsOf(delivery.statements, statements), delivery };
}

/** A first name at the start of a sentence looks like any word: the check of names does not know who is in the talk. */
function withRightNames(
  statement: CheckedStatement,
  sources: readonly Source[],
  authors: ReadonlySet<string>,
): CheckedStatement {
  const cited = sources.filter(({ number }) => statement.numbers.includes(number)).map(({ page }) => page.text);
  const stranger = cited.length === 0 ? null : strangerIn(statement.statement, authors, cited);
  if (stranger === null) return statement;
  return { ...statement, verdict: "unsupported", reason: `It is not said of or by ${stranger}.`, isSettled: true };
}

/** The draft with the statements of its delivery judged anew, and so its own: they are what is to be revised. */
export function withVerdictsAtDelivery(draft: Draft, judged: CheckedStatement[]): Draft {
  const { delivery, statements } = draft;
  const own =
    statements.length !== judged.length
      ? statements
      : statements.map((statement, index) => {
          const [before, after] = [delivery.statements[index], judged[index]];
          if (after === undefined || before === after) return statement;
          const { verdict, reason, isSecondOpinion = false } = after;
          return { ...statement, verdict, reason, ...(isSecondOpinion ? { isSecondOpinion } : {}) };
        });
  return { ...draft, statements: own, delivery: { ...delivery, statements: judged } };
}

function placeMarks(
  text: string,
  statements: readonly CheckedStatement[],
  sources: readonly Source[],
): { text: string; sources: Source[] } {
  const places = new Map(sources.map((source) => [source.number, placesOf(source)]));
  const cited = createCited(sources.filter(({ page }) => !hasPlaces(page)));
  const marks = new Map<number, { start: number; end: number; text: string }>();
  for (const statement of statements) {
    for (const { start, end } of statement.marks) if (!marks.has(start)) marks.set(start, { start, end, text: "" });
    const numbers = statement.numbers.flatMap((number) => {
      const found = restOn(number, statement, text, places.get(number) ?? []);
      return found.length === 0 ? [number] : cited.add(found);
    });
    const words = numbers.map((number) => `【${number}】`).join("");
    const last = statement.marks.at(-1);
    // What stands before a mark that belongs to a later sentence gets one of its own.
    if (!statement.isCovered && last !== undefined) marks.set(last.start, { ...last, text: words });
    else if (statement.isFactual && words !== "") marks.set(statement.end, markAt(statement.end, ` ${words}`));
  }
  return { text: withEdits(text, Array.from(marks.values())), sources: cited.sources() };
}

/** The places that are cited, each as one source; what it was read together with belongs to its text. */
function createCited(others: readonly Source[]) {
  const texts = new Map<number, { place: Place; together: Set<Place> }>();
  return {
    add: (group: readonly Place[]): number[] => {
      for (const place of group) {
        const known = texts.get(place.source.number) ?? { place, together: new Set([place]) };
        for (const other of group) known.together.add(other);
        texts.set(place.source.number, known);
      }
      return group.map(({ source }) => source.number);
    },
    sources: (): Source[] => [
      ...others,
      ...Array.from(texts.values(), ({ place, together }) => readTogether(place, Array.from(together))),
    ],
  };
}

/** A place with the text of the places around it, in their order. */
function readTogether({ source }: Place, group: readonly Place[]): Source {
  const ordered = group.toSorted((a, b) => a.start - b.start);
  const text = ordered.map((place) => place.source.page.text).join("\n\n");
  return { ...source, page: { ...source.page, text, parts: [{ start: 0, end: text.length, heading: null }] } };
}

function markAt(position: number, text: string): { start: number; end: number; text: string } {
  return { start: position, end: position, text };
}

/** The place that says it first, then what it was read together with; none when the page has no places. */
function restOn(number: number, statement: CheckedStatement, text: string, places: readonly Place[]): Place[] {
  const passage = statement.evidence.find((evidence) => evidence.number === number)?.passage ?? null;
  const quotes = statement.marks.flatMap(({ start, end }) => quotesIn(text.slice(start, end)));
  const words = statement.statement;
  const likely = likelyPlaces(places, words, { passage, quotes });
  const alone = likely.map((place) => ({ group: [place], verdict: verdictOn(words, [place]) }));
  const supported = alone.find(({ verdict }) => verdict === "supported");
  if (supported !== undefined) return supported.group;
  for (const place of likely)
    for (const context of contextsOf(place, places))
      if (namesSpeaker(words, place, context) && verdictOn(words, [place, ...context]) === "supported")
        return [place, ...context];
  return (alone.find(({ verdict }) => verdict === "weak") ?? alone[0])?.group ?? places.slice(0, 1);
}

/** Best first. */
const VERDICTS: readonly Verdict[] = ["supported", "weak", "unsupported"];

function verdictOn(statement: string, group: readonly [Place, ...Place[]]): Verdict {
  const source = readTogether(group[0], group);
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

/** The model is told of its own statements and numbers, but by what the messages say. */
function withVerdictsOf(placed: readonly CheckedStatement[], own: readonly CheckedStatement[]): CheckedStatement[] {
  if (placed.length !== own.length) return [...own];
  return own.map((statement, index) => {
    const { verdict, reason } = placed[index] as CheckedStatement;
    if (VERDICTS.indexOf(verdict) <= VERDICTS.indexOf(statement.verdict)) return statement;
    return { ...statement, verdict, reason: `No message says all of this, alone or with what it answers. ${reason}` };
  });
}
