import { cleanLine } from "../untrusted.ts";
import { isoDate } from "./iso-date.ts";
import type { PageHead } from "./visible-markup.ts";

export interface PageFacts {
  /** "" when the page does not name itself. */
  title: string;
  author: string;
  publishedAt: string | null;
}

/** Title, author and date, from what the head of a page says about it: meta elements, linked data, `<time>`. */
export function factsOf(head: PageHead): PageFacts {
  const linked = linkedFacts(head.linkedData);
  const meta = (names: string[]) =>
    names.map((name) => head.metas.get(name) ?? "").find((value) => value.trim() !== "");
  const dates = [...DATE_METAS.map((name) => head.metas.get(name)), linked.date, head.firstTime];
  const author = cleanLine(meta(AUTHOR_METAS) ?? linked.author, MAX_AUTHOR_CHARS);
  return {
    title: cleanLine(meta(TITLE_METAS) ?? withoutSiteName(head, head.title || linked.title), MAX_TITLE_CHARS),
    author: isName(author) ? author : "",
    publishedAt: dates.map((date) => isoDate(date ?? "")).find((date) => date !== null) ?? null,
  };
}

/** Nobody sees what stands there: only what looks like names is let through, no sentence and no address. */
function isName(author: string): boolean {
  const words = author.split(/[\s,&;|/]+/).filter((word) => word !== "");
  return words.length <= MAX_AUTHOR_WORDS && words.every((word) => NAME_WORD.test(word));
}

/** "Copper settles higher | Market Pulse" is called "Copper settles higher" when the page says where it belongs. */
function withoutSiteName(head: PageHead, title: string): string {
  const site = head.metas.get("og:site_name")?.trim() ?? "";
  const trimmed = title.trim();
  if (site === "" || !trimmed.endsWith(site)) return trimmed;
  return trimmed.slice(0, -site.length).replace(/[\s|·•–—:»-]+$/, "") || trimmed;
}

/** Title, author and date out of schema.org data: the first object that states them. */
function linkedFacts(sources: string[]): { title: string; author: string; date: string } {
  const facts = { title: "", author: "", date: "" };
  for (const object of sources.flatMap(objectsIn)) {
    if (!("datePublished" in object) && !("headline" in object)) continue;
    facts.title ||= textOf(object.headline);
    facts.date ||= textOf(object.datePublished);
    facts.author ||= nameOf(object.author);
  }
  return facts;
}

/** All objects of a JSON text, outermost first; none when it is not JSON. */
function objectsIn(source: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const queue: unknown[] = [parseJson(source)];
  for (let index = 0; index < queue.length && index < MAX_LINKED_VALUES; index++) {
    const value = queue[index];
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) found.push(value as Record<string, unknown>);
    for (const inner of Object.values(value).slice(0, MAX_LINKED_VALUES)) queue.push(inner);
  }
  return found;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    // SyntaxError: pages ship broken linked data, and nothing but the date depends on it.
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** An author is a name, an object with a name, or a list of such. */
function nameOf(author: unknown): string {
  const authors = Array.isArray(author) ? author.slice(0, 5) : [author];
  const names = authors.map((each) =>
    typeof each === "object" && each !== null && "name" in each ? textOf(each.name) : textOf(each),
  );
  return names.filter((name) => name !== "").join(", ");
}

const MAX_TITLE_CHARS = 200;
const MAX_AUTHOR_CHARS = 120;
const MAX_AUTHOR_WORDS = 12;
/** Begins with a capital, or a letter of a script without them, or is one of the small words within names. */
const NAME_WORD =
  /^(?:[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}.'’-]*|and|und|y|et|e|von|van|de[rnlst]?|di|da|la|le|al|el|bin|ibn|zu|ten)$/u;
const MAX_LINKED_VALUES = 2000;
const TITLE_METAS = ["og:title", "twitter:title", "citation_title", "dc.title"];
const AUTHOR_METAS = ["author", "article:author", "citation_author", "dc.creator", "parsely-author", "sailthru.author"];
/** In the order in which they are trusted; Open Graph, schema.org, Dublin Core, Google Scholar, Parse.ly, Sailthru. */
const DATE_METAS = `article:published_time og:published_time datepublished article:published date.issued dc.date.issued
  dcterms.issued dc.date dcterms.date dcterms.created citation_publication_date citation_date citation_online_date
  parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date published_date date`.split(/\s+/);
