import type { Queryable } from "../ports.ts";
import type { Run } from "../types.ts";
import { jsonb } from "./sql-values.ts";

/** A run that waits, with its place: 1 is next. */
export interface WaitingRun {
  run: Run;
  place: number;
  /** The place that its card shows, or null. */
  shownPlace: number | null;
}

/** Within a transaction: stores the runs in one statement; those that are there already are left alone. */
export async function insertRuns(query: Queryable, runs: readonly Run[]): Promise<void> {
  if (runs.length > 0) await query.query(INSERT, [jsonb(runs.map(rowOf))]);
}

/** The platform's runs that have waited for at least `sinceMs`, first come first. */
export async function listWaiting(
  query: Queryable,
  { platform, sinceMs, limit }: { platform: string; sinceMs: number; limit: number },
): Promise<WaitingRun[]> {
  const rows = await query.query<WaitingRow>(WAITING, [platform, sinceMs, limit]);
  return rows.map(({ id, request, created_at: createdAt, place, shown_place: shownPlace }) => ({
    run: { id, request, state: "queued", createdAt },
    place,
    shownPlace,
  }));
}

/** The places of a person's waiting runs, smallest first. */
export async function placesOf(query: Queryable, asker: string): Promise<number[]> {
  const rows = await query.query<{ place: number }>(PLACES, [asker]);
  return rows.map(({ place }) => place);
}

/** Within a transaction: may this place be shown now? Locks the run, so that no worker takes it meanwhile. */
export async function claimPlace(query: Queryable, runId: string, place: number): Promise<boolean> {
  const rows = await query.query(CLAIM_PLACE, [runId, place]);
  return rows.length > 0;
}

interface WaitingRow {
  id: string;
  request: Run["request"];
  created_at: string;
  place: number;
  shown_place: number | null;
}

function rowOf({ id, request, state, createdAt }: Run) {
  const { platform, workspaceId, channelId, threadId } = request.thread;
  return { id, platform, workspaceId, channelId, threadId, asker: request.asker, request, state, createdAt };
}

const INSERT = `insert into runs
    (id, platform, workspace_id, channel_id, thread_id, asker, request, state, created_at, updated_at)
  select id, platform, "workspaceId", "channelId", "threadId", asker, request, state, "createdAt", now()
  from jsonb_to_recordset($1::jsonb) as run (id text, platform text, "workspaceId" text, "channelId" text,
    "threadId" text, asker text, request jsonb, state text, "createdAt" timestamptz)
  on conflict (id) do nothing`;
const WAITING = `select * from (
    select id, platform, request, created_at, shown_place, row_number() over (order by created_at, id)::integer as place
    from runs where state = 'queued'
  ) as waiting
  where platform = $1 and created_at < now() - $2 * interval '1 millisecond' order by place limit $3`;
const PLACES = `select place from (
    select asker, row_number() over (order by created_at, id)::integer as place from runs where state = 'queued'
  ) as waiting
  where asker = $1 order by place`;
const CLAIM_PLACE = `update runs set shown_place = $2
  where id = $1 and state = 'queued' and shown_place is distinct from $2 returning id`;
