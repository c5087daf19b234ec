import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { Journal } from "./ports.ts";
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
  await migrate(database);
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
    return await openDatabase({ url, dataDirectory: join(config.DATA_DIR, "database"), log });
  } catch (error) {
    const isTaken = error instanceof RuminateError && error.code === "DATA_DIRECTORY_TAKEN";
    if (!isTaken || !mayRunInMemory) throw error;
    notify(`${error.message} This question is answered all the same, but its report is not kept.`);
    return openDatabase({ url: null, dataDirectory: null, log });
  }
}
