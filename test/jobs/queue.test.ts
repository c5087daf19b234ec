import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { it } from "node:test";
import { createQueue, type Queue, type Settlement } from "../../src/jobs/queue.ts";
import type { OpenDatabase } from "../../src/storage/database.ts";
import type { Run } from "../../src/types.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { makeRun } from "../helpers/runs.ts";

const ENDED: Settlement = { kind: "ended" };

/** A started queue of its own, stopped and gone when `use` is through. */
async function withQueue(database: OpenDatabase, use: (queue: Queue, schema: string) => Promise<void>): Promise<void> {
  const schema = `queue_${randomUUID().slice(0, 8)}`;
  const queue = createQueue({ database, log: silentLog, schema });
  await queue.start();
  try {
    await use(queue, schema);
  } finally {
    await queue.stop();
    await database.query(`drop schema ${schema} cascade`);
  }
}

/** Collects the ids that a worker was given; `until(n)` resolves when there are n. */
function collect() {
  const seen: string[] = [];
  let wanted = 0;
  let reached = Promise.withResolvers<string[]>();
  return {
    seen,
    add: (id: string) => {
      seen.push(id);
      if (seen.length >= wanted) reached.resolve(seen);
    },
    until: (count: number) => {
      wanted = count;
      reached = Promise.withResolvers();
      if (seen.length >= wanted) reached.resolve(seen);
      return reached.promise;
    },
  };
}

const send = (database: OpenDatabase, queue: Queue, runs: Run[]) =>
  database.transaction((query) => queue.send(query, runs));

describeOnEachEngine("the queue", (open) => {
  it("hands out what was sent with the transaction, once, and nothing of one that failed", async (test) => {
    const database = await open(test);
    await withQueue(database, async (queue) => {
      const taken = collect();
      await queue.work({ concurrency: 2, perPerson: 2 }, async (runId) => {
        taken.add(runId);
        return ENDED;
      });
      const [kept, lost] = [makeRun(), makeRun()];
      const failing = database.transaction(async (query) => {
        await queue.send(query, [lost]);
        throw new Error("the run could not be stored");
      });
      await assert.rejects(failing, /could not be stored/);
      await send(database, queue, [kept]);
      await send(database, queue, [kept]);
      await taken.until(1);
      await queue.drain();
      assert.deepEqual(taken.seen, [kept.id]);
      assert.deepEqual(await queue.counts(), { waiting: 0, active: 0 });
    });
  });

  it("gives a run out again when its handler wants it, and waits as long as it was told", async (test) => {
    const database = await open(test);
    await withQueue(database, async (queue) => {
      const taken = collect();
      await queue.work({ concurrency: 1, perPerson: 1 }, async (runId) => {
        taken.add(runId);
        return taken.seen.length === 1 ? { kind: "again", afterMs: 0 } : { kind: "again", afterMs: 3_600_000 };
      });
      const run = makeRun();
      await send(database, queue, [run]);
      await taken.until(2);
      await queue.drain();
      assert.deepEqual(taken.seen, [run.id, run.id]);
      assert.deepEqual(await queue.counts(), { waiting: 1, active: 0 });
    });
  });

  it("prefers the runs of others while a person has as many at work as allowed", async (test) => {
    const database = await open(test);
    await withQueue(database, async (queue) => {
      const taken = collect();
      const hold = Promise.withResolvers<Settlement>();
      const [first, second, other] = [
        makeRun({ asker: "test:eager" }),
        makeRun({ asker: "test:eager" }),
        makeRun({ asker: "test:other" }),
      ];
      await queue.work({ concurrency: 2, perPerson: 1 }, (runId) => {
        taken.add(runId);
        return hold.promise;
      });
      await send(database, queue, [first]);
      await taken.until(1);
      await send(database, queue, [second]);
      await send(database, queue, [other]);
      await taken.until(2);
      assert.deepEqual(taken.seen, [first.id, other.id]);
      assert.deepEqual(await queue.counts(), { waiting: 1, active: 2 });
      hold.resolve(ENDED);
      await taken.until(3);
      await queue.drain();
    });
  });

  it("takes out a run that waits", async (test) => {
    const database = await open(test);
    await withQueue(database, async (queue) => {
      const run = makeRun();
      await send(database, queue, [run]);
      await database.transaction((query) => queue.remove(query, run.id));
      assert.deepEqual(await queue.counts(), { waiting: 0, active: 0 });
    });
  });
});

describeOnEachEngine("the queue after the death of a process", (open) => {
  it("gives out at once what the dead one had where nobody else can live, and elsewhere waits for its heartbeat", async (test) => {
    const database = await open(test);
    await withQueue(database, async (dead, schema) => {
      const abandoned = Promise.withResolvers<string>();
      await dead.work({ concurrency: 1, perPerson: 1 }, (runId) => {
        abandoned.resolve(runId);
        return new Promise(() => {});
      });
      await send(database, dead, [makeRun()]);
      await abandoned.promise;
      const next = createQueue({ database, log: silentLog, schema });
      await next.start();
      const isAlone = database.engine === "pglite";
      assert.deepEqual(await next.counts(), isAlone ? { waiting: 1, active: 0 } : { waiting: 0, active: 1 });
      await next.stop();
    });
  });
});
