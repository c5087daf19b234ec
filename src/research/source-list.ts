import { canonicalUrl } from "../canonical-url.ts";
import type { LinkTarget } from "../ports.ts";
import type { Page, Source } from "../types.ts";
import { createPageIndexes, type IndexOf } from "./passages.ts";

export interface Origin {
  hops: number;
  foundBy: "search" | "asker" | "link";
  /** The query whose results showed the address. */
  query?: string;
}

/**
 * The one number space of a run: every link that is shown gets the next number, one address keeps its number, an
 * opened page is the source of that number. Numbers never restart. Deterministic, so that a replay gives the same.
 */
export interface SourceList {
  readonly sources: readonly Source[];
  /** The number of an address, new or known. */
  offer(url: string, title: string, origin: Origin, snippet?: string): number;
  /** The number of a part of a source, new or known. */
  offerPart(source: number, part: number): number;
  /** Adds an opened page. The same text under another address is the source that is already there. */
  add(from: number | null, requestedUrl: string, page: Page): { source: Source; isCopy: boolean };
  /** When a source was read once more in this run and its text was another; what was read first stays. */
  changedAt(number: number): string | null;
  /** A page that was read for an earlier answer, under its number there, or under the next one. */
  restore(number: number | null, page: Page): void;
  source(number: number): Source | null;
  target(number: number): LinkTarget | null;
  /** What the search result said of the page, or "". */
  snippetFor(number: number): string;
  openedAs(url: string): number | null;
  /** The number under which an address was shown, or null. */
  numberOf(url: string): number | null;
  /** Counts an attempt to open the address, in the order of the calls; the reason if the run may not open it. */
  claim(url: string): string | null;
  readonly indexOf: IndexOf;
}

// A page can spell out a secret by which of its links are followed; these caps keep that channel at a few bits.
// facts/security-and-reliability.md, D3.
const MAX_LINKED_PAGES_PER_HOST = 5;
const MAX_HOPS = 3;

export function createSourceList(question: string): SourceList {
  const targets = new Map<number, LinkTarget>();
  const numbers = new Map<string, number>();
  const snippets = new Map<number, string>();
  const queries = new Map<number, string>();
  const sources: Source[] = [];
  const sourceOf = new Map<string, Source>();
  const changes = new Map<number, string>();
  const linkedPages = new Map<string, number>();
  let last = 0;

  const nextNumber = (): number => {
    last += 1;
    return last;
  };

  function restore(wanted: number | null, page: Page): void {
    const key = canonicalUrl(page.url);
    if (numbers.has(key) || (wanted !== null && targets.has(wanted))) return;
    const number = wanted ?? nextNumber();
    last = Math.max(last, number);
    numbers.set(key, number);
    targets.set(number, { kind: "address", number, url: page.url, title: page.title, hops: 0, foundBy: "search" });
    const source: Source = { number, page, hops: 0, foundBy: "search", query: null };
    for (const name of [key, `text ${page.text}`]) sourceOf.set(name, source);
    sources.push(source);
  }

  function offer(url: string, title: string, origin: Origin, snippet = ""): number {
    const key = canonicalUrl(url);
    const known = numbers.get(key);
    const number = known ?? nextNumber();
    if (snippet !== "" && !snippets.has(number)) snippets.set(number, snippet);
    if (origin.query !== undefined && !queries.has(number)) queries.set(number, origin.query);
    const before = known === undefined ? null : targets.get(known);
    const isNearer = before?.kind === "address" && origin.hops < before.hops;
    const { hops, foundBy } = origin;
    if (known === undefined || isNearer) targets.set(number, { kind: "address", number, url, title, hops, foundBy });
    numbers.set(key, number);
    return number;
  }

  function offerPart(source: number, part: number): number {
    const key = `part ${part} of ${source}`;
    const number = numbers.get(key) ?? nextNumber();
    numbers.set(key, number);
    targets.set(number, { kind: "part", number, source, part });
    return number;
  }

  function add(from: number | null, requestedUrl: string, page: Page): { source: Source; isCopy: boolean } {
    const addresses = [canonicalUrl(requestedUrl), canonicalUrl(page.url)];
    const keys = [...addresses, `text ${page.text}`];
    const twin = keys.map((key) => sourceOf.get(key)).find((source) => source !== undefined);
    const number = from ?? offer(requestedUrl, page.title, ASKED);
    const target = targets.get(number);
    const origin = target?.kind === "address" ? target : ASKED;
    const { hops, foundBy } = origin;
    const source = twin ?? { number, page, hops, foundBy, query: queries.get(number) ?? null };
    const isChanged = source.page.text !== page.text;
    for (const key of isChanged ? addresses : keys) sourceOf.set(key, source);
    if (isChanged) changes.set(source.number, page.readAt);
    if (twin !== undefined) return { source, isCopy: true };
    sources.push(source);
    return { source, isCopy: false };
  }

  function claim(url: string): string | null {
    const number = numbers.get(canonicalUrl(url));
    const target = number === undefined ? null : targets.get(number);
    if (target?.kind !== "address") {
      if (isNamedIn(question, url)) return null;
      return "This address did not come from a search, from an opened page or from the question. Search for the page instead.";
    }
    if (target.foundBy !== "link") return null;
    const host = hostOf(url);
    if (host === null) return null;
    if (target.hops > MAX_HOPS)
      return `This page is more than ${MAX_HOPS} links away from a search hit. Search for it.`;
    const attempts = linkedPages.get(host) ?? 0;
    linkedPages.set(host, attempts + 1);
    if (attempts < MAX_LINKED_PAGES_PER_HOST) return null;
    return `${MAX_LINKED_PAGES_PER_HOST} pages of ${host} were already reached through links. Search for further pages.`;
  }

  return {
    sources,
    indexOf: createPageIndexes(),
    offer,
    offerPart,
    add,
    restore,
    claim,
    changedAt: (number) => changes.get(number) ?? null,
    source: (number) => sources.find((source) => source.number === number) ?? null,
    target: (number) => targets.get(number) ?? null,
    snippetFor: (number) => snippets.get(number) ?? "",
    openedAs: (url) => sourceOf.get(canonicalUrl(url))?.number ?? null,
    numberOf: (url) => numbers.get(canonicalUrl(url)) ?? null,
  };
}

const ASKED: Origin = { hops: 0, foundBy: "asker" };

/** Host of a web address; null for local files, which no page can use to send anything out. */
function hostOf(url: string): string | null {
  const { protocol, host } = new URL(url);
  return protocol === "file:" ? null : host;
}

/** Does the asker's own text hold this address, or its bare domain for the domain's front page? */
function isNamedIn(question: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const wanted = canonicalUrl(url);
  const words = question.split(/[\s<>"'()[\]|]+/).map((word) => word.replace(/[.,;:!?]+$/, ""));
  return words.some((word) => {
    const address = /^https?:\/\//i.test(word) ? word : `https://${word}`;
    return word.includes(".") && URL.canParse(address) && canonicalUrl(address) === wanted;
  });
}
