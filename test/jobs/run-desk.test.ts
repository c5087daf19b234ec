import assert from "node:assert/strict";
import { it } from "node:test";
import { quotaKeysOf } from "../../src/chat/quotas.ts";
import { createRunDesk } from "../../src/jobs/run-desk.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import { addUse } from "../../src/storage/quotas.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { createRecordingPlatform } from "../helpers/recording-platform.ts";
import { makeReport, makeRun } from "../helpers/runs.ts";
import { settingsDesk } from "../helpers/settings.ts";

const HERE = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" };
const LIMITS = {
  runsPerPersonAndDay: 20,
  runsPerChannelAndMonth: null,
  runsPerWorkspaceAndMonth: null,
  costUsdPerWorkspaceAndMonth: null,
};

describeOnEachEngine("the desk for questions", (open) => {
  async function openDesk(test: Parameters<typeof open>[0]) {
    const database = await open(test);
    const platform = createRecordingPlatform();
    const parts = {
      database,
      platform,
      notice: null,
      settings: settingsDesk(database, LIMITS),
      processId: "process-1",
      log: silentLog,
    };
    return { database, desk: createRunDesk(parts) };
  }

  it("tells a person what they asked here: their own, in this channel, in any thread", async (test) => {
    const { database, desk } = await openDesk(test);
    const runs = [
      makeRun({ id: "r1", question: "Why is <!channel> the sky blue?", createdAt: "2026-11-20T10:00:00.000Z" }),
      makeRun({ id: "r2", question: "In another thread?", thread: { ...HERE, threadId: "T2" } }),
      makeRun({ id: "r3", question: "In another channel?", thread: { ...HERE, channelId: "C2" } }),
      makeRun({ id: "r4", question: "By somebody else?", asker: "test:bob" }),
    ];
    await insertRuns(database, runs);
    await createRunStore(database).finish("r1", makeReport("r1"));
    const words = await desk.history({ asker: "test:ada", thread: HERE });
    assert.match(words, /In another thread\? \(at work\)\n- 2026-11-20: Why is .*the sky blue\? \(answered\)$/);
    assert.doesNotMatch(words, /another channel|somebody else|<!channel>/);
    assert.match(await desk.history({ asker: "test:eve", thread: HERE }), /You asked nothing here/);
  });

  it("tells what was used, also when nobody used anything yet, and counts nothing by it", async (test) => {
    const { database, desk } = await openDesk(test);
    const who = { asker: "test:ada", thread: HERE };
    assert.match(await desk.usage(who), /You, today: 0 of 20 questions, \$0\.00/);
    assert.equal((await database.query("select 1 from quotas")).length, 0);
    const keys = quotaKeysOf(who, new Date());
    await addUse(
      database,
      keys.map((key) => ({ ...key, runs: 2, costUsd: 0.5 })),
    );
    assert.match(
      await desk.usage(who),
      /You, today: 2 of 20 questions, \$0\.50[\s\S]*This channel, this month: 2 questions/,
    );
  });
});
