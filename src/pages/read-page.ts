import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Logger } from "pino";
import type { PageBytes } from "../ports.ts";
import type { Page } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { unreadable } from "./fetch-failure.ts";
import { type MediaKind, mediaKindOf, mediaTypeOfName } from "./media-kind.ts";
import { splitIntoParts } from "./parts.ts";
import { readContent } from "./read-content.ts";
import { createReadingPool, type ReadingLimits } from "./reading-pool.ts";
import type { ReadingResult } from "./reading-worker.ts";

export interface PageReadingOptions {
  log: Logger;
  limits?: Partial<ReadingLimits>;
}

export interface PageReading {
  /**
   * Makes a page out of bytes of any readable kind: HTML, PDF, Markdown, text, JSON, CSV, RSS, Atom.
   *
   * @throws {RuminateError} PAGE_UNREADABLE with a reason the model can act on: not a text, broken, locked, a wall
   */
  toPage(bytes: PageBytes, options: { signal: AbortSignal }): Promise<Page>;
  /**
   * Reads a local file in the same way, for an index; which files may be read is the caller's business.
   *
   * @param path absolute
   */
  readFile(path: string, options: { signal: AbortSignal }): Promise<Page>;
  close(): Promise<void>;
}

/** Reads pages: small texts at once, whatever needs a parser or time in worker threads, which start when needed. */
export function createPageReading({ log, limits = {} }: PageReadingOptions): PageReading {
  const pool = createReadingPool({ ...DEFAULT_LIMITS, ...limits });

  async function read(kind: MediaKind, page: PageBytes, signal: AbortSignal): Promise<ReadingResult> {
    if (!IN_PROCESS_KINDS.has(kind) || page.bytes.length > MAX_IN_PROCESS_BYTES)
      return pool.read({ kind, page }, { signal });
    const content = await readContent(kind, page, signal);
    return { kind: "read", content, parts: splitIntoParts(content.text, content.links) };
  }

  async function toPage(page: PageBytes, { signal }: { signal: AbortSignal }): Promise<Page> {
    signal.throwIfAborted();
    const kind = mediaKindOf(page);
    const result = await read(kind, page, signal);
    if (result.kind === "unreadable") throw unreadable(result.message, { details: result.details });
    if (result.kind === "failed") {
      log.warn({ host: new URL(page.url).host, kind, reason: result.message }, "page reader failed");
      throw unreadable("The page is built in a way that cannot be read here. Try another source.");
    }
    const { content, parts } = result;
    if (content.text.trim() === "") throw unreadable("The page has no text. Try another source.");
    const title = content.title || nameOf(page.url);
    return { ...content, url: page.url, title, readAt: new Date().toISOString(), parts };
  }

  return {
    toPage,
    async readFile(path, options) {
      const url = pathToFileURL(path).href;
      const bytes = await readFile(path, { signal: options.signal });
      return toPage({ url, bytes, mediaType: mediaTypeOfName(url), charset: null }, options);
    },
    close: pool.close,
  };
}

/** The file's name, else the host: something to call a page that has no title. */
function nameOf(url: string): string {
  const { pathname, hostname } = new URL(url);
  const name = pathname.split("/").findLast((segment) => segment !== "") ?? "";
  try {
    return cleanLine(decodeURIComponent(name), 200) || hostname;
  } catch {
    // URIError: a stray percent sign; the name is shown as it is written.
    return name;
  }
}

const DEFAULT_LIMITS: ReadingLimits = {
  maxWorkers: 2,
  timeoutMs: 5_000,
  documentTimeoutMs: 20_000,
  maxHeapMb: 512,
  idleMs: 30_000,
};
const IN_PROCESS_KINDS: ReadonlySet<MediaKind> = new Set(["markdown", "text", "json", "csv"]);
// Read in less than 50 ms on a slow core (measured: about 20 ms), so that it does not hold up other runs.
const MAX_IN_PROCESS_BYTES = 128_000;
