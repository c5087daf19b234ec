import type { RuminateError } from "../errors.ts";
import { handBack } from "../storage/leases.ts";
import type { Attempt } from "./attempt.ts";
import type { Settlement } from "./queue.ts";

/** May what a platform did not take be tried again, after so long a time? */
export function isWorthWaiting({ code, isRetryable }: RuminateError, elapsedMs: number): boolean {
  return elapsedMs < PATIENCE_MS && (isRetryable || code === "INTERNAL");
}

/** The platform's fault, not the run's: the try does not count, and the pauses grow with the time that passed. */
export async function later({ lease, log }: Attempt, reason: RuminateError, elapsedMs: number): Promise<Settlement> {
  const wanted = reason.retryAfterMs ?? Math.max(elapsedMs / 2, SHORTEST_PAUSE_MS);
  const afterMs = Math.min(wanted, LONGEST_PAUSE_MS);
  log.warn({ err: reason, errorCode: reason.code, afterMs }, "ending not delivered, trying again");
  await lease.fenced((query) => handBack(query, lease));
  return { kind: "again", afterMs };
}

const PATIENCE_MS = 30 * 60_000;
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
