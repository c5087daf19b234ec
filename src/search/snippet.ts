import { remember } from "../remember.ts";
import { cleanLine } from "../untrusted.ts";
import { stem, termsOf, wordsOf } from "../words.ts";

/**
 * The stretch of a document that answers the question's words best, on one line: the one with most different words of
 * the question in it, begun at a sentence or line where one is near.
 *
 * @param passages of the document, best first; there may be a better stretch in another than the best one
 */
export type SnippetOf = (passages: readonly string[], question: string, maxChars: number) => string;

/** Keeps the stems of the passages that it saw last: the searches of a run find the same ones again and again. */
export function createSnippetOf(): SnippetOf {
  const stemsOf = remember((word) => wordsOf(word).map(stem), MAX_WORDS);
  const readPassage = remember((text) => wordsIn(text, stemsOf), MAX_PASSAGES);
  return (passages, question, maxChars) => {
    const terms = new Set(termsOf(question));
    const matches = passages.map((text) => matchesIn(readPassage(text), terms));
    return bestStretch(passages, matches, maxChars);
  };
}

function bestStretch(passages: readonly string[], matches: Match[][], maxChars: number): string {
  const weights = weightsOf(matches.flat());
  const windows = passages.map((text, index) => ({
    text,
    ...bestWindow(matches[index] ?? [], weights, maxChars * REACH),
  }));
  const [best = { text: "", start: 0, score: 0 }] = windows.toSorted((left, right) => right.score - left.score);
  if (best.text.length <= maxChars) return cleanLine(best.text, maxChars);
  const start = borderBefore(best.text, best.start, Math.floor(maxChars * (1 - REACH)));
  const opening = start > 0 ? "… " : "";
  return `${opening}${cleanLine(best.text.slice(start, start + maxChars * 2), maxChars - opening.length)}`;
}

interface Match {
  term: string;
  at: number;
}

interface ReadWord {
  stems: readonly string[];
  at: number;
}

function wordsIn(text: string, stemsOf: (word: string) => readonly string[]): ReadWord[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({ stems: stemsOf(word), at: index }));
}

/** Words of the question in any inflection. */
function matchesIn(words: readonly ReadWord[], terms: ReadonlySet<string>): Match[] {
  const matches: Match[] = [];
  for (const { stems, at } of words) {
    const term = stems.find((one) => terms.has(one));
    if (term !== undefined) matches.push({ term, at });
  }
  return matches;
}

/** What the whole document is about is said everywhere in it; the rarer words tell where the answer is. */
function weightsOf(matches: Match[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { term } of matches) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map(Array.from(counts, ([term, count]) => [term, 1 / Math.sqrt(count)]));
}

/** Slides over the matches; a word counts once in a window. */
function bestWindow(matches: Match[], weights: ReadonlyMap<string, number>, reach: number) {
  let best = { start: 0, score: 0 };
  for (const [index, match] of matches.entries()) {
    const inReach = matches.slice(index, index + MAX_MATCHES).filter(({ at }) => at - match.at < reach);
    const terms = Array.from(new Set(inReach.map(({ term }) => term)));
    const score = terms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
    if (score > best.score) best = { start: match.at, score };
  }
  return best;
}

/** The nearest start of a sentence or line within `reach` characters before `at`, else of a word. */
function borderBefore(text: string, at: number, reach: number): number {
  if (at <= reach) return 0;
  const before = text.slice(at - reach, at);
  const sentence = Array.from(before.matchAll(/[.!?]\s+|[。！？]|\n\s*/g)).at(-1);
  const border = sentence ?? /\s+/.exec(before);
  return border === null ? at : at - reach + border.index + border[0].length;
}

/** Share of the snippet in which words of the question are looked for; the rest is for the way to a border before it. */
const REACH = 0.75;
const MAX_MATCHES = 60;
const MAX_PASSAGES = 400;
const MAX_WORDS = 20_000;
const WORD = /[\p{L}\p{N}]+/gu;
