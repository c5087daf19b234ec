import { canonicalUrl } from "../canonical-url.ts";
import type { SearchHit } from "../types.ts";

/**
 * One list from several rankings by reciprocal rank; a page found by several services counts once, with the first
 * one's title, the longest snippet and any date.
 */
export function mergeHits(rankings: readonly (readonly SearchHit[])[]): SearchHit[] {
  const merged = new Map<string, { hit: SearchHit; score: number }>();
  for (const ranking of rankings) {
    for (const [rank, hit] of distinctHits(ranking).entries()) {
      const key = canonicalUrl(hit.url);
      const known = merged.get(key) ?? { hit, score: 0 };
      merged.set(key, { hit: joined(known.hit, hit), score: known.score + 1 / (RANK_OFFSET + rank + 1) });
    }
  }
  return Array.from(merged.values())
    .toSorted((one, other) => other.score - one.score)
    .map(({ hit }) => hit);
}

/** The first hit for each page. */
export function distinctHits(hits: readonly SearchHit[]): SearchHit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const key = canonicalUrl(hit.url);
    return !seen.has(key) && seen.add(key);
  });
}

// Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet, SIGIR 2009: 60 suits most collections.
const RANK_OFFSET = 60;

function joined(first: SearchHit, other: SearchHit): SearchHit {
  return {
    ...first,
    snippet: other.snippet.length > first.snippet.length ? other.snippet : first.snippet,
    publishedAt: first.publishedAt ?? other.publishedAt,
  };
}
