import assert from "node:assert/strict";
import { it } from "node:test";
import { createRunStore } from "../../src/storage/runs.ts";
import { createUsageStore, type ModelCall } from "../../src/storage/usage.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { CALL } from "../helpers/model-calls.ts";
import { makeRun } from "../helpers/runs.ts";

const DOWN: Partial<ModelCall> = {
  outcome: "failed",
  errorCode: "MODEL_UNAVAILABLE",
  status: 503,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
  costUsd: null,
};

describeOnEachEngine("the usage of models", (open) => {
  it("is counted by day in UTC and by the model that served", async (t) => {
    const usage = createUsageStore(await open(t));
    await usage.record(CALL);
    await usage.record({ ...CALL, at: "2026-11-21T00:00:01.000Z" });
    await usage.record({ ...CALL, at: "2026-11-21T05:00:00.000Z", costUsd: 0.5 });
    await usage.record({ ...CALL, ...DOWN, at: "2026-11-21T06:00:00.000Z" });
    await usage.record({ ...CALL, at: "2026-11-21T07:00:00.000Z", servedModel: "lab/large", costUsd: null });
    await usage.record({ ...CALL, at: "2026-11-19T12:00:00.000Z" });
    const one = { calls: 1, failedCalls: 0, promptTokens: 1000, cachedTokens: 400, completionTokens: 50 };
    assert.deepEqual(await usage.byDay("2026-11-20T00:00:00.000Z"), [
      { day: "2026-11-21", model: "lab/large", ...one, costUsd: null, unpricedCalls: 1 },
      {
        day: "2026-11-21",
        model: "lab/small",
        calls: 3,
        failedCalls: 1,
        promptTokens: 2000,
        cachedTokens: 800,
        completionTokens: 100,
        costUsd: 0.75,
        unpricedCalls: 1,
      },
      { day: "2026-11-20", model: "lab/small", ...one, costUsd: 0.25, unpricedCalls: 0 },
    ]);
  });

  it("shows a model's uptime, without what was not its fault", async (t) => {
    const usage = createUsageStore(await open(t));
    for (const latencyMs of [100, 200, 300]) await usage.record({ ...CALL, latencyMs });
    await usage.record({ ...CALL, ...DOWN, at: "2026-11-20T10:00:00.000Z" });
    await usage.record({ ...CALL, outcome: "discarded", latencyMs: 9000, at: "2026-11-20T11:00:00.000Z" });
    await usage.record({ ...CALL, outcome: "aborted", errorCode: "CANCELLED" });
    await usage.record({ ...CALL, outcome: "failed", errorCode: "MODEL_UNAUTHORIZED", status: 401 });
    await usage.record({ ...CALL, outcome: "aborted", model: "lab/never-answered", errorCode: "CANCELLED" });
    const [never, small] = await usage.uptime("2026-11-20T00:00:00.000Z");
    assert.deepEqual(small, {
      endpoint: "openrouter.ai",
      model: "lab/small",
      calls: 7,
      uptime: 0.6,
      medianLatencyMs: 200,
      p95LatencyMs: 290,
      lastFailureAt: "2026-11-20T11:00:00.000Z",
    });
    assert.deepEqual([never?.model, never?.uptime, never?.medianLatencyMs], ["lab/never-answered", null, null]);
  });

  it("belongs to its run where that is stored, and is kept without it otherwise", async (t) => {
    const database = await open(t);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    const usage = createUsageStore(database);
    await usage.record(CALL);
    await usage.record({ ...CALL, sessionId: "not stored" });
    const rows = await database.query("select run_id from model_calls order by id");
    assert.deepEqual(rows, [{ run_id: "r1" }, { run_id: null }]);
  });
});
