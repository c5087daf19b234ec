import type { Queryable } from "../ports.ts";

/** What somebody thinks of an answer; the newest opinion of a person counts. */
export interface Feedback {
  keep(opinion: { runId: string; person: string; rating: 1 | -1; reason: string | null }): Promise<void>;
}

export function createFeedback(query: Queryable): Feedback {
  return {
    keep: async ({ runId, person, rating, reason }) => {
      await query.query(KEEP, [runId, person, rating, reason]);
    },
  };
}

const KEEP = `insert into feedback (run_id, person, rating, reason, created_at) values ($1, $2, $3, $4, now())
  on conflict (run_id, person) do update set rating = excluded.rating, reason = excluded.reason, created_at = now()`;
