import assert from "node:assert/strict";
import { it } from "node:test";
import { createRateBudget } from "../../src/jobs/rate-budget.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";

const PACE = { perMinute: 6, burst: 3 };

describeOnEachEngine("the rates that processes share", (open) => {
  it("give all processes together the turns of one budget, and say how long the rest has to wait", async (test) => {
    const database = await open(test);
    const [one, other] = [createRateBudget(), createRateBudget()];
    one.bind(database);
    other.bind(database);
    const waits = [await one.take("k", PACE), await other.take("k", PACE), await one.take("k", PACE)];
    assert.deepEqual(waits, [0, 0, 0]);
    const wait = await other.take("k", PACE);
    assert.ok(wait > 0 && wait <= 30_000, `waits ${wait} ms`);
    assert.equal(await other.take("another key", PACE), 0);
  });

  it("are kept by each process for itself while the database does not answer", async () => {
    const alone = createRateBudget();
    alone.bind({
      query: async () => {
        throw new Error("gone");
      },
    });
    const waits = [];
    for (let turn = 0; turn < 4; turn += 1) waits.push(await alone.take("k", PACE));
    assert.deepEqual(waits.slice(0, 3), [0, 0, 0]);
    assert.ok((waits[3] ?? 0) > 0);
  });
});
