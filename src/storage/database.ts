import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Database } from "../ports.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

export interface DatabaseOptions {
  /** postgres://…; null for the embedded database. */
  url: string | null;
  /** Where the embedded database keeps its files; null for one in memory. Not looked at when there is a URL. */
  dataDirectory: string | null;
  log: Logger;
}

/** The engine behind a `Database`, for what needs more than SQL: pg-boss, and upkeep that only PGlite needs. */
export type OpenDatabase = Database &
  ({ readonly engine: "pglite"; readonly handle: PGlite } | { readonly engine: "postgres"; readonly handle: Pool });

/**
 * Opens PostgreSQL when a URL is given, else the embedded PGlite. The tables are made by `migrate`.
 *
 * The embedded database takes 3 to 5 s on the very first start (in a worker, so that this process stays free) and 0.3 to
 * 0.5 s later: start it in the background.
 *
 * @throws {RuminateError} DATABASE_UNAVAILABLE (retryable when the server may come back), DATA_DIRECTORY_TAKEN,
 *   DATA_DIRECTORY_UNUSABLE, DISK_FULL; each message is one sentence or two that say what to do
 */
export async function openDatabase({ url, dataDirectory, log }: DatabaseOptions): Promise<OpenDatabase> {
  return url === null ? openPglite(dataDirectory, log) : openPostgres(url, log);
}
