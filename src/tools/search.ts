import { z } from "zod";
import { asRuminateError } from "../errors.ts";
import type { Tool } from "../ports.ts";

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
      const hits = await context.search.search(query, { limit: HITS_PER_SEARCH, signal: context.signal });
      return { kind: "hits", query, hits, note: context.search.restingNote?.() ?? null };
    } catch (error) {
      context.signal.throwIfAborted();
      const failure = asRuminateError(error);
      if (failure.code !== "SEARCH_UNAVAILABLE") throw error;
      return { kind: "failure", code: failure.code, message: `Search failed: ${failure.message}` };
    }
  },
};
