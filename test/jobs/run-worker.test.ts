import assert from "node:assert/strict";
import { it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { MAX_DEATHS, type ResearchRun } from "../../src/jobs/attempt.ts";
import type { Queue } from "../../src/jobs/queue.ts";
import { createRunWorker } from "../../src/jobs/run-worker.ts";
import { createRecorder } from "../../src/research/recorder.ts";
import { createJournal } from "../../src/storage/journal.ts";
import { requestCancel } from "../../src/storage/leases.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import type { Run, Step, StepKind } from "../../src/types.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import type { RecordingPlatform } from "../helpers/recording-platform.ts";
import { withHouse } from "../helpers/run-house.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";
import { until } from "../helpers/until.ts";

/** Research of three paid steps; `work` says what each of them does. */
function threeSteps(work: (step: number, signal: AbortSignal, tries: { isLastTry: boolean }) => unknown): ResearchRun {
  return async (run, { journal, isLastTry }, { signal }) => {
    const recorder = await createRecorder(run.id, journal);
    for (const step of [0, 1, 2]) {
      await recorder.record("model", `step ${step}`, async () => (await work(step, signal, { isLastTry })) ?? step);
    }
    return makeReport(run.id);
  };
}

function stepOf(kind: StepKind, label: string): Step {
  return { index: 0, kind, label, result: null, durationMs: 1, recordedAt: new Date().toISOString() };
}

const answers = (platform: RecordingPlatform) => platform.posts.filter(({ kind }) => kind === "answer");

describeOnEachEngine("a worker", (open) => {
  it("posts one card and one answer, and keeps the report, the price and where the messages stand", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      await startWorker(threeSteps(() => {}));
      const run = makeRun();
      await ask(run);
      const stored = await ended(run.id);
      assert.equal(stored.state, "done");
      assert.equal(stored.report?.answer, "It listens on port 4317 [1].");
      assert.deepEqual(
        platform.posts.map(({ key }) => key),
        [`${run.id}:card`, `${run.id}:answer:0`],
      );
      const rows = await database.query("select key from deliveries where message_id is not null order by key");
      assert.deepEqual(rows, [{ key: `${run.id}:answer:0` }, { key: `${run.id}:card` }]);
      const costs = await database.query("select scope, cost_usd from quotas order by scope");
      assert.deepEqual(costs, [
        { scope: "channel", cost_usd: 0.25 },
        { scope: "person", cost_usd: 0.25 },
        { scope: "workspace", cost_usd: 0.25 },
      ]);
    });
  });

  it("loses the run to the next one: what it still does is neither written nor posted", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const paid: string[] = [];
      const [stuck, frozen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const run = makeRun();
      let worker = "old";
      const old = await startWorker(
        threeSteps(async (step) => {
          const me = worker;
          paid.push(`${me} ${step}`);
          if (me !== "old" || step !== 1) return;
          stuck.resolve();
          await frozen.promise;
        }),
      );
      await ask(run);
      await stuck.promise;
      worker = "new";
      // What the queue does when heartbeats stay away: the job goes to somebody else.
      const next = createRunWorker({
        database,
        queue: queueOf(run),
        platforms: new Map([[platform.name, platform]]),
        research: threeSteps((step) => void paid.push(`new ${step}`)),
        notice: null,
        limits: { concurrency: 1, perPerson: 2 },
        processId: "new",
        placeRefusal: async () => null,
        onEnd: () => {},
        log: silentLog,
      });
      await next.start();
      assert.equal((await ended(run.id)).state, "done");
      frozen.resolve();
      await old.stop();
      await next.stop();
      assert.deepEqual(paid, ["old 0", "old 1", "new 1", "new 2"]);
      assert.equal(answers(platform).length, 1);
      const journal = await database.query("select label from journal where run_id = $1 order by index", [run.id]);
      assert.equal(journal.length, 3);
    });
  });

  it("begins anew, once, when another version stored steps that cannot be read, and ends in words after that", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const [updated, hopeless] = [makeRun(), makeRun({ asker: "test:ben" })];
      const paid: string[] = [];
      const strange: Step = { ...stepOf("model", "step 0"), result: "of another version" };
      await insertRuns(database, [updated, hopeless]);
      for (const { id } of [updated, hopeless]) await createJournal(database).append(id, strange);
      await startWorker(async (run, { journal }) => {
        const recorder = await createRecorder(run.id, journal, ({ result }) => result === "of this version");
        await recorder.record("model", "step 0", async () => {
          paid.push(run.id);
          if (run.id === updated.id) return "of this version";
          // A version that cannot read its own steps must not begin anew for ever.
          await recorder.record("model", "step 1", async () => "unreadable");
          throw new RuminateError("MODEL_UNAVAILABLE", "Not now.", { isRetryable: true, retryAfterMs: 1 });
        });
        return makeReport(run.id);
      });
      await ask(updated, hopeless);
      assert.equal((await ended(updated.id)).state, "done");
      assert.equal(answers(platform).length, 1);
      const titles = platform.cards.filter(({ runId }) => runId === updated.id).map(({ title }) => title);
      assert.ok(titles.includes("Ruminate was updated meanwhile; this research begins anew."), titles.join(", "));
      const { failure } = await ended(hopeless.id);
      assert.equal(failure?.code, "JOURNAL_UNREADABLE");
      assert.match(failure?.message ?? "", /begun by another version of Ruminate.*Ask again/);
      assert.deepEqual(paid.toSorted(), [updated.id, hopeless.id].toSorted());
      const quotas = await database.query("select scope, runs, cost_usd from quotas where scope = 'channel'");
      assert.deepEqual(quotas, [{ scope: "channel", runs: 0, cost_usd: 0.25 }]);
    });
  });

  it("gives its runs back when the process stops; the next one goes on after the last finished step", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const paid: number[] = [];
      const atWork = Promise.withResolvers<void>();
      const first = await startWorker(
        threeSteps(async (step, signal) => {
          paid.push(step);
          if (step < 2) return;
          atWork.resolve();
          await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        }),
      );
      const run = makeRun();
      await ask(run);
      await atWork.promise;
      await first.stop();
      const [row] = await database.query<{ tries: number }>("select tries from runs where id = $1", [run.id]);
      assert.equal(row?.tries, 0);
      await startWorker(threeSteps((step) => void paid.push(step)));
      assert.equal((await ended(run.id)).state, "done");
      assert.deepEqual(paid, [0, 1, 2, 2]);
      assert.equal(answers(platform).length, 1);
      assert.equal(platform.posts.filter(({ kind }) => kind === "card").length, 1);
    });
  });

  it("asks the platform before posting again what was perhaps posted", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const run = makeRun();
      const key = `${run.id}:answer:0`;
      let isFirst = true;
      platform.onPost = (post) => {
        if (post.key !== key || !isFirst) return;
        isFirst = false;
        platform.posts.push(post);
        throw new RuminateError("POST_FAILED", "the answer to the post got lost", {
          isRetryable: true,
          retryAfterMs: 0,
        });
      };
      await startWorker(threeSteps(() => {}));
      await ask(run);
      await ended(run.id);
      assert.equal(answers(platform).length, 1);
    });
  });

  it("posts the parts of an answer that are missing, and no other ones", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      platform.countAnswerParts = () => 3;
      let failures = 1;
      platform.onPost = ({ key }) => {
        if (!key.endsWith("answer:1") || failures-- <= 0) return;
        throw new RuminateError("POST_FAILED", "the platform is down", { isRetryable: true, retryAfterMs: 0 });
      };
      await startWorker(threeSteps(() => {}));
      const run = makeRun();
      await ask(run);
      await ended(run.id);
      assert.deepEqual(
        answers(platform).map(({ key }) => key.slice(-1)),
        ["0", "1", "2"],
      );
    });
  });

  it("offers the answer in words when the platform has not taken it for half an hour", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const run = makeRun();
      platform.onPost = async ({ kind }) => {
        if (kind !== "answer") return;
        await database.query("update runs set delivery_started_at = now() - interval '31 minutes' where id = $1", [
          run.id,
        ]);
        throw new RuminateError("POST_FAILED", "the platform refuses", { isRetryable: true, retryAfterMs: 0 });
      };
      await startWorker(threeSteps(() => {}));
      await ask(run);
      const note = await platform.posted(({ kind }) => kind === "note");
      assert.match(note.text, /answer is ready/);
      assert.equal((await ended(run.id)).state, "done");
    });
  });

  it("tries a failure of the moment again, and pays for no finished step twice", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const paid: number[] = [];
      await startWorker(
        threeSteps((step) => {
          paid.push(step);
          if (paid.length !== 2) return;
          throw new RuminateError("MODEL_UNAVAILABLE", "overloaded", { isRetryable: true, retryAfterMs: 0 });
        }),
      );
      const run = makeRun();
      await ask(run);
      assert.equal((await ended(run.id)).state, "done");
      assert.deepEqual(paid, [0, 1, 1, 2]);
      assert.equal(answers(platform).length, 1);
    });
  });

  it("ends a run that fails each time in words, keeps it, and blocks nobody with it", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const poison = makeRun({ asker: "test:unlucky" });
      const good = makeRun();
      let tries = 0;
      const works = threeSteps(() => {});
      await startWorker((run, parts, options) => {
        if (run.id !== poison.id) return works(run, parts, options);
        tries += 1;
        throw new RuminateError("INTERNAL", "Cannot read properties of undefined", { retryAfterMs: 0 });
      });
      await ask(poison, good);
      const [kept, done] = [await ended(poison.id), await ended(good.id)];
      assert.equal(tries, 3);
      assert.equal(done.state, "done");
      assert.equal(kept.state, "failed");
      assert.equal(kept.failure?.code, "INTERNAL");
      const note = platform.posts.find(({ kind }) => kind === "note");
      assert.match(note?.text ?? "", /tried 3 times/);
      assert.match(note?.text ?? "", new RegExp(poison.id));
      assert.equal(platform.cards.findLast(({ runId }) => runId === poison.id)?.state, "failed");
    });
  });

  it("gives up a run that ended the process each time", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const run = makeRun();
      let isCalled = false;
      await ask(run);
      const died =
        "update runs set tries = $2, state = 'running', updated_at = now() - interval '1 minute' where id = $1";
      await database.query(died, [run.id, MAX_DEATHS]);
      await startWorker(async () => {
        isCalled = true;
        return makeReport(run.id);
      });
      assert.equal((await ended(run.id)).state, "failed");
      assert.equal(isCalled, false);
      assert.match(platform.posts.find(({ kind }) => kind === "note")?.text ?? "", /tried 10 times/);
    });
  });

  it("stops a run that somebody stopped anywhere, and delivers what was found", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const atWork = Promise.withResolvers<void>();
      const run = makeRun();
      await startWorker(async (_run, _parts, { signal }) => {
        atWork.resolve();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        assert.equal(signal.reason.code, "CANCELLED");
        return makeReport(run.id, { outcome: "partial", stopReason: "cancelled" });
      });
      await ask(run);
      await atWork.promise;
      await requestCancel(database, run.id);
      assert.equal((await ended(run.id)).outcome, "partial");
      assert.match(answers(platform)[0]?.text ?? "", /Stopped/);
    });
  });

  it("ends a stopped run that waits, without a free slot and without a call", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ platform, startWorker, ask, ended }) => {
      const [busy, hold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const [first, waiting] = [makeRun(), makeRun()];
      const called: string[] = [];
      await startWorker(async (run, _parts, { signal }) => {
        called.push(run.id);
        signal.throwIfAborted();
        busy.resolve();
        await hold.promise;
        return makeReport(run.id);
      });
      await ask(first);
      await busy.promise;
      await ask(waiting);
      await requestCancel(database, waiting.id);
      const ending = await ended(waiting.id);
      assert.equal(ending.failure?.code, "CANCELLED");
      assert.equal(platform.cards.findLast(({ runId }) => runId === waiting.id)?.state, "stopped");
      assert.equal(platform.posts.filter(({ kind }) => kind === "note").length, 0);
      hold.resolve();
      await ended(first.id);
    });
  });

  it("works on no more runs of one person than allowed, however many workers there are", async (test) => {
    const database = await open(test);
    await withHouse(database, async ({ startWorker, ask, ended }) => {
      let atOnce = 0;
      let most = 0;
      const halfway = Promise.withResolvers<void>();
      const research: ResearchRun = async (run) => {
        most = Math.max(most, ++atOnce);
        await halfway.promise;
        atOnce -= 1;
        return makeReport(run.id);
      };
      const runs = Array.from({ length: 6 }, () => makeRun());
      const stranger = makeRun({ asker: "test:stranger" });
      await ask(...runs, stranger);
      await startWorker(research, 4);
      // The stranger came last: when this run is at work, the slots have passed over the others.
      await until(() => atOnce === 3, { what: "two runs of one person and one of another are at work" });
      halfway.resolve();
      for (const run of [...runs, stranger]) await ended(run.id);
      assert.equal(most, 3);
    });
  });
});

/** A queue that hands out this one run, as pg-boss does when the first worker seems to be dead. */
function queueOf(run: Run): Queue {
  return {
    start: async () => {},
    send: async () => {},
    sendAgain: async () => {},
    remove: async () => {},
    work: async (_options, handler) => void handler(run.id),
    drain: async () => {},
    isStuck: () => false,
    counts: async () => ({ waiting: 0, active: 0 }),
    stop: async () => {},
  };
}
