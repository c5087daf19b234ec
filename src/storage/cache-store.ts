import { createHash } from "node:crypto";
import type { EventEmitter } from "node:events";
import { type KeyvStorageAdapter, type KeyvStorageEntry, keyvStorageCapability } from "keyv";
import { RuminateError } from "../errors.ts";
import type { Queryable } from "../ports.ts";

/** What Keyv calls on a storage adapter. Our failures reject, so the emitter's part of its type is not needed. */
export type CacheStore = Required<Omit<KeyvStorageAdapter, keyof EventEmitter | "namespace">> & {
  /** Set by Keyv; so a store belongs to one Keyv. */
  namespace: string | undefined;
};

/** A Keyv 6 storage adapter on the table `cache`. Values are the strings that Keyv serialized. */
export function createCacheStore(database: Queryable): CacheStore {
  const namespaceOf = (): string => store.namespace ?? "";
  const now = (): string => new Date().toISOString();

  async function read(keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await database.query<CacheRow>(READ, [namespaceOf(), keys.map(storedKey), now()]);
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  async function write(entries: readonly KeyvStorageEntry<unknown>[]): Promise<void> {
    // The last of several entries with one key counts; one statement cannot set a row twice.
    const unique = Array.from(new Map(entries.map((entry) => [storedKey(entry.key), entry])));
    const keys = unique.map(([key]) => key);
    const values = unique.map(([, { value }]) => requireString(value));
    const expiries = unique.map(([, { expires }]) => expiryOf(expires));
    await database.query(WRITE, [namespaceOf(), keys, values, expiries]);
  }

  async function remove(keys: readonly string[]): Promise<Set<string>> {
    const rows = await database.query<CacheRow>(REMOVE, [namespaceOf(), keys.map(storedKey), now()]);
    return new Set(rows.map(({ key }) => key));
  }

  async function* iterator(): AsyncGenerator<[string, string], void> {
    let last = "";
    while (true) {
      const rows = await database.query<CacheRow>(PAGE, [namespaceOf(), last, now(), PAGE_ROWS]);
      for (const { key, value } of rows) yield [key, value];
      last = rows.at(-1)?.key ?? "";
      if (rows.length < PAGE_ROWS) return;
    }
  }

  const store: CacheStore = {
    namespace: undefined,
    get capabilities() {
      return keyvStorageCapability(store);
    },
    get: async (key) => (await read([key])).get(storedKey(key)),
    getMany: async (keys) => {
      const found = await read(keys);
      return keys.map((key) => found.get(storedKey(key)));
    },
    has: async (key) => (await read([key])).size > 0,
    hasMany: async (keys) => {
      const found = await read(keys);
      return keys.map((key) => found.has(storedKey(key)));
    },
    set: async (key, value, expires) => {
      await write([{ key, value, expires }]);
      return true;
    },
    setMany: async (values) => {
      await write(values);
      return values.map(() => true);
    },
    delete: async (key) => (await remove([key])).size > 0,
    deleteMany: async (keys) => {
      const removed = await remove(keys);
      return keys.map((key) => removed.has(storedKey(key)));
    },
    clear: async () => {
      await database.query("delete from cache where namespace = $1", [namespaceOf()]);
    },
    // The database belongs to whoever opened it.
    disconnect: async () => {},
    iterator,
  };
  return store;
}

interface CacheRow {
  key: string;
  value: string;
}

const ALIVE = "(expires_at is null or expires_at > $3)";
const READ = `select key, value from cache where namespace = $1 and key = any($2::text[]) and ${ALIVE}`;
const WRITE = `insert into cache (namespace, key, value, expires_at)
  select $1, key, value, expires_at from unnest($2::text[], $3::text[], $4::timestamptz[]) as new (key, value, expires_at)
  on conflict (namespace, key) do update set value = excluded.value, expires_at = excluded.expires_at`;
const REMOVE = `with gone as (
    delete from cache where namespace = $1 and key = any($2::text[]) returning key, expires_at
  ) select key from gone where ${ALIVE}`;
const PAGE = `select key, value from cache where namespace = $1 and key > $2 and ${ALIVE} order by key limit $4`;
const PAGE_ROWS = 100;

/**
 * Long keys end in their hash: an index entry holds 2,704 bytes at most, addresses can be longer. What is short stays,
 * also what this function gave, so that the keys of `iterator` can be used like any others.
 */
function storedKey(key: string): string {
  if (key.length <= MAX_KEY_CHARS) return key;
  const hash = createHash("sha256").update(key).digest("hex");
  return `${key.slice(0, MAX_KEY_CHARS - hash.length - 1)} ${hash}`;
}

// Up to 3 bytes each; the namespace needs room too.
const MAX_KEY_CHARS = 600;

function requireString(value: unknown): string {
  if (typeof value === "string") return value;
  throw new RuminateError("INTERNAL", `Expected a serialized value for the cache, got ${typeof value}.`);
}

/** Keyv's milliseconds as a time, null for no end. */
function expiryOf(expires: number | undefined): string | null {
  const date = new Date(expires ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
