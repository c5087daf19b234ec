import { setTimeout as wait } from "node:timers/promises";

/** Time and chance, so that tests need not wait. */
export interface Clock {
  now(): number;
  random(): number;
  /** Rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const REAL_CLOCK: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};
