import assert from "node:assert/strict";
import { it } from "node:test";
import { quotaKeysOf } from "../../src/chat/quotas.ts";
import { createRunDesk } from "../../src/jobs/run-desk.ts";
import type { OpenDatabase } from "../../src/storage/database.ts";
import { createDeliveryStore } from "../../src/storage/deliveries.ts";
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

const DIGEST = {
  ...{ digestId: "abcde", title: "", dueAt: "", isLate: false, since: "", maxCostUsd: null },
  whenNothingNew: "silent",
} as const;

async function post(database: OpenDatabase, key: string, messageId: string): Promise<void> {
  const [runId = ""] = key.split(":");
  const store = createDeliveryStore(database);
  const alive = { inFlightMs: 0, mayLive: () => false };
  await store.begin({ key, runId, thread: HERE, sender: "worker" }, alive);
  await store.complete(key, { thread: HERE, messageId });
}

describeOnEachEngine("the desk for questions", (open) => {
  async function openDesk(test: Parameters<typeof open>[0]) {
    const database = await open(test);
    const platform = createRecordingPlatform();
    const parts = {
      database,
      platform,
      notice: null,
      settings: settingsDesk(database, LIMITS),
      timeZone: "Europe/Berlin",
      processId: "process-1",
      log: silentLog,
    };
    return { database, desk: createRunDesk(parts) };
  }

  it("tells a person what they asked here, with the way to each answer: their own, in this channel, in any thread", async (test) => {
    const { database, desk } = await openDesk(test);
    const runs = [
      makeRun({ id: "r1", question: "Why is <!channel> the sky blue?", createdAt: "2026-11-20T10:00:00.000Z" }),
      makeRun({ id: "r2", question: "In another thread?", thread: { ...HERE, threadId: "T2" } }),
      makeRun({ id: "r3", question: "In another channel?", thread: { ...HERE, channelId: "C2" } }),
      makeRun({ id: "r4", question: "By somebody else?", asker: "test:bob" }),
      makeRun({ id: "r5", question: "Of a digest?", digest: DIGEST }),
    ];
    await insertRuns(database, runs);
    await createRunStore(database).finish("r1", makeReport("r1"));
    await post(database, "r1:card", "m1");
    await post(database, "r1:answer:0", "m2");
    await post(database, "r2:card", "m3");
    const { text, links } = await desk.history({ asker: "test:ada", thread: HERE });
    assert.match(text, /- \[In another thread\?\]\(https:\/\/chat\.test\/m\/m3\) · waiting · /);
    assert.match(text, /the sky blue\?\]\(https:\/\/chat\.test\/m\/m2\) · answered · Fri 20 Nov 2026 11:00$/);
    assert.deepEqual(links, ["https://chat.test/m/m3", "https://chat.test/m/m2"]);
    assert.doesNotMatch(text, /another channel|somebody else|<!channel>|digest/);
    assert.match((await desk.history({ asker: "test:eve", thread: HERE })).text, /You asked nothing here/);
  });

  it("keeps what a question holds from leading elsewhere, and tells how a question without any message stands", async (test) => {
    const { database, desk } = await openDesk(test);
    const run = makeRun({ id: "r1", question: "Is [this](https://evil.test) it?](https://evil.test)" });
    await insertRuns(database, [run]);
    await post(database, "r1:card", "m1");
    const { text, links } = await desk.history({ asker: "test:ada", thread: HERE });
    assert.deepEqual(links, ["https://chat.test/m/m1"]);
    assert.deepEqual(
      Array.from(text.matchAll(/(?<!\\)\]\(([^)]*)/g), ([, url]) => url),
      links,
    );
    await insertRuns(database, [makeRun({ id: "r2", question: "Not begun?" })]);
    assert.match((await desk.history({ asker: "test:ada", thread: HERE })).text, /- Not begun\? · waiting · /);
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
