import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RuminateError } from "../../src/errors.ts";
import { createMemoryJournal, createRecorder } from "../../src/research/recorder.ts";

describe("the recorder", () => {
  it("looks through the whole journal before anything is done on top of it", async () => {
    const journal = createMemoryJournal();
    const first = await createRecorder("run", journal);
    for (const result of ["known", "strange"]) await first.record("tool", result, async () => result);
    await assert.rejects(
      createRecorder("run", journal, ({ result }) => result !== "strange"),
      { code: "JOURNAL_UNREADABLE", message: /Step 1 of run run/ },
    );
  });

  it("runs no step twice: a second process gets what the first one stored", async () => {
    const journal = createMemoryJournal();
    const first = await createRecorder("run", journal);
    assert.equal(await first.record("model", "browse", async () => "paid reply"), "paid reply");
    const second = await createRecorder("run", journal);
    const again = await second.record("model", "browse", () => assert.fail("must not be called again"));
    assert.equal(again, "paid reply");
    assert.equal(await second.record("tool", "search", async () => "fresh"), "fresh");
  });

  it("numbers parallel steps in the order in which they were started", async () => {
    const journal = createMemoryJournal();
    const first = await createRecorder("run", journal);
    const slow = Promise.withResolvers<string>();
    const results = Promise.all([
      first.record("tool", "a", () => slow.promise),
      first.record("tool", "b", async () => "B"),
    ]);
    slow.resolve("A");
    assert.deepEqual(await results, ["A", "B"]);
    const second = await createRecorder("run", journal);
    const never = () => assert.fail("must not be called again");
    assert.deepEqual(await Promise.all([second.record("tool", "a", never), second.record("tool", "b", never)]), [
      "A",
      "B",
    ]);
  });

  it("runs only the lost one of parallel steps again", async () => {
    const journal = createMemoryJournal();
    const first = await createRecorder("run", journal);
    const lost = first.record("tool", "a", () => Promise.reject(new Error("killed")));
    await Promise.allSettled([lost, first.record("tool", "b", async () => "B")]);
    const second = await createRecorder("run", journal);
    const never = () => assert.fail("must not be called again");
    assert.deepEqual(
      await Promise.all([second.record("tool", "a", async () => "A"), second.record("tool", "b", never)]),
      ["A", "B"],
    );
  });

  it("refuses a journal that does not belong to what is asked", async () => {
    const journal = createMemoryJournal();
    await (await createRecorder("run", journal)).record("model", "browse", async () => 1);
    const second = await createRecorder("run", journal);
    await assert.rejects(
      second.record("tool", "search", async () => 2),
      (error: unknown) => error instanceof RuminateError && error.code === "JOURNAL_UNREADABLE",
    );
  });
});
