import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { createBulkInsert } from "./bulk-insert.ts";
import { BUSY_TIMEOUT_MS, isLocked, prepareWrite } from "./index-file.ts";
import { indexableText } from "./match-query.ts";
import { createPacer } from "./pacer.ts";
import type { IndexedDocument } from "./passage-index.ts";
import type { TitleLinks } from "./title-links.ts";

export type Stream<Item> = Iterable<Item> | AsyncIterable<Item>;

export interface IndexWriter {
  upsert(documents: Stream<IndexedDocument>, options?: { signal?: AbortSignal }): Promise<void>;
  remove(urls: readonly string[], options?: { signal?: AbortSignal }): Promise<void>;
}

/**
 * Writes documents in transactions of some thousand passages, which the index needs to be fast, as they come, and lets
 * the event loop run every few milliseconds in them. Another process that wants to write meanwhile waits without
 * blocking. Only one call at a time; a call that is cut short leaves whole documents.
 */
export function createIndexWriter(database: DatabaseSync, titles: TitleLinks): IndexWriter {
  const stored = database.prepare("SELECT * FROM documents WHERE url = ?");
  const lastPassage = database.prepare("SELECT max(id) AS id FROM passages");
  const lastDocument = database.prepare("SELECT max(id) AS id FROM documents");
  const insertDocument = prepareWrite(
    database,
    `INSERT INTO documents (id, url, title, other_names, fingerprint, prior, skipped, first_passage, last_passage)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO NOTHING`,
  );
  const passageRows = createBulkInsert<[id: number, document: number, heading: string, text: string]>(
    database,
    "INSERT OR ROLLBACK INTO passages (id, document, heading, text)",
    4,
  );
  const insertWords = database.prepare("INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)");
  const deleteWords = prepareWrite(database, "DELETE FROM words WHERE rowid BETWEEN ? AND ?");
  const deletePassages = prepareWrite(database, "DELETE FROM passages WHERE id BETWEEN ? AND ?");
  const deleteDocument = prepareWrite(database, "DELETE FROM documents WHERE id = ?");

  // Nobody else writes in a transaction, so the numbers go on from here and those of a document's passages are a range.
  let documentId = 0;
  let passageId = 0;

  /** One step for each passage. */
  function* write(document: IndexedDocument): Generator<void> {
    const { title, otherNames = [], passages, skipped = null } = document;
    const id = insertNew(document) ?? replaceOld(document);
    if (id === null) return;
    if (skipped === null) titles.add(id, [title, ...otherNames]);
    const titleWords = indexableText(title);
    for (const { heading, text } of passages) {
      passageId++;
      passageRows.add(passageId, id, heading, text);
      insertWords.run(passageId, titleWords, indexableText(heading), indexableText(text));
      yield;
    }
  }

  /** Null when there is one of this address. */
  function insertNew(document: IndexedDocument): number | null {
    const { url, title, otherNames = [], passages, fingerprint, prior = 1, skipped = null } = document;
    const row = [url, title, JSON.stringify(otherNames), fingerprint, prior, skipped];
    const { changes } = insertDocument.run(documentId + 1, ...row, passageId + 1, passageId + passages.length);
    return Number(changes) === 0 ? null : ++documentId;
  }

  /** Null when it is stored as it is. */
  function replaceOld(document: IndexedDocument): number | null {
    const old = stored.get(document.url);
    if (old === undefined || old.fingerprint === document.fingerprint) return null;
    removeStored(old);
    return insertNew(document);
  }

  function* remove(url: string): Generator<void> {
    const old = stored.get(url);
    if (old !== undefined) removeStored(old);
    yield;
  }

  function removeStored(row: Record<string, SQLOutputValue>): void {
    const [id, first, last] = [Number(row.id), Number(row.first_passage), Number(row.last_passage)];
    passageRows.flush();
    deleteWords.run(first, last);
    deletePassages.run(first, last);
    titles.remove(id, [String(row.title), ...JSON.parse(String(row.other_names))]);
    deleteDocument.run(id);
  }

  /** Does all steps, committing between items only. */
  async function inTransactions<Item>(
    items: Stream<Item>,
    work: (item: Item) => Generator<void>,
    signal?: AbortSignal,
  ) {
    const pause = createPacer(signal);
    let steps = 0;
    let isWhole = true;
    try {
      for await (const item of items) {
        if (!database.isTransaction) await startTransaction(signal);
        isWhole = false;
        for (const _ of work(item)) {
          steps++;
          const pausing = pause();
          if (pausing !== undefined) await pausing;
        }
        isWhole = true;
        if (steps < STEPS_PER_TRANSACTION) continue;
        commit();
        steps = 0;
        await setTimeout(LOCK_GAP_MS);
      }
      if (database.isTransaction) commit();
    } catch (error) {
      endTransaction(isWhole);
      throw error;
    }
  }

  async function startTransaction(signal: AbortSignal | undefined): Promise<void> {
    await begin(database, signal);
    documentId = Number(lastDocument.get()?.id ?? 0);
    passageId = Number(lastPassage.get()?.id ?? 0);
  }

  function commit(): void {
    passageRows.flush();
    titles.flush();
    database.exec("COMMIT");
  }

  /** After a failure. Where it is the source that failed, what came before is kept. */
  function endTransaction(isWhole: boolean): void {
    try {
      if (isWhole && database.isTransaction) commit();
    } finally {
      passageRows.drop();
      titles.drop();
      // SQLite has rolled back by itself where the disk is full or the file is damaged.
      if (database.isTransaction) database.exec("ROLLBACK");
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
const LOCK_POLL_MS = 5;
/** Between two transactions, so that another process gets its turn. */
const LOCK_GAP_MS = 10;
