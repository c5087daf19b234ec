import { fold, stem } from "../../words.ts";
import { ALIASES } from "./aliases.ts";
import { SYNONYMS } from "./synonyms.ts";

/** The groups of synonyms that a stem belongs to. */
export function conceptsOf(stemmed: string): readonly number[] {
  const known = CONCEPTS.words.get(stemmed);
  if (known !== undefined || !isInflected(stemmed)) return known ?? NONE;
  return CONCEPTS.words.get(germanInfinitive(stemmed)) ?? NONE;
}

/** A quick look: most words end otherwise. */
function isInflected(stemmed: string): boolean {
  return stemmed.endsWith("t") || stemmed.endsWith("te") || stemmed.endsWith("en");
}

/** "Geleitet", "leitet" and "leitete" are forms of "leiten". */
function germanInfinitive(word: string): string {
  const bare = word.startsWith("ge") && /^ge\p{L}{5,}(?:t|en)$/u.test(word) ? word.slice(2) : word;
  return bare.replace(/(?:ete|et|te|t)$/, "en");
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
  return CONCEPTS.phrases.get(stemmed) ?? NO_PHRASES;
}

const NONE: readonly number[] = [];
const NO_PHRASES: readonly Phrase[] = [];

const CONCEPTS = indexGroups();

function indexGroups(): { words: Map<string, number[]>; phrases: Map<string, Phrase[]> } {
  const words = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  `${ALIASES.trim()}\n${SYNONYMS.trim()}`.split("\n").forEach((line, concept) => {
    for (const entry of line.split(/\s+/)) {
      const [first = "", ...rest] = entry.split("_").map((word) => stem(fold(word)));
      if (rest.length === 0) words.set(first, [...(words.get(first) ?? []), concept]);
      else addPhrase(phrases, first, { rest, concepts: [concept] });
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
