import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { PGlite, PGliteOptions, Transaction } from "@electric-sql/pglite";
import type { Logger } from "pino";
import { guardHandler, requireChannelName } from "./channels.ts";
import type { OpenDatabase } from "./database.ts";
import { translateDatabaseError } from "./database-errors.ts";
import { directoryError, diskFullError, lockDirectory } from "./directory-lock.ts";
import { freeBytesOf, LEAST_FREE_BYTES } from "./disk-room.ts";
import { createRoomCheck, failAfterAbort, type RoomCheck, startCheckpoints } from "./pglite-safety.ts";
import { COLUMN_PARSERS, cleanParameters } from "./sql-values.ts";

/**
 * PostgreSQL inside this process: in the directory, locked against other processes, or in memory.
 *
 * There is one connection, and queries compute on this thread. Within `transaction` use only the query handed in: the
 * database's own waits until the transaction has ended. Safe against the death of the process, not against power loss:
 * PGlite never calls fsync.
 */
export async function openPglite(dataDirectory: string | null, log: Logger): Promise<OpenDatabase> {
  if (dataDirectory === null)
    return databaseOf(await openInMemory(log), { requireRoom: () => {}, release: () => {}, log });
  const { release } = lockDirectory(dataDirectory);
  try {
    const handle = await openInDirectory(dataDirectory, log);
    return databaseOf(handle, { requireRoom: createRoomCheck(dataDirectory), release, log });
  } catch (error) {
    release();
    throw freeBytesOf(dataDirectory) < LEAST_FREE_BYTES
      ? diskFullError(dataDirectory, error)
      : directoryError(dataDirectory, error);
  }
}

interface DatabaseParts {
  requireRoom: RoomCheck;
  /** Called when the database is closed. */
  release: () => void;
  log: Logger;
}

function databaseOf(handle: PGlite, { requireRoom, release, log }: DatabaseParts): OpenDatabase {
  const run = async <Row>(on: PGlite | Transaction, text: string, values: unknown[] = []): Promise<Row[]> => {
    requireRoom(text, values);
    const { rows } = await translated(on.query<Row>(text, cleanParameters(values), { parsers: COLUMN_PARSERS }));
    return rows;
  };
  const stopCheckpoints = startCheckpoints(handle, log);
  let closing: Promise<void> | null = null;
  return {
    engine: "pglite",
    handle,
    query: (text, values) => run(handle, text, values),
    transaction: (work) =>
      translated(
        handle.transaction((transaction) => work({ query: (text, values) => run(transaction, text, values) })),
      ),
    listen: async (channel, onNotify) =>
      translated(handle.listen(requireChannelName(channel), guardHandler(onNotify, log))),
    close: () => {
      stopCheckpoints();
      closing ??= handle.close().finally(release);
      return closing;
    },
  };
}

async function translated<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function openInMemory(log: Logger): Promise<PGlite> {
  const archive = await createCluster(null);
  return startPglite("memory://", { loadDataDir: new Blob([archive]) }, log);
}

async function openInDirectory(dataDirectory: string, log: Logger): Promise<PGlite> {
  const cluster = join(dataDirectory, "database");
  if (existsSync(join(cluster, "PG_VERSION"))) return startPglite(cluster, {}, log);
  if (existsSync(cluster)) throw new Error(`${cluster} is not a database`);
  if (freeBytesOf(dataDirectory) < NEW_DATABASE_BYTES) throw diskFullError(dataDirectory);
  // Made under another name: what a crash leaves half made is never taken for a database, and is made again.
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await createCluster(unfinished);
  renameSync(unfinished, cluster);
  return startPglite(cluster, {}, log);
}

/** An empty database in the directory, or, for null, as a tar archive. */
async function createCluster(directory: string | null): Promise<ArrayBuffer> {
  const worker = new Worker(new URL("./create-cluster.ts", import.meta.url), { workerData: { directory } });
  return new Promise((resolve, reject) => {
    let archive = new ArrayBuffer(0);
    worker.once("message", (message: ArrayBuffer) => {
      archive = message;
    });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code === 0) resolve(archive);
      else reject(new Error(`the worker that makes the database ended with code ${code}`));
    });
  });
}

async function startPglite(directory: string, options: PGliteOptions, log: Logger): Promise<PGlite> {
  const { PGlite } = await import("@electric-sql/pglite");
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ["-c", setting])];
  let lastWords = "";
  const onStderr = (text: string): boolean => {
    lastWords = text.match(/(?:PANIC|FATAL):\s*(.+)/)?.[1] ?? lastWords;
    log.debug({ text }, "message of the embedded database");
    return true;
  };
  try {
    const handle = await PGlite.create(directory, { ...options, startParams, onStderr });
    failAfterAbort(handle, () => lastWords, log);
    return handle;
  } catch (error) {
    throw lastWords === "" ? error : new Error(`its database did not start (${lastWords})`, { cause: error });
  }
}

const SETTINGS = [
  // The default of 128MB costs 130 MB of memory for nothing: the files are in the system's cache anyway. An open
  // database takes 180 MB instead of 306, and opens as fast (measured).
  "shared_buffers=16MB",
  // How much of the write-ahead log is kept for use again at a checkpoint.
  "max_wal_size=64MB",
  "min_wal_size=32MB",
  // Its timer runs on after the start, and would keep the process alive as long as the database is open.
  "log_startup_progress_interval=0",
];
// A new database is 40 MB.
const NEW_DATABASE_BYTES = 64 * 2 ** 20;
