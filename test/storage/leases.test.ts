import assert from "node:assert/strict";
import { it } from "node:test";
import type { Database } from "../../src/ports.ts";
import { createLeaseStore, requestCancel } from "../../src/storage/leases.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { makeRun } from "../helpers/runs.ts";

/** A run whose process died so often without getting further, the last time just after it was taken up. */
async function died(database: Database, { deaths, secondsAgo = 0 }: { deaths: number; secondsAgo?: number }) {
  await database.query(
    "update runs set state = 'running', tries = $1, updated_at = now() - $2 * interval '1 second' where id = 'r1'",
    [deaths, secondsAgo],
  );
}

describeOnEachEngine("taking up a run", (open) => {
  it("waits longer after each death of its process, so that it does not take the others with it", async (test) => {
    const database = await open(test);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    const { take } = createLeaseStore(database);
    const restAfter = async (deaths: number): Promise<number> => {
      await died(database, { deaths });
      const result = await take("r1", "me", { perPerson: 2 });
      return result.kind === "resting" ? result.forMs / 1000 : 0;
    };
    const [first, second, third, last] = [
      await restAfter(1),
      await restAfter(2),
      await restAfter(3),
      await restAfter(9),
    ];
    assert.equal(first, 0);
    // Up to twice the time, and less what has passed since the statement before.
    assert.ok(second > 1 && second < 4, `${second} s`);
    assert.ok(third > 3 && third < 8, `${third} s`);
    assert.ok(last > 4 && last < 10, `${last} s`);
    await died(database, { deaths: 9, secondsAgo: 11 });
    assert.equal((await take("r1", "me", { perPerson: 2 })).kind, "taken");
  });

  it("does not wait when somebody stopped it", async (test) => {
    const database = await open(test);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    await died(database, { deaths: 5 });
    await requestCancel(database, "r1");
    const result = await createLeaseStore(database).take("r1", "me", { perPerson: 2 });
    assert.deepEqual([result.kind, result.kind === "taken" && result.taken.tries], ["taken", 6]);
  });
});
