import type { Queryable } from "../ports.ts";
import { type Deleted, deleteRows } from "./delete-rows.ts";
import { CANCEL_CHANNEL } from "./leases.ts";
import { type Channel, channelSubject, type Workspace, workspaceSubject } from "./subjects.ts";

/** Forgets one run. A worker that is at it hears so at once, and what it does afterwards is not stored any more. */
export async function forgetRun(database: Queryable, runId: string): Promise<Deleted> {
  return { runs: await deleteRuns(database, "id = $1", [runId]) };
}

/**
 * Forgets a person: questions with everything that came of them, feedback, settings, digests. The counters of running
 * quotas stay until their period is over; they are numbers, and forgetting them would be a way around the limits.
 */
export async function forgetPerson(database: Queryable, person: string): Promise<Deleted> {
  return {
    runs: await deleteRuns(database, "asker = $1", [person]),
    remarks: await deleteRows(database, "remarks where person = $1", [person]),
    feedback: await deleteRows(database, "feedback where person = $1", [person]),
    settings: await deleteRows(database, "settings where scope = 'person' and subject = $1", [person]),
    digests: await deleteRows(database, "digests where owner = $1", [person]),
  };
}

/** Forgets a channel with all its threads: runs, settings, digests, and that hello was said there. */
export async function forgetChannel(database: Queryable, channel: Channel): Promise<Deleted> {
  const { platform, workspaceId, channelId } = channel;
  const place = [platform, workspaceId, channelId];
  const isThere = "platform = $1 and workspace_id = $2 and channel_id = $3";
  const subject = channelSubject(channel);
  await deleteRows(
    database,
    `deliveries where run_id is null and ${STANDS_IN_WORKSPACE} and thread->>'channelId' = $3`,
    place,
  );
  return {
    runs: await deleteRuns(database, isThere, place),
    settings: await deleteRows(database, "settings where scope = 'channel' and subject = $1", [subject]),
    digests: await deleteRows(database, `digests where ${isThere}`, place),
  };
}

/**
 * Forgets a whole workspace, as when the app was removed from it: all of the above, and its counters. With `until` only
 * what is not younger: a removal that is told late says nothing of what came after the app was installed again.
 */
export async function forgetWorkspace(
  database: Queryable,
  workspace: Workspace,
  { until }: { until?: string | null } = {},
): Promise<Deleted> {
  const { platform, workspaceId } = workspace;
  const last = until ?? "infinity";
  const place = [platform, workspaceId, last];
  const below = [workspaceSubject(workspace), last];
  await deleteRows(database, `deliveries where run_id is null and ${STANDS_IN_WORKSPACE} and created_at <= $3`, place);
  return {
    runs: await deleteRuns(database, `${IS_IN_WORKSPACE} and created_at <= $3`, place),
    settings: await deleteRows(database, `settings where ${IS_BELOW} and updated_at <= $2`, below),
    quotas: await deleteRows(database, `quotas where ${IS_BELOW} and updated_at <= $2`, below),
    digests: await deleteRows(database, `digests where ${IS_IN_WORKSPACE} and created_at <= $3`, place),
  };
}

// An organisation's workspaces are named "E0123.T0456" and go with the organisation.
const IS_IN_WORKSPACE = "platform = $1 and (workspace_id = $2 or starts_with(workspace_id, $2 || '.'))";
// The same for messages.
const STANDS_IN_WORKSPACE =
  "thread->>'platform' = $1 and (thread->>'workspaceId' = $2 or starts_with(thread->>'workspaceId', $2 || '.'))";
// The workspace itself, its channels and its people.
const IS_BELOW = "(subject = $1 or starts_with(subject, $1 || ':') or starts_with(subject, $1 || '.'))";

/** The workers are told in the same statement: no model is paid for a run that is not there any more. */
async function deleteRuns(database: Queryable, condition: string, values: unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `with gone as (delete from runs where ${condition} returning id)
     select count(*) as count, count(pg_notify('${CANCEL_CHANNEL}', id)::text) from gone`,
    values,
  );
  return row?.count ?? 0;
}
