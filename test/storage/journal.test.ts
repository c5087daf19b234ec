import assert from "node:assert/strict";
import { it } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { createJournal } from "../../src/storage/journal.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import type { Step } from "../../src/types.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { makeRun } from "../helpers/runs.ts";

function newStep(index: number, result: unknown = { index }): Step {
  return {
    index,
    kind: "tool",
    label: `search ${index}`,
    result,
    durationMs: 12.5,
    recordedAt: "2026-11-20T08:00:01.000Z",
  };
}

describeOnEachEngine("the journal", (open) => {
  it("replays the steps of a run in order, whichever was stored first", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    for (const id of ["r1", "r2"]) await createRunStore(database).insert(makeRun({ id }));
    await journal.append("r1", newStep(0));
    await journal.append("r1", newStep(2));
    await journal.append("r2", newStep(0, "of another run"));
    await journal.append("r1", newStep(1));
    assert.deepEqual(await journal.load("r1"), [newStep(0), newStep(1), newStep(2)]);
    assert.deepEqual(await journal.load("none"), []);
  });

  it("gives back exactly what was stored, to the order of keys and the last odd character", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    const results: unknown[] = [
      null,
      0.1,
      "text",
      [],
      { z: 1, a: { y: [1, null] } },
      "a\0b\ud800c\\u0000",
      { "k\0": "🪐" },
    ];
    for (const [index, result] of results.entries()) await journal.append("r1", newStep(index, result));
    await journal.append("r1", { ...newStep(results.length), label: 'search "moon\ud83d\0"' });
    const stored = await journal.load("r1");
    assert.equal(JSON.stringify(stored.slice(0, results.length).map(({ result }) => result)), JSON.stringify(results));
    assert.equal(stored.at(-1)?.label, 'search "moon\ud83d\0"');
  });

  it("does not read what another version means by its steps", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    await journal.append("r1", newStep(0));
    await journal.append("r1", newStep(1));
    await database.query("update journal set format = 0 where index = 1");
    const expected = { code: "JOURNAL_UNREADABLE", message: /Step 1 of run r1 is stored in format 0; .* reads 2/ };
    await assert.rejects(journal.load("r1"), expected);
  });

  it("takes the very same step again, as after a lost connection", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    await journal.append("r1", newStep(0, { text: "a\0" }));
    await journal.append("r1", newStep(0, { text: "a\0" }));
    assert.equal((await journal.load("r1")).length, 1);
  });

  it("refuses another step at a place that is taken", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    await journal.append("r1", newStep(0));
    const expected = { code: "JOURNAL_MISMATCH", message: /step 0 of run r1 .*"search 0"\. Another process/ };
    await assert.rejects(journal.append("r1", newStep(0, "other result")), expected);
    await assert.rejects(journal.append("r1", { ...newStep(0), label: "open 0" }), expected);
    assert.deepEqual(await journal.load("r1"), [newStep(0)]);
  });

  it("refuses the steps of a run that was forgotten", async (t) => {
    const journal = createJournal(await open(t));
    await assert.rejects(journal.append("gone", newStep(0)), {
      code: "JOURNAL_MISMATCH",
      message: "Run gone is not stored any more.",
    });
  });

  it("stores a page of two million characters", async (t) => {
    const database = await open(t);
    const journal = createJournal(database);
    await createRunStore(database).insert(makeRun({ id: "r1" }));
    const text = "Mars has two moons. 火星有两颗卫星。\n".repeat(70_000);
    await journal.append("r1", newStep(0, { text }));
    assert.ok(text.length > 2_000_000);
    const steps = await journal.load("r1");
    assert.ok(isDeepStrictEqual(steps, [newStep(0, { text })]), "the page came back changed");
  });
});
