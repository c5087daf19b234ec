import type { Dispatcher } from "undici";
import type { PageBytes } from "../ports.ts";
import { failureOfStatus, headerOf, type ResponseHeaders, unreadable } from "./fetch-failure.ts";
import { parseContentType, readBody, sniffMediaType, tooLarge } from "./response-body.ts";

/** What a server gave to ask "changed since?" with; belongs to one final address. */
export interface Validators {
  url: string;
  etag: string | null;
  lastModified: string | null;
}

export type FetchReply =
  | { kind: "page"; page: PageBytes; validators: Validators | null }
  | { kind: "not-modified"; url: string };

export type HopAnswer = FetchReply | { kind: "redirect"; location: string };

export interface PageLimits {
  /** As received, before decompression. */
  maxReceivedBytes: number;
  maxDecodedBytes: number;
  /** For PDF files, which are mostly pictures and fonts; before and after decompression. */
  maxPdfBytes: number;
}

export interface PageReadingOptions {
  validators?: Validators | null;
  acceptsAnyType?: boolean;
  limits: PageLimits;
  signal: AbortSignal;
}

/** Reads the body only of an answer that can be a page; any other is cut off unread. */
export async function answerOf(
  response: Dispatcher.ResponseData,
  url: URL,
  reading: PageReadingOptions,
): Promise<HopAnswer> {
  // Destroying an unread body emits an error that has nobody else to hear it.
  response.body.on("error", () => {});
  try {
    const { statusCode, headers } = response;
    if (REDIRECTS.has(statusCode)) return { kind: "redirect", location: locationOf(headers, url) };
    if (statusCode === 304 && reading.validators?.url === url.href) return { kind: "not-modified", url: url.href };
    if (statusCode !== 200 && statusCode !== 203) throw failureOfStatus(statusCode, headers);
    return { kind: "page", page: await pageOf(response, url, reading), validators: validatorsOf(headers, url) };
  } finally {
    response.body.destroy();
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function locationOf(headers: ResponseHeaders, url: URL): string {
  const header = headers.location;
  // Header bytes arrive as Latin-1; servers write addresses in UTF-8.
  const location = typeof header === "string" ? Buffer.from(header, "latin1").toString("utf8") : "";
  if (location === "" || !URL.canParse(location, url))
    throw unreadable("The page redirects without saying where to. Try another source.");
  return new URL(location, url).href;
}

async function pageOf(response: Dispatcher.ResponseData, url: URL, reading: PageReadingOptions): Promise<PageBytes> {
  const { headers } = response;
  const { mediaType, charset } = parseContentType(headerOf(headers, "content-type"));
  const isVague = VAGUE_TYPES.has(mediaType);
  if (!isVague && !READABLE_TYPES.has(mediaType) && reading.acceptsAnyType !== true)
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

function pdfLimits({ maxPdfBytes }: PageLimits): Pick<PageLimits, "maxReceivedBytes" | "maxDecodedBytes"> {
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

function validatorsOf(headers: ResponseHeaders, url: URL): Validators | null {
  const etag = headerOf(headers, "etag") || null;
  const lastModified = headerOf(headers, "last-modified") || null;
  return etag === null && lastModified === null ? null : { url: url.href, etag, lastModified };
}
