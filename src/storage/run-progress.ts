import type { Queryable } from "../ports.ts";

/** How far a run got: its finished steps and its messages. Without their contents, which can be large. */
export interface RunProgress {
  steps: { index: number; kind: string; label: string; durationMs: number }[];
  messages: { key: string; messageId: string | null }[];
}

export async function describeProgress(query: Queryable, runId: string): Promise<RunProgress> {
  return {
    steps: await query.query(
      `select index, kind, label, duration_ms as "durationMs" from journal where run_id = $1 order by index`,
      [runId],
    ),
    messages: await query.query(
      `select key, message_id as "messageId" from deliveries where run_id = $1 order by created_at, key`,
      [runId],
    ),
  };
}
