import { z } from "zod";
import type { SearchBackend } from "../ports.ts";
import type { AskJson } from "./ask-json.ts";
import { withLanguageInWords } from "./query-operators.ts";
import { toSearchHits } from "./search-hit.ts";

export interface TavilyOptions {
  askJson: AskJson;
  apiKey: string;
  baseUrl?: string;
}

/** Tavily, one credit a search. https://docs.tavily.com/api-reference/endpoint/search */
export function createTavily({ askJson, apiKey, baseUrl = "https://api.tavily.com" }: TavilyOptions): SearchBackend {
  return {
    name: "tavily",
    async search(query, { limit, since, language, domains, signal }) {
      const body = {
        query: withLanguageInWords(query.slice(0, MAX_WORDS_CHARS).toWellFormed(), language),
        max_results: Math.min(limit, MAX_RESULTS),
        search_depth: "basic",
        ...(since ? { start_date: since.slice(0, 10) } : {}),
        ...(domains?.allowed.length ? { include_domains: domains.allowed } : {}),
        ...(domains?.blocked.length ? { exclude_domains: domains.blocked } : {}),
      };
      const { results } = await askJson(
        {
          service: "Tavily",
          url: new URL("/search", baseUrl),
          headers: { authorization: `Bearer ${apiKey}` },
          body,
          meanings: MEANINGS,
          signal,
        },
        reply,
      );
      const rawHits = (results ?? []).map(({ title, url, content, published_date: date }) => ({
        title,
        url,
        snippet: content,
        date,
      }));
      return toSearchHits(rawHits).slice(0, limit);
    },
  };
}

// https://help.tavily.com/articles/8645538886-understanding-http-errors
const MEANINGS = { 432: "has no searches left in this plan", 433: "has no pay-as-you-go searches left" };
// Of 400 in all; some are left for the name of a language.
const MAX_WORDS_CHARS = 370;
const MAX_RESULTS = 20;

const reply = z.object({
  results: z
    .array(
      z.object({
        title: z.string().nullish(),
        url: z.string().nullish(),
        content: z.string().nullish(),
        published_date: z.string().nullish(),
      }),
    )
    .nullish(),
});
