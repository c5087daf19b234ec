import assert from "node:assert/strict";
import { it } from "node:test";
import { createLeaseStore, startDelivery } from "../../src/storage/leases.ts";
import {
  addRemark,
  dropOffer,
  listForgottenOffers,
  noteOffered,
  releaseOffer,
  remarksAfter,
} from "../../src/storage/offers.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";

const LIMITS = { perPerson: 9 };

describeOnEachEngine("a question that waits for a decision", (open) => {
  it("is worked on by nobody, and once it is released only when the other one is told", async (test) => {
    const database = await open(test);
    const leases = createLeaseStore(database);
    const [first, second] = [makeRun(), makeRun({ state: "offered" })];
    await insertRuns(database, [first, second]);
    const taken = await leases.take(first.id, "worker", LIMITS);
    assert.equal(taken.kind, "taken");
    assert.equal((await leases.take(second.id, "worker", LIMITS)).kind, "gone");
    assert.equal((await releaseOffer(database, second.id, first.id))?.request.after, first.id);
    assert.equal(await releaseOffer(database, second.id, null), null);
    assert.equal((await leases.take(second.id, "worker", LIMITS)).kind, "busy");
    const card = {
      runId: first.id,
      question: "",
      depth: "quick",
      title: "",
      state: "done",
      tasks: [],
      startedAt: "",
    } as const;
    const lease = { runId: first.id, epoch: taken.kind === "taken" ? taken.taken.epoch : 0 };
    const report = makeReport(first.id);
    await startDelivery(database, lease, { kind: "report", report }, { ...card, tasks: [] });
    assert.equal((await leases.take(second.id, "worker", LIMITS)).kind, "busy");
    await createRunStore(database).finish(first.id, report);
    assert.equal((await leases.take(second.id, "worker", LIMITS)).kind, "taken");
  });

  it("can be dropped once, and becomes a note of a run that is not at its end", async (test) => {
    const database = await open(test);
    const [run, offered] = [makeRun(), makeRun({ state: "offered" })];
    await insertRuns(database, [run, offered]);
    assert.deepEqual([await dropOffer(database, offered.id), await dropOffer(database, offered.id)], [true, false]);
    assert.equal(await dropOffer(database, run.id), false);
    for (const text of ["one", "two"])
      assert.ok(await addRemark(database, { runId: run.id, person: "test:ada", text }));
    const remarks = await remarksAfter(database, run.id, 0);
    assert.deepEqual(
      remarks.map(({ text }) => text),
      ["one", "two"],
    );
    assert.deepEqual(
      (await remarksAfter(database, run.id, remarks[0]?.id ?? 0)).map(({ text }) => text),
      ["two"],
    );
    await createRunStore(database).finish(run.id, makeReport(run.id));
    assert.equal(await addRemark(database, { runId: run.id, person: "test:ada", text: "three" }), false);
  });

  it("is found when its asker was never asked, since the process died before, and only then", async (test) => {
    const database = await open(test);
    const old = new Date(Date.now() - 300_000).toISOString();
    const [forgotten, asked, fresh] = [
      makeRun({ state: "offered", createdAt: old }),
      makeRun({ state: "offered", createdAt: old }),
      makeRun({ state: "offered" }),
    ];
    await insertRuns(database, [forgotten, asked, fresh]);
    await noteOffered(database, asked.id, { thread: asked.request.thread, messageId: "M1" });
    const found = await listForgottenOffers(database, "test", 120_000);
    assert.deepEqual(
      found.map(({ id }) => id),
      [forgotten.id],
    );
    assert.deepEqual(await listForgottenOffers(database, "other", 120_000), []);
  });
});
