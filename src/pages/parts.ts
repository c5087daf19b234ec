import type { PageLink, PagePart } from "../types.ts";
import { type KeptTogether, type Outline, outlineOf, type Seam } from "./outline.ts";

/**
 * Cuts a text into parts that are shown one at a time: about 1,200 tokens each, the numbers of their links included.
 *
 * Together the parts cover the text without gaps. A cut is made where it hurts least: before a heading, else between
 * paragraphs, lines, sentences, words. Tables and code that fit into a part stay whole; no cut is made in a character,
 * nor in a link that could be moved to the next part.
 */
export function splitIntoParts(text: string, links: readonly PageLink[]): PagePart[] {
  const outline = outlineOf(text);
  const ruler = createRuler(text, links);
  const parts: PagePart[] = [];
  let headingIndex = 0;
  for (let start = 0; start < text.length; ) {
    const end = endOfPart(text, start, outline, ruler);
    while ((outline.headings[headingIndex]?.position ?? text.length) <= start) headingIndex++;
    parts.push({ start, end, heading: outline.headings[headingIndex - 1]?.words ?? null });
    start = end;
  }
  return parts.length > 0 ? parts : [{ start: 0, end: 0, heading: null }];
}

function endOfPart(text: string, start: number, outline: Outline, ruler: Ruler): number {
  const earliest = ruler.reach(start, MAX_TOKENS / 2);
  const latest = ruler.reach(earliest, MAX_TOKENS / 2);
  if (ruler.reach(latest, MAX_TAIL_TOKENS) === text.length) return text.length;
  const cutTogether = togetherAround(outline.together, latest);
  const fits = cutTogether !== null && ruler.reach(cutTogether.start, MAX_TOKENS) >= cutTogether.end;
  if (fits && cutTogether.start > start) {
    const from = cutTogether.start > earliest ? earliest : start + 1;
    return bestSeam(outline.seams, from, cutTogether.start, []) ?? cutTogether.start;
  }
  const whole = outline.together.filter((each) => each.end > earliest && each.start < latest && each !== cutTogether);
  const cut = bestSeam(outline.seams, Math.max(earliest, start + 1), latest, whole);
  return cut ?? ruler.beforeLink(cutInLine(text, earliest, latest), start);
}

/** The best place in `[from, to]`, the last one among equals; not inside what is kept whole. */
function bestSeam(seams: readonly Seam[], from: number, to: number, whole: readonly KeptTogether[]): number | null {
  let best: Seam | null = null;
  for (let index = firstIndex(seams, (seam) => seam.position >= from); index < seams.length; index++) {
    const seam = seams[index] as Seam;
    if (seam.position > to) break;
    if (whole.some(({ start, end }) => seam.position > start && seam.position < end)) continue;
    if (best === null || PREFERENCE.indexOf(seam.kind) <= PREFERENCE.indexOf(best.kind)) best = seam;
  }
  return best?.position ?? null;
}

function togetherAround(together: readonly KeptTogether[], position: number): KeptTogether | null {
  const next = together[firstIndex(together, ({ end }) => end > position)];
  return next !== undefined && next.start < position ? next : null;
}

/** Behind the last sentence that ends in the window, else behind the last word, else between two characters. */
function cutInLine(text: string, from: number, to: number): number {
  const window = text.slice(from, to);
  for (const end of [SENTENCE_END, WORD_END]) {
    const last = Array.from(window.matchAll(end)).at(-1);
    if (last !== undefined) return from + last.index + last[0].length;
  }
  let cut = to;
  while (cut > from + 1 && JOINED.test(text.slice(cut, cut + 2))) cut--;
  // A character of more than 500 tokens is no character: it is cut like anything else, but not between surrogates.
  return cut > from + 1 ? cut : isLowSurrogate(text, to) ? to - 1 : to;
}

interface Ruler {
  /** The farthest position that is at most so many tokens away; the end of the text at most. */
  reach(from: number, tokens: number): number;
  /** The position itself, or the start of the link that it lies in when that is behind `start`. */
  beforeLink(position: number, start: number): number;
}

function createRuler(text: string, links: readonly PageLink[]): Ruler {
  const ordered = links.toSorted((a, b) => a.start - b.start);
  return {
    reach(from, tokens) {
      let link = firstIndex(ordered, (each) => each.start >= from);
      let left = tokens;
      for (let position = from; position < text.length; position++) {
        for (; ordered[link]?.start === position; link++) left -= TOKENS_PER_LINK;
        left -= isDense(text.charCodeAt(position)) ? 1 : 0.25;
        if (left < 0) return Math.max(position, from + 1);
      }
      return text.length;
    },
    beforeLink(position, start) {
      const link = ordered[firstIndex(ordered, (each) => each.end > position)];
      return link !== undefined && link.start < position && link.start > start ? link.start : position;
    },
  };
}

/** Index of the first element for which the condition holds, in a list where it holds from some place on. */
function firstIndex<Element>(list: readonly Element[], holds: (element: Element) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as Element)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A character of Chinese, Japanese or Korean is a token of its own; the same estimate as in `words.ts`. */
function isDense(code: number): boolean {
  return (
    (code >= 0x2e80 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7af) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff66 && code <= 0xff9f) ||
    (code >= 0x1100 && code <= 0x11ff) ||
    (code >= 0xd840 && code <= 0xd87f)
  );
}

function isLowSurrogate(text: string, position: number): boolean {
  return (text.charCodeAt(position) & 0xfc00) === 0xdc00;
}

const MAX_TOKENS = 1200;
/** A rest of this size is added to the last part instead of standing alone. */
const MAX_TAIL_TOKENS = 150;
/** A link is shown as 【17†words†host】: the number, the marks and the host on top of its words. */
const TOKENS_PER_LINK = 10;
const PREFERENCE: readonly Seam["kind"][] = ["heading", "paragraph", "line"];
const SENTENCE_END = /[.!?…]["'”’)\]]*\s+|[。！？]/g;
const WORD_END = /\s+/g;
/** Starts with what belongs to the character before it: a low surrogate, a mark, a joiner. */
const JOINED = /^[\udc00-\udfff\p{M}\u200c\u200d]/u;
