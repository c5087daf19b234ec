import type { RateBudget } from "../../src/ports.ts";

/** A pace kept by this process alone: for one process, or until there is one that several keep together. */
export function createLocalRateBudget(now: () => number): RateBudget {
  // When the bucket of a key will be full again (generic cell rate algorithm).
  const fullAt = new Map<string, number>();
  return {
    take: async (key, { perMinute, burst }) => {
      const intervalMs = 60_000 / perMinute;
      const from = Math.max(now(), fullAt.get(key) ?? 0);
      const waitMs = from + intervalMs - now() - burst * intervalMs;
      if (waitMs > 0) return waitMs;
      fullAt.set(key, from + intervalMs);
      return 0;
    },
  };
}
