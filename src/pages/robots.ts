import { asRuminateError } from "../errors.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { parseRobots, type RobotsRules } from "./robots-rules.ts";

/** Why a site does not want this address to be read, in words for the model, or null. Rejects with `signal.reason`. */
export type RobotsCheck = (url: URL, signal: AbortSignal) => Promise<string | null>;

export interface RobotsOptions {
  fetch: GuardedFetch;
  /** The name that sites address us by, such as "Ruminate". */
  productToken: string;
  /** Longest wait for a robots.txt. */
  timeoutMs?: number;
}

/**
 * Reads each site's robots.txt once a day. A site without one (4xx) may be read; one whose robots.txt cannot be had at
 * the moment (5xx, no answer) may not, and is asked again after ten minutes.
 */
export function createRobots({ fetch, productToken, timeoutMs = 8_000 }: RobotsOptions): RobotsCheck {
  const sites = new Map<string, { answer: Promise<SiteAnswer>; askedAt: number }>();

  async function ask(origin: string): Promise<SiteAnswer> {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const reply = await fetch(`${origin}/robots.txt`, { signal, acceptsAnyType: true });
      const text = reply.kind === "page" ? new TextDecoder().decode(reply.page.bytes) : "";
      return { rules: parseRobots(text, productToken), lifetimeMs: DAY_MS };
    } catch (error) {
      const isUnreachable =
        asRuminateError(error).isRetryable || (error instanceof Error && error.name === "TimeoutError");
      return isUnreachable ? { rules: null, lifetimeMs: TEN_MINUTES_MS } : { rules: ALL_ALLOWED, lifetimeMs: DAY_MS };
    }
  }

  /** One request for all who ask at once; nobody's cancellation ends it for the others. */
  async function answerOf(origin: string): Promise<SiteAnswer> {
    const known = sites.get(origin);
    if (known !== undefined) {
      const answer = await known.answer;
      if (Date.now() - known.askedAt < answer.lifetimeMs) return answer;
    }
    const oldest = sites.keys().next();
    if (sites.size >= MAX_REMEMBERED_SITES && !oldest.done) sites.delete(oldest.value);
    const answer = ask(origin);
    sites.delete(origin);
    sites.set(origin, { answer, askedAt: Date.now() });
    return answer;
  }

  return async (url, signal) => {
    const { rules } = await abortable(answerOf(url.origin), signal);
    if (rules === null)
      return `The robots.txt of ${url.hostname} cannot be read at the moment, so the site is left alone.`;
    if (rules.isAllowed(url)) return null;
    return `The robots.txt of ${url.hostname} asks robots not to read this page.`;
  };
}

interface SiteAnswer {
  /** Null: could not be had. */
  rules: RobotsRules | null;
  lifetimeMs: number;
}

// A copy is good for a day at most. https://www.rfc-editor.org/rfc/rfc9309#section-2.4
const DAY_MS = 24 * 60 * 60 * 1000;
const TEN_MINUTES_MS = 10 * 60 * 1000;
const MAX_REMEMBERED_SITES = 2_000;
const ALL_ALLOWED: RobotsRules = { isAllowed: () => true };

async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
