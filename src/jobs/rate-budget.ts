import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Queryable, RateBudget } from "../ports.ts";

/** A budget that every process on the database keeps together, as soon as it is bound to one. */
export interface SharedRateBudget extends RateBudget {
  bind(database: Queryable): void;
}

/**
 * Rates over the database, by rate-limiter-flexible: `burst` turns in the time in which they come back at the wanted
 * pace. Until it is bound, and while the database does not answer, the process keeps the pace by itself.
 */
export function createRateBudget(): SharedRateBudget {
  const limiters = new Map<string, RateLimiterMemory | RateLimiterPostgres>();
  let database: Queryable | null = null;

  function limiterFor({ perMinute, burst }: Pace): RateLimiterMemory | RateLimiterPostgres {
    const name = `${perMinute}/${burst}`;
    const known = limiters.get(name);
    if (known !== undefined) return known;
    const limiter = createLimiter({ perMinute, burst }, database);
    limiters.set(name, limiter);
    return limiter;
  }

  return {
    bind: (given) => {
      database = given;
      limiters.clear();
    },
    take: async (key, pace) => {
      try {
        await limiterFor(pace).consume(key);
        return 0;
      } catch (rejection) {
        if (rejection instanceof RateLimiterRes) return Math.max(1, rejection.msBeforeNext);
        throw rejection;
      }
    },
  };
}

interface Pace {
  perMinute: number;
  burst: number;
}

function createLimiter({ perMinute, burst }: Pace, database: Queryable | null) {
  const window = { points: burst, duration: (burst * 60) / perMinute, keyPrefix: `${perMinute}/${burst}` };
  const insuranceLimiter = new RateLimiterMemory(window);
  if (database === null) return insuranceLimiter;
  return new RateLimiterPostgres({
    ...window,
    storeClient: clientOf(database),
    storeType: "client",
    tableName: "rates",
    // Made by the migrations; expired rows go with the retention.
    tableCreated: true,
    clearExpiredByTimeout: false,
    insuranceLimiter,
  });
}

/** What the library needs of `pg`: it works on the embedded database as well. */
function clientOf(database: Queryable) {
  return {
    query: async ({ text, values }: { text: string; values: unknown[] }) => ({
      rows: await database.query(text, values),
    }),
  };
}
