import { Keyv } from "keyv";
import type { Logger } from "pino";
import type { Queryable } from "../ports.ts";
import { createCacheStore } from "./cache-store.ts";

export interface CacheOptions {
  /** Keeps the entries of different uses apart; `clear` clears only this one. */
  namespace: string;
  /** For entries that are set without a lifetime of their own. */
  ttlMs: number;
  log: Logger;
}

/**
 * A Keyv over the database, for what may be lost. When the database does not answer, reads give undefined, writes
 * false, and the log has the reason. Expired entries are not seen any more; `deleteExpired` removes them.
 */
export function createCache<Value>(database: Queryable, { namespace, ttlMs, log }: CacheOptions): Keyv<Value> {
  const cache = new Keyv<Value>({ store: createCacheStore(database), namespace, ttl: ttlMs });
  // Without a listener Keyv throws what its store could not do.
  cache.on("error", (error: unknown) => log.warn({ err: error, namespace }, "cache failed"));
  return cache;
}
