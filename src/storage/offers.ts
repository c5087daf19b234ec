import type { Queryable, Remark } from "../ports.ts";
import type { MessageRef, Run } from "../types.ts";
import { jsonb } from "./sql-values.ts";

/** Within a transaction: the offered question is to be worked on, after that run; null when it was decided before. */
export async function releaseOffer(query: Queryable, runId: string, after: string | null): Promise<Run | null> {
  const [row] = await query.query<{ id: string; request: Run["request"]; created_at: string }>(RELEASE, [runId, after]);
  return row === undefined ? null : { id: row.id, request: row.request, state: "queued", createdAt: row.created_at };
}

/** Notes where its asker was asked what to do with it. */
export async function noteOffered(query: Queryable, runId: string, { thread, messageId }: MessageRef): Promise<void> {
  await query.query(NOTE_OFFERED, [runId, jsonb(thread), messageId]);
}

/** Questions of the platform that were held a while ago, and whose askers were never asked: the process died before. */
export async function listForgottenOffers(query: Queryable, platform: string, sinceMs: number): Promise<Run[]> {
  const rows = await query.query<{ id: string; request: Run["request"]; created_at: string }>(FORGOTTEN, [
    platform,
    sinceMs,
  ]);
  return rows.map(({ id, request, created_at: createdAt }) => ({ id, request, state: "offered", createdAt }));
}

/** Within a transaction: the offered question is gone; false when it was decided before. */
export async function dropOffer(query: Queryable, runId: string): Promise<boolean> {
  return (await query.query("delete from runs where id = $1 and state = 'offered' returning id", [runId])).length > 0;
}

/** Within a transaction: something to be taken into account by the run; false when it is not at work any more. */
export async function addRemark(
  query: Queryable,
  { runId, person, text }: { runId: string; person: string; text: string },
): Promise<boolean> {
  return (await query.query(ADD_REMARK, [runId, person, text])).length > 0;
}

/** What was added to the run after the remark of this id, in order. */
export async function remarksAfter(query: Queryable, runId: string, after: number): Promise<Remark[]> {
  const rows = await query.query<{ id: number | string; text: string }>(REMARKS, [runId, after]);
  return rows.map(({ id, text }) => ({ id: Number(id), text }));
}

const RELEASE = `update runs set state = 'queued', updated_at = now(),
    request = case when $2::text is null then request else jsonb_set(request, '{after}', to_jsonb($2::text)) end
  where id = $1 and state = 'offered' returning id, request, created_at`;
const NOTE_OFFERED = `insert into deliveries (key, run_id, thread, message_id, created_at, posted_at)
  select id || ':offer', id, $2, $3, now(), now() from runs where id = $1 on conflict (key) do nothing`;
const FORGOTTEN = `select id, request, created_at from runs
  where state = 'offered' and platform = $1 and created_at < now() - $2 * interval '1 millisecond'
    and not exists (select 1 from deliveries where key = runs.id || ':offer')
  order by created_at limit 20`;
const ADD_REMARK = `insert into remarks (run_id, person, text, created_at)
  select id, $2, $3, now() from runs where id = $1 and state in ('queued', 'running') returning id`;
const REMARKS = "select id, text from remarks where run_id = $1 and id > $2 order by id";
