import assert from "node:assert/strict";
import { it } from "node:test";
import { createHome } from "../../src/jobs/home.ts";
import { createDigestStore } from "../../src/storage/digests.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import { describeOnEachEngine } from "../helpers/databases.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";
import { makeRun } from "../helpers/runs.ts";
import { settingsDesk } from "../helpers/settings.ts";

const HERE = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };
const LIMITS = {
  runsPerPersonAndDay: 20,
  runsPerChannelAndMonth: 5,
  runsPerWorkspaceAndMonth: null,
  costUsdPerWorkspaceAndMonth: null,
};

describeOnEachEngine("the page of a person", (open) => {
  it("shows what they used, asked and have told in this workspace, and nobody else's", async (test) => {
    const database = await open(test);
    await insertRuns(database, [
      makeRun({ id: "r1", question: "Mine, here?" }),
      makeRun({ id: "r2", question: "Mine, in another channel?", thread: { ...HERE, channelId: "C2" } }),
      makeRun({ id: "r3", question: "Mine, in another workspace?", thread: { ...HERE, workspaceId: "W2" } }),
      makeRun({ id: "r4", question: "Somebody else's?", asker: "test:bob" }),
    ]);
    // Newer than anything else, and nothing that the person asked.
    const digest = {
      digestId: "abcde",
      title: "",
      dueAt: "",
      isLate: false,
      since: "",
      whenNothingNew: "silent",
      maxCostUsd: null,
    } as const;
    const due = Array.from({ length: 15 }, (_, index) =>
      makeRun({
        id: `d${index}`,
        question: "What is new about pg-boss?",
        digest,
        createdAt: "2999-01-01T00:00:00.000Z",
      }),
    );
    await insertRuns(database, due);
    await createDigestStore(database).insert({
      id: "abcde",
      place: { ...HERE, threadId: null },
      owner: "test:ada",
      topic: "pg-boss",
      options: { length: "standard", whenNothingNew: "silent", feeds: [], researchesOpenQuestions: false },
      timetable: "0 9 * * 1-5",
      timeZone: "Europe/Berlin",
      state: "paused",
      pausedBecause: "not begun yet",
      failures: 0,
      nextDueAt: null,
      createdAt: "2026-11-01T00:00:00.000Z",
    });
    const { usage, questions, digests, settings } = await createHome({
      database,
      platform: createRecordingPlatform(),
      settings: settingsDesk(database, LIMITS),
      timeZone: "UTC",
    })("test:ada", HERE);
    assert.match(usage[0] ?? "", /^You, today: 0 of 20 questions/);
    assert.equal(usage.length, 2, "no line for a channel: the page is in none");
    assert.deepEqual(questions.map(({ question }) => question).sort(), ["Mine, here?", "Mine, in another channel?"]);
    assert.ok(settings.includes("depth: standard"));
    assert.doesNotMatch(settings.join(), /`|Change yours/, "the page has a button for it");
    assert.deepEqual(digests, [
      {
        ...{ id: "abcde", name: "Digest about pg-boss", owner: "test:ada", isActive: false },
        ...{ when: "every weekday at 09:00 (Europe/Berlin)", state: "paused (not begun yet)", last: null, cost: null },
      },
    ]);
  });
});
