import { fold, stem } from "../../../words.ts";
import { ALIASES } from "./aliases.ts";
import { dictionaryFormsOf } from "./inflections.ts";
import { SYNONYMS } from "./synonyms.ts";
import { VOCABULARY } from "./vocabulary.ts";

/** The groups of synonyms that a stem belongs to, directly or as a form of a word of its language. */
export function conceptsOf(stemmed: string, language: string): readonly number[] {
  return lookUp(SYNONYM_GROUPS.words, stemmed, language);
}

/** The groups of `vocabulary.ts` that a stem belongs to: what the word means in other languages. */
export function meaningsOf(stemmed: string, language: string): readonly number[] {
  return lookUp(meaningGroups().words, stemmed, language);
}

/** Phrases of `vocabulary.ts` that begin with this stem, longest first. */
export function meaningPhrasesFrom(stemmed: string): readonly Phrase[] {
  return meaningGroups().phrases.get(stemmed) ?? NO_PHRASES;
}

type Groups = ReadonlyMap<string, readonly number[]>;

function lookUp(groups: Groups, stemmed: string, language: string): readonly number[] {
  const known = groups.get(stemmed);
  if (known !== undefined) return known;
  if (!INFLECTED.has(language)) return NONE;
  for (const form of dictionaryFormsOf(stemmed, language)) {
    const found = groups.get(form);
    if (found !== undefined) return found;
  }
  return language === "de" ? lookUpCompound(groups, stemmed) : NONE;
}

// For the others there are neither forms nor compounds to look for.
const INFLECTED: ReadonlySet<string> = new Set(["de", "es"]);

/** "Grubenarchiv" is an archive: a German compound means what its last part means, and has to do with its first. */
function lookUpCompound(groups: Groups, word: string): readonly number[] {
  for (let at = MIN_FIRST_CHARS; at <= word.length - MIN_LAST_CHARS; at += 1) {
    const last = lookUpPart(groups, word.slice(at));
    if (last !== undefined) return [...last, ...(lookUpPart(groups, word.slice(0, at)) ?? NONE)];
  }
  for (let at = word.length - MIN_FIRST_CHARS; at >= MIN_SURE_CHARS; at -= 1) {
    const first = groups.get(word.slice(0, at));
    if (first !== undefined) return first;
  }
  return NONE;
}

const MIN_FIRST_CHARS = 3;
const MIN_LAST_CHARS = 4;
// So long a beginning tells what the whole has to do with: "Welterbeliste" with the "Welterbe".
const MIN_SURE_CHARS = 6;

function lookUpPart(groups: Groups, part: string): readonly number[] | undefined {
  return groups.get(part) ?? groups.get(part.replace(/(?:es|en|er|[sne])$/, ""));
}

export interface Phrase {
  /** Stems of the words after the first. */
  rest: string[];
  concepts: readonly number[];
}

/** How many groups, counted from the first, are names. */
export const ALIAS_GROUPS = ALIASES.trim().split("\n").length;

/** Phrases of the groups that begin with this stem, longest first. */
export function phrasesFrom(stemmed: string): readonly Phrase[] {
  return SYNONYM_GROUPS.phrases.get(stemmed) ?? NO_PHRASES;
}

const NONE: readonly number[] = [];
const NO_PHRASES: readonly Phrase[] = [];

const SYNONYM_GROUPS = indexGroups(`${ALIASES.trim()}\n${SYNONYMS.trim()}`, 0);
const FIRST_MEANING = ALIAS_GROUPS + SYNONYMS.trim().split("\n").length;

/** Is it a group of `vocabulary.ts`, not of synonyms? */
export function isMeaning(concept: number): boolean {
  return concept >= FIRST_MEANING;
}

let knownMeanings: ReturnType<typeof indexGroups> | null = null;

/** Most runs read one language only and never ask. */
function meaningGroups(): ReturnType<typeof indexGroups> {
  knownMeanings ??= indexGroups(VOCABULARY, FIRST_MEANING);
  return knownMeanings;
}

function indexGroups(text: string, from: number): { words: Map<string, number[]>; phrases: Map<string, Phrase[]> } {
  const words = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  text
    .trim()
    .split("\n")
    .forEach((line, index) => {
      for (const entry of line.split(/\s+/)) {
        const [first = "", ...rest] = entry.split("_").map((word) => stem(fold(word)));
        if (rest.length === 0) words.set(first, [...(words.get(first) ?? []), from + index]);
        else addPhrase(phrases, first, { rest, concepts: [from + index] });
      }
    });
  for (const list of phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  return { words, phrases };
}

function addPhrase(phrases: Map<string, Phrase[]>, first: string, phrase: Phrase): void {
  const list = phrases.get(first) ?? [];
  const same = list.find(({ rest }) => rest.join(" ") === phrase.rest.join(" "));
  if (same === undefined) list.push(phrase);
  else same.concepts = [...same.concepts, ...phrase.concepts];
  phrases.set(first, list);
}
