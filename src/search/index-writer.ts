import type { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { BUSY_TIMEOUT_MS, isLocked, prepareDelete } from "./index-file.ts";
import { indexableText } from "./match-query.ts";
import { createPacer } from "./pacer.ts";
import type { IndexedDocument } from "./passage-index.ts";
import type { TitleLinks } from "./title-links.ts";

export interface IndexWriter {
  upsert(documents: readonly IndexedDocument[], options?: { signal?: AbortSignal }): Promise<void>;
  remove(urls: readonly string[], options?: { signal?: AbortSignal }): Promise<void>;
}

/**
 * Writes documents in transactions of some thousand passages, which the index needs to be fast, and lets the event loop
 * run every few milliseconds in them. Another process that wants to write meanwhile waits without blocking. Only one
 * call at a time; a call that is cut short leaves whole documents.
 */
export function createIndexWriter(database: DatabaseSync, titles: TitleLinks): IndexWriter {
  const stored = database.prepare("SELECT id, fingerprint, first_passage, last_passage FROM documents WHERE url = ?");
  const insertDocument = database.prepare(
    "INSERT INTO documents (url, title, fingerprint, prior, skipped) VALUES (?, ?, ?, ?, ?)",
  );
  const setPassages = database.prepare("UPDATE documents SET first_passage = ?, last_passage = ? WHERE id = ?");
  const insertPassage = database.prepare("INSERT INTO passages (document, heading, text) VALUES (?, ?, ?)");
  const insertWords = database.prepare("INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)");
  const deleteWords = prepareDelete(database, "DELETE FROM words WHERE rowid BETWEEN ? AND ?");
  const deletePassages = prepareDelete(database, "DELETE FROM passages WHERE id BETWEEN ? AND ?");
  const deleteDocument = prepareDelete(database, "DELETE FROM documents WHERE id = ?");

  /** One step for each passage. */
  function* write(document: IndexedDocument): Generator<void> {
    const { url, title, otherNames = [], passages, fingerprint, prior = 1, skipped = null } = document;
    if (stored.get(url)?.fingerprint === fingerprint) return;
    removeNow(url);
    const id = Number(insertDocument.run(url, title, fingerprint, prior, skipped).lastInsertRowid);
    if (skipped === null) titles.add(id, title, otherNames);
    const titleWords = indexableText(title);
    let last = 0;
    for (const { heading, text } of passages) {
      last = Number(insertPassage.run(id, heading, text).lastInsertRowid);
      insertWords.run(last, titleWords, indexableText(heading), indexableText(text));
      yield;
    }
    // Nobody else writes in this transaction, so the ids follow one another.
    if (last > 0) setPassages.run(last - passages.length + 1, last, id);
  }

  function* remove(url: string): Generator<void> {
    removeNow(url);
    yield;
  }

  function removeNow(url: string): void {
    const old = stored.get(url);
    if (old === undefined) return;
    const [id, first, last] = [Number(old.id), Number(old.first_passage), Number(old.last_passage)];
    deleteWords.run(first, last);
    deletePassages.run(first, last);
    titles.removeAll(id);
    deleteDocument.run(id);
  }

  /** Does all steps, committing between items only. */
  async function inTransactions<Item>(
    items: readonly Item[],
    work: (item: Item) => Generator<void>,
    signal?: AbortSignal,
  ) {
    const pause = createPacer(signal);
    let steps = 0;
    try {
      for (const item of items) {
        if (!database.isTransaction) await begin(database, signal);
        for (const _ of work(item)) {
          steps++;
          await pause();
        }
        if (steps < STEPS_PER_TRANSACTION) continue;
        database.exec("COMMIT");
        steps = 0;
      }
      if (database.isTransaction) database.exec("COMMIT");
    } catch (error) {
      // SQLite has rolled back by itself where the disk is full or the file is damaged.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  return {
    upsert: (documents, { signal } = {}) => inTransactions(documents, write, signal),
    remove: (urls, { signal } = {}) => inTransactions(urls, remove, signal),
  };
}

/** Takes the file's write lock. Waiting in SQLite would stop this process; so it is asked again and again. */
async function begin(database: DatabaseSync, signal: AbortSignal | undefined): Promise<void> {
  const giveUpAt = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      return database.exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE");
    } catch (error) {
      if (!isLocked(error) || performance.now() > giveUpAt) throw error;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
    await setTimeout(LOCK_POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

const STEPS_PER_TRANSACTION = 10_000;
const LOCK_TIMEOUT_MS = 120_000;
const LOCK_POLL_MS = 20;
