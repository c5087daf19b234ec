import type { PageAnchor, PageLink } from "../types.ts";
import { cleanText } from "../untrusted.ts";

/** A stretch of text that leads somewhere, or (`url` null) does not. */
export interface LinkedPiece {
  text: string;
  url: string | null;
  /** Name of the place that starts here, such as "page 3". */
  anchor?: string;
}

export interface LinkedText {
  text: string;
  links: PageLink[];
  anchors: PageAnchor[];
}

/**
 * Cleans and joins pieces to one text. Offsets hold in the cleaned text: what would only become unclean, or grow
 * together, where two pieces meet is kept apart here.
 */
export function joinPieces(pieces: Iterable<LinkedPiece>): LinkedText {
  const chunks: string[] = [];
  const links: PageLink[] = [];
  const anchors: PageAnchor[] = [];
  let length = 0;
  for (const { text, url, anchor } of pieces) {
    const cleaned = cleanPiece(text);
    const chunk = length > 0 && JOINS_BACKWARDS.test(cleaned) ? ` ${cleaned}` : cleaned;
    const start = length + chunk.length - cleaned.length;
    if (anchor !== undefined) anchors.push({ start, label: anchor });
    length += chunk.length;
    chunks.push(chunk);
    if (url !== null && cleaned.trim() !== "" && links.length < MAX_LINKS) links.push({ start, end: length, url });
  }
  // A forbidden token may have been split over pieces; breaking it up exchanges characters one for one.
  return { text: cleanText(chunks.join("")), links, anchors };
}

/** `cleanText`, at once for plain ASCII: a table of 20,000 rows has 400,000 pieces. */
export function cleanPiece(text: string): string {
  return NOT_PLAIN.test(text) ? cleanText(text) : text;
}

/** The absolute address behind a link, or null for one that leads nowhere that can be read. */
export function resolveLink(href: string, baseUrl: string): string | null {
  const trimmed = href.trim();
  if (trimmed === "" || trimmed.startsWith("#")) return null;
  const url = URL.parse(trimmed, baseUrl);
  if (url === null) return null;
  // In a local file, "/docs/api.md" means a folder that only the author knows, not the root of this machine.
  const isNeighbour = url.protocol === "file:" && baseUrl.startsWith("file:") && !/^(?:file:|\/)/i.test(trimmed);
  const isReadable = WEB_PROTOCOLS.has(url.protocol) || isNeighbour;
  if (!isReadable || url.href.length > MAX_ADDRESS_CHARS) return null;
  return url.hash !== "" && withoutHash(url.href) === withoutHash(baseUrl) ? null : url.href;
}

/** Plain text in which the addresses that stand in it lead to themselves. */
export function linkBareAddresses(text: string): LinkedPiece[] {
  const pieces: LinkedPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(BARE_ADDRESS)) {
    const words = trimAddress(match[0]);
    const url = resolveLink(words, words);
    if (url === null) continue;
    pieces.push({ text: text.slice(from, match.index), url: null }, { text: words, url });
    from = match.index + words.length;
  }
  pieces.push({ text: text.slice(from), url: null });
  return pieces;
}

/** At most one empty line between lines, none at the ends, no spaces at the ends of lines, no headings without words. */
export function squeezeBlankLines(pieces: Iterable<LinkedPiece>): LinkedPiece[] {
  const squeezed: LinkedPiece[] = [];
  let newlines = 2;
  for (const { text, url } of mergePlain(pieces)) {
    const lines = text
      .replace(/^#{1,6} +$/gm, "")
      .replace(/[ \t]{1,200}\n/g, "\n")
      .replace(/\n{3,}/g, "\n\n");
    const leading = /^\n*/.exec(lines)?.[0].length ?? 0;
    const kept = lines.slice(Math.max(0, leading - Math.max(0, 2 - newlines)));
    if (kept === "") continue;
    squeezed.push({ text: kept, url });
    const trailing = /\n*$/.exec(kept)?.[0].length ?? 0;
    newlines = trailing === kept.length ? newlines + trailing : trailing;
  }
  const last = squeezed.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  return squeezed;
}

function* mergePlain(pieces: Iterable<LinkedPiece>): Generator<LinkedPiece> {
  let plain = "";
  for (const piece of pieces) {
    if (piece.url === null) plain += piece.text;
    else {
      if (plain !== "") yield { text: plain, url: null };
      plain = "";
      yield piece;
    }
  }
  yield { text: plain, url: null };
}

/** Takes off the punctuation of the sentence around an address; a bracket that was opened in it stays. */
function trimAddress(address: string): string {
  const trimmed = address.replace(/[.,;:!?'"*_~]+$/, "");
  if (!trimmed.endsWith(")") || trimmed.includes("(")) return trimmed;
  return trimAddress(trimmed.slice(0, -1));
}

function withoutHash(url: string): string {
  return url.replace(/#.*/s, "");
}

/** What `cleanText` may change: control characters, the brackets of tokens, whatever is not ASCII. */
const NOT_PLAIN = /[^\t\n -;=-Z\\^-~]/;
/** Marks, joiners and Hangul vowels combine with the character before them. */
const JOINS_BACKWARDS = /^(?:\p{M}|\u200c|\u200d|[\u1161-\u11ff])/u;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);
const BARE_ADDRESS = /\bhttps?:\/\/[^\s<>"`{}|\\^【】]+/gi;
// The guard refuses longer ones.
const MAX_ADDRESS_CHARS = 8192;
// A page with more is a list made by a machine; each link costs every view of its part about ten tokens.
const MAX_LINKS = 20_000;
