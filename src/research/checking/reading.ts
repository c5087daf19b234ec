import { fold, stem } from "../../words.ts";
import { ALIAS_GROUPS, conceptsOf, phrasesFrom } from "./concepts.ts";
import { type CalendarDate, datesOf } from "./dates.ts";
import { type Figure, figuresOf } from "./figures.ts";
import { isFunctionWord } from "./function-words.ts";
import type { TokenMatch } from "./matching.ts";
import { markScopes } from "./scopes.ts";

/** One word, figure or date of a text, with what the check must know about it. */
export interface Token {
  kind: "word" | "figure" | "date";
  /** Folded; the written form for figures and dates. */
  word: string;
  stem: string;
  start: number;
  end: number;
  /** Carries meaning: not an article, not an auxiliary, not a part of a phrase that its first word stands for. */
  isContent: boolean;
  /** Names somebody or something: compared letter by letter, never by synonym. */
  isName: boolean;
  /** Groups of synonyms the word belongs to. */
  concepts: readonly number[];
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
  /** Places of the content tokens by stem, by group of synonyms and by their first letters. */
  byStem: Map<string, number[]>;
  byConcept: Map<number, number[]>;
  byPrefix: Map<string, number[]>;
  /** Places of figures and dates. */
  quantities: number[];
  /** Its names, once they were asked for: see `namesOf`. */
  names: number[][] | null;
  /** What was looked for in this reading before. */
  found: Map<Token, readonly TokenMatch[]>;
}

/**
 * @param knownNames folded words that stand capitalised inside sentences of the page: they are names at a sentence's
 *   start too
 */
