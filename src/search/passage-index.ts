import type { DatabaseSync } from "node:sqlite";
import type { Logger } from "pino";
import type { PageLink, SearchHit } from "../types.ts";
import { openIndexFile } from "./index-file.ts";
import { createIndexWriter, type Stream } from "./index-writer.ts";
import { matchWords } from "./match-query.ts";
import { createSnippetOf } from "./snippet.ts";
import { createTitleLinks, linksOf } from "./title-links.ts";
import { createWordChoice, type WordChoice } from "./word-choice.ts";
import { createWordScores, type ScoredPassage } from "./word-scores.ts";

/** A stretch of a document, found and shown by itself. */
export interface IndexedPassage {
  /** The headings above it, outermost first, in one line; may be empty. */
  heading: string;
  text: string;
}

export interface IndexedDocument {
  url: string;
  title: string;
  /** What else texts call it. */
  otherNames?: readonly string[];
  passages: readonly IndexedPassage[];
  /** Changes whenever the document must be read again. */
  fingerprint: string;
  /** Factor on its scores, to rank one kind of document below another that fits as well; usually 1. */
  prior?: number;
  /** Why nothing could be read, so that it is not tried again before the fingerprint changes. */
  skipped?: string | null;
}

export interface IndexedState {
  fingerprint: string;
  skipped: string | null;
}

export interface PassageIndex {
  /**
   * Writes new and changed documents as they come; those whose fingerprint is stored already are passed over. When the
   * source fails, what it gave before is kept.
   */
  upsert(documents: Stream<IndexedDocument>, options?: { signal?: AbortSignal }): Promise<void>;
  remove(urls: readonly string[], options?: { signal?: AbortSignal }): Promise<void>;
  /** Documents that hold any of the words, best first, each with its best passage as the snippet. */
  search(query: string, limit: number): SearchHit[];
  /** What is stored, by address. */
  states(): Map<string, IndexedState>;
  counts(): { documents: number; passages: number };
  /** What the document of this address is called here, or null. */
  titleOf(url: string): string | null;
  /** Documents with exactly one of these names. */
  findTitles(names: readonly string[]): { url: string; title: string }[];
  /** Where the text names other documents of the index: the first mention of each. */
  linkMentions(text: string, ownUrl: string): PageLink[];
  close(): void;
  /** Closes a damaged index and deletes its file. */
  discard(): void;
}

/**
 * A full-text index of passages on SQLite FTS5: a hit is a document, ranked by its best passage.
 *
 * @throws {RuminateError} DATA_DIRECTORY_UNUSABLE, DISK_FULL when opened; later calls throw SQLite's own errors
 */
export function createPassageIndex({ file, log }: { file: string; log: Logger }): PassageIndex {
  const { database, discard } = openIndexFile(file, log);
  const titles = createTitleLinks(database);
  const writer = createIndexWriter(database, titles);
  const chooseWords = createWordChoice(database);
  const snippetOf = createSnippetOf();
  const bestPassages = createBestPassages(database);
  const passage = database.prepare("SELECT text FROM passages WHERE id = ?");
  const title = database.prepare("SELECT title FROM documents WHERE url = ?");
  const states = database.prepare("SELECT url, fingerprint, skipped FROM documents");
  const counts = database.prepare(
    "SELECT (SELECT count(*) FROM documents WHERE skipped IS NULL) AS documents, (SELECT count(*) FROM passages) AS passages",
  );

  return {
    upsert: writer.upsert,
    remove: writer.remove,
    search(query, limit) {
      const chosen = chooseWords(matchWords(query));
      if (chosen.words.length === 0 || limit < 1) return [];
      const named = new Set(titles.mentionsIn(query, "question").map(({ document }) => document));
      return rankDocuments(bestPassages(chosen), named)
        .slice(0, limit)
        .map(({ url, title, passageIds }) => {
          const passages = passageIds.slice(0, SNIPPET_PASSAGES).map((id) => String(passage.get(id)?.text ?? ""));
          return { title, url, snippet: snippetOf(passages, query, SNIPPET_CHARS), publishedAt: null };
        });
    },
    states: () =>
      new Map(
        states
          .all()
          .map((row) => [
            String(row.url),
            { fingerprint: String(row.fingerprint), skipped: row.skipped === null ? null : String(row.skipped) },
          ]),
      ),
    counts() {
      const row = counts.get();
      return { documents: Number(row?.documents), passages: Number(row?.passages) };
    },
    titleOf: (url) => {
      const row = title.get(url);
      return row === undefined ? null : String(row.title);
    },
    findTitles: (names) => names.flatMap((name) => titles.find(name, MAX_HOMONYMS)),
    linkMentions: (text, ownUrl) => linksOf(titles.mentionsIn(text, "text"), ownUrl),
    close: () => database.close(),
    discard,
  };
}

