import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";

export interface IndexFile {
  database: DatabaseSync;
  /** Closes a damaged file and deletes it, unless another process has already put a new one in its place. */
  discard(): void;
}

/**
 * Opens the SQLite file of a passage index with its tables in place. What is in it can be made again from the
 * documents, so a file that is damaged or was written by another version is emptied without asking. Several processes
 * may have it open at once.
 *
 * @param file path, or ":memory:"
 * @throws {RuminateError} DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function openIndexFile(file: string, log: Logger): IndexFile {
  let inode: number | null = null;
  try {
    inode = inodeOf(file);
    return openInTurn(file);
  } catch (error) {
    if (!isDamage(error)) throw storageError(file, error);
    log.warn({ file, err: error }, "search index is damaged and is built again");
  }
  try {
    deleteFile(file, inode);
    return openInTurn(file);
  } catch (error) {
    throw storageError(file, error);
  }
}

/**
 * A statement that may run after rows were deleted from the full-text table. That leaves SQLite's "last inserted row" at
 * an internal number beyond 2^53, which `run` refuses to return as a number.
 */
export function prepareWrite(database: DatabaseSync, statement: string): StatementSync {
  const prepared = database.prepare(statement);
  prepared.setReadBigInts(true);
  return prepared;
}

/** Does the error say that the file is no sound database? It may be noticed at any statement. */
export function isDamage(error: unknown): boolean {
  return DAMAGE.has(resultCodeOf(error));
}

/** Does another process hold the write lock? */
export function isLocked(error: unknown): boolean {
  return resultCodeOf(error) === SQLITE_BUSY;
}

/**
 * A failure of SQLite or of the file system in words for people: DISK_FULL, DATA_DIRECTORY_UNUSABLE. Errors of other
 * origin come back as they are.
 */
export function storageError(file: string, error: unknown): unknown {
  if (resultCodeOf(error) === 0 && systemCodeOf(error) === null) return error;
  const cause = error instanceof Error ? error.message : String(error);
  if (resultCodeOf(error) === SQLITE_FULL || systemCodeOf(error) === "ENOSPC") {
    return new RuminateError("DISK_FULL", `The disk is full: the search index ${file} could not be written.`, {
      cause: error,
    });
  }
  return new RuminateError(
    "DATA_DIRECTORY_UNUSABLE",
    `The search index ${file} cannot be written (${cause}). Choose a data directory that you may write to.`,
    { cause: error },
  );
}

/**
 * SQLite waits for another process by itself, but not in the moment in which a new file gets its write-ahead log: there it
 * says at once that the file is locked (1 of 100 opens of a new file by four at once).
 */
function openInTurn(file: string): IndexFile {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return openAndPrepare(file);
    } catch (error) {
      if (!isLocked(error) || performance.now() > giveUpAt) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCKED_PAUSE_MS);
  }
}

function openAndPrepare(file: string): IndexFile {
  if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(PRAGMAS);
    createTables(database);
    database.exec(CREATE_TEMPORARY_TABLES);
    // Reads the schema, so that damage there shows now.
    database.prepare("SELECT 1 FROM documents, passages, names, words");
    const inode = inodeOf(file);
    return {
      database,
      discard() {
        database.close();
        deleteFile(file, inode);
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** In one transaction, so that of two processes that start together the second finds the work done. */
function createTables(database: DatabaseSync): void {
  if (versionOf(database) === SCHEMA_VERSION) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    if (versionOf(database) !== SCHEMA_VERSION) database.exec(`${DROP_TABLES} ${CREATE_TABLES}`);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** With what SQLite keeps beside it: a write-ahead log must never meet another file's database. */
function deleteFile(file: string, inode: number | null): void {
  if (inode === null || inodeOf(file) !== inode) return;
  for (const suffix of ["-wal", "-shm", "-journal", ""]) rmSync(`${file}${suffix}`, { force: true });
}

function inodeOf(file: string): number | null {
  return file === MEMORY ? null : (statSync(file, { throwIfNoEntry: false })?.ino ?? null);
}

function versionOf(database: DatabaseSync): unknown {
  return database.prepare("PRAGMA user_version").get()?.user_version;
}

function resultCodeOf(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  // Extended codes carry the primary one in their low byte. https://sqlite.org/rescode.html#pve
  return code & 0xff;
}

function systemCodeOf(error: unknown): unknown {
  return error instanceof Error && "syscall" in error && "code" in error ? error.code : null;
}

// In WAL mode readers and one writer do not wait for each other. NORMAL may lose the last moments in a power cut, which
// the next refresh makes up for. Checkpoints every 32 MB instead of 4 write a tree's inner pages once, not eight times.
const PRAGMAS = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -8000;
  PRAGMA wal_autocheckpoint = 4000;`;
const MEMORY = ":memory:";
export const BUSY_TIMEOUT_MS = 10_000;
const LOCKED_PAUSE_MS = 10;
// https://sqlite.org/rescode.html: SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_NOTADB.
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
const DAMAGE = new Set([SQLITE_CORRUPT, SQLITE_NOTADB]);

/** Changes with the tables, the tokenizer and what `indexableText` writes. */
const SCHEMA_VERSION = 3;
const DROP_TABLES = `
  DROP TABLE IF EXISTS documents;
  DROP TABLE IF EXISTS passages;
  DROP TABLE IF EXISTS names;
  DROP TABLE IF EXISTS words;`;
// Merging sixteen segments at a time in place of four takes a quarter off the work of a first indexing, and searches take
// the same within 5% (bench local-search, CPU time of 250,000 passages). The texts stand in `passages`; `words` holds only the inverted index (contentless: 6.6 MB instead of 11.7 for 8,500
// passages).
const CREATE_TABLES = `
  CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    other_names TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    prior REAL NOT NULL,
    skipped TEXT,
    first_passage INTEGER NOT NULL,
    last_passage INTEGER NOT NULL
  );
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL
  );
  CREATE TABLE names (
    name TEXT NOT NULL,
    words INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (name, document)
  ) WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5 (
    title, heading, text,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
  );
  INSERT INTO words (words, rank) VALUES ('automerge', 16), ('pgsz', 8000);
  PRAGMA user_version = ${SCHEMA_VERSION};`;
/** Of this connection alone: the names of a transaction, until they are written in their order. */
const CREATE_TEMPORARY_TABLES = `
  CREATE TEMPORARY TABLE recorded_names (
    document INTEGER NOT NULL,
    name TEXT NOT NULL,
    words INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    PRIMARY KEY (document, name)
  ) WITHOUT ROWID;`;
