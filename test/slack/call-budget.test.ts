import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCallBudget, type Priority, type Turn } from "../../adapters/slack/call-budget.ts";
import { createLocalRateBudget } from "../../adapters/slack/rate-budget.ts";
import { RuminateError } from "../../src/errors.ts";

const EDITS = { perMinute: 36, burst: 4 };

function turn(priority: Priority, patienceMs = 60_000): Turn {
  return { workspaceId: "T1", method: "chat.update", channelId: "C1", priority, patienceMs };
}

describe("the pace of calls", () => {
  it("allows at most 40 edits of messages in any minute, however many runs ask", async () => {
    let now = 1_000_000;
    const budget = createLocalRateBudget(() => now);
    const granted: number[] = [];
    for (; now < 1_300_000; now += 100) if ((await budget.take("T1", EDITS)) === 0) granted.push(now);
    for (const start of granted) {
      const within = granted.filter((at) => at >= start && at < start + 60_000).length;
      assert.ok(within <= 40, `${within} edits in a minute`);
    }
    assert.ok(granted.length >= 180, "the pace is used, too");
  });

  it("is another one for each workspace", async () => {
    const budget = createLocalRateBudget(() => 0);
    for (let taken = 0; taken < 4; taken += 1) assert.equal(await budget.take("T1", EDITS), 0);
    assert.ok((await budget.take("T1", EDITS)) > 0);
    assert.equal(await budget.take("T2", EDITS), 0);
  });

  it("lets a final answer pass before a change of state, and that before a sign of life", async () => {
    const waits = [30, 0, 0, 0];
    const budget = createCallBudget({ take: async () => waits.shift() ?? 0 });
    const order: Priority[] = [];
    const enter = (priority: Priority) => budget.enter(turn(priority)).then(() => void order.push(priority));
    await Promise.all([enter("heartbeat"), enter("state"), enter("final")]);
    assert.deepEqual(order, ["final", "state", "heartbeat"]);
  });

  it("tells whoever would not wait that long at once, with the time", async () => {
    const budget = createCallBudget({ take: async () => 5_000 });
    await assert.rejects(budget.enter(turn("heartbeat", 0)), (error: unknown) => {
      assert.ok(error instanceof RuminateError && error.isRetryable);
      assert.ok((error.retryAfterMs ?? 0) > 4_000);
      return true;
    });
  });

  it("stands still for as long as Slack asks, for that method alone", async () => {
    const budget = createCallBudget(createLocalRateBudget(Date.now));
    budget.pause(turn("state"), 60_000);
    await assert.rejects(budget.enter(turn("final", 100)), RuminateError);
    await budget.enter({ ...turn("final", 100), method: "chat.postMessage" });
  });
});
