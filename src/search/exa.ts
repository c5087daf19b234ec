import { z } from "zod";
import type { SearchBackend } from "../ports.ts";
import type { AskJson } from "./ask-json.ts";
import { withLanguageInWords } from "./query-operators.ts";
import { toSearchHits } from "./search-hit.ts";

export interface ExaOptions {
  askJson: AskJson;
  apiKey: string;
  baseUrl?: string;
}

/** Exa; snippets are its highlights. https://exa.ai/docs/reference/search */
export function createExa({ askJson, apiKey, baseUrl = "https://api.exa.ai" }: ExaOptions): SearchBackend {
  return {
    name: "exa",
    async search(query, { limit, since, language, domains, signal }) {
      const body = {
        query: withLanguageInWords(query, language),
        type: "auto",
        numResults: Math.min(limit, MAX_RESULTS),
        contents: { highlights: true },
        ...(since ? { startPublishedDate: since } : {}),
        // One of the two lists; the caller drops what the other one forbids.
        ...(domains?.allowed.length ? { includeDomains: domains.allowed } : {}),
        ...(!domains?.allowed.length && domains?.blocked.length ? { excludeDomains: domains.blocked } : {}),
      };
      const url = new URL("/search", baseUrl);
      const { results } = await askJson({ service: "Exa", url, headers: { "x-api-key": apiKey }, body, signal }, reply);
      const rawHits = (results ?? []).map(({ title, url, highlights, summary, text, publishedDate: date }) => ({
        title,
        url,
        snippet: highlights?.length ? highlights.join(" … ") : (summary ?? text),
        date,
      }));
      return toSearchHits(rawHits).slice(0, limit);
    },
  };
}

// More than a hundred are for special contracts.
const MAX_RESULTS = 100;

const reply = z.object({
  results: z
    .array(
      z.object({
        title: z.string().nullish(),
        url: z.string().nullish(),
        publishedDate: z.string().nullish(),
        highlights: z.array(z.string()).nullish(),
        summary: z.string().nullish(),
        text: z.string().nullish(),
      }),
    )
    .nullish(),
});
