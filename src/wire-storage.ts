import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { RecordModelCall } from "./model/model-call-record.ts";
import type { Cache, Journal } from "./ports.ts";
import { createCache } from "./storage/cache.ts";
import { type OpenDatabase, openDatabase } from "./storage/database.ts";
import { createJournal } from "./storage/journal.ts";
import { migrate } from "./storage/migrate.ts";
import { createRunStore, type RunStore } from "./storage/runs.ts";
import { createUsageStore, type UsageStore } from "./storage/usage.ts";

export interface Storage {
  database: OpenDatabase;
  runs: RunStore;
  journal: Journal;
  usage: UsageStore;
}

export interface StorageOptions {
  log: Logger;
  /** Go on in memory when another process has the embedded database; `notify` tells what that means. */
  mayRunInMemory: boolean;
  notify(sentence: string): void;
}

/**
 * The database of the configuration, migrated, with its stores.
 *
 * @throws {RuminateError} DATABASE_UNAVAILABLE, DATA_DIRECTORY_TAKEN, DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export async function openStorage(config: Config, options: StorageOptions): Promise<Storage> {
  const database = await open(config, options);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    database,
    runs: createRunStore(database),
    journal: createJournal(database),
    usage: createUsageStore(database),
  };
}

async function open(config: Config, { log, mayRunInMemory, notify }: StorageOptions): Promise<OpenDatabase> {
  const url = config.DATABASE_URL ?? null;
  try {
    return await openDatabase({ url, dataDirectory: config.DATA_DIR, log });
  } catch (error) {
    const isTaken = error instanceof RuminateError && error.code === "DATA_DIRECTORY_TAKEN";
    if (!isTaken || !mayRunInMemory) throw error;
    notify(`${error.message} This question is answered all the same, but its report is not kept.`);
    return openDatabase({ url: null, dataDirectory: null, log });
  }
}

/** Caches on the database that may still be opening. */
export function cachesOf(storage: Promise<Storage>, log: Logger): { pages: Cache; searches: Cache } {
  const lazily = (namespace: string): Cache => {
    const cache = storage.then(({ database }) => createCache(database, { namespace, ttlMs: DAY_MS, log }));
    // Whoever awaits the storage hears of its failure.
    cache.catch(() => {});
    return {
      get: async (key) => (await cache).get(key),
      set: async (key, value, ttlMs) => (await cache).set(key, value, ttlMs),
    };
  };
  return { pages: lazily("page"), searches: lazily("search") };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The tables may not be there yet when the first call is made. */
export function recordWhenOpen(storage: Promise<Storage>, log: Logger): RecordModelCall {
  return (call) => {
    storage
      .then(({ usage }) => usage.record(call))
      .catch((error: unknown) => log.warn({ err: error }, "model call not recorded"));
  };
}
