import { parseArgs } from "node:util";
import { RuminateError } from "./errors.ts";
import type { DayUsage, ModelUptime } from "./storage/usage.ts";
import type { Storage } from "./wire-storage.ts";

/** What was used day by day, and how reliable the models were. @throws {RuminateError} USAGE_INVALID */
export async function describeUsage({ usage }: Storage, argv: string[]): Promise<string> {
  const days = readDays(argv);
  const since = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
  return render(await usage.byDay(since), await usage.uptime(since), days);
}

function readDays(argv: string[]): number {
  try {
    const { values } = parseArgs({ args: argv, options: { days: { type: "string", default: "30" } } });
    const days = Number(values.days);
    if (Number.isInteger(days) && days > 0) return days;
    throw new Error(`Expected --days to be a whole number above 0, got "${values.days}"`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuminateError("USAGE_INVALID", `${reason}. Usage: npm run usage -- [--days 30]`, { cause: error });
  }
}

function render(byDay: readonly DayUsage[], uptime: readonly ModelUptime[], days: number): string {
  if (byDay.length === 0) return `No model was asked in the last ${days} days.`;
  const dayLines = byDay.map(
    ({ day, model, calls, failedCalls, promptTokens, completionTokens, costUsd, unpricedCalls }) =>
      [
        day,
        model,
        `${calls} calls (${failedCalls} failed)`,
        `${promptTokens} + ${completionTokens} tokens`,
        `${costUsd === null ? "price unknown" : `$${costUsd.toFixed(4)}`}${unpricedCalls > 0 && costUsd !== null ? ` (${unpricedCalls} calls without a price)` : ""}`,
      ].join("  "),
  );
  const uptimeLines = uptime.map(({ endpoint, model, uptime: share, medianLatencyMs, p95LatencyMs, lastFailureAt }) =>
    [
      `${model}@${endpoint}`,
      share === null ? "uptime unknown" : `up ${(share * 100).toFixed(1)}%`,
      `median ${describeMs(medianLatencyMs)}, p95 ${describeMs(p95LatencyMs)}`,
      ...(lastFailureAt === null ? [] : [`last failure ${lastFailureAt}`]),
    ].join("  "),
  );
  return [`Usage of the last ${days} days`, ...dayLines, "", "Models", ...uptimeLines].join("\n");
}

function describeMs(milliseconds: number | null): string {
  return milliseconds === null ? "unknown" : `${(milliseconds / 1000).toFixed(1)} s`;
}
