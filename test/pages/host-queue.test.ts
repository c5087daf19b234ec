import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createHostQueue } from "../../src/pages/host-queue.ts";

const never = new AbortController().signal;

/** Tasks that end when told to, and say in which order they started. */
function createTasks() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    started,
    end: (name: string) => ends.get(name)?.(),
    task: (name: string) => () => {
      started.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the queue per host", () => {
  it("runs two tasks of one host at a time, in the order of asking", async () => {
    const inTurn = createHostQueue({ gapMs: 0 });
    const { task, started, end } = createTasks();
    const all = Promise.all(["a", "b", "c", "d"].map((name) => inTurn("example.org", never, task(name))));
    await settled();
    assert.deepEqual(started, ["a", "b"]);
    end("b");
    await settled();
    assert.deepEqual(started, ["a", "b", "c"]);
    end("a");
    await settled();
    for (const name of ["c", "d"]) end(name);
    assert.deepEqual(await all, ["a", "b", "c", "d"]);
  });

  it("lets hosts not wait for one another", async () => {
    const inTurn = createHostQueue({ atOnce: 1, gapMs: 0 });
    const { task, started, end } = createTasks();
    const all = [inTurn("a.example.org", never, task("a")), inTurn("b.example.org", never, task("b"))];
    await settled();
    assert.deepEqual(started, ["a", "b"]);
    end("a");
    end("b");
    await Promise.all(all);
  });

  it("leaves a gap between two starts on one host", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
    const inTurn = createHostQueue({ atOnce: 2, gapMs: 250 });
    const started: string[] = [];
    const all = ["a", "b", "c"].map((name) => inTurn("example.org", never, async () => started.push(name)));
    await settled();
    assert.deepEqual(started, ["a"]);
    context.mock.timers.tick(249);
    await settled();
    assert.deepEqual(started, ["a"]);
    context.mock.timers.tick(1);
    await settled();
    assert.deepEqual(started, ["a", "b"]);
    context.mock.timers.tick(250);
    await Promise.all(all);
    assert.deepEqual(started, ["a", "b", "c"]);
  });

  it("goes on after a task that failed", async () => {
    const inTurn = createHostQueue({ atOnce: 1, gapMs: 0 });
    const failing = inTurn("example.org", never, () => Promise.reject(new Error("no")));
    const next = inTurn("example.org", never, async () => "next");
    await assert.rejects(failing, /no/);
    assert.equal(await next, "next");
  });

  it("drops a waiting task whose run was cancelled, and only that one", async () => {
    const inTurn = createHostQueue({ atOnce: 1, gapMs: 0 });
    const { task, started, end } = createTasks();
    const controller = new AbortController();
    const first = inTurn("example.org", never, task("first"));
    const dropped = inTurn("example.org", controller.signal, task("dropped"));
    const last = inTurn("example.org", never, task("last"));
    controller.abort(new Error("cancelled"));
    await assert.rejects(dropped, /cancelled/);
    end("first");
    await first;
    await settled();
    end("last");
    await last;
    assert.deepEqual(started, ["first", "last"]);
  });
});
