import assert from "node:assert/strict";
import { it } from "node:test";
import type { Database } from "../../src/ports.ts";
import { createCache } from "../../src/storage/cache.ts";
import { forgetChannel, forgetPerson, forgetRun, forgetWorkspace } from "../../src/storage/forgetting.ts";
import { createJournal } from "../../src/storage/journal.ts";
import { CANCEL_CHANNEL } from "../../src/storage/leases.ts";
import { deleteExpired } from "../../src/storage/retention.ts";
import { createRunStore } from "../../src/storage/runs.ts";
import { jsonb } from "../../src/storage/sql-values.ts";
import { channelSubject, workspaceSubject } from "../../src/storage/subjects.ts";
import type { ResearchRequest, Run, ThreadRef } from "../../src/types.ts";
import { describeOnEachEngine, silentLog } from "../helpers/databases.ts";
import { makeRun } from "../helpers/runs.ts";

const THREAD: ThreadRef = { platform: "slack", workspaceId: "T1", channelId: "C1", threadId: "1.5" };
const ASKER = "slack:T1:U1";

function runOf(id: string, details: Partial<Run & ResearchRequest> = {}): Run {
  return makeRun({ id, asker: ASKER, thread: THREAD, createdAt: "2026-11-20T08:00:00.000Z", ...details });
}

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHER_CHANNEL = { ...THREAD, channelId: "C2" };
const OTHER_WORKSPACE = { ...THREAD, workspaceId: "T11" };

/** A run with everything that hangs on it. */
async function addRun(database: Database, run: Run): Promise<void> {
  await createRunStore(database).insert(run);
  await createJournal(database).append(run.id, {
    index: 0,
    kind: "plan",
    label: "plan",
    result: {},
    durationMs: 1,
    recordedAt: run.createdAt,
  });
  await database.query("insert into deliveries (key, run_id, thread, created_at) values ($1, $2, $3, $4)", [
    `${run.id}:answer`,
    run.id,
    jsonb(run.request.thread),
    run.createdAt,
  ]);
  await database.query("insert into feedback (run_id, person, rating, created_at) values ($1, 'slack:T1:U9', 1, $2)", [
    run.id,
    run.createdAt,
  ]);
  await database.query(
    `insert into model_calls (run_id, purpose, endpoint, model, outcome, prompt_tokens, cached_tokens, completion_tokens,
       reasoning_tokens, is_estimated, latency_ms, created_at)
     values ($1, 'plan', 'local', 'm', 'ok', 1, 0, 1, 0, false, 1, $2)`,
    [run.id, run.createdAt],
  );
}

async function addDigest(database: Database, id: string, channelId: string, owner: string): Promise<void> {
  await database.query(
    `insert into digests (id, platform, workspace_id, channel_id, owner, kind, options, timetable, time_zone, state,
       created_at, updated_at)
     values ($1, 'slack', 'T1', $2, $3, 'topic', '{}', '0 9 * * 1-5', 'Europe/Berlin', 'active', now(), now())`,
    [id, channelId, owner],
  );
  await database.query(
    "insert into digest_issues (digest_id, due_at, state, created_at) values ($1, '2026-11-20T08:00:00Z', 'posted', $2)",
    [id, "2026-11-20T08:00:00Z"],
  );
}

async function addSetting(database: Database, scope: string, subject: string): Promise<void> {
  await database.query(
    "insert into settings (scope, subject, name, value, updated_at) values ($1, $2, 'depth', '\"deep\"', now())",
    [scope, subject],
  );
}

async function addQuota(database: Database, scope: string, subject: string, updatedAt: string): Promise<void> {
  await database.query(
    "insert into quotas (scope, subject, period, runs, updated_at) values ($1, $2, '2026-11', 3, $3)",
    [scope, subject, updatedAt],
  );
}

async function counts(database: Database, ...tables: string[]): Promise<Record<string, number>> {
  const rows = tables.map(async (table) => {
    const [row] = await database.query<{ count: number }>(`select count(*) as count from ${table}`);
    return [table, row?.count];
  });
  return Object.fromEntries(await Promise.all(rows));
}

const OF_RUNS = ["runs", "journal", "deliveries", "feedback"];

