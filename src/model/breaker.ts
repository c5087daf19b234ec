import type { ModelFailure } from "./errors.ts";

/**
 * Keeps calls away from what is known to fail. Opens after several failures in a row, or at once when told how long;
 * when its time is up one call is let through as a probe, and the next only after another while. Success closes it.
 */
export interface Breaker {
  /** From when on a call may be made; in the past = now. */
  readonly openUntil: number;
  /** Why it is open; null while nothing failed. */
  readonly lastFailure: ModelFailure | null;
  /** A call is made: while open it is the probe, and others wait for its outcome. */
  enter(): void;
  succeed(): void;
  /** @param weight how many failures it counts as */
  fail(failure: ModelFailure, weight?: number): void;
  /** Closed to calls for at least this long: the other side said so, or nothing will change before. */
  hold(failure: ModelFailure, ms: number): void;
}

const FAILURES_TO_OPEN = 4;
// At most one probe in this time. facts/security-and-reliability.md, F15.
const FIRST_OPEN_MS = 15_000;
const LONGEST_OPEN_MS = 5 * 60_000;

export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let openUntil = 0;
  let openMs = FIRST_OPEN_MS;
  let isOutage = false;
  let lastFailure: ModelFailure | null = null;

  return {
    get openUntil() {
      return openUntil;
    },
    get lastFailure() {
      return lastFailure;
    },
    enter: () => {
      // After a short wait that the other side asked for, all may call again; after an outage one tries first.
      if (isOutage) openUntil = now() + FIRST_OPEN_MS;
    },
    succeed: () => {
      failures = 0;
      openUntil = 0;
      openMs = FIRST_OPEN_MS;
      isOutage = false;
      lastFailure = null;
    },
    fail: (failure, weight = 1) => {
      lastFailure = failure;
      failures += weight;
      if (failures < FAILURES_TO_OPEN) return;
      isOutage = true;
      openUntil = Math.max(openUntil, now() + openMs);
      // A probe of what hangs costs time, one of what refuses costs nothing.
      if (failure.isTimeout) openMs = Math.min(openMs * 2, LONGEST_OPEN_MS);
    },
    hold: (failure, ms) => {
      lastFailure = failure;
      openUntil = Math.max(openUntil, now() + ms);
      isOutage ||= ms >= FIRST_OPEN_MS;
    },
  };
}
