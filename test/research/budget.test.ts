import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ModelReply } from "../../src/ports.ts";
import { type Ceilings, createBudget } from "../../src/research/budget.ts";
import { createRepetitionWatch } from "../../src/research/repetition.ts";

const CEILINGS: Ceilings = { turns: 10, searches: 3, pages: 2, tokens: 1_000, costUsd: 1, durationMs: 1_000 };

function reply(tokens: number, costUsd: number | null): ModelReply {
  const usage = { promptTokens: tokens, cachedTokens: 0, completionTokens: 0, costUsd };
  return { text: "", toolCalls: [], stopReason: "stop", usage, model: "m", providerState: null };
}

describe("the budget of a run", () => {
  it("names the ceiling that is reached: money, tokens, time, turns", () => {
    let elapsed = 0;
    const budget = createBudget(CEILINGS, () => elapsed);
    assert.equal(budget.reached(0.8), null);
    budget.countReply(reply(100, 0.85));
    assert.equal(budget.reached(0.8), "costUsd");
    assert.equal(budget.reached(1), null);
    budget.countReply(reply(900, 0.1));
    assert.equal(budget.reached(1), "tokens");
    elapsed = 1_000;
    assert.equal(createBudget(CEILINGS, () => elapsed).reached(1), "durationMs");
  });

  it("ends a run only when neither a search nor a page is left", () => {
    const budget = createBudget(CEILINGS, () => 0);
    assert.deepEqual(
      [1, 2, 3].map(() => budget.take("pages")),
      [true, true, false],
    );
    assert.equal(budget.reached(1), null);
    for (let index = 0; index < 3; index++) assert.ok(budget.take("searches"));
    assert.equal(budget.reached(1), "searches");
    budget.giveBack("pages");
    assert.equal(budget.reached(1), null);
  });

  it("counts what failed tries of a call cost", () => {
    const budget = createBudget(CEILINGS, () => 0);
    budget.countReply({ ...reply(10, 0.1), discarded: reply(20, 0.3).usage });
    assert.deepEqual([budget.usage().promptTokens, budget.usage().costUsd, budget.usage().modelCalls], [30, 0.4, 1]);
  });

  it("says that the cost is not known instead of zero", () => {
    const budget = createBudget(CEILINGS, () => 0);
    budget.countReply(reply(10, null));
    assert.equal(budget.usage().costUsd, null);
  });
});

describe("the watch on repeated calls", () => {
  it("warns at the second, refuses at the third and stops at the sixth identical call", () => {
    const watch = createRepetitionWatch();
    const spellings = ["Heron diet", "heron  DIET?", "heron diet", "heron diet!", "Heron Diet", "heron, diet"];
    const verdicts = spellings.map((query, turn) => watch({ id: "c", name: "search", arguments: { query } }, turn));
    assert.deepEqual(verdicts, ["fresh", "warn", "refuse", "refuse", "refuse", "stop"]);
  });

  it("counts the same call in one turn once, and other calls not at all", () => {
    const watch = createRepetitionWatch();
    const call = { id: "c", name: "click", arguments: { link_id: 1 } };
    assert.equal(watch(call, 0), "fresh");
    assert.equal(watch(call, 0), "fresh");
    assert.equal(watch({ ...call, arguments: { link_id: 2 } }, 0), "fresh");
    assert.equal(watch(call, 1), "warn");
  });
});