describeOnEachEngine("what is kept, and for how long", (open) => {
  it("deletes what is older than its time and nothing else", async (t) => {
    const database = await open(t);
    const now = new Date("2026-12-20T12:00:00.000Z");
    const ago = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
    await addRun(database, runOf("old", { createdAt: ago(31) }));
    await addRun(database, runOf("young", { createdAt: ago(29) }));
    await addRun(database, runOf("old, but worked on", { createdAt: ago(31) }));
    await database.query("update runs set updated_at = $1 where id = 'old, but worked on'", [ago(1)]);
    await addDigest(database, "d1", "C1", ASKER);
    // What it told last stays, however old: a monthly one must not tell it again.
    for (const day of [21, 22, 23])
      await database.query(
        `insert into digest_issues (digest_id, due_at, state, created_at)
         values ('d1', '2026-11-${day}T08:00:00Z', 'posted', '2026-11-12T08:00:00Z')`,
      );
    await addQuota(database, "person", "slack:T1:U1", ago(63));
    await addQuota(database, "person", "slack:T1:U2", ago(61));
    await database.query("insert into arrivals (key, created_at) values ('e1', $1), ('e2', $2)", [ago(8), ago(6)]);
    await database.query("update model_calls set created_at = $1 where run_id = 'young'", [ago(401)]);

    assert.deepEqual(await deleteExpired(database, { days: 30, now }), {
      runs: 1,
      digest_issues: 1,
      quotas: 1,
      model_calls: 1,
      arrivals: 1,
      rates: 0,
      cache: 0,
    });
    assert.deepEqual(await counts(database, ...OF_RUNS, "digests", "quotas", "arrivals"), {
      runs: 2,
      journal: 2,
      deliveries: 2,
      feedback: 2,
      digests: 1,
      quotas: 1,
      arrivals: 1,
    });
    const calls = await database.query("select run_id from model_calls order by run_id nulls last");
    assert.deepEqual(calls, [{ run_id: "old, but worked on" }, { run_id: null }]);
  });

  it("deletes cache entries only when they have expired", async (t) => {
    const database = await open(t);
    const cache = createCache<string>(database, { namespace: "pages", ttlMs: 60_000, log: silentLog });
    await cache.set("short", "a", 1_000);
    await cache.set("long", "b");
    const { cache: deleted } = await deleteExpired(database, { days: 30, now: new Date(Date.now() + 2_000) });
    assert.equal(deleted, 1);
    assert.deepEqual(await counts(database, "cache"), { cache: 1 });
    assert.equal(await cache.get("long"), "b");
  });

  it("forgets a run with all that hangs on it, but not what it cost", async (t) => {
    const database = await open(t);
    await addRun(database, runOf("r1"));
    await addRun(database, runOf("r2"));
    assert.deepEqual(await forgetRun(database, "r1"), { runs: 1 });
    assert.deepEqual(await counts(database, ...OF_RUNS), { runs: 1, journal: 1, deliveries: 1, feedback: 1 });
    const calls = await database.query("select run_id from model_calls order by run_id nulls last");
    assert.deepEqual(calls, [{ run_id: "r2" }, { run_id: null }]);
    assert.deepEqual(await forgetRun(database, "r1"), { runs: 0 });
  });

  it("tells the workers of a run that is forgotten, so that none goes on paying for it", async (t) => {
    const database = await open(t);
    const heard = Promise.withResolvers<string>();
    await database.listen(CANCEL_CHANNEL, heard.resolve);
    await addRun(database, runOf("at work"));
    await forgetPerson(database, ASKER);
    assert.equal(await heard.promise, "at work");
  });

  it("forgets a person's questions, feedback, settings and digests, but not the count towards a limit", async (t) => {
    const database = await open(t);
    await addRun(database, runOf("mine", { asker: "slack:T1:U9" }));
    await addRun(database, runOf("theirs"));
    await addDigest(database, "mine", "C1", "slack:T1:U9");
    await addDigest(database, "theirs", "C1", ASKER);
    await addSetting(database, "person", "slack:T1:U9");
    await addSetting(database, "person", "slack:T1:U90");
    await addQuota(database, "person", "slack:T1:U9", "2026-11-20T08:00:00Z");
    const forgotten = await forgetPerson(database, "slack:T1:U9");
    assert.deepEqual(forgotten, { runs: 1, remarks: 0, feedback: 1, settings: 1, digests: 1 });
    assert.deepEqual(await counts(database, ...OF_RUNS, "settings", "digests", "digest_issues", "quotas"), {
      runs: 1,
      journal: 1,
      deliveries: 1,
      feedback: 0,
      settings: 1,
      digests: 1,
      digest_issues: 1,
      quotas: 1,
    });
  });

  it("forgets a channel with its threads, and no other", async (t) => {
    const database = await open(t);
    await addRun(database, runOf("here"));
    await addRun(database, runOf("here, in another thread", { thread: { ...THREAD, threadId: null } }));
    await addRun(database, runOf("next door", { thread: OTHER_CHANNEL }));
    await addDigest(database, "here", "C1", ASKER);
    await addDigest(database, "next door", "C2", ASKER);
    await addSetting(database, "channel", channelSubject(THREAD));
    await addSetting(database, "channel", channelSubject(OTHER_CHANNEL));
    assert.deepEqual(await forgetChannel(database, THREAD), { runs: 2, settings: 1, digests: 1 });
    assert.deepEqual(await counts(database, "runs", "settings", "digests"), { runs: 1, settings: 1, digests: 1 });
  });

  it("forgets a workspace, and not the one whose name starts alike", async (t) => {
    const database = await open(t);
    await addRun(database, runOf("here"));
    await addRun(database, runOf("elsewhere", { thread: OTHER_WORKSPACE }));
    await addDigest(database, "here", "C1", ASKER);
    for (const thread of [THREAD, OTHER_WORKSPACE]) {
      await addSetting(database, "workspace", workspaceSubject(thread));
      await addSetting(database, "channel", channelSubject(thread));
      await addSetting(database, "person", `${workspaceSubject(thread)}:U1`);
      await addQuota(database, "workspace", workspaceSubject(thread), "2026-11-20T08:00:00Z");
    }
    const forgotten = await forgetWorkspace(database, THREAD);
    assert.deepEqual(forgotten, { runs: 1, settings: 3, quotas: 1, digests: 1 });
    assert.deepEqual(await counts(database, "runs", "settings", "quotas"), { runs: 1, settings: 3, quotas: 1 });
  });

  it("forgets with a channel or a workspace that hello was said there, which else is kept for good", async (t) => {
    const database = await open(t);
    const channels = [THREAD, OTHER_CHANNEL, OTHER_WORKSPACE];
    for (const channel of channels)
      await database.query("insert into deliveries (key, thread, created_at) values ($1, $2, '2020-01-01')", [
        `:hello:${channelSubject(channel)}`,
        jsonb(channel),
      ]);
    const left = () => database.query("select key from deliveries order by key");
    await deleteExpired(database, { days: 1 });
    assert.equal((await left()).length, 3);
    await forgetChannel(database, THREAD);
    assert.deepEqual(await left(), [{ key: ":hello:slack:T11:C1" }, { key: ":hello:slack:T1:C2" }]);
    await forgetWorkspace(database, THREAD);
    assert.deepEqual(await left(), [{ key: ":hello:slack:T11:C1" }]);
  });

  it("forgets an organisation with all its workspaces, and not what came after it was removed", async (t) => {
    const database = await open(t);
    const thread = { ...THREAD, workspaceId: "E1.T1" };
    await addRun(database, runOf("before", { thread }));
    await addRun(database, runOf("after", { thread, createdAt: "2026-11-20T10:00:00.000Z" }));
    await addSetting(database, "channel", channelSubject(thread));
    await addQuota(database, "workspace", workspaceSubject(thread), "2026-11-20T08:00:00Z");
    const until = "2026-11-20T09:00:00.000Z";
    const forgotten = await forgetWorkspace(database, { platform: "slack", workspaceId: "E1" }, { until });
    assert.deepEqual(forgotten, { runs: 1, settings: 0, quotas: 1, digests: 0 });
    assert.deepEqual(await database.query("select id from runs"), [{ id: "after" }]);
  });
});
