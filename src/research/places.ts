import { pointsAmong } from "../talk-cues.ts";
import type { Page, PageAnchor, PagePart, Source } from "../types.ts";
import { estimateTokens, sentencesOf, termsOf } from "../words.ts";

/** A stretch of a page that has an address of its own: a message in a conversation. */
export interface Place {
  start: number;
  end: number;
  text: string;
  /** Who speaks there. */
  author: string;
  source: Source;
}

// Room for the places of one page in the number space of the marks, which have nine digits at the most.
const PLACES_PER_PAGE = 100_000;

/** The places of a page, in order, each as a source of its own; none when the page is cited as a whole. */
export function placesOf(source: Source): Place[] {
  const { page } = source;
  return page.anchors.flatMap((anchor, index) => {
    if (anchor.place === undefined) return [];
    const end = page.anchors[index + 1]?.start ?? page.text.length;
    const text = page.text.slice(anchor.start, end).trimEnd();
    const number = source.number * PLACES_PER_PAGE + index;
    const place = { start: anchor.start, end, text, author: authorIn(anchor.label) };
    return [{ ...place, source: { ...source, number, page: pageOf(page, anchor, withAct(text)) } }];
  });
}

/** "Ana Lindt, 24 Nov 2026, 09:12 UTC" */
function authorIn(label: string): string {
  return label.split(",")[0] ?? "";
}

/** Who asks says so by a sign, and a digest by a word. */
function withAct(text: string): string {
  return /[?？]/.test(text) ? text.replace(/^(\S+ [^,\n]+),/, "$1 asked,") : text;
}

function pageOf(page: Page, { label, place }: PageAnchor, text: string): Page {
  const { url, publishedAt } = place ?? page;
  const parts = [{ start: 0, end: text.length, heading: null }];
  return { url, publishedAt, title: label, readAt: page.readAt, text, links: [], anchors: [], parts };
}

export function hasPlaces(page: Page): boolean {
  return page.anchors.some(({ place }) => place !== undefined);
}

/** Of a page with places: the texts of those that say most, in the order of the page. */
export function tellingPlaces(page: Page, limit: number, part?: PagePart): string[] {
  const best = weighedPlaces(page, part).slice(0, limit);
  return best.sort((a, b) => a.index - b.index).map(({ text }) => text);
}

interface WeighedPlace {
  index: number;
  text: string;
  weight: number;
}

/** Those that tell something, the weightiest first. */
function weighedPlaces(page: Page, part?: PagePart): WeighedPlace[] {
  const { start, end } = part ?? { start: 0, end: page.text.length };
  const places = page.anchors.flatMap((anchor, index) => {
    const text = page.text.slice(anchor.start, page.anchors[index + 1]?.start ?? page.text.length).trimEnd();
    const weight = Math.max(0, ...pointsAmong(sentencesOf(text)).map((point) => point.weight));
    return anchor.start >= start && anchor.start < end && weight > 0 ? [{ index, text, weight }] : [];
  });
  return places.toSorted((a, b) => b.weight - a.weight || a.index - b.index);
}

/** The places that say most of all pages together, in at most so many tokens: the best of each page before a second one. */
export function listPlaces(sources: readonly Source[], maxTokens: number): string {
  const ranked = sources
    .flatMap(({ number, page }) => weighedPlaces(page).map((place, rank) => ({ ...place, rank, number })))
    .toSorted((a, b) => a.rank - b.rank || b.weight - a.weight);
  const listed = new Map<number, string[]>();
  let room = maxTokens;
  for (const { number, text } of ranked) {
    const line = `- "${text.slice(0, MAX_LISTED_CHARS).toWellFormed()}"`;
    room -= estimateTokens(line) + (listed.has(number) ? 1 : TOKENS_PER_HEAD);
    if (room < 0) break;
    listed.set(number, [...(listed.get(number) ?? []), line]);
  }
  return Array.from(listed, ([number, lines]) => [`【${number}】 conversation`, ...lines].join("\n")).join("\n\n");
}

const MAX_LISTED_CHARS = 360;
const TOKENS_PER_HEAD = 10;

/** The places that may say a statement, the likeliest first: named by the evidence, quoted by the mark, then by their words. */
export function likelyPlaces(
  places: readonly Place[],
  statement: string,
  { passage, quotes }: { passage: { start: number; end: number } | null; quotes: readonly string[] },
): Place[] {
  const quoted = places.filter(({ text }) => quotes.some((quote) => text.includes(quote)));
  const passed = passage === null ? [] : places.filter(({ start, end }) => start < passage.end && end > passage.start);
  const wanted = new Set(termsOf(statement));
  const alike = places
    .map((place) => ({ place, shared: wanted.intersection(new Set(termsOf(place.text))).size }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared)
    .map(({ place }) => place);
  return Array.from(new Set([...quoted, ...passed, ...alike])).slice(0, MAX_CANDIDATES);
}

const MAX_CANDIDATES = 6;

/** What a place may rest on: what was said just before it, what its conversation began with, or both; shortest first. */
export function contextsOf(place: Place, places: readonly Place[]): Place[][] {
  const index = places.indexOf(place);
  const before = places[index - 1];
  const first = places[0];
  if (index < 1 || before === undefined || first === undefined) return [];
  return before === first ? [[before]] : [[before], [first], [first, before]];
}

/** Somebody of the talk whom the statement names, and of whom none of the texts speaks; null when there is nobody. */
export function strangerIn(statement: string, authors: ReadonlySet<string>, texts: readonly string[]): string | null {
  const named = Array.from(authors).filter((author) => hasWords(statement, author));
  return named.find((author) => !texts.some((text) => hasWords(text, author))) ?? null;
}

function hasWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const around = `${text.slice(0, at).slice(-1)} ${text.slice(at + words.length, at + words.length + 1)}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

/** A statement that names somebody of the conversation must name who said it, not only who was answered. */
export function namesSpeaker(statement: string, place: Place, context: readonly Place[]): boolean {
  const others = context.filter(({ author }) => author !== place.author && hasWords(statement, author));
  return others.length === 0 || hasWords(statement, place.author);
}
