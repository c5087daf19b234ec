import { z } from "zod";
import { asRuminateError } from "../errors.ts";
import type { SearchBackend, SearchOptions, Tool } from "../ports.ts";
import type { SearchHit } from "../types.ts";

// Eight hits with snippets are about 900 tokens: enough to choose from, small enough for an 8k window.
const HITS_PER_SEARCH = 8;

const input = z.strictObject({ query: z.string().trim().min(1).max(400) });

export const searchTool: Tool<z.infer<typeof input>> = {
  name: "search",
  description:
    "Search for pages. Returns a numbered list of links with titles, dates and snippets. In the query, site:example.org, after:2026-01-31, sort:date (newest first) and lang:de narrow it.",
  input,
  async run({ query }, context) {
    const refusal = context.refusalForQuery(query);
    if (refusal !== null) return { kind: "failure", code: "QUERY_WITHHELD", message: refusal };
    try {
      const options = { limit: HITS_PER_SEARCH, signal: context.signal };
      const hits = await context.search.search(query, options);
      return { kind: "hits", query, hits, note: noteOn(context.search, query, options, hits) };
    } catch (error) {
      context.signal.throwIfAborted();
      const failure = asRuminateError(error);
      if (failure.code !== "SEARCH_UNAVAILABLE") throw error;
      return { kind: "failure", code: failure.code, message: `Search failed: ${failure.message}` };
    }
  },
};

function noteOn(search: SearchBackend, query: string, options: SearchOptions, hits: SearchHit[]): string | null {
  const notes = [search.filterNote?.(query, options, hits) ?? null, search.restingNote?.() ?? null];
  return notes.filter((note) => note !== null).join(" ") || null;
}
