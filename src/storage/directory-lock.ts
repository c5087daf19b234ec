import { accessSync, constants, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { RuminateError } from "../errors.ts";
import { codeOf, isDiskFull } from "./database-errors.ts";

export interface DirectoryLock {
  release(): void;
}

/**
 * Makes the directory if need be and locks it for this process: an exclusive transaction on a SQLite file in it. The
 * kernel frees the lock when the process ends, however it ends; a pid file would go stale. PGlite itself lets two
 * processes in and then loses acknowledged rows (facts/security-and-reliability.md, 4.2).
 *
 * @throws {RuminateError} DATA_DIRECTORY_TAKEN naming the owner, DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function lockDirectory(directory: string): DirectoryLock {
  prepareDirectory(directory);
  const ownerFile = join(directory, "database.owner");
  const lock = takeLock(directory, ownerFile);
  try {
    writeFileSync(ownerFile, JSON.stringify(ownDescription()));
  } catch (error) {
    lock.close();
    throw directoryError(directory, error);
  }
  let isReleased = false;
  return {
    release: () => {
      if (isReleased) return;
      isReleased = true;
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

/** A failure of the file system below the data directory, in a sentence for the person who runs the process. */
export function directoryError(directory: string, error: unknown): RuminateError {
  if (error instanceof RuminateError) return error;
  if (isDiskFull(error) || sqliteCodeOf(error) === SQLITE_FULL) return diskFullError(directory, error);
  const message = `The data directory ${directory} cannot be used: ${reasonFor(directory, error)} Mend that, or choose another one with DATA_DIR.`;
  return new RuminateError("DATA_DIRECTORY_UNUSABLE", message, { cause: error, details: { directory } });
}

export function diskFullError(directory: string, cause?: unknown): RuminateError {
  const message = `The disk that holds ${directory} is full. Free some space and start again.`;
  return new RuminateError("DISK_FULL", message, { cause, details: { directory } });
}

function prepareDirectory(directory: string): void {
  try {
    // Questions and answers of people are in it: nobody else's business.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw directoryError(directory, error);
  }
}

function takeLock(directory: string, ownerFile: string): DatabaseSync {
  let lock: DatabaseSync | null = null;
  try {
    // This file must never be opened by other means in this process: closing it would drop the lock (POSIX locks belong
    // to the process, not to the descriptor). Hence the owner's name in a file of its own.
    lock = new DatabaseSync(join(directory, "database.lock"));
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock?.close();
    if (sqliteCodeOf(error) === SQLITE_BUSY) throw takenError(directory, ownerFile, error);
    throw directoryError(directory, error);
  }
}

function takenError(directory: string, ownerFile: string, cause: unknown): RuminateError {
  const message = `The data directory ${directory} is in use by ${describeOwner(ownerFile)}. Stop that process, or choose another directory with DATA_DIR.`;
  return new RuminateError("DATA_DIRECTORY_TAKEN", message, { cause, details: { directory } });
}

interface Owner {
  pid: number;
  host: string;
  startedAt: string;
}

function ownDescription(): Owner {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  return { pid: process.pid, host: hostname(), startedAt };
}

function describeOwner(ownerFile: string): string {
  try {
    const { pid, host, startedAt }: Owner = JSON.parse(readFileSync(ownerFile, "utf8"));
    const where = host === hostname() ? "" : ` on ${host}`;
    return `process ${pid}${where}, started at ${startedAt}`;
  } catch {
    // The owner has the lock and has not written its name yet, or is just giving the directory back.
    return "another process";
  }
}

function reasonFor(directory: string, error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return `this process (user ${process.getuid?.() ?? "unknown"}) may not write there${ownerOf(directory)}.`;
    case "EROFS":
      return "the file system is read-only.";
    case "EEXIST":
    case "ENOTDIR":
      return "a file of that name is in the way.";
    default:
      return `${(error instanceof Error ? error.message : String(error)).replace(/\.$/, "")}.`;
  }
}

function ownerOf(directory: string): string {
  try {
    const { uid } = statSync(directory);
    return uid === process.getuid?.() ? "" : `, it belongs to user ${uid}`;
  } catch {
    // Not made yet, or hidden by a directory above it: then the first half of the sentence has to do.
    return "";
  }
}

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;

function sqliteCodeOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode & 0xff : null;
}
