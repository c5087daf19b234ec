import type { Queryable } from "../ports.ts";
import type { Run, RunState, ThreadRef } from "../types.ts";
import { jsonb } from "./sql-values.ts";

/** Names a thread; without one, the whole channel. */
export function threadName({ platform, workspaceId, channelId, threadId }: ThreadRef): string {
  return [platform, workspaceId, channelId, ...(threadId === null ? [] : [threadId])].join(" ");
}

/** By the thread's name: its newest run that waits or is at work. A thread that is none means the whole channel. */
export async function listAtWork(query: Queryable, threads: readonly ThreadRef[]): Promise<Map<string, Run>> {
  if (threads.length === 0) return new Map();
  const wanted = threads.map((thread) => ({ ...thread, name: threadName(thread) }));
  const rows = await query.query<AtWorkRow>(AT_WORK, [jsonb(wanted)]);
  return new Map(
    rows.map(({ name, id, request, state, created_at: createdAt }) => [name, { id, request, state, createdAt }]),
  );
}

interface AtWorkRow {
  name: string;
  id: string;
  request: Run["request"];
  state: RunState;
  created_at: string;
}

const AT_WORK = `select distinct on (wanted.name) wanted.name, runs.id, runs.request, runs.state, runs.created_at
  from jsonb_to_recordset($1::jsonb) as wanted (name text, platform text, "workspaceId" text, "channelId" text,
    "threadId" text)
  join runs on runs.platform = wanted.platform and runs.workspace_id = wanted."workspaceId"
    and runs.channel_id = wanted."channelId" and (wanted."threadId" is null or runs.thread_id = wanted."threadId")
  where runs.state in ('queued', 'running')
  order by wanted.name, runs.created_at desc, runs.id`;
