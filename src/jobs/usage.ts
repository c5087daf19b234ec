import { type QuotaKey, type QuotaLimits, usageInWords } from "../chat/quotas.ts";
import type { Queryable } from "../ports.ts";
import { nameOf, readCounters } from "../storage/quotas.ts";

/** What was used of these counters and what is left, a line of Markdown each. */
export async function describeUsage(
  query: Queryable,
  keys: readonly QuotaKey[],
  limits: QuotaLimits,
  now: Date,
): Promise<string> {
  const counters = new Map((await readCounters(query, keys)).map((counter) => [nameOf(counter), counter]));
  return usageInWords(keys, limits, (key) => counters.get(nameOf(key)) ?? { runs: 0, costUsd: 0 }, now);
}
