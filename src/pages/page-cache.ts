import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import { canonicalUrl } from "../canonical-url.ts";
import { RuminateError } from "../errors.ts";
import type { Cache } from "../ports.ts";
import type { Page } from "../types.ts";
import type { Validators } from "./page-response.ts";

export type CachedAnswer =
  | { kind: "page"; page: Page; validators: Validators | null; isFresh: boolean }
  | { kind: "failure"; code: PageFailureCode; message: string };

export interface PageCacheOptions {
  cache: Cache;
  log: Logger;
  /** How long a page is shown without asking its server again. */
  freshMs?: number;
  /** How long a page is kept to ask "changed since?" with. */
  keepMs?: number;
  failureMs?: number;
}

/**
 * Pages by canonical address, with their validators; lasting failures for a short time. Keys are hashed, so that a list
 * of them tells nothing. A cache that fails counts as empty and is logged.
 */
export function createPageCache(options: PageCacheOptions) {
  const { cache, log, freshMs = HOUR_MS, keepMs = 7 * 24 * HOUR_MS, failureMs = HOUR_MS / 6 } = options;

  async function write(url: string, entry: z.infer<typeof cachedEntry>, ttlMs: number): Promise<void> {
    try {
      await cache.set(keyOf(url), entry, ttlMs);
    } catch (error) {
      log.warn({ err: error }, "page not cached");
    }
  }

  return {
    async read(url: string): Promise<CachedAnswer | null> {
      const value = await cache.get(keyOf(url)).catch((error: unknown) => {
        log.warn({ err: error }, "page cache not readable");
      });
      const { data } = cachedEntry.safeParse(value);
      if (data === undefined) return null;
      if (data.kind === "failure") return data;
      const { page, validators, storedAt } = data;
      return { kind: "page", page, validators, isFresh: Date.now() - Date.parse(storedAt) < freshMs };
    },
    storePage(url: string, page: Page, validators: Validators | null): Promise<void> {
      const storedAt = new Date().toISOString();
      return write(url, { kind: "page", page, validators, storedAt }, validators === null ? freshMs : keepMs);
    },
    /** Remembers what will not be better in a minute; anything else is left out. */
    async storeFailure(url: string, error: unknown): Promise<void> {
      if (!(error instanceof RuminateError) || error.isRetryable) return;
      const { data: code } = failureCode.safeParse(error.code);
      if (code !== undefined) await write(url, { kind: "failure", code, message: error.message }, failureMs);
    },
  };
}

export type PageCache = ReturnType<typeof createPageCache>;

const HOUR_MS = 60 * 60 * 1000;
// Raised when the shape of an entry or the meaning of a page's text changes.
const VERSION = 1;

function keyOf(url: string): string {
  return `page:${VERSION}:${createHash("sha256").update(canonicalUrl(url)).digest("hex")}`;
}

// PAGE_FORBIDDEN is not kept: it costs no request, and the rules may change.
const failureCode = z.enum(["PAGE_NOT_FOUND", "PAGE_UNREADABLE", "PAGE_TOO_LARGE"]);
type PageFailureCode = z.infer<typeof failureCode>;

const span = { start: z.number(), end: z.number() };
const page = z.object({
  url: z.string(),
  title: z.string(),
  publishedAt: z.string().nullable(),
  readAt: z.string(),
  text: z.string(),
  links: z.array(z.object({ ...span, url: z.string() })),
  anchors: z.array(z.object({ start: z.number(), label: z.string() })),
  parts: z.array(z.object({ ...span, heading: z.string().nullable() })),
}) satisfies z.ZodType<Page>;

const validators = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
}) satisfies z.ZodType<Validators>;

const cachedEntry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("page"), page, validators: validators.nullable(), storedAt: z.string() }),
  z.object({ kind: z.literal("failure"), code: failureCode, message: z.string() }),
]);
