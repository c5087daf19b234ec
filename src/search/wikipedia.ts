import { z } from "zod";
import { isHostAllowed } from "../domain-rules.ts";
import type { SearchBackend } from "../ports.ts";
import { STOP_WORDS, wordsOf } from "../words.ts";
import { type AskJson, unavailable } from "./ask-json.ts";
import { isoDate, textOfMarkedSnippet, toSearchHits } from "./search-hit.ts";

export interface WikipediaOptions {
  askJson: AskJson;
  /** BCP 47; "de-AT" asks the German Wikipedia; a search may ask another. */
  language?: string;
  baseUrl?: string;
}

/**
 * Wikipedia by the MediaWiki API; needs no key. A hit's date is the article's last edit.
 * https://www.mediawiki.org/wiki/API:Search
 */
export function createWikipedia(options: WikipediaOptions): SearchBackend {
  const usual = options.language || "en";
  const baseUrlFor = (language: string): URL =>
    new URL(options.baseUrl ?? `https://${language.split("-")[0]?.toLowerCase()}.wikipedia.org`);

  async function articles(baseUrl: URL, srsearch: string, limit: number, signal: AbortSignal) {
    const url = new URL("/w/api.php", baseUrl);
    const srlimit = String(Math.min(limit, 50));
    url.search = String(new URLSearchParams({ ...PARAMETERS, srsearch, srlimit }));
    const { error, query } = await options.askJson({ service: "Wikipedia", url, signal }, reply);
    if (error)
      throw unavailable(`Wikipedia answered with an error: ${error.code}.`, { isRetryable: isPassing(error.code) });
    return query?.search ?? [];
  }

  return {
    name: "wikipedia",
    async search(query, { limit, language, domains, signal }) {
      const baseUrl = baseUrlFor(language ?? usual);
      if (domains !== undefined && !isHostAllowed(baseUrl.hostname, domains)) return [];
      const found = await articles(baseUrl, withoutOperators(query), limit, signal);
      const looser = looserQuery(query);
      // All words of a query must be in an article: a whole question often finds nothing.
      if (found.length < ENOUGH && looser !== null) found.push(...(await articles(baseUrl, looser, limit, signal)));
      const articlesOnce = new Map(found.map((article) => [article.title, article])).values();
      const rawHits = Array.from(articlesOnce, ({ title, snippet, timestamp }) => ({
        title,
        url: new URL(`/wiki/${encodeURIComponent(title.replaceAll(" ", "_")).replaceAll("%3A", ":")}`, baseUrl).href,
        snippet: textOfMarkedSnippet(snippet ?? ""),
        date: isoDate(timestamp),
      }));
      return toSearchHits(rawHits).slice(0, limit);
    },
  };
}

const ENOUGH = 3;
const PARAMETERS = { action: "query", list: "search", srprop: "snippet|timestamp", format: "json", formatversion: "2" };

const reply = z.object({
  error: z.object({ code: z.string() }).nullish(),
  query: z
    .object({
      search: z
        .array(z.object({ title: z.string(), snippet: z.string().nullish(), timestamp: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});

// https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
function isPassing(code: string): boolean {
  return code === "ratelimited" || code === "maxlag" || code === "readonly" || code.startsWith("internal_api_error");
}

/** Words and phrases only: `insource:/…/`, `-word`, wildcards and the like mean something to CirrusSearch. */
function withoutOperators(query: string): string {
  return query
    .replace(/[~*?!\\/:|(){}[\]<>]/g, " ")
    .replace(/(^|\s)-+/g, "$1")
    .replace(/\b(?:AND|OR|NOT)\b/g, (word) => word.toLowerCase());
}

/** Any of the words that carry meaning. https://www.mediawiki.org/wiki/Help:CirrusSearch */
function looserQuery(query: string): string | null {
  const words = new Set(wordsOf(query).filter((word) => !STOP_WORDS.has(word)));
  return words.size < 2 ? null : Array.from(words).slice(0, 8).join(" OR ");
}
