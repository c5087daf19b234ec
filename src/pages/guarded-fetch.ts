import { performance } from "node:perf_hooks";
import type { Agent, Dispatcher } from "undici";
import type { PageBytes } from "../ports.ts";
import { failureOfNetwork, failureOfStatus, headerOf, tooSlow, unreadable } from "./fetch-failure.ts";
import { createGuardedAgent, type Network, publicNetwork } from "./guarded-agent.ts";
import { parsePageAddress } from "./page-address.ts";
import { parseContentType, readBody, sniffMediaType, tooLarge } from "./response-body.ts";

/** What a server gave to ask "changed since?" with; belongs to one final address. */
export interface Validators {
  url: string;
  etag: string | null;
  lastModified: string | null;
}

export interface FetchRequest {
  signal: AbortSignal;
  validators?: Validators | null;
  /** Asked before every request, also of a redirect; rejects to refuse the address. */
  permit?: (url: URL) => Promise<void>;
  /** Takes whatever type the server names; for files that are read as plain text only. */
  acceptsAnyType?: boolean;
}

export type FetchReply =
  | { kind: "page"; page: PageBytes; validators: Validators | null }
  | { kind: "not-modified"; url: string };

/** One GET without cookies, credentials or referrer. Rejects with PAGE_*, or with `signal.reason`. */
export type GuardedFetch = (address: string, request: FetchRequest) => Promise<FetchReply>;

export interface FetchLimits {
  connectMs: number;
  headersMs: number;
  idleMs: number;
  /** All hops together, waiting for a turn not counted. */
  totalMs: number;
  maxRedirects: number;
  maxHeaderBytes: number;
  maxReceivedBytes: number;
  maxDecodedBytes: number;
  /** For PDF files, which are mostly pictures and fonts; before and after decompression. */
  maxPdfBytes: number;
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

type HopAnswer = FetchReply | { kind: "redirect"; location: string };

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
    return await answerOf(response, url, { request, limits: hop.limits, signal });
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

interface Reading {
  request: FetchRequest;
  limits: FetchLimits;
  signal: AbortSignal;
}

/** Reads the body only of an answer that can be a page; any other is cut off unread. */
async function answerOf(response: Dispatcher.ResponseData, url: URL, reading: Reading): Promise<HopAnswer> {
  // Destroying an unread body emits an error that has nobody else to hear it.
  response.body.on("error", () => {});
  try {
    const { statusCode, headers } = response;
    if (REDIRECTS.has(statusCode)) return { kind: "redirect", location: locationOf(headers, url) };
    if (statusCode === 304 && reading.request.validators?.url === url.href)
      return { kind: "not-modified", url: url.href };
    if (statusCode !== 200 && statusCode !== 203) throw failureOfStatus(statusCode, headers);
    return { kind: "page", page: await pageOf(response, url, reading), validators: validatorsOf(headers, url) };
  } finally {
    response.body.destroy();
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function locationOf(headers: Dispatcher.ResponseData["headers"], url: URL): string {
  const header = headers.location;
  // Header bytes arrive as Latin-1; servers write addresses in UTF-8.
  const location = typeof header === "string" ? Buffer.from(header, "latin1").toString("utf8") : "";
  if (location === "" || !URL.canParse(location, url))
    throw unreadable("The page redirects without saying where to. Try another source.");
  return new URL(location, url).href;
}

async function pageOf(response: Dispatcher.ResponseData, url: URL, reading: Reading): Promise<PageBytes> {
  const { headers } = response;
  const { mediaType, charset } = parseContentType(headerOf(headers, "content-type"));
  const isVague = VAGUE_TYPES.has(mediaType);
  if (!isVague && !READABLE_TYPES.has(mediaType) && reading.request.acceptsAnyType !== true)
    throw unreadable(`The address holds ${mediaType}, which is no text to read. Try another source.`);
  const isPdf = mediaType === "application/pdf" || (isVague && url.pathname.toLowerCase().endsWith(".pdf"));
  const limits = isPdf ? pdfLimits(reading.limits) : reading.limits;
  if (Number(headerOf(headers, "content-length")) > limits.maxReceivedBytes) throw tooLarge(limits.maxReceivedBytes);
  const bytes = await readBody(response.body, headerOf(headers, "content-encoding"), {
    ...limits,
    signal: reading.signal,
  });
  const type = isVague ? sniffMediaType(bytes, mediaType) : mediaType;
  if (type === null) throw unreadable("The address holds no text to read. Try another source.");
  return { url: url.href, bytes, mediaType: type, charset };
}

function pdfLimits({ maxPdfBytes }: FetchLimits): Pick<FetchLimits, "maxReceivedBytes" | "maxDecodedBytes"> {
  return { maxReceivedBytes: maxPdfBytes, maxDecodedBytes: maxPdfBytes };
}

// Types that servers give to files which they know nothing about.
const VAGUE_TYPES: ReadonlySet<string> = new Set(["", "application/octet-stream", "binary/octet-stream"]);

const READABLE_TYPES: ReadonlySet<string> = new Set([
  "text/html",
  "application/xhtml+xml",
  "application/pdf",
  "application/x-pdf",
  "text/plain",
  "text/markdown",
  "text/x-markdown",
  "text/csv",
  "text/tab-separated-values",
  "application/csv",
  "application/json",
  "application/ld+json",
  "application/feed+json",
  "text/json",
  "application/xml",
  "text/xml",
  "application/rss+xml",
  "application/atom+xml",
  "application/rdf+xml",
]);

function validatorsOf(headers: Dispatcher.ResponseData["headers"], url: URL): Validators | null {
  const etag = headerOf(headers, "etag") || null;
  const lastModified = headerOf(headers, "last-modified") || null;
  return etag === null && lastModified === null ? null : { url: url.href, etag, lastModified };
}
