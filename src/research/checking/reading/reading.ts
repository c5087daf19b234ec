import { fold, stem } from "../../../words.ts";
import { cognateOf } from "./cognates.ts";
import { ALIAS_GROUPS, conceptsOf, isMeaning, meaningPhrasesFrom, meaningsOf, phrasesFrom } from "./concepts.ts";
import { type CalendarDate, datesOf } from "./dates.ts";
import type { Figure } from "./figures.ts";
import { isFunctionWord } from "./function-words.ts";
import { markNames } from "./mark-names.ts";
import type { TokenMatch } from "./matching.ts";
import type { Names } from "./names.ts";
import { figuresOf } from "./read-figures.ts";
import { markScopes } from "./scopes.ts";
import { tokenize } from "./tokenize.ts";

/** One word, figure or date of a text, with what the check must know about it. */
export interface Token {
  kind: "word" | "figure" | "date";
  /** Folded; the written form for figures and dates. */
  word: string;
  stem: string;
  /** See `prefixOf`. */
  prefix: number;
  start: number;
  end: number;
  /** Carries meaning: not an article, not an auxiliary, not a part of a phrase that its first word stands for. */
  isContent: boolean;
  /** Names somebody or something: compared letter by letter, never by synonym. */
  isName: boolean;
  /** Groups of synonyms the word belongs to. */
  concepts: readonly number[];
  /** How words of one root are written alike in all languages; null unless it is to be found in another language. */
  cognate: string | null;
  /** Running distance: a content word is 1, a comma 1, a semicolon or a bracket 2. */
  position: number;
  /** Number of the clause in the text. */
  clause: number;
  figure: Figure | null;
  date: CalendarDate | null;
  /** In the scope of "not", "never", "without" … */
  isNegated: boolean;
  /** In the scope of "may", "might", "planned", "if" … */
  isPossible: boolean;
  /** Not yet so: in the scope of "will", "would", "plans to" … */
  isAhead: boolean;
}

/** A text taken apart for comparison. */
export interface Reading {
  text: string;
  language: string;
  tokens: Token[];
  /** Places of the content tokens by stem and by group of synonyms. */
  byStem: Map<string, number[]>;
  byConcept: Map<number, number[]>;
  /** Places of the content words by what they mean in other languages, once that was asked for: see `placesOf`. */
  byMeaning: Map<number, number[]> | null;
  /** Places of figures and dates. */
  quantities: number[];
  /** Its names, once they were asked for: see `namesOf`. */
  names: Names | null;
  /** What was looked for in this reading before; let go of with the text that it belongs to. */
  found: WeakMap<Token, readonly TokenMatch[]>;
}

/**
 * @param knownNames folded words that stand capitalised inside sentences of the page: they are names at a sentence's
 *   start too
 * @param options.isForeign it is compared with a page in another language, where "School of Pharmacy" has another name
 * @param options.before see `datesOf`
 */
