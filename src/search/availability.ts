import type { RuminateError } from "../errors.ts";
import type { Cache } from "../ports.ts";

export interface AvailabilityOptions {
  /** Rest after the second failure in a row; doubles with each further one, up to 32 times. */
  cooldownMs: number;
  /** Searches a day (UTC), or null for as many as asked for. */
  dailyQuota: number | null;
  /** Keeps the day's count over restarts; processes that share one share the quota roughly. */
  cache: Cache | null;
}

/** Whether a search service may be asked now. */
export interface Availability {
  /** Why not, in words, or null. */
  refusal(): string | null;
  /** Milliseconds until it may be asked again; 0 if it may be now. */
  waitMs(): number;
  /** Counts one search; to be called before it. */
  spend(): Promise<void>;
  succeeded(): void;
  failed(error: RuminateError): void;
}

export function createAvailability(name: string, options: AvailabilityOptions): Availability {
  const { cooldownMs, dailyQuota, cache } = options;
  let failuresInRow = 0;
  let restsUntil = 0;
  let day = "";
  let spent = 0;

  const isSpent = () => dailyQuota !== null && day === today() && spent >= dailyQuota;

  return {
    refusal() {
      if (isSpent()) return `its ${dailyQuota} searches of today are used up`;
      const restMs = restsUntil - Date.now();
      return restMs > 0 ? `resting for another ${Math.ceil(restMs / 1000)} s` : null;
    },
    waitMs() {
      const untilTomorrow = isSpent() ? DAY_MS - (Date.now() % DAY_MS) : 0;
      return Math.max(0, restsUntil - Date.now(), untilTomorrow);
    },
    async spend() {
      if (dailyQuota === null) return;
      const key = `search-quota:${name}:${today()}`;
      // A cache that fails must not stop the search: the count of this process goes on.
      const stored = Number((await cache?.get(key).catch(() => null)) ?? 0);
      spent = Math.max(day === today() ? spent : 0, Number.isFinite(stored) ? stored : 0) + 1;
      day = today();
      await cache?.set(key, spent, DAY_MS).catch(() => null);
    },
    succeeded() {
      failuresInRow = 0;
    },
    failed(error) {
      failuresInRow++;
      // One passing failure is no reason to rest, unless the service itself asks for it.
      const isFirst = failuresInRow === 1 && error.isRetryable;
      const restMs = isFirst ? 0 : cooldownMs * 2 ** Math.min(Math.max(0, failuresInRow - 2), 5);
      restsUntil = Date.now() + Math.min(error.retryAfterMs ?? restMs, DAY_MS);
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
