import type { DatabaseSync } from "node:sqlite";
import { remember } from "../remember.ts";
import type { PageLink } from "../types.ts";
import { fold, isPlainLine, STOP_WORDS } from "../words.ts";
import { createBulkInsert } from "./bulk-insert.ts";
import { prepareWrite } from "./index-file.ts";

/** A document that goes by a name which a text uses: `text.slice(start, end)`. */
export interface Mention {
  document: number;
  url: string;
  start: number;
  end: number;
}

/** A question is worded with care: in it a lower-case word that is a name ("undici") is taken as one. */
export type MentionMode = "text" | "question";

export interface TitleLinks {
  /** Records the names of a document, each also without its last "(…)". They are found when `flush` has written them. */
  add(document: number, names: readonly string[]): void;
  /** Takes back what `add` recorded, whether it is written yet or not. */
  remove(document: number, names: readonly string[]): void;
  /**
   * Writes what was recorded in this transaction: in the order of the names, so that each page of the tree is changed once
   * for many of them (250,000 documents are indexed in 60% of the time).
   */
  flush(): void;
  /** Forgets what is on its way into the database when the transaction is given up. */
  drop(): void;
  /** Documents with exactly this name, letter case and punctuation aside; whole titles first. */
  find(name: string, limit: number): { url: string; title: string }[];
  /** Where the first 500,000 characters of the text name documents, in order, without overlaps, each document once. */
  mentionsIn(text: string, mode: MentionMode): Mention[];
}

/** The names of the documents in the index, and where texts use them. */
export function createTitleLinks(database: DatabaseSync): TitleLinks {
  // In the database rather than here: thousands of short-lived rows make the heap grow by 100 MB.
  const recorded = createBulkInsert<NameRow>(
    database,
    "INSERT OR IGNORE INTO recorded_names (document, name, words, is_whole, spelling)",
    5,
  );
  const writeRecorded = prepareWrite(
    database,
    `INSERT OR IGNORE INTO names (name, words, is_whole, spelling, document)
     SELECT name, words, is_whole, spelling, document FROM recorded_names ORDER BY name, document`,
  );
  const forgetRecorded = prepareWrite(database, "DELETE FROM recorded_names");
  const removeRecorded = prepareWrite(database, "DELETE FROM recorded_names WHERE document = ?");
  const remove = prepareWrite(database, "DELETE FROM names WHERE name = ? AND document = ?");
  const find = database.prepare(
    `SELECT url, title FROM names JOIN documents ON documents.id = document
     WHERE name = ? ORDER BY is_whole DESC, prior DESC, document LIMIT ?`,
  );
  // "!" follows the space: all names that are this word or begin with it. In lower case only names spelled so are meant.
  const longest = database.prepare(
    "SELECT max(words) AS words FROM names WHERE name >= ?1 AND name < ?1 || '!' AND (?2 = 0 OR spelling <> '')",
  );
  const named = database.prepare(
    `SELECT document, url, spelling FROM names JOIN documents ON documents.id = document
     WHERE name = ? ORDER BY is_whole DESC, prior DESC, document LIMIT 1`,
  );

  function mentionsIn(text: string, mode: MentionMode): Mention[] {
    const words = wordsWithPlace(text.slice(0, MAX_CHARS));
    const longestName = createLookup();
    const seen = new Set<number>();
    const mentions: Mention[] = [];
    for (let at = 0; at < words.length; at++) {
      const most = longestName(words, at);
      const mention = most === 0 ? null : longestMention(words.slice(at, at + most), text, mode);
      if (mention === null) continue;
      at += mention.words - 1;
      if (!seen.has(mention.document)) mentions.push(mention);
      seen.add(mention.document);
    }
    return mentions;
  }

  /** How many words the longest name has that begins as the text does here; 0 for none. Asks once for each beginning. */
  function createLookup(): (words: Word[], at: number) => number {
    const wordsFrom = (isLower: 0 | 1) =>
      remember((name) => Number(longest.get(name, isLower)?.words ?? 0), Number.POSITIVE_INFINITY);
    const [wordsFromCapital, wordsFromLower] = [wordsFrom(0), wordsFrom(1)];
    return (words, at) => {
      const [first, second] = [words[at], words[at + 1]];
      if (first === undefined) return 0;
      const ask = LOWER_FIRST.test(first.text) ? wordsFromLower : wordsFromCapital;
      const most = ask(first.folded);
      return most < 2 || second === undefined ? most : ask(`${first.folded} ${second.folded}`) || 1;
    };
  }

  function longestMention(words: Word[], text: string, mode: MentionMode): (Mention & { words: number }) | null {
    for (let count = words.length; count > 0; count--) {
      const used = words.slice(0, count);
      const row = named.get(nameOf(used));
      if (row === undefined || !isMention(used, String(row.spelling), text, mode)) continue;
      const { start, end } = placeOf(used);
      return { document: Number(row.document), url: String(row.url), start, end, words: count };
    }
    return null;
  }

  return {
    add(document, names) {
      for (const { name, words, isWhole, spelling } of formsOf(names))
        recorded.add(document, name, words, isWhole ? 1 : 0, spelling);
    },
    remove(document, names) {
      recorded.flush();
      removeRecorded.run(document);
      for (const { name } of formsOf(names)) remove.run(name, document);
    },
    flush() {
      recorded.flush();
      writeRecorded.run();
      forgetRecorded.run();
    },
    drop: () => recorded.drop(),
    find: (name, limit) =>
      find.all(nameOf(wordsWithPlace(name)), limit).map((row) => ({ url: String(row.url), title: String(row.title) })),
    mentionsIn,
  };
}

