import type { Page, PageAnchor, PagePart, TalkMessage } from "../types.ts";
import { cleanLine, cleanText } from "../untrusted.ts";
import { estimateTokens } from "../words.ts";
import type { Conversation } from "./conversations.ts";

/**
 * A conversation as a page: its messages one after the other, each below a line with its author and time, and each with
 * the address that leads to it. The sign before the author stands nowhere else, so no message can put words into the mouth
 * of somebody else.
 */
export function threadPage({ messages, url, title }: Conversation, readAt: string): Page {
  const anchors: PageAnchor[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const message of messages) {
    const label = labelOf(message);
    const piece = `${HEAD_SIGN} ${label}\n${bodyOf(message)}\n\n`;
    anchors.push({ start: length, label, place: { url: message.permalink, publishedAt: message.at } });
    pieces.push(piece);
    length += piece.length;
  }
  const text = pieces.join("");
  return {
    url,
    title,
    publishedAt: messages.at(-1)?.at ?? null,
    readAt,
    text,
    links: [],
    anchors,
    parts: partsOf(text, anchors),
  };
}

/** Begins the line with the author, and no other line. */
const HEAD_SIGN = "▸";
const HEAD_SIGNS = /[▸▶►‣]/g;

/** "Ana Lindt, 24 Nov 2026, 09:12 UTC": who said it and when, as it stands above a message and in the list of sources. */
export function labelOf({ author, at }: Pick<TalkMessage, "author" | "at">): string {
  return `${authorOf(author)}, ${dayOf(at)}, ${at.slice(11, 16)} UTC`;
}

export function authorOf(author: string): string {
  return cleanLine(author.replace(HEAD_SIGNS, "").replace(/[@,"]/g, ""), MAX_AUTHOR_CHARS) || "Somebody";
}

export function dayOf(at: string): string {
  return `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1]} ${at.slice(0, 4)}`;
}

/** What was said, without what would call somebody when it is said again. */
export function bodyOf({ text }: Pick<TalkMessage, "text">): string {
  const body = cleanText(text)
    .replace(HEAD_SIGNS, "›")
    .replace(/(?<![\p{L}\p{N}._-])@(?=[\p{L}\p{N}_])/gu, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
  return body.length <= MAX_BODY_CHARS ? body : `${body.slice(0, MAX_BODY_CHARS).toWellFormed()}…`;
}

/** Whole messages, up to about a thousand tokens a part; a message that is longer than that is cut. */
function partsOf(text: string, anchors: readonly PageAnchor[]): PagePart[] {
  const parts: PagePart[] = [];
  let start = 0;
  anchors.forEach((anchor, index) => {
    const end = anchors[index + 1]?.start ?? text.length;
    if (anchor.start > start && estimateTokens(text.slice(start, end)) > PART_TOKENS) {
      parts.push({ start, end: anchor.start, heading: null });
      start = anchor.start;
    }
    while (estimateTokens(text.slice(start, end)) > PART_TOKENS) {
      const cut = cutWithin(text, start, end);
      parts.push({ start, end: cut, heading: null });
      start = cut;
    }
  });
  return [...parts, { start, end: text.length, heading: null }];
}

/** Behind the last word that fits; the length of which the tokens are half the limit at the least. */
function cutWithin(text: string, start: number, end: number): number {
  let length = end - start;
  while (estimateTokens(text.slice(start, start + length)) > PART_TOKENS) length = Math.floor(length * 0.8);
  const space = text.lastIndexOf(" ", start + length);
  if (space > start + length / 2) return space + 1;
  const isPair = (text.charCodeAt(start + length) & 0xfc00) === 0xdc00;
  return start + length - (isPair ? 1 : 0);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const PART_TOKENS = 1_000;
const MAX_AUTHOR_CHARS = 60;
// Slack takes 40,000 characters, most of which is then a pasted log.
const MAX_BODY_CHARS = 12_000;
