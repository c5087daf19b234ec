import { z } from "zod";
import type { SearchBackend } from "../ports.ts";
import type { AskJson } from "./ask-json.ts";
import { withSiteOperators } from "./query-operators.ts";
import { textOfMarkedSnippet, toSearchHits } from "./search-hit.ts";

export interface BraveOptions {
  askJson: AskJson;
  apiKey: string;
  /** BCP 47, or null for the service's default. */
  language?: string | null;
  baseUrl?: string;
}

/** Brave Search. https://api-dashboard.search.brave.com/api-reference/web/search/get */
export function createBrave({ askJson, apiKey, language: usual = null, baseUrl }: BraveOptions): SearchBackend {
  return {
    name: "brave",
    async search(query, { limit, since, language, domains, signal }) {
      const url = new URL("/res/v1/web/search", baseUrl ?? "https://api.search.brave.com");
      url.searchParams.set("q", withSiteOperators(clipped(query), domains));
      url.searchParams.set("count", String(Math.min(limit, MAX_COUNT)));
      url.searchParams.set("result_filter", "web");
      url.searchParams.set("text_decorations", "false");
      const wanted = language ?? usual;
      if (wanted !== null) url.searchParams.set("search_lang", braveLanguage(wanted));
      if (since) url.searchParams.set("freshness", `${since.slice(0, 10)}to${new Date().toISOString().slice(0, 10)}`);
      const headers = { "x-subscription-token": apiKey };
      const { web } = await askJson({ service: "Brave Search", url, headers, waitMs: waitOfLimits, signal }, reply);
      const rawHits = (web?.results ?? []).map((result) => ({
        title: textOfMarkedSnippet(result.title ?? ""),
        url: result.url,
        snippet: textOfMarkedSnippet([result.description ?? "", ...(result.extra_snippets ?? [])].join(" ")),
        date: result.page_age,
      }));
      return toSearchHits(rawHits).slice(0, limit);
    },
  };
}

const MAX_COUNT = 20;

const reply = z.object({
  web: z
    .object({
      results: z
        .array(
          z.object({
            title: z.string().nullish(),
            url: z.string().nullish(),
            description: z.string().nullish(),
            extra_snippets: z.array(z.string()).nullish(),
            page_age: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/** At most 400 characters and 50 words are taken; some are left for `site:` operators. */
function clipped(query: string): string {
  return query.split(/\s+/).slice(0, 40).join(" ").slice(0, 300).toWellFormed();
}

// Its codes are those of ISO 639-1 but for these. https://api.search.brave.com/app/documentation/web-search/codes
function braveLanguage(language: string): string {
  const base = language.split("-")[0]?.toLowerCase() ?? "en";
  if (base === "zh") return /hant|tw|hk/i.test(language) ? "zh-hant" : "zh-hans";
  if (base === "pt") return /br/i.test(language) ? "pt-br" : "pt-pt";
  return { ja: "jp", no: "nb" }[base] ?? base;
}

/**
 * Seconds until the limits that are used up are renewed: "X-RateLimit-Remaining: 0, 900" and "X-RateLimit-Reset: 1,
 * 1419704" ask to wait one second. https://api.search.brave.com/app/documentation/web-search/response-headers
 */
function waitOfLimits(headers: Headers): number | null {
  const numbersOf = (name: string) => (headers.get(name) ?? "").split(",").filter(Boolean).map(Number);
  const remaining = numbersOf("x-ratelimit-remaining");
  const resets = numbersOf("x-ratelimit-reset").filter((seconds, index) => seconds >= 0 && !(remaining[index] ?? 0));
  return resets.length === 0 ? null : Math.max(...resets) * 1000;
}
