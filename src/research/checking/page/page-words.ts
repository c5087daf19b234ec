import { fold, stem } from "../../../words.ts";
import { conceptsOf, isMeaning, meaningsOf } from "../reading/concepts.ts";
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
  /** Words of a group of synonyms, or of a meaning in any language. */
  ofConcept(concept: number): readonly number[];
}

export function indexWords({ table: { words }, postings }: ScannedWords, language: string): PageWords {
  const stems: string[] = [];
  const forms = createChains<string>(words.length);
  const byStem = createChains<string>(words.length);
  const byPrefix = createChains<number>(words.length);
  words.forEach((written, number) => {
    const word = fold(written);
    const isKnown = forms.add(word, number) !== number;
    const stemmed = isKnown ? "" : stem(word);
    stems.push(stemmed);
    if (isKnown) return;
    if (mayBeStem(stemmed)) byStem.add(stemmed, number);
    const prefix = prefixOf(stemmed);
    if (prefix !== 0) byPrefix.add(prefix, number);
  });
  const byConcept = groupBy(stems, (stemmed) => conceptsOf(stemmed, language));
  // Only a statement in another language asks for it.
  let byMeaning: ReadonlyMap<number, readonly number[]> | null = null;
  const ofConcept = (concept: number): readonly number[] => {
    if (isMeaning(concept)) byMeaning ??= groupBy(stems, (stemmed) => meaningsOf(stemmed, language));
    return (isMeaning(concept) ? byMeaning : byConcept)?.get(concept) ?? NO_WORDS;
  };
  return { postings, stems, forms, byStem, byPrefix, ofConcept };
}

const NO_WORDS: readonly number[] = [];

/** Numbers of the words by the groups that their stems belong to. */
function groupBy(
  stems: readonly string[],
  groupsOf: (stemmed: string) => readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  stems.forEach((stemmed, number) => {
    // A further form of a word that has its number already.
    if (stemmed === "") return;
    for (const group of groupsOf(stemmed)) groups.getOrInsertComputed(group, () => []).push(number);
  });
  return groups;
}

/** Other words than it may have it as their stem. */
function mayBeStem(word: string): boolean {
  return !/\d/.test(word);
}

/** @param count of the page's units */
export function collect(words: PageWords, count: number, stemmed: string, concepts: readonly number[]): UnitList {
  // Identifiers were listed by their parts: retry.wrap stands where both "retry" and "wrap" stand.
  const parts = IDENTIFIER.test(stemmed) ? stemmed.split(/[._-]+/).filter((part) => part !== "") : NO_PARTS;
  if (parts.length > 1)
    return intersect(
      parts.map((part) => collect(words, count, stem(part), [])),
      count,
    );
  const { forms, byStem, byPrefix, ofConcept, stems } = words;
  const found: MutableUnitList = { list: [], marks: new Uint8Array(count) };
  if (!mayBeStem(stemmed)) addUnits(found, words, forms.first(stemmed));
  for (let word = byStem.first(stemmed); word !== NO_MORE; word = byStem.after(word)) addUnits(found, words, word);
  for (const concept of concepts) for (const word of ofConcept(concept)) addUnits(found, words, word);
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
