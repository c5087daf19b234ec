import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { createBatcher } from "../../src/jobs/batcher.ts";
import { silentLog } from "../helpers/databases.ts";

const OPTIONS = { collectMs: 1, most: 100, log: silentLog };

describe("a batcher", () => {
  it("does together what comes together, and gives each its own result", async () => {
    const batches: number[][] = [];
    const double = createBatcher(async (items: readonly number[]) => {
      batches.push([...items]);
      return items.map((item) => item * 2);
    }, OPTIONS);
    assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6]);
    assert.deepEqual(batches, [[1, 2, 3]]);
  });

  it("does what comes meanwhile in the next batch, and no more than allowed in one", async () => {
    const batches: number[] = [];
    const work = createBatcher(
      async (items: readonly number[]) => {
        batches.push(items.length);
        return [...items];
      },
      { ...OPTIONS, most: 2 },
    );
    assert.deepEqual(await Promise.all([1, 2, 3].map(work)), [1, 2, 3]);
    assert.deepEqual(await work(4), 4);
    assert.deepEqual(batches, [2, 1, 1]);
  });

  it("spoils nobody's work with one bad item", async () => {
    const work = createBatcher(async (items: readonly string[]) => {
      if (items.includes("bad")) throw new Error("cannot be stored");
      return [...items];
    }, OPTIONS);
    const results = await Promise.allSettled(["good", "bad", "fine"].map(work));
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });

  it("tries nothing one by one while the database is gone", async () => {
    let calls = 0;
    const work = createBatcher(async (_items: readonly string[]): Promise<string[]> => {
      calls += 1;
      throw new RuminateError("DATABASE_UNAVAILABLE", "gone", { isRetryable: true });
    }, OPTIONS);
    const results = await Promise.allSettled(["a", "b"].map(work));
    assert.ok(results.every(({ status }) => status === "rejected"));
    assert.equal(calls, 1);
  });
});
