import type { OpenDatabase } from "./database.ts";
import { type Deleted, deleteRows } from "./delete-rows.ts";

/**
 * Deletes what is older than its time: runs and digest issues after `days` (but for the last that a digest told, so that a
 * monthly one does not tell the same again), counters after two months, model calls
 * after 400 days (they hold nobody's words), cache entries that expired. Runs still being worked on count from their
 * last change. On the embedded database, where no autovacuum runs, the space is made usable again as well.
 */
export async function deleteExpired(
  database: OpenDatabase,
  { days, now = new Date() }: { days: number; now?: Date },
): Promise<Deleted> {
  const before = (age: number): string => new Date(now.getTime() - age * DAY_MS).toISOString();
  const deleted = {
    runs: await deleteRows(database, "runs where updated_at < $1", [before(days)]),
    digest_issues: await deleteRows(database, OLD_ISSUES, [before(days), ISSUES_KEPT]),
    quotas: await deleteRows(database, "quotas where updated_at < $1", [before(QUOTA_DAYS)]),
    model_calls: await deleteRows(database, "model_calls where created_at < $1", [before(MODEL_CALL_DAYS)]),
    arrivals: await deleteRows(database, "arrivals where created_at < $1", [before(ARRIVAL_DAYS)]),
    rates: await deleteRows(database, "rates where expire < $1", [now.getTime()]),
    cache: await deleteRows(database, "cache where expires_at <= $1", [now.toISOString()]),
  };
  if (database.engine === "pglite") await database.query("vacuum (analyze)");
  return deleted;
}

const ISSUES_KEPT = 3;
const OLD_ISSUES = `digest_issues as old where created_at < $1 and (state <> 'posted' or $2 <= (
  select count(*) from digest_issues as newer
  where newer.digest_id = old.digest_id and newer.state = 'posted' and newer.due_at > old.due_at))`;
const DAY_MS = 24 * 60 * 60 * 1000;
// Counters are of a day or a month; in the second month nobody asks any more.
const QUOTA_DAYS = 62;
const MODEL_CALL_DAYS = 400;
// Slack gives up after about an hour, Discord replays what a session missed; a week is far beyond both.
const ARRIVAL_DAYS = 7;
