import { quotaKeysOf } from "../chat/quotas.ts";
import type { Queryable } from "../ports.ts";
import type { Ending } from "../storage/leases.ts";
import { addUse } from "../storage/quotas.ts";
import type { Run } from "../types.ts";

/** Within the transaction that stores how the run ended: its price counts against the quotas, once. */
export async function countCost(query: Queryable, run: Run, ending: Ending): Promise<void> {
  const costUsd = ending.kind === "report" ? ending.report.usage.costUsd : await recordedCost(query, run.id);
  if (costUsd === null || costUsd === 0) return;
  await addUse(
    query,
    quotaKeysOf(run.request, new Date()).map((key) => ({ ...key, runs: 0, costUsd })),
  );
}

/** A run without a report was paid for, too. */
export async function recordedCost(query: Queryable, runId: string): Promise<number | null> {
  const [row] = await query.query<{ cost: number | null }>(
    "select sum(cost_usd) as cost from model_calls where run_id = $1",
    [runId],
  );
  return row?.cost ?? null;
}
