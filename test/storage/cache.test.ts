import assert from "node:assert/strict";
import { it, mock, type TestContext } from "node:test";
import { Keyv } from "keyv";
import { pino } from "pino";
import type { Queryable } from "../../src/ports.ts";
import { createCache } from "../../src/storage/cache.ts";
import { createCacheStore } from "../../src/storage/cache-store.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";

const START = new Date("2026-11-20T08:00:00.000Z").getTime();

/** A clock that the test moves; the cache asks no other. */
function stopClock(test: TestContext): { pass(ms: number): void } {
  mock.timers.enable({ apis: ["Date"], now: START });
  test.after(() => mock.timers.reset());
  return { pass: (ms) => mock.timers.setTime(Date.now() + ms) };
}

function cacheOf<Value>(database: Queryable, namespace = "test"): Keyv<Value> {
  return createCache<Value>(database, { namespace, ttlMs: 60_000, log: silentLog });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  return Array.fromAsync(items);
}

describeOnEachEngine("the cache", (open) => {
  it("keeps values of each kind", async (t) => {
    const cache = cacheOf<unknown>(await open(t));
    const values = [
      0,
      false,
      null,
      "",
      "text \0 \ud800 🪐",
      "'\"\\",
      [1, [2]],
      { a: { b: null } },
      Buffer.from("bytes"),
    ];
    for (const [index, value] of values.entries()) assert.equal(await cache.set(`k${index}`, value), true);
    assert.deepEqual(await cache.getMany(values.map((_, index) => `k${index}`)), values);
    for (const [index, value] of values.entries()) assert.deepEqual(await cache.get(`k${index}`), value);
    assert.equal(await cache.get("other"), undefined);
  });

  it("replaces a value and its lifetime", async (t) => {
    const clock = stopClock(t);
    const cache = cacheOf<string>(await open(t));
    await cache.set("k", "first", 1_000);
    await cache.set("k", "second", 5_000);
    clock.pass(2_000);
    assert.equal(await cache.get("k"), "second");
  });

  it("does not show what has expired, in any way of asking", async (t) => {
    const clock = stopClock(t);
    const database = await open(t);
    const cache = cacheOf<string>(database);
    await cache.set("short", "a", 1_000);
    await cache.set("long", "b");
    clock.pass(999);
    assert.equal(await cache.get("short"), "a");
    clock.pass(1);
    assert.equal(await cache.get("short"), undefined);
    assert.equal(await cache.has("short"), false);
    assert.deepEqual(await cache.getMany(["short", "long"]), [undefined, "b"]);
    assert.deepEqual(await cache.hasMany(["short", "long"]), [false, true]);
    clock.pass(59_001);
    assert.equal(await cache.get("long"), undefined);
  });

  it("times entries out by itself, should Keyv not look", async (t) => {
    const clock = stopClock(t);
    const store = createCacheStore(await open(t));
    const cache = new Keyv<string>({ store, namespace: "test", checkExpired: false });
    await cache.setMany([
      { key: "short", value: "a", ttl: 1_000 },
      { key: "long", value: "b" },
    ]);
    clock.pass(1_000);
    assert.deepEqual(await cache.getMany(["short", "long"]), [undefined, "b"]);
    assert.deepEqual(await cache.hasMany(["short", "long"]), [false, true]);
    assert.deepEqual(await all(cache.iterator()), [["long", "b"]]);
    assert.equal(await cache.delete("short"), false);
  });

  it("sets, gets and deletes many at once, in the order asked for", async (t) => {
    const cache = cacheOf<number>(await open(t));
    const entries = [
      { key: "a", value: 1 },
      { key: "b", value: 2 },
      { key: "a", value: 3 },
    ];
    assert.deepEqual(await cache.setMany(entries), [true, true, true]);
    assert.deepEqual(await cache.getMany(["b", "none", "a"]), [2, undefined, 3]);
    assert.deepEqual(await cache.deleteMany(["b", "none"]), [true, false]);
    assert.deepEqual(await cache.hasMany(["a", "b"]), [true, false]);
    assert.equal(await cache.delete("a"), true);
    assert.equal(await cache.delete("a"), false);
  });

  it("keeps namespaces apart", async (t) => {
    const database = await open(t);
    const [pages, searches] = [cacheOf<string>(database, "pages"), cacheOf<string>(database, "searches")];
    await pages.set("k", "page");
    await searches.set("k", "search");
    await searches.set("other", "search");
    assert.deepEqual([await pages.get("k"), await searches.get("k")], ["page", "search"]);
    assert.deepEqual(await all(pages.iterator()), [["k", "page"]]);
    assert.equal(await pages.delete("other"), false);
    await searches.clear();
    assert.equal(await searches.get("k"), undefined);
    assert.equal(await pages.get("k"), "page");
  });

  it("walks through more entries than it reads at once", async (t) => {
    const cache = cacheOf<number>(await open(t));
    const keys = Array.from({ length: 250 }, (_, index) => `key ${index}`);
    await cache.setMany(keys.map((key, value) => ({ key, value })));
    const seen = await all(cache.iterator());
    assert.deepEqual(new Set(seen.map(([key]) => key)), new Set(keys));
    assert.equal(seen.length, 250);
  });

  it("takes addresses of any length as keys, and tells apart those that end differently", async (t) => {
    const cache = cacheOf<string>(await open(t));
    const long = `https://example.com/${"ü/".repeat(5_000)}`;
    await cache.setMany([
      { key: `${long}1`, value: "one" },
      { key: `${long}2`, value: "two" },
    ]);
    assert.deepEqual(await cache.getMany([`${long}2`, `${long}1`, `${long}3`]), ["two", "one", undefined]);
    const [[key = ""] = []] = await all(cache.iterator() as AsyncIterable<[string, string]>);
    assert.equal(await cache.has(key), true);
    assert.equal(await cache.delete(`${long}1`), true);
    assert.equal(await cache.delete(`${long}2`), true);
  });

  it("does not mistake a key for SQL", async (t) => {
    const cache = cacheOf<string>(await open(t));
    const key = "'; drop table cache; --";
    await cache.set(key, "still here");
    assert.equal(await cache.get(key), "still here");
  });

  it("is a miss, and says so in the log, when the database does not answer", async () => {
    const lines: string[] = [];
    const log = pino({ level: "warn" }, { write: (line) => lines.push(line) });
    const broken: Queryable = { query: () => Promise.reject(new Error("no database")) };
    const cache = createCache<string>(broken, { namespace: "pages", ttlMs: 1_000, log });
    assert.equal(await cache.set("k", "v"), false);
    assert.equal(await cache.get("k"), undefined);
    assert.deepEqual(await cache.getMany(["k", "l"]), [undefined, undefined]);
    assert.equal(await cache.has("k"), false);
    assert.equal(await cache.delete("k"), false);
    await cache.clear();
    assert.equal(lines.length, 6);
    assert.match(lines[0] ?? "", /"namespace":"pages","msg":"cache failed"/);
  });
});
