import type { Page, Passage } from "../types.ts";
import { type Sentence, sentencesOf, termsOf } from "../words.ts";

export interface ScoredPassage extends Passage {
  /** Share of the terms' weight that occurs in the passage, 0 to 1. */
  score: number;
}

/** Sentences of a text with their terms: prepared once, asked often. */
export interface TextIndex {
  sentences: (Sentence & { terms: Set<string> })[];
  /** In how many sentences a term occurs. */
  frequency: Map<string, number>;
}

export function indexText(text: string): TextIndex {
  const frequency = new Map<string, number>();
  const sentences = sentencesOf(text).map((sentence) => {
    const terms = new Set(termsOf(sentence.text));
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    return { ...sentence, terms };
  });
  return { sentences, frequency };
}

/** Prepares each page's text once, however often a run asks. */
export type IndexOf = (page: Page) => TextIndex;

export function createPageIndexes(): IndexOf {
  const indexes = new Map<Page, TextIndex>();
  return (page) => {
    const index = indexes.get(page) ?? indexText(page.text);
    indexes.set(page, index);
    return index;
  };
}

/** The part of an index that lies between two places of the text; term frequencies stay those of the whole. */
export function indexBetween({ sentences, frequency }: TextIndex, start: number, end: number): TextIndex {
  return { sentences: sentences.filter((sentence) => sentence.start >= start && sentence.end <= end), frequency };
}

/**
 * The passages of a page that bear on a question, best first: runs of up to `maxSentences` neighbouring sentences
 * that hold the question's terms, rare terms counting more. Passages do not overlap.
 */
export function bestPassages(
  page: Page,
  question: string,
  options: { limit: number; index: TextIndex; maxSentences?: number },
): ScoredPassage[] {
  const { limit, maxSentences = 2, index } = options;
  const weights = weigh(new Set(termsOf(question)), index);
  const titleTerms = new Set(termsOf(page.title));
  const windows = index.sentences.map((_, start) =>
    scoreWindow(page, index, { start, maxSentences, weights, titleTerms }),
  );
  return pickDisjoint(windows.flat(), limit);
}

interface Window {
  start: number;
  maxSentences: number;
  weights: Map<string, number>;
  titleTerms: Set<string>;
}

function scoreWindow(
  page: Page,
  index: TextIndex,
  { start, maxSentences, weights, titleTerms }: Window,
): ScoredPassage[] {
  const total = sum(weights.values());
  const found = new Set<string>();
  const passages: ScoredPassage[] = [];
  const first = index.sentences[start];
  if (first === undefined || total === 0) return [];
  for (const sentence of index.sentences.slice(start, start + maxSentences)) {
    if (sentence.start - first.end > MAX_GAP_CHARS && sentence !== first) break;
    const before = found.size;
    for (const term of sentence.terms) if (weights.has(term)) found.add(term);
    if (found.size === before) break;
    let weight = 0;
    for (const [term, value] of weights) weight += found.has(term) ? value : titleTerms.has(term) ? value / 2 : 0;
    passages.push({
      text: page.text.slice(first.start, sentence.end),
      start: first.start,
      end: sentence.end,
      score: weight / total,
    });
  }
  return passages;
}

/** Rare terms of the text count more; a term that the text lacks counts as much as the rarest. */
function weigh(terms: Set<string>, { frequency, sentences }: TextIndex): Map<string, number> {
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, Math.log(1 + sentences.length / (frequency.get(term) ?? 1)));
  return weights;
}

function pickDisjoint(passages: ScoredPassage[], limit: number): ScoredPassage[] {
  const picked: ScoredPassage[] = [];
  const best = passages.toSorted((a, b) => b.score - a.score || a.text.length - b.text.length || a.start - b.start);
  for (const passage of best) {
    if (picked.length === limit) break;
    if (picked.every((other) => passage.end <= other.start || passage.start >= other.end)) picked.push(passage);
  }
  return picked;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

// Sentences further apart than this stand in different paragraphs or around a table.
const MAX_GAP_CHARS = 80;
