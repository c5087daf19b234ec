import { remember } from "../../remember.ts";
import { type Sentence, STOP_WORDS, sentencesOf, stem, wordsOf } from "../../words.ts";
import { type Name, namesOf } from "./names.ts";

/** A sentence with what is looked at again and again. */
export interface ReadSentence extends Sentence {
  /** Position in its text: 0 = first. */
  index: number;
  words: string[];
  stems: string[];
  /** The stems that carry meaning. */
  terms: Set<string>;
  names: Name[];
}

/** Sentences of texts, prepared once: the conversation shows the same pages in every call. */
export type Readings = (text: string) => readonly ReadSentence[];

const MAX_TEXTS = 400;

export function createReadings(): Readings {
  return remember((text) => sentencesOf(text).map(readSentence), MAX_TEXTS);
}

export function readSentence(sentence: Sentence, index: number): ReadSentence {
  const words = wordsOf(sentence.text);
  const stems = words.map(stem);
  const terms = new Set(stems.filter((_, at) => !STOP_WORDS.has(words[at] ?? "")));
  return { ...sentence, index, words, stems, terms, names: namesOf(sentence.text) };
}

/** Words of a title or name for comparing: folded, without the bracket that tells homonyms apart. */
export function nameKey(text: string): string {
  return wordsOf(text.replace(/\s*\([^)]*\)\s*$/, "")).join(" ");
}
