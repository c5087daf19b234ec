import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { Cache } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import type { SearchPlan } from "./search-plan.ts";

/**
 * Hits of the web by a hash of the search; a cache that fails counts as empty and is logged.
 *
 * @param setup what else the hits depend on: the backends and how they are asked
 */
export function createSearchCache(cache: Cache | null, setup: string, log: Logger) {
  function keyOf({ text, limit, since, order, language, domains }: SearchPlan): string {
    const search = JSON.stringify([setup, text, limit, since, order, language, domains.allowed, domains.blocked]);
    return `search:2:${createHash("sha256").update(search).digest("hex")}`;
  }

  return {
    async read(plan: SearchPlan): Promise<SearchHit[] | null> {
      const value = await cache?.get(keyOf(plan)).catch((error: unknown) => {
        log.warn({ err: error }, "search cache not readable");
      });
      return hits.safeParse(value).data ?? null;
    },
    async write(plan: SearchPlan, found: readonly SearchHit[]): Promise<void> {
      // Local documents change under our hands, and searching them again costs nothing.
      if (found.some((hit) => hit.url.startsWith("file:"))) return;
      const lifetimeMs = found.length === 0 ? FIVE_MINUTES_MS : HOUR_MS;
      await cache?.set(keyOf(plan), found, lifetimeMs).catch((error: unknown) => {
        log.warn({ err: error }, "search not cached");
      });
    },
  };
}

const FIVE_MINUTES_MS = 5 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

const hits = z.array(
  z.object({ title: z.string(), url: z.string(), snippet: z.string(), publishedAt: z.string().nullable() }),
) satisfies z.ZodType<SearchHit[]>;
