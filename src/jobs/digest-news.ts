import type { Report, ToldPoint } from "../types.ts";
import { termsOf, wordsOf } from "../words.ts";

/**
 * A digest without the points that an earlier one told; what changed since comes first. The report keeps which points are
 * news; without any, its answer is empty.
 */
export function onlyNews(report: Report, told: readonly ToldPoint[]): Report {
  const [text = "", ...lookedUp] = report.answer.split(LOOKED_UP);
  const points = pointsOf(text).map((line) => ({ line, point: pointOf(line, report) }));
  const judged = points.map((each) => ({ ...each, novelty: noveltyOf(each.point, told) }));
  const news = [
    ...judged.filter(({ novelty }) => novelty === "changed"),
    ...judged.filter(({ novelty }) => novelty === "new"),
  ];
  // What was looked up on open questions belongs to the points above it.
  const answer = news.length === 0 ? "" : [news.map(({ line }) => line).join("\n"), ...lookedUp].join("\n\n");
  const cited = new Set(marksIn(answer));
  return {
    ...report,
    answer,
    news: news.map(({ point }) => point),
    // There is no end to what could be new.
    gaps: [],
    citations: report.citations.filter(({ number }) => cited.has(number)),
    sources: report.sources.filter(({ number }) => cited.has(number)),
  };
}

/** List items, and paragraphs where there is no list; each with its marks. */
function pointsOf(answer: string): string[] {
  const lines = answer.split("\n").filter((line) => marksIn(line).length > 0 && !HEADING.test(line));
  const items = lines.filter((line) => ITEM.test(line));
  return (items.length > 0 ? items : lines).map((line) => `- ${line.replace(ITEM, "").trim()}`);
}

function pointOf(line: string, { sources }: Report): ToldPoint {
  const numbers = new Set(marksIn(line));
  const urls = sources.filter(({ number }) => numbers.has(number)).map(({ url }) => url);
  return { statement: line.replace(ITEM, "").replace(MARK, "").replace(/\s+/g, " ").trim(), urls };
}

function noveltyOf({ statement }: ToldPoint, told: readonly ToldPoint[]): "new" | "changed" | "known" {
  const words = new Set(termsOf(statement));
  let novelty: "new" | "changed" = "new";
  for (const earlier of told) {
    const earlierWords = new Set(termsOf(earlier.statement));
    const likeness = likenessOf(wordsAlone(words), wordsAlone(earlierWords));
    const isSame = turnsOf(statement) === turnsOf(earlier.statement);
    if (isSame && likeness >= SAME) return "known";
    if (!isSame && likeness >= ABOUT_THE_SAME) novelty = "changed";
  }
  return novelty;
}

/** Share of the words of both that are in both, 0 to 1 (Jaccard). */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = one.intersection(other).size;
  return shared === 0 ? 0 : shared / one.union(other).size;
}

function wordsAlone(words: ReadonlySet<string>): Set<string> {
  return new Set(Array.from(words).filter((word) => !FIGURE.test(word)));
}

/** The words that make other news of the same sentence: figures, months, "not" and "no longer". */
function turnsOf(statement: string): string {
  const words = new Set(wordsOf(statement));
  return Array.from(words)
    .filter((word) => FIGURE.test(word) || TURNING.test(word))
    .sort()
    .join(" ");
}

function marksIn(line: string): number[] {
  return Array.from(line.matchAll(MARK), ([, number]) => Number(number));
}

const LOOKED_UP = /\n\n(?=\*\*Looked up: )/;
const MARK = /\[(\d{1,4})\]/g;
const HEADING = /^\s*(?:[-*+•]\s+)?#/;
const ITEM = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+/;
const FIGURE = /\d/;
const TURNING =
  /^(?:not?|never|none|without|longer|neither|nor|cannot|.+n't|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|nicht|kein\w*|nie|mehr)$/;
// The same sentence in other words of the writer, and the same thing with another figure.
const SAME = 0.75;
const ABOUT_THE_SAME = 0.6;