export function readText(text: string, language: string, knownNames: ReadonlySet<string> | null = null): Reading {
  // Quotation marks are checked elsewhere; here they would only stand between words that belong together.
  const bare = text.replace(/["“”„«»]/g, " ");
  const dates = datesOf(bare);
  const figures = figuresOf(bare, language, dates);
  const tokens = tokenize(bare, dates, figures);
  markNames(bare, tokens, language, knownNames);
  joinPhrases(tokens);
  for (const token of tokens)
    if (token.kind === "word" && !token.isName) token.isContent &&= !isFunctionWord(token.word, language);
  place(bare, tokens);
  markScopes(bare, tokens);
  return indexTokens({ text: bare, language, tokens });
}

/** First letters by which inflected and derived forms find one another. */
export const PREFIX_CHARS = 5;

function tokenize(text: string, dates: CalendarDate[], figures: Figure[]): Token[] {
  const tokens: Token[] = [];
  let date = 0;
  let figure = 0;
  const pushBefore = (limit: number): void => {
    for (;;) {
      const nextDate = dates[date];
      const nextFigure = figures[figure];
      const isDate = nextDate !== undefined && nextDate.start <= (nextFigure?.start ?? Number.POSITIVE_INFINITY);
      const next = isDate ? nextDate : nextFigure;
      if (next === undefined || next.start >= limit) return;
      if (isDate) date += 1;
      else figure += 1;
      const written = text.slice(next.start, next.end);
      tokens.push(
        tokenOf(written, next.start, {
          kind: isDate ? "date" : "figure",
          date: isDate ? (next as CalendarDate) : null,
          figure: isDate ? null : (next as Figure),
        }),
      );
    }
  };
  let taken = 0;
  for (const match of text.matchAll(WORD)) {
    pushBefore(match.index + 1);
    taken = tokens.at(-1)?.end ?? 0;
    if (match.index < taken) continue;
    const before = tokens.at(-1);
    if (before !== undefined && isPrefix(text, before, match.index)) {
      // "De-listed" and "non-profit" are one word: their first part turns the second round.
      tokens[tokens.length - 1] = tokenOf(before.word + match[0], before.start, { end: match.index + match[0].length });
      continue;
    }
    for (const [word, offset] of partsOf(match[0])) tokens.push(tokenOf(word, match.index + offset, {}));
  }
  pushBefore(Number.POSITIVE_INFINITY);
  return tokens;
}

function isPrefix(text: string, before: Token, start: number): boolean {
  return before.kind === "word" && /^[-‐‑]$/.test(text.slice(before.end, start)) && PREFIXES.has(before.word);
}

const PREFIXES: ReadonlySet<string> = new Set("de non un anti dis".split(" "));

// Identifiers keep their inner dots and underscores: retry.wrap, max_size.
const WORD =
  /(?<![\p{L}\p{N}])(?:\p{Lu}\.){2,}|[\p{L}_][\p{L}\p{M}\p{N}_]*(?:['’](?!s\b)\p{L}+)*(?:\.[\p{L}_][\p{L}\p{N}_]*(?=\(|`|\.|\b))*|\p{N}+[\p{L}_][\p{L}\p{N}_]*/gu;

/** Chinese, Japanese and Thai are written without spaces: pairs of neighbouring characters do for words there. */
function partsOf(word: string): [string, number][] {
  if (!UNSPACED.test(word)) {
    // A full stop without a space after it joins two sentences more often than an identifier.
    const dot = word.indexOf(".");
    if (dot === -1 || IDENTIFIER.test(word) || /^(?:\p{Lu}\.){2,}$/u.test(word)) return [[word, 0]];
    return word.split(".").reduce<[string, number][]>((parts, part) => {
      const last = parts.at(-1);
      parts.push([part, last === undefined ? 0 : last[1] + last[0].length + 1]);
      return parts;
    }, []);
  }
  if (word.length <= 2) return [[word, 0]];
  return Array.from({ length: word.length - 1 }, (_, index) => [word.slice(index, index + 2), index]);
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const IDENTIFIER = /^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)+$/;

function tokenOf(written: string, start: number, extra: Partial<Token>): Token {
  const folded = PLAIN.test(written) ? written.toLowerCase() : fold(written).replace(/^'+|'+$/g, "");
  const word = /^(?:\p{L}\.){2,}$/u.test(folded) ? folded.replaceAll(".", "") : folded;
  return {
    kind: "word",
    word,
    stem: stem(word),
    start,
    end: start + written.length,
    isContent: true,
    isName: false,
    concepts: [],
    position: 0,
    clause: 0,
    figure: null,
    date: null,
    isNegated: false,
    isPossible: false,
    isAhead: false,
    ...extra,
  };
}

// Most words need no folding of accents.
const PLAIN = /^[A-Za-z0-9]+$/;

function markNames(text: string, tokens: Token[], language: string, knownNames: ReadonlySet<string> | null): void {
  tokens.forEach((token, index) => {
    if (token.kind !== "word") return;
    const written = text.slice(token.start, token.end);
    if (isCode(text, token) || /\p{Ll}\p{Lu}|\p{L}\p{N}|\p{N}\p{L}|_/u.test(written)) token.isName = true;
    else if (/^\p{Lu}/u.test(written)) token.isName = isNameHere(text, tokens, index, { language, knownNames });
  });
}

function isCode(text: string, token: Token): boolean {
  return text[token.start - 1] === "`" || text[token.end] === "`";
}

function isNameHere(
  text: string,
  tokens: Token[],
  index: number,
  { language, knownNames }: { language: string; knownNames: ReadonlySet<string> | null },
): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  const written = text.slice(token.start, token.end);
  if (/^(?:\p{Lu}\.?){2,}s?$/u.test(written)) return !/^(?:I|A|II|OR|AND|NOT)$/.test(written);
  if (isFunctionWord(token.word, language)) return false;
  const isInitial = index === 0 || SENTENCE_START.test(text.slice(Math.max(0, token.start - 4), token.start));
  if (language === "de") return isGermanName(text, tokens, index, isInitial, knownNames);
  if (!isInitial) return true;
  if (knownNames?.has(token.word) === true) return true;
  const next = tokens[index + 1];
  const follows = next !== undefined && /^[\s.]{1,2}$/.test(text.slice(token.end, next.start));
  return follows && /^\p{Lu}\p{Ll}/u.test(text.slice(next.start, next.end)) && conceptsOf(token.stem).length === 0;
}

const SENTENCE_START = /(?:^|[.!?:|•*#>"“„(-])\s*$/u;

/** German writes every noun with a capital: a name is one of two capitalised words in a row, or known as one. */
function isGermanName(
  text: string,
  tokens: Token[],
  index: number,
  isInitial: boolean,
  knownNames: ReadonlySet<string> | null,
): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  if (knownNames?.has(token.word) === true) return true;
  if (isFunctionWord(token.word, "de")) return false;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const joins = (a: Token | undefined, b: Token | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    /^[\s-]$/.test(text.slice(a.end, b.start)) &&
    [a, b].every(
      ({ start, word, stem: stemmed }) =>
        /\p{Lu}/u.test(text[start] ?? "") && !isFunctionWord(word, "de") && conceptsOf(stemmed).length === 0,
    );
  return joins(token, after) || (joins(before, token) && !(isInitial && index === 0));
}

/** "Set up" means what "establish" means: the first word gets the phrase's meaning, the others stop counting. */
function joinPhrases(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind !== "word") return;
    token.concepts = conceptsOf(token.stem);
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

function place(text: string, tokens: Token[]): void {
  let position = 0;
  let clause = 0;
  let end = 0;
  for (const token of tokens) {
    const gap = text.slice(end, token.start).replace("()", "");
    const isStrong = /[;()|—–\n[\]]|\.\s| - /.test(gap);
    const isWord = CLAUSE_WORDS.has(token.word) && end > 0;
    if (isStrong || isWord || /[,:，、；：]/.test(gap)) {
      position += isStrong ? 2 : 1;
      if (end > 0) clause += 1;
    }
    if (token.isContent) position += 1;
    token.position = position;
    token.clause = clause;
    end = token.end;
  }
}

const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  "and but while whereas which who although though because since or und aber wahrend sowie sondern y pero mientras aunque sino et mais".split(
    " ",
  ),
);

function indexTokens(reading: { text: string; language: string; tokens: Token[] }): Reading {
  const byStem = new Map<string, number[]>();
  const byConcept = new Map<number, number[]>();
  const byPrefix = new Map<string, number[]>();
  const quantities: number[] = [];
  reading.tokens.forEach((token, index) => {
    if (token.kind !== "word") quantities.push(index);
    if (!token.isContent || token.kind !== "word") return;
    append(byStem, token.stem, index);
    for (const concept of token.concepts) append(byConcept, concept, index);
    if (token.stem.length >= PREFIX_CHARS) append(byPrefix, token.stem.slice(0, PREFIX_CHARS), index);
    for (const part of partsOfIdentifier(reading.text.slice(token.start, token.end))) append(byStem, part, index);
  });
  return { ...reading, byStem, byConcept, byPrefix, quantities, names: null, found: new Map() };
}

/** "headingStyle" speaks of headings and of style. */
function partsOfIdentifier(written: string): string[] {
  if (!/\p{Ll}\p{Lu}|\p{L}[_.]\p{L}/u.test(written)) return [];
  const words = written.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").split(/[\s_.]+/);
  return words.length < 2 ? [] : words.filter((word) => word.length > 2).map((word) => stem(fold(word)));
}

function append<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
