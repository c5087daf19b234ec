import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
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
  const stored = database.prepare("SELECT * FROM documents WHERE url = ?");
  const lastPassage = database.prepare("SELECT max(id) AS id FROM passages");
  const insertDocument = database.prepare(
    `INSERT INTO documents (url, title, other_names, fingerprint, prior, skipped, first_passage, last_passage)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPassage = database.prepare("INSERT INTO passages (id, document, heading, text) VALUES (?, ?, ?, ?)");
  const insertWords = database.prepare("INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)");
  const deleteWords = prepareDelete(database, "DELETE FROM words WHERE rowid BETWEEN ? AND ?");
  const deletePassages = prepareDelete(database, "DELETE FROM passages WHERE id BETWEEN ? AND ?");
  const deleteDocument = prepareDelete(database, "DELETE FROM documents WHERE id = ?");

  // Nobody else writes in a transaction, so the passages of a document stand in one row.
  let passageId = 0;

  /** One step for each passage. */
  function* write(document: IndexedDocument): Generator<void> {
    const { url, title, otherNames = [], passages, fingerprint, prior = 1, skipped = null } = document;
    const old = stored.get(url);
    if (old?.fingerprint === fingerprint) return;
    if (old !== undefined) removeStored(old);
    const place = [passageId + 1, passageId + passages.length];
    const row = [url, title, JSON.stringify(otherNames), fingerprint, prior, skipped, ...place];
    const id = Number(insertDocument.run(...row).lastInsertRowid);
    if (skipped === null) titles.add(id, [title, ...otherNames]);
    const titleWords = indexableText(title);
    for (const { heading, text } of passages) {
      passageId++;
      insertPassage.run(passageId, id, heading, text);
      insertWords.run(passageId, titleWords, indexableText(heading), indexableText(text));
      yield;
    }
  }

  function* remove(url: string): Generator<void> {
    const old = stored.get(url);
    if (old !== undefined) removeStored(old);
    yield;
  }

  function removeStored(row: Record<string, SQLOutputValue>): void {
    const [id, first, last] = [Number(row.id), Number(row.first_passage), Number(row.last_passage)];
    deleteWords.run(first, last);
    deletePassages.run(first, last);
    titles.remove(id, [String(row.title), ...JSON.parse(String(row.other_names))]);
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
    async function take(all: Generator<void>): Promise<void> {
      for (const _ of all) {
        steps++;
        const pausing = pause();
        if (pausing !== undefined) await pausing;
      }
    }
    async function commit(): Promise<void> {
      await take(titles.flush());
      database.exec("COMMIT");
      steps = 0;
    }
    try {
      for (const item of items) {
        if (!database.isTransaction) {
          await begin(database, signal);
          passageId = Number(lastPassage.get()?.id ?? 0);
        }
        await take(work(item));
        if (steps >= STEPS_PER_TRANSACTION) await commit();
      }
      if (database.isTransaction) await commit();
    } catch (error) {
      titles.drop();
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
