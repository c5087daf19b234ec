import type { Queryable } from "../ports.ts";
import type { MessageRef, ThreadRef } from "../types.ts";
import { jsonb } from "./sql-values.ts";

export interface Delivery {
  key: string;
  /** Null for what belongs to no run. */
  runId: string | null;
  thread: ThreadRef;
  /** Who is about to post. */
  sender: string;
}

/** What is known of a message when somebody is about to post it. */
export type Attempt =
  | { kind: "posted"; message: MessageRef }
  /** Another process began to post it a moment ago, and may still be at it. */
  | { kind: "in-flight" }
  /** Somebody began and did not say how it went: ask the platform. */
  | { kind: "perhaps" }
  | { kind: "new" };

export interface DeliveryStore {
  /**
   * Notes, before the post, that it is about to happen. Within a transaction that holds the run.
   *
   * @param inFlightMs how long an attempt counts as being made by a sender that may be alive
   */
  begin(delivery: Delivery, options: { inFlightMs: number; mayLive(sender: string): boolean }): Promise<Attempt>;
  /** Notes, after the post, where the message is. */
  complete(key: string, message: MessageRef): Promise<void>;
}

export function createDeliveryStore(query: Queryable): DeliveryStore {
  return {
    begin: async (delivery, { inFlightMs, mayLive }) => {
      const [earlier] = await query.query<EarlierRow>(FIND, [delivery.key]);
      if (earlier?.message_id != null) {
        return { kind: "posted", message: { thread: earlier.thread, messageId: earlier.message_id } };
      }
      const by = earlier?.attempted_by ?? delivery.sender;
      const isAnothers = by !== delivery.sender && mayLive(by);
      if (isAnothers && (earlier?.age_ms ?? 0) < inFlightMs) return { kind: "in-flight" };
      await query.query(BEGIN, [delivery.key, delivery.runId, jsonb(delivery.thread), delivery.sender]);
      return { kind: earlier === undefined ? "new" : "perhaps" };
    },
    complete: async (key, message) => {
      await query.query(COMPLETE, [key, message.messageId, jsonb(message.thread)]);
      if (message.thread.threadId !== null) await query.query(LEARN_THREAD, [key, message.thread.threadId]);
    },
  };
}

/** Where people find each of these runs: the answer, else the plan. Runs of which nothing was posted are missing. */
export async function findPlaces(query: Queryable, runIds: readonly string[]): Promise<Map<string, MessageRef>> {
  const rows = await query.query<{ run_id: string; thread: ThreadRef; message_id: string }>(PLACES, [runIds]);
  return new Map(rows.map((row) => [row.run_id, { thread: row.thread, messageId: row.message_id }]));
}

interface EarlierRow {
  thread: ThreadRef;
  message_id: string | null;
  attempted_by: string | null;
  age_ms: number | null;
}

// In the alphabet, too, the answer comes before the card.
const PLACES = `select distinct on (run_id) run_id, thread, message_id from deliveries
  where run_id = any($1::text[]) and message_id is not null and key in (run_id || ':answer:0', run_id || ':card')
  order by run_id, key`;
const FIND = `select thread, message_id, attempted_by,
    extract(epoch from clock_timestamp() - attempted_at)::double precision * 1000 as age_ms
  from deliveries where key = $1 for update`;
const BEGIN = `insert into deliveries (key, run_id, thread, attempts, attempted_by, attempted_at, created_at)
  values ($1, $2, $3, 1, $4, clock_timestamp(), now())
  on conflict (key) do update set attempts = deliveries.attempts + 1, attempted_by = excluded.attempted_by,
    attempted_at = excluded.attempted_at`;
// A question that was asked by command has no thread before its first message: what is said there finds its answer.
const LEARN_THREAD = `update runs set thread_id = $2
  where thread_id is null and id = (select run_id from deliveries where key = $1)`;
const COMPLETE = `update deliveries set message_id = $2, thread = $3, posted_at = now()
  where key = $1 and message_id is null`;
