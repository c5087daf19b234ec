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

/** The counters as they stand; those that nobody used yet are missing. */
export async function readCounters(query: Queryable, keys: readonly CounterKey[]): Promise<Counter[]> {
  return query.query<Counter>(READ, [JSON.stringify(keys)]);
}

/**
 * Within a transaction: adds to the counters, gives back what they hold now, and keeps others from changing them until the
 * transaction ends.
 */
export async function addUse(query: Queryable, use: readonly Counter[]): Promise<Counter[]> {
  // Everybody locks in the same order; else two batches could wait for each other.
  const ordered = use.toSorted((a, b) => compare(nameOf(a), nameOf(b)));
  return ordered.length === 0 ? [] : query.query<Counter>(ADD, [JSON.stringify(ordered)]);
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
const READ = `select scope, subject, period, quotas.runs as runs, quotas.cost_usd as "costUsd"
  from quotas join (select scope, subject, period from ${RECORDS}) as wanted using (scope, subject, period)`;
const ADD = `insert into quotas (scope, subject, period, runs, cost_usd, updated_at)
  select scope, subject, period, runs, "costUsd", now() from ${RECORDS}
  on conflict (scope, subject, period) do update set runs = quotas.runs + excluded.runs,
    cost_usd = quotas.cost_usd + excluded.cost_usd, updated_at = excluded.updated_at
  returning scope, subject, period, runs, cost_usd as "costUsd"`;