interface RankedDocument {
  url: string;
  title: string;
  /** Best first. */
  passageIds: number[];
  score: number;
}

interface FoundPassage extends ScoredPassage {
  document: number;
  url: string;
  title: string;
  prior: number;
}

/** The best passages for some words; a small index keeps what it has scored, a large one scores only what can be among the best. */
function createBestPassages(database: DatabaseSync): (choice: WordChoice) => FoundPassage[] {
  const bestOfSmall = createWordScores(database, SCORING);
  const bestOfLarge = database.prepare(`
    SELECT rowid AS id, ${SCORING} AS score FROM words
    WHERE words MATCH ? AND +rowid IN (SELECT rowid FROM words WHERE words MATCH ?) ORDER BY score LIMIT ?`);
  // CROSS JOIN keeps the order of the passages.
  const places = database.prepare(`
    SELECT json_each.key AS at, document, url, title, prior
    FROM json_each(?) CROSS JOIN passages ON passages.id = json_each.value JOIN documents ON documents.id = document`);
  return ({ words, telling, passages }) => {
    // Only what passes is scored. The "+" keeps SQLite from asking for each row by itself.
    const best =
      telling === null
        ? bestOfSmall(words, { passages, limit: MAX_CANDIDATES })
        : bestOfLarge
            .all(words.join(" OR "), telling.join(" OR "), MAX_CANDIDATES)
            .map((row) => ({ id: Number(row.id), score: Number(row.score) }));
    return places.all(JSON.stringify(best.map(({ id }) => id))).map(({ at, document, url, title, prior }) => {
      const { id, score } = best[Number(at)] ?? { id: 0, score: 0 };
      return { id, score, document: Number(document), url: String(url), title: String(title), prior: Number(prior) };
    });
  };
}

/** Documents in the order of their best passages, which these are in; one that the question names is preferred. */
function rankDocuments(passages: readonly FoundPassage[], named: ReadonlySet<number>): RankedDocument[] {
  const byId = new Map<number, RankedDocument>();
  for (const { id, document, url, title, prior, ...passage } of passages) {
    const score = -passage.score * prior * (named.has(document) ? NAMED_FACTOR : 1);
    const ranked = byId.get(document) ?? { url, title, passageIds: [], score };
    ranked.passageIds.push(id);
    byId.set(document, ranked);
  }
  return Array.from(byId.values()).sort((left, right) => right.score - left.score);
}

// bm25() is negative, the best is the lowest; the function with LIMIT takes two thirds of the time of the column `rank`,
// which sorts all rows. Weights of title, headings and text: a title weight of 3 to 8 finds the same within a point of
// recall at 5 (HotpotQA, MuSiQue, 2WikiMultiHopQA); 1 finds 2 points less.
const SCORING = "bm25(words, 4.0, 2.0, 1.0)";
// Recall at 5 rises by 2.5, 1.6 and 1.7 points on the training questions of the three sets; 1.2 to 2 do the same.
const NAMED_FACTOR = 1.5;
// Ten passages for each document that is asked for: the same recall as with 200, for less than half of the rows.
const MAX_CANDIDATES = 80;
const MAX_HOMONYMS = 3;
const SNIPPET_CHARS = 300;
const SNIPPET_PASSAGES = 3;
