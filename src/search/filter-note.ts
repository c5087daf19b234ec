import type { SearchOptions } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { ANY_DOMAIN, planSearch } from "./search-plan.ts";

/**
 * What the hits do not fulfil although the search asked for it, in words for the model; null when they fulfil all. No
 * service dates every page, Wikipedia dates articles by their last edit, and local documents have neither date nor
 * language nor site.
 */
export function filterNote(query: string, options: SearchOptions, hits: readonly SearchHit[]): string | null {
  const { since, order, language, sites } = planSearch(query, options, ANY_DOMAIN);
  const local = hits.filter(({ url }) => url.startsWith("file:"));
  const undated = hits.filter(({ publishedAt }) => publishedAt === null);
  const isByEdit = hits.some(({ url }) => WIKIPEDIA.test(new URL(url).hostname));
  const notes = [
    since !== null && undated.length > 0
      ? `${undated.length} of ${hits.length} have no date: they may be older than ${since.slice(0, 10)}.`
      : null,
    since === null && order === "newest" && undated.length > 0 ? `${undated.length} without a date come last.` : null,
    (since !== null || order === "newest") && isByEdit ? "Wikipedia's dates are those of the last edit." : null,
    language !== null && local.length > 0 ? `Local documents were not chosen by language (${language}).` : null,
    sites.allowed.length > 0 && local.length > 0 ? "Local documents belong to no site." : null,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : notes.join(" ");
}

const WIKIPEDIA = /(?:^|\.)wikipedia\.org$/;
