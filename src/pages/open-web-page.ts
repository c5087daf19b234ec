import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { type DomainRules, isHostAllowed } from "../domain-rules.ts";
import { RuminateError } from "../errors.ts";
import type { Cache, OpenPage, PageBytes } from "../ports.ts";
import type { Page } from "../types.ts";
import type { FetchRequest, GuardedFetch } from "./guarded-fetch.ts";
import { forbidden } from "./page-address.ts";
import { type CachedAnswer, createPageCache } from "./page-cache.ts";
import type { FetchReply } from "./page-response.ts";
import type { RobotsCheck } from "./robots.ts";

type KnownPage = Extract<CachedAnswer, { kind: "page" }>;

export interface WebOpenerOptions {
  fetch: GuardedFetch;
  /** Bytes to a page; rejects with PAGE_UNREADABLE and a reason, also for login and consent walls. */
  toPage(bytes: PageBytes, options: { signal: AbortSignal }): Promise<Page>;
  robots: RobotsCheck;
  domains?: DomainRules;
  cache?: Cache | null;
  /** May this address be looked up in and written to the shared cache? Not if a person's words are in it. */
  isShareable?: (url: string) => boolean;
  log: Logger;
}

/**
 * Opens pages of the public web: domain rules and robots.txt are asked at every hop, pages come from the cache while
 * they are fresh and are confirmed with their server when they are not.
 */
export function createWebOpener(options: WebOpenerOptions): OpenPage {
  const { domains = { allowed: [], blocked: [] }, isShareable = () => true, log } = options;
  const pageCache = options.cache ? createPageCache({ cache: options.cache, log }) : null;

  return async (url, { signal }) => {
    signal.throwIfAborted();
    const cache = URL.canParse(url) && isShareable(url) ? pageCache : null;
    const known = (await cache?.read(url)) ?? null;
    if (known?.kind === "failure") throw new RuminateError(known.code, known.message);
    if (known?.isFresh) return allowedPage(known.page, domains);
    const permit = async (hop: URL) => {
      const refusal = refusalOfDomain(hop.hostname, domains) ?? (await options.robots(hop, signal));
      if (refusal !== null) throw forbidden(refusal);
    };
    try {
      const request = { signal, permit, validators: known?.validators ?? null };
      const reply = await fetchWithOneRetry(options.fetch, url, request);
      const { page, validators } =
        reply.kind === "page"
          ? { page: await options.toPage(reply.page, { signal }), validators: reply.validators }
          : confirmed(known);
      await cache?.storePage(url, page, validators);
      return page;
    } catch (error) {
      signal.throwIfAborted();
      await cache?.storeFailure(url, error);
      throw error;
    }
  };
}

/** A stored page may come from a host that was blocked since. */
function allowedPage(page: Page, domains: DomainRules): Page {
  const refusal = refusalOfDomain(new URL(page.url).hostname, domains);
  if (refusal !== null) throw forbidden(refusal);
  return page;
}

function refusalOfDomain(host: string, domains: DomainRules): string | null {
  return isHostAllowed(host, domains) ? null : `Pages of ${host} may not be opened here.`;
}

/** The stored page, as its server has just confirmed it. */
function confirmed(known: KnownPage | null): Pick<KnownPage, "page" | "validators"> {
  if (known === null) throw new RuminateError("INTERNAL", "A server confirmed a page that is not stored.");
  return { page: { ...known.page, readAt: new Date().toISOString() }, validators: known.validators };
}

/** A dropped connection is tried once more, as is a server that asks for a short wait. */
async function fetchWithOneRetry(fetch: GuardedFetch, url: string, request: FetchRequest): Promise<FetchReply> {
  try {
    return await fetch(url, request);
  } catch (error) {
    request.signal.throwIfAborted();
    const waitMs = waitBeforeRetry(error);
    if (waitMs === null) throw error;
    await sleep(waitMs, undefined, { signal: request.signal });
    return await fetch(url, request);
  }
}

function waitBeforeRetry(error: unknown): number | null {
  if (!(error instanceof RuminateError) || !error.isRetryable) return null;
  if (error.retryAfterMs !== null) return error.retryAfterMs <= LONGEST_WAIT_MS ? error.retryAfterMs : null;
  return "networkCode" in error.details ? NETWORK_PAUSE_MS : null;
}

// A run has a wall clock: another source is quicker than a longer wait.
const LONGEST_WAIT_MS = 3_000;
const NETWORK_PAUSE_MS = 300;
