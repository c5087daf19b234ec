import { z } from "zod";
import type { SearchBackend } from "../ports.ts";
import { type AskJson, unavailable } from "./ask-json.ts";
import { withSiteOperators } from "./query-operators.ts";
import { toSearchHits } from "./search-hit.ts";

export interface SearxngOptions {
  askJson: AskJson;
  /** The operator's own server; may be in a private network. */
  baseUrl: string;
  /** BCP 47, or null for the server's default. */
  language?: string | null;
}

/** A SearXNG server. Its settings must list `json` under `search.formats`. https://docs.searxng.org/dev/search_api.html */
export function createSearxng({ askJson, baseUrl, language: usual = null }: SearxngOptions): SearchBackend {
  return {
    name: "searxng",
    async search(query, { limit, since, language, domains, signal }) {
      const url = new URL("search", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
      url.searchParams.set("q", withSiteOperators(query, domains));
      url.searchParams.set("format", "json");
      const wanted = language ?? usual;
      if (wanted !== null) url.searchParams.set("language", wanted);
      if (since) url.searchParams.set("time_range", timeRangeSince(since));
      const { results, unresponsive_engines: silent } = await askJson(
        {
          service: "SearXNG",
          url,
          meanings: { 403: "does not give JSON: its settings must allow the format" },
          signal,
        },
        reply,
      );
      // The server answers 200 although its engines were blocked: that is no empty result.
      if (!results?.length && silent?.length)
        throw unavailable(`The engines behind SearXNG do not answer: ${silent.map(String).join("; ").slice(0, 200)}.`, {
          isRetryable: true,
        });
      return toSearchHits(
        (results ?? []).map(({ title, url, content, publishedDate }) => ({
          title,
          url,
          snippet: content,
          date: publishedDate,
        })),
      ).slice(0, limit);
    },
  };
}

const reply = z.object({
  results: z
    .array(
      z.object({
        title: z.string().nullish(),
        url: z.string().nullish(),
        content: z.string().nullish(),
        publishedDate: z.string().nullish(),
      }),
    )
    .nullish(),
  unresponsive_engines: z.array(z.union([z.string(), z.array(z.string().nullable())])).nullish(),
});

/** The smallest of the three ranges that reaches back far enough; the caller drops what is older. */
function timeRangeSince(since: string): "day" | "month" | "year" {
  const days = (Date.now() - Date.parse(since)) / 86_400_000;
  if (days <= 1) return "day";
  return days <= 30 ? "month" : "year";
}
