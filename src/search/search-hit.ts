import type { SearchHit } from "../types.ts";
import { cleanLine } from "../untrusted.ts";

/** A hit as services give it; everything but the address may be missing. */
export interface RawHit {
  title?: string | null | undefined;
  url?: string | null | undefined;
  snippet?: string | null | undefined;
  date?: string | null | undefined;
}

/** Clean hits; what has no web address is left out. */
export function toSearchHits(rawHits: readonly RawHit[]): SearchHit[] {
  return rawHits.flatMap(({ title, url, snippet, date }) => {
    const address = webAddressOf(url ?? "");
    if (address === null) return [];
    return {
      title: cleanLine(title ?? "", MAX_TITLE_CHARS) || new URL(address).hostname,
      url: address,
      snippet: cleanLine(snippet ?? "", MAX_SNIPPET_CHARS),
      publishedAt: isoDate(date),
    };
  });
}

/** Text of a snippet that comes as HTML with marks around the words that were found. */
export function textOfMarkedSnippet(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    });
}

/** A date as ISO 8601 in UTC, or null; one without a zone counts as UTC. */
export function isoDate(text: string | null | undefined): string | null {
  if (!text) return null;
  const isZoneless = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text);
  const time = Date.parse(isZoneless ? `${text.replace(" ", "T")}Z` : text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function webAddressOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

const MAX_TITLE_CHARS = 200;
const MAX_SNIPPET_CHARS = 400;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
