import type { Queryable } from "../ports.ts";
import type { OpenDatabase } from "./database.ts";
import { type Channel, channelSubject, type Workspace, workspaceSubject } from "./subjects.ts";

/** How many rows went, by table. What hangs on a run (journal, deliveries, feedback) goes with it and is not counted. */
export type Deleted = Record<string, number>;

/**
 * Deletes what is older than its time: runs and digest issues after `days`, counters after two months, model calls
 * after 400 days (they hold nobody's words), cache entries that expired. Runs still being worked on count from their
 * last change. On the embedded database, where no autovacuum runs, the space is made usable again as well.
 */
export async function deleteExpired(
  database: OpenDatabase,
  { days, now = new Date() }: { days: number; now?: Date },
): Promise<Deleted> {
  const before = (age: number): string => new Date(now.getTime() - age * DAY_MS).toISOString();
  const deleted = {
    runs: await remove(database, "runs where updated_at < $1", [before(days)]),
    digest_issues: await remove(database, "digest_issues where created_at < $1", [before(days)]),
    quotas: await remove(database, "quotas where updated_at < $1", [before(QUOTA_DAYS)]),
    model_calls: await remove(database, "model_calls where created_at < $1", [before(MODEL_CALL_DAYS)]),
    arrivals: await remove(database, "arrivals where created_at < $1", [before(ARRIVAL_DAYS)]),
    rates: await remove(database, "rates where expire < $1", [now.getTime()]),
    cache: await remove(database, "cache where expires_at <= $1", [now.toISOString()]),
  };
  if (database.engine === "pglite") await database.query("vacuum (analyze)");
  return deleted;
}

/** Forgets one run. A run being worked on should be cancelled first; its next step is refused otherwise. */
export async function forgetRun(database: Queryable, runId: string): Promise<Deleted> {
  return { runs: await remove(database, "runs where id = $1", [runId]) };
}

/**
 * Forgets a person: questions with everything that came of them, feedback, settings, digests. The counters of running
 * quotas stay until their period is over; they are numbers, and forgetting them would be a way around the limits.
 */
export async function forgetPerson(database: Queryable, person: string): Promise<Deleted> {
  return {
    runs: await remove(database, "runs where asker = $1", [person]),
    feedback: await remove(database, "feedback where person = $1", [person]),
    settings: await remove(database, "settings where scope = 'person' and subject = $1", [person]),
    digests: await remove(database, "digests where owner = $1", [person]),
  };
}

/** Forgets a channel with all its threads: runs, settings and digests. */
export async function forgetChannel(database: Queryable, channel: Channel): Promise<Deleted> {
  const { platform, workspaceId, channelId } = channel;
  const place = [platform, workspaceId, channelId];
  const where = "where platform = $1 and workspace_id = $2 and channel_id = $3";
  return {
    runs: await remove(database, `runs ${where}`, place),
    settings: await remove(database, "settings where scope = 'channel' and subject = $1", [channelSubject(channel)]),
    digests: await remove(database, `digests ${where}`, place),
  };
}

/** Forgets a whole workspace, as when the app was removed from it: all of the above, and its counters. */
export async function forgetWorkspace(database: Queryable, workspace: Workspace): Promise<Deleted> {
  const { platform, workspaceId } = workspace;
  const subject = workspaceSubject(workspace);
  return {
    runs: await remove(database, "runs where platform = $1 and workspace_id = $2", [platform, workspaceId]),
    settings: await remove(database, `settings where ${BELOW}`, [subject]),
    quotas: await remove(database, `quotas where ${BELOW}`, [subject]),
    digests: await remove(database, "digests where platform = $1 and workspace_id = $2", [platform, workspaceId]),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
// Counters are of a day or a month; in the second month nobody asks any more.
const QUOTA_DAYS = 62;
const MODEL_CALL_DAYS = 400;
// Slack gives up after about an hour, Discord replays what a session missed; a week is far beyond both.
const ARRIVAL_DAYS = 7;
// The workspace itself, its channels and its people.
const BELOW = "(subject = $1 or starts_with(subject, $1 || ':'))";

async function remove(database: Queryable, fromWhere: string, values: unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `with gone as (delete from ${fromWhere} returning 1) select count(*) as count from gone`,
    values,
  );
  return row?.count ?? 0;
}
