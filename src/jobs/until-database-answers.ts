import { setTimeout as wait } from "node:timers/promises";
import { RuminateError } from "../errors.ts";

/**
 * Does the work again and again while the database is gone or full: what was paid for is not thrown away because the
 * database restarts. Rejects with the last error once the signal is aborted, or after ten minutes.
 */
export async function untilDatabaseAnswers<Result>(
  work: () => Promise<Result>,
  { signal }: { signal: AbortSignal },
): Promise<Result> {
  const deadline = performance.now() + LONGEST_OUTAGE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || signal.aborted || performance.now() > deadline) throw error;
      // Aborted while waiting: one more try tells whether the database is back.
      await wait(pauseMs, null, { signal, ref: false }).catch(() => null);
    }
  }
}

/** Is the database the reason, and may it come back? */
export function isOutage(error: unknown): boolean {
  return error instanceof RuminateError && error.isRetryable && OUTAGES.has(error.code);
}

const OUTAGES: ReadonlySet<string> = new Set(["DATABASE_UNAVAILABLE", "DISK_FULL"]);
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
const LONGEST_OUTAGE_MS = 10 * 60_000;
