import type { Queryable } from "../ports.ts";

/** What one person, channel or workspace used in one period: a day (2026-11-22) or a month (2026-11), UTC. */
export interface Counter {
  scope: "person" | "channel" | "workspace";
  subject: string;
  period: string;
  runs: number;
  costUsd: number;
}

export type CounterKey = Pick<Counter, "scope" | "subject" | "period">;

/** Within a transaction: reads the counters and keeps others from changing them until it ends. */
export async function lockCounters(query: Queryable, keys: readonly CounterKey[]): Promise<Counter[]> {
  // Everybody locks in the same order; else two batches could wait for each other.
  const ordered = keys.toSorted((a, b) => compare(nameOf(a), nameOf(b)));
  return query.query<Counter>(LOCK, [JSON.stringify(ordered)]);
}

export async function addUse(query: Queryable, use: readonly Counter[]): Promise<void> {
  if (use.length > 0) await query.query(ADD, [JSON.stringify(use)]);
}

/** One name for a counter, to find it in a map. */
export function nameOf({ scope, subject, period }: CounterKey): string {
  return `${scope} ${subject} ${period}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const RECORDS = `json_to_recordset($1::json)
  as used (scope text, subject text, period text, runs integer, "costUsd" double precision)`;
const LOCK = `insert into quotas (scope, subject, period, updated_at)
  select scope, subject, period, now() from ${RECORDS}
  on conflict (scope, subject, period) do update set updated_at = excluded.updated_at
  returning scope, subject, period, runs, cost_usd as "costUsd"`;
const ADD = `insert into quotas (scope, subject, period, runs, cost_usd, updated_at)
  select scope, subject, period, runs, "costUsd", now() from ${RECORDS}
  on conflict (scope, subject, period) do update set runs = quotas.runs + excluded.runs,
    cost_usd = quotas.cost_usd + excluded.cost_usd, updated_at = excluded.updated_at`;
