import type { Clock } from "pg-boss";

/**
 * A clock for pg-boss that starts at the system's time and then only moves with the time that passes.
 *
 * pg-boss computes its pauses from differences of the wall clock: set back by an hour, it would neither poll nor look
 * for dead workers for an hour (read in worker.js and claimTimer.js of 12.38).
 */
export function createMonotonicClock(): Clock {
  const offset = Date.now() - performance.now();
  return {
    now: () => Math.floor(offset + performance.now()),
    setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    setInterval: (callback, milliseconds) => setInterval(callback, milliseconds),
    clearInterval: (handle) => clearInterval(handle as NodeJS.Timeout),
  };
}
