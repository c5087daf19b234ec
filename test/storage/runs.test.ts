import assert from "node:assert/strict";
import { it } from "node:test";
import { createRunStore } from "../../src/storage/runs.ts";
import type { ResearchRequest, Run, ThreadRef } from "../../src/types.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";

const THREAD: ThreadRef = { platform: "slack", workspaceId: "T1", channelId: "C1", threadId: "1.5" };
const ASKER = "slack:T1:U1";

function runOf(id: string, details: Partial<Run & ResearchRequest> = {}): Run {
  return makeRun({ id, asker: ASKER, thread: THREAD, createdAt: "2026-11-20T08:00:00.000Z", ...details });
}

describeOnEachEngine("the stored runs", (open) => {
  it("come back as they were asked for", async (t) => {
    const runs = createRunStore(await open(t));
    const run = runOf("r1", { question: "Wieviele Monde hat der Mars? 🪐", language: "de" });
    assert.equal(await runs.insert(run), true);
    const { updatedAt, ...stored } = (await runs.find("r1")) ?? assert.fail("not found");
    assert.deepEqual(stored, { ...run, outcome: null, failure: null, finishedAt: null, report: null });
    assert.equal(updatedAt, run.createdAt);
    assert.equal(await runs.find("r2"), null);
  });

  it("take a run once, however often its event comes", async (t) => {
    const runs = createRunStore(await open(t));
    const taken = await Promise.all([1, 2, 3].map(() => runs.insert(runOf("same"))));
    assert.deepEqual(taken.sort(), [false, false, true]);
    await runs.setState("same", "running");
    assert.equal(await runs.insert(runOf("same")), false);
    assert.equal((await runs.find("same"))?.state, "running");
  });

  it("keep the report from delivery on, and say when the run was done", async (t) => {
    const runs = createRunStore(await open(t));
    await runs.insert(runOf("r1"));
    const report = makeReport("r1", { outcome: "partial", gaps: ["the dates"] });
    assert.equal(await runs.startDelivery("r1", report), true);
    const delivering = await runs.find("r1");
    assert.deepEqual([delivering?.state, delivering?.outcome, delivering?.finishedAt], ["delivering", "partial", null]);
    await runs.setState("r1", "done");
    const done = await runs.find("r1");
    assert.deepEqual([done?.state, done?.report], ["done", report]);
    assert.ok(done?.finishedAt);
  });

  it("finish in one step where nothing is delivered", async (t) => {
    const runs = createRunStore(await open(t));
    await runs.insert(runOf("r1"));
    assert.equal(await runs.finish("r1", makeReport("r1")), true);
    const done = await runs.find("r1");
    assert.deepEqual([done?.state, done?.outcome], ["done", "answered"]);
    assert.ok(done?.finishedAt);
  });

  it("tell why a run failed, and are open again when it is taken up again", async (t) => {
    const runs = createRunStore(await open(t));
    await runs.insert(runOf("r1"));
    const failure = { code: "MODEL_NO_CREDIT", message: "The account has no credit left." };
    await runs.fail("r1", failure);
    const failed = await runs.find("r1");
    assert.deepEqual([failed?.state, failed?.failure], ["failed", failure]);
    assert.ok(failed?.finishedAt);
    await runs.setState("r1", "queued");
    assert.equal((await runs.find("r1"))?.finishedAt, null);
  });

  it("say so when a run is not there any more", async (t) => {
    const runs = createRunStore(await open(t));
    assert.equal(await runs.setState("gone", "running"), false);
    assert.equal(await runs.finish("gone", makeReport("gone")), false);
    assert.equal(await runs.fail("gone", { code: "INTERNAL", message: "" }), false);
  });

  it("store questions and reports with characters that a database refuses", async (t) => {
    const runs = createRunStore(await open(t));
    await runs.insert(runOf("r1", { question: "a\0b\ud800" }));
    await runs.finish("r1", makeReport("r1", { answer: "c\0d\udc00" }));
    const stored = await runs.find("r1");
    assert.deepEqual([stored?.request.question, stored?.report?.answer], ["a\ufffdb\ufffd", "c\ufffdd\ufffd"]);
  });

  it("are listed newest first, by person, place and state", async (t) => {
    const runs = createRunStore(await open(t));
    const at = (minute: number): string => `2026-11-20T08:0${minute}:00.000Z`;
    const thread = { ...THREAD, threadId: "2.5" };
    await runs.insert(runOf("a", { createdAt: at(1) }));
    await runs.insert(runOf("b", { createdAt: at(3), asker: "slack:T1:U2" }));
    await runs.insert(runOf("c", { createdAt: at(2), thread }));
    await runs.insert(runOf("d", { createdAt: at(4), thread: { ...thread, channelId: "C2" } }));
    await runs.setState("a", "running");
    const listed = async (filter: Omit<Parameters<typeof runs.listRecent>[0], "limit">, limit = 9): Promise<string> =>
      (await runs.listRecent({ ...filter, limit })).map(({ id }) => id).join("");
    assert.equal(await listed({}), "dbca");
    assert.equal(await listed({}, 2), "db");
    assert.equal(await listed({ asker: "slack:T1:U1" }), "dca");
    assert.equal(await listed({ thread: { ...THREAD, threadId: null } }), "bca");
    assert.equal(await listed({ thread: THREAD }), "ba");
    assert.equal(await listed({ states: ["running", "done"] }), "a");
    assert.equal(await listed({ states: [] }), "");
  });

  it("are part of the transaction that they are used in", async (t) => {
    const database = await open(t);
    const undone = database.transaction(async (query) => {
      await createRunStore(query).insert(runOf("r1"));
      throw new Error("undone");
    });
    await assert.rejects(undone, /undone/);
    assert.equal(await createRunStore(database).find("r1"), null);
  });
});