/** Where the text names other documents; the page's own names are passed over. Existing links are not looked at. */
export function linksOf(mentions: Mention[], ownUrl: string): PageLink[] {
  return mentions.filter(({ url }) => url !== ownUrl).map(({ start, end, url }) => ({ start, end, url }));
}

type NameRow = [document: number, name: string, words: number, isWhole: 0 | 1, spelling: string];

interface NameForm {
  name: string;
  words: number;
  isWhole: boolean;
  spelling: string;
}

function formsOf(names: readonly string[]): NameForm[] {
  const forms: NameForm[] = [];
  for (const name of names) {
    const shortened = name.endsWith(")") ? name.replace(/\s*\([^()]*\)$/, "") : name;
    forms.push(formOf(name, true));
    if (shortened !== name) forms.push(formOf(shortened, false));
  }
  return forms.filter(({ words }) => words > 0 && words <= MAX_NAME_WORDS);
}

function formOf(name: string, isWhole: boolean): NameForm {
  // Most names are plain, and there are as many names as documents.
  const words = isPlainLine(name)
    ? (name.toLowerCase().match(PLAIN_RUN) ?? [])
    : wordsWithPlace(name).map(({ folded }) => folded);
  return { name: words.join(" "), words: words.length, isWhole, spelling: spellingOf(name) };
}

interface Word {
  text: string;
  folded: string;
  start: number;
  end: number;
}

function nameOf(words: Word[]): string {
  return words.map((word) => word.folded).join(" ");
}

function placeOf(words: Word[]): { start: number; end: number } {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

/** Runs of letters and digits; unspaced scripts word by word. */
function wordsWithPlace(text: string): Word[] {
  const words: Word[] = [];
  const isSpaced = !UNSPACED.test(text);
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (isSpaced || !UNSPACED.test(run)) words.push(wordAt(run, index));
    else for (const piece of segmenter.segment(run)) words.push(wordAt(piece.segment, index + piece.index));
  }
  return words;
}

function wordAt(text: string, start: number): Word {
  return { text, folded: fold(text), start, end: start + text.length };
}

/**
 * Is the document meant? A name like "Toto IV" is told by its capital; one that is spelled in lower case ("pg-boss",
 * "undici") by its spelling, and in running text also by its punctuation or by standing as code. One short or common
 * word or a bare number names too many things.
 */
function isMention(words: Word[], spelling: string, text: string, mode: MentionMode): boolean {
  const { start, end } = placeOf(words);
  const mention = text.slice(start, end);
  const isSingle = words.length === 1;
  if (isSingle && (STOP_WORDS.has(fold(mention)) || /^\p{N}+$/u.test(mention))) return false;
  if (spelling === "") return !LOWER_FIRST.test(mention) && !(isSingle && mention.length < shortestFor(mention));
  if (mode === "question") return isSingle ? fold(mention) === fold(spelling) : !/\s/.test(mention);
  const isCode = text[start - 1] === "`" && text[end] === "`";
  return mention === spelling && (isCode || (!isSingle && !/\s/.test(mention)));
}

function shortestFor(name: string): number {
  return UNSPACED.test(name) ? 2 : 5;
}

/** From the first word to the last, of a name that begins in lower case; empty for others. */
function spellingOf(name: string): string {
  if (!LOWER_AT_START.test(name)) return "";
  return name.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

/** About 0.4 s of work. What stands behind is hardly read for its links. */
const MAX_CHARS = 500_000;
const MAX_NAME_WORDS = 8;
const PLAIN_RUN = /[a-z0-9]+/g;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const LOWER_FIRST = /^\p{Ll}/u;
const LOWER_AT_START = /^[^\p{L}\p{N}]*\p{Ll}/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
