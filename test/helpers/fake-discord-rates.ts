/** A verdict on one request: may it pass, and what the headers say. */
export interface RateVerdict {
  isAllowed: boolean;
  isGlobal: boolean;
  retryAfterSeconds: number;
  headers: Record<string, string>;
}

export interface Rates {
  /** Every further request of the route is refused, so many times. */
  refuse(times: number, matches: RegExp, retryAfterMs: number, isGlobal?: boolean): void;
  take(method: string, path: string): RateVerdict;
}

/** Buckets for each method and channel, as "5 creates / 5 s and 5 edits / 5 s". https://github.com/discord/discord-api-docs/issues/20 */
export function createRates({ limit, windowMs }: { limit: number; windowMs: number }): Rates {
  const buckets = new Map<string, { left: number; resetsAtMs: number }>();
  const refusals: { times: number; matches: RegExp; retryAfterMs: number; isGlobal: boolean }[] = [];

  return {
    refuse: (times, matches, retryAfterMs, isGlobal = false) => {
      refusals.push({ times, matches, retryAfterMs, isGlobal });
    },
    take: (method, path) => {
      const refusal = refusals.find(({ times, matches }) => times > 0 && matches.test(`${method} ${path}`));
      if (refusal !== undefined) {
        refusal.times -= 1;
        return refused(refusal.retryAfterMs / 1000, refusal.isGlobal, {});
      }
      const [, major = ""] = /^\/(?:channels|guilds|webhooks)\/(\d+)/.exec(path) ?? [];
      if (major === "") return { isAllowed: true, isGlobal: false, retryAfterSeconds: 0, headers: {} };
      const name = `${method} ${path.replace(/\d{15,}/g, ":id")}`;
      const key = `${name} ${major}`;
      const now = performance.now();
      const known = buckets.get(key);
      const bucket =
        known !== undefined && known.resetsAtMs > now ? known : { left: limit, resetsAtMs: now + windowMs };
      buckets.set(key, bucket);
      const seconds = (bucket.resetsAtMs - now) / 1000;
      const isAllowed = bucket.left > 0;
      if (isAllowed) bucket.left -= 1;
      const headers = {
        "x-ratelimit-bucket": Buffer.from(name).toString("hex").slice(0, 32),
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(bucket.left),
        "x-ratelimit-reset": String(Date.now() / 1000 + seconds),
        "x-ratelimit-reset-after": seconds.toFixed(3),
      };
      return isAllowed
        ? { isAllowed, isGlobal: false, retryAfterSeconds: 0, headers }
        : refused(seconds, false, headers);
    },
  };
}

function refused(retryAfterSeconds: number, isGlobal: boolean, known: Record<string, string>): RateVerdict {
  const headers = {
    ...known,
    "retry-after": String(Math.ceil(retryAfterSeconds)),
    "x-ratelimit-reset-after": retryAfterSeconds.toFixed(3),
    "x-ratelimit-scope": isGlobal ? "global" : "user",
    ...(isGlobal ? { "x-ratelimit-global": "true" } : {}),
  };
  return { isAllowed: false, isGlobal, retryAfterSeconds, headers };
}
