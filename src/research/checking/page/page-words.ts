import { fold, stem } from "../../../words.ts";
import { conceptsOf, meaningsOf } from "../reading/concepts.ts";
import { shareStart } from "../reading/matching.ts";
import { prefixOf } from "../reading/prefixes.ts";
import { type Chains, createChains, NO_MORE } from "./chains.ts";
import type { ScannedWords } from "./page-scan.ts";
import type { SortedPostings } from "./postings.ts";

/** Indices of units: as a list, and as marks by index. */
export interface UnitList {
  list: readonly number[];
  marks: Uint8Array;
}

/** A page's words by what they are looked for by; a word goes by the number of the first form in which it is written. */
export interface PageWords {
  postings: SortedPostings;
  stems: readonly string[];
  /** "The" and "the" are one word. */
  forms: Chains<string>;
  /** Of words with other signs than letters the word itself is the stem: those are looked for among the forms. */
  byStem: Chains<string>;
  byPrefix: Chains<number>;
  byConcept: ReadonlyMap<number, readonly number[]>;
}

export function indexWords({ table: { words }, postings }: ScannedWords, language: string): PageWords {
  const stems: string[] = [];
  const forms = createChains<string>(words.length);
  const byStem = createChains<string>(words.length);
  const byPrefix = createChains<number>(words.length);
  const byConcept = new Map<number, number[]>();
  words.forEach((written, number) => {
    const word = fold(written);
    const isKnown = forms.add(word, number) !== number;
    const stemmed = isKnown ? "" : stem(word);
    stems.push(stemmed);
    if (isKnown) return;
    if (mayBeStem(stemmed)) byStem.add(stemmed, number);
    const prefix = prefixOf(stemmed);
    if (prefix !== 0) byPrefix.add(prefix, number);
    for (const concepts of [conceptsOf(stemmed, language), meaningsOf(stemmed, language)])
      for (const concept of concepts) byConcept.getOrInsertComputed(concept, () => []).push(number);
  });
  return { postings, stems, forms, byStem, byPrefix, byConcept };
}

/** Other words than it may have it as their stem. */
function mayBeStem(word: string): boolean {
  return !/\d/.test(word);
}

/** @param count of the page's units */
export function collect(words: PageWords, count: number, stemmed: string, concepts: readonly number[]): UnitList {
  // Identifiers were listed by their parts: retry.wrap stands where both "retry" and "wrap" stand.
  const parts = IDENTIFIER.test(stemmed) ? stemmed.split(/[._]+/).filter((part) => part !== "") : NO_PARTS;
  if (parts.length > 1)
    return intersect(
      parts.map((part) => collect(words, count, stem(part), [])),
      count,
    );
  const { forms, byStem, byPrefix, byConcept, stems } = words;
  const found: MutableUnitList = { list: [], marks: new Uint8Array(count) };
  if (!mayBeStem(stemmed)) addUnits(found, words, forms.first(stemmed));
  for (let word = byStem.first(stemmed); word !== NO_MORE; word = byStem.after(word)) addUnits(found, words, word);
  for (const concept of concepts) for (const word of byConcept.get(concept) ?? []) addUnits(found, words, word);
  for (let word = byPrefix.first(prefixOf(stemmed)); word !== NO_MORE; word = byPrefix.after(word))
    if (shareStart(stems[word] ?? "", stemmed)) addUnits(found, words, word);
  return found;
}

const IDENTIFIER = /[._]/;
const NO_PARTS: readonly string[] = [];

interface MutableUnitList extends UnitList {
  list: number[];
}

function addUnits({ list, marks }: MutableUnitList, { postings, forms }: PageWords, word: number): void {
  const { starts, units } = postings;
  for (let form = word; form !== NO_MORE; form = forms.after(form)) {
    const end = starts[form + 1] ?? 0;
    for (let at = starts[form] ?? 0; at < end; at += 1) {
      const unit = units[at] ?? 0;
      if (marks[unit] === 1) continue;
      marks[unit] = 1;
      list.push(unit);
    }
  }
}

function intersect(lists: readonly UnitList[], count: number): UnitList {
  const list = lists[0]?.list.filter((unit) => lists.every(({ marks }) => marks[unit] === 1)) ?? [];
  const marks = new Uint8Array(count);
  for (const unit of list) marks[unit] = 1;
  return { list, marks };
}
