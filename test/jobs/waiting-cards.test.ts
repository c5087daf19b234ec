import assert from "node:assert/strict";
import { it } from "node:test";
import { createWaitingCards } from "../../src/jobs/waiting-cards.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";
import { makeRun } from "../helpers/runs.ts";

describeOnEachEngine("who waits", (open) => {
  it("is shown the place in the queue, once by all processes together, and sees it count down", async (test) => {
    const database = await open(test);
    const platform = createRecordingPlatform();
    const runs = [3, 2, 1].map((minutes) =>
      makeRun({ createdAt: new Date(Date.now() - minutes * 60_000).toISOString() }),
    );
    await insertRuns(database, runs);
    const cards = ["one", "other"].map((processId) =>
      createWaitingCards({ database, platform, processId, log: silentLog }),
    );
    await Promise.all(cards.map((each) => each.showAll()));
    assert.deepEqual(platform.posts.map(({ text }) => text).sort(), [
      "Waiting · next in the queue",
      "Waiting · place 2 in the queue",
      "Waiting · place 3 in the queue",
    ]);
    await database.query("update runs set state = 'running' where id = $1", [runs[0]?.id]);
    await Promise.all(cards.map((each) => each.showAll()));
    assert.equal(platform.posts.length, 3);
    const shown = platform.cards.slice(3).map(({ runId, title }) => [runId, title]);
    assert.deepEqual(
      shown.sort(),
      [
        [runs[1]?.id, "Waiting · next in the queue"],
        [runs[2]?.id, "Waiting · place 2 in the queue"],
      ].sort(),
    );
  });
});
