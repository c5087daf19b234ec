import { performance } from "node:perf_hooks";
import type { Agent } from "undici";
import { failureOfNetwork, tooSlow, unreadable } from "./fetch-failure.ts";
import { type AgentLimits, createGuardedAgent, type Network, publicNetwork } from "./guarded-agent.ts";
import { parsePageAddress } from "./page-address.ts";
import { answerOf, type FetchReply, type HopAnswer, type PageLimits, type Validators } from "./page-response.ts";

export interface FetchRequest {
  signal: AbortSignal;
  validators?: Validators | null;
  /** Asked before every request, also of a redirect; rejects to refuse the address. */
  permit?: (url: URL) => Promise<void>;
  /** Takes whatever type the server names; for files that are read as plain text only. */
  acceptsAnyType?: boolean;
}

/** One GET without cookies, credentials or referrer. Rejects with PAGE_*, or with `signal.reason`. */
export type GuardedFetch = (address: string, request: FetchRequest) => Promise<FetchReply>;

export interface FetchLimits extends AgentLimits, PageLimits {
  /** All hops together, waiting for a turn not counted. */
  totalMs: number;
  maxRedirects: number;
}

export interface GuardedFetchOptions {
  userAgent: string;
  limits?: Partial<FetchLimits>;
  /** 80 and 443 by default. */
  ports?: readonly number[];
  /** Runs each request when it is the host's turn; at once by default. */
  inTurn?: <T>(host: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>;
  network?: Partial<Network>;
}

/**
 * Fetches pages from the public web, whatever the address or the server tries.
 *
 * Redirects are followed by hand, at most `maxRedirects`, each through the same gate; from https to http too, since
 * nothing secret is sent. Private addresses are refused before a connection is made. Bodies are counted while they
 * stream, before and after decompression.
 */
export function createGuardedFetch(options: GuardedFetchOptions): { fetch: GuardedFetch; close(): Promise<void> } {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const network = { ...publicNetwork, ...options.network };
  const rules = { ports: new Set(options.ports ?? [80, 443]), isPublic: network.isPublic };
  const inTurn = options.inTurn ?? ((_host, _signal, task) => task());
  const agent = createGuardedAgent(network, limits);

  const fetch: GuardedFetch = async (address, request) => {
    let url = parsePageAddress(address, rules);
    let remainingMs = limits.totalMs;
    for (let hop = 0; hop <= limits.maxRedirects; hop++) {
      request.signal.throwIfAborted();
      await request.permit?.(url);
      const answer = await inTurn(url.hostname, request.signal, async () => {
        const startedAt = performance.now();
        const hopLimits = { ...limits, totalMs: remainingMs };
        const result = await askOnce(url, request, { agent, limits: hopLimits, userAgent: options.userAgent });
        remainingMs -= performance.now() - startedAt;
        return result;
      });
      if (answer.kind !== "redirect") return answer;
      url = parsePageAddress(answer.location, rules);
    }
    throw unreadable(`The page redirects more than ${limits.maxRedirects} times. Try another source.`);
  };
  return { fetch, close: () => agent.destroy() };
}

const DEFAULT_LIMITS: FetchLimits = {
  connectMs: 5_000,
  headersMs: 8_000,
  idleMs: 5_000,
  totalMs: 15_000,
  maxRedirects: 5,
  maxHeaderBytes: 32 * 1024,
  maxReceivedBytes: 3 * 1024 * 1024,
  maxDecodedBytes: 5 * 1024 * 1024,
  maxPdfBytes: 6 * 1024 * 1024,
};

interface Hop {
  agent: Agent;
  limits: FetchLimits;
  userAgent: string;
}

/** One request within the time that is left; failures come out as errors of the house. */
async function askOnce(url: URL, request: FetchRequest, hop: Hop): Promise<HopAnswer> {
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(hop.limits.totalMs)));
  const signal = AbortSignal.any([request.signal, deadline]);
  try {
    const response = await hop.agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers: headersFor(url, request, hop.userAgent),
      signal,
    });
    return await answerOf(response, url, { ...request, limits: hop.limits, signal });
  } catch (error) {
    request.signal.throwIfAborted();
    throw deadline.aborted ? tooSlow(url.hostname, error) : failureOfNetwork(error, url.hostname);
  }
}

function headersFor(url: URL, request: FetchRequest, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.5",
    "accept-encoding": "gzip, br",
  };
  const { validators } = request;
  if (validators?.url !== url.href) return headers;
  if (validators.etag !== null) headers["if-none-match"] = validators.etag;
  if (validators.lastModified !== null) headers["if-modified-since"] = validators.lastModified;
  return headers;
}
