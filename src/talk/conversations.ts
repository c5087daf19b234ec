import type { TalkMessage } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { authorOf, bodyOf } from "./thread-page.ts";

/** What belongs together in a channel: a thread, or a stretch of messages that followed each other. */
export interface Conversation {
  /** Where its first message stands. */
  url: string;
  /** "Ana Lindt: Which queue do we take?" */
  title: string;
  /** Oldest first. */
  messages: TalkMessage[];
}

/**
 * The talk in conversations, the newest last. Threads stay together, the longest in stretches of their own; what was said
 * outside of threads is cut where nobody said anything for a while.
 */
export function conversationsOf(messages: readonly TalkMessage[]): Conversation[] {
  const ordered = withoutEmpty(messages).toSorted(byTime);
  const threads = Map.groupBy(ordered, ({ threadId }) => threadId);
  const alone: TalkMessage[] = [];
  const groups: TalkMessage[][] = [];
  for (const thread of threads.values()) {
    if (thread.length === 1) alone.push(...thread);
    else groups.push(...piecesOf(thread));
  }
  groups.push(...stretchesOf(alone.toSorted(byTime)));
  return groups.map(conversationOf).toSorted((a, b) => byTime(lastOf(a), lastOf(b)));
}

function stretchesOf(messages: readonly TalkMessage[]): TalkMessage[][] {
  const stretches: TalkMessage[][] = [];
  for (const message of messages) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    const goesOn =
      current !== undefined &&
      last !== undefined &&
      current.length < MAX_STRETCH &&
      Date.parse(message.at) - Date.parse(last.at) <= MAX_SILENCE_MS;
    if (goesOn) current.push(message);
    else stretches.push([message]);
  }
  return stretches;
}

/** A page is opened as a whole, so it must not be longer than somebody reads in one go. */
function piecesOf(thread: readonly TalkMessage[]): TalkMessage[][] {
  const count = Math.ceil(thread.length / MAX_THREAD);
  const size = Math.ceil(thread.length / count);
  return Array.from({ length: count }, (_piece, index) => thread.slice(index * size, (index + 1) * size));
}

function conversationOf(messages: TalkMessage[]): Conversation {
  const first = messages[0] as TalkMessage;
  const title = cleanLine(`${authorOf(first.author)}: ${bodyOf(first)}`, MAX_TITLE_CHARS);
  return { url: first.permalink, title, messages };
}

/** The same message twice is one; a message without words (a picture, a join) says nothing that could be cited. */
function withoutEmpty(messages: readonly TalkMessage[]): TalkMessage[] {
  const unique = new Map(messages.map((message) => [message.id, message]));
  return Array.from(unique.values()).filter((message) => bodyOf(message) !== "");
}

function lastOf({ messages }: Conversation): TalkMessage {
  return messages.at(-1) as TalkMessage;
}

function byTime(a: TalkMessage, b: TalkMessage): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}

const MAX_SILENCE_MS = 60 * 60_000;
const MAX_STRETCH = 30;
const MAX_THREAD = 60;
const MAX_TITLE_CHARS = 90;