export function readText(
  text: string,
  language: string,
  knownNames: ReadonlySet<string> | null = null,
  { isForeign = false, before }: { isForeign?: boolean; before?: () => CalendarDate | null } = {},
): Reading {
  // Quotation marks are checked elsewhere; here they would only stand between words that belong together.
  const bare = withoutTargets(text.replace(/["“”„«»]/g, " ").replace(EMPHASIS, " $1 "));
  const dates = datesOf(bare, before);
  const figures = figuresOf(bare, language, dates);
  const tokens = tokenize(bare, dates, figures);
  markNames(bare, tokens, language, knownNames);
  for (const token of tokens)
    if (token.kind === "word" && !token.isName) token.isContent &&= !isFunctionWord(token.word, language);
  for (const [index, token] of tokens.entries()) if (isState(tokens, index)) token.isContent = true;
  joinPhrases(tokens, language);
  if (isForeign)
    tokens.forEach((token, index) => {
      if (token.kind !== "word") return;
      token.cognate = cognateOf(token.word);
      token.concepts = [...token.concepts, ...meaningsAt(tokens, index, language)];
    });
  place(bare, tokens);
  markScopes(bare, tokens);
  return indexTokens({ text: bare, language, tokens });
}

/** "It is on by default": no preposition. */
function isState(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.word;
  if (word !== "on" && word !== "off") return false;
  return tokens[index + 1]?.word === "by" && tokens[index + 2]?.word === "default";
}

/** Of a link its words; where it leads says nothing. Places stay. */
function withoutTargets(text: string): string {
  if (!text.includes("](")) return text;
  return text.replace(LINK, (link, words: string) => ` ${words}`.padEnd(link.length));
}

const LINK = /\[([^[\]\n]*)\]\((?:https?:|[./#])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)/g;

// Markdown's "_deep clone_".
const EMPHASIS = /(?<![\w`*])_([^_\n`]{2,80})_(?![\w`])/g;

/** "Set up" means what "establish" means: the first word gets the phrase's meaning, the others stop counting. */
function joinPhrases(tokens: Token[], language: string): void {
  tokens.forEach((token, index) => {
    if (token.kind !== "word") return;
    token.concepts = conceptsOf(token.stem, language);
    if (token.isName) token.concepts = token.concepts.filter((concept) => concept < ALIAS_GROUPS);
    for (const { rest, concepts } of phrasesFrom(token.stem)) {
      if (!rest.every((part, offset) => tokens[index + 1 + offset]?.stem === part)) continue;
      token.concepts = concepts;
      token.isContent = true;
      for (const other of tokens.slice(index + 1, index + 1 + rest.length)) if (!other.isName) other.isContent = false;
      break;
    }
  });
}

/** What the word means in other languages, by itself and in the phrases in which it stands: "world heritage". */
function meaningsAt(tokens: readonly Token[], index: number, language: string): number[] {
  const meanings = [...meaningsOf(tokens[index]?.stem ?? "", language)];
  for (let from = Math.max(0, index - MAX_PHRASE_WORDS); from <= index; from += 1)
    for (const { rest, concepts } of meaningPhrasesFrom(tokens[from]?.stem ?? ""))
      if (index <= from + rest.length && rest.every((part, offset) => tokens[from + 1 + offset]?.stem === part))
        meanings.push(...concepts);
  return meanings;
}

const MAX_PHRASE_WORDS = 3;

function place(text: string, tokens: Token[]): void {
  let position = 0;
  let clause = 0;
  let end = 0;
  for (const token of tokens) {
    const gap = token.start - end <= 1 && text[end] === " " ? "" : text.slice(end, token.start).replace("()", "");
    const isStrong = gap !== "" && STRONG_GAP.test(gap);
    const isWord = end > 0 && CLAUSE_WORDS.has(token.word);
    if (isStrong || isWord || (gap !== "" && WEAK_GAP.test(gap))) {
      position += isStrong ? 2 : 1;
      if (end > 0) clause += 1;
    }
    if (token.isContent) position += 1;
    token.position = position;
    token.clause = clause;
    end = token.end;
  }
}

const STRONG_GAP = /[;()|—–\n[\]]|\.\s| - /;
const WEAK_GAP = /[,:，、；：]/;
const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  "and but while whereas which who although though because since or und aber wahrend sowie sondern y pero mientras aunque sino et mais".split(
    " ",
  ),
);

function indexTokens(reading: { text: string; language: string; tokens: Token[] }): Reading {
  const byStem = new Map<string, number[]>();
  const byConcept = new Map<number, number[]>();
  const quantities: number[] = [];
  reading.tokens.forEach((token, index) => {
    if (token.kind !== "word") quantities.push(index);
    if (!token.isContent || token.kind !== "word") return;
    append(byStem, token.stem, index);
    for (const concept of token.concepts) append(byConcept, concept, index);
    for (const part of partsOfIdentifier(reading.text.slice(token.start, token.end))) append(byStem, part, index);
  });
  return { ...reading, byStem, byConcept, byMeaning: null, quantities, names: null, found: new WeakMap() };
}

/** Places of the content words of a group of synonyms, or of a meaning. */
export function placesOf(reading: Reading, concept: number): readonly number[] | undefined {
  if (!isMeaning(concept)) return reading.byConcept.get(concept);
  reading.byMeaning ??= indexMeanings(reading);
  return reading.byMeaning.get(concept);
}

function indexMeanings({ tokens, language }: Reading): Map<number, number[]> {
  const byMeaning = new Map<number, number[]>();
  tokens.forEach(({ isContent, kind }, index) => {
    if (!isContent || kind !== "word") return;
    for (const concept of meaningsAt(tokens, index, language)) append(byMeaning, concept, index);
  });
  return byMeaning;
}

/** "headingStyle" speaks of headings and of style. */
function partsOfIdentifier(written: string): readonly string[] {
  if (!MAY_BE_IDENTIFIER.test(written) || !/\p{Ll}\p{Lu}|\p{L}[_.]\p{L}/u.test(written)) return NO_PARTS;
  const words = written.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").split(/[\s_.]+/);
  return words.length < 2 ? [] : words.filter((word) => word.length > 2).map((word) => stem(fold(word)));
}

// A quick look without Unicode classes, which take several times as long.
const MAY_BE_IDENTIFIER = /[a-z][A-Z]|[_.]|[^\0-\x7f]/;
const NO_PARTS: readonly string[] = [];

function append<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
