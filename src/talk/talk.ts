import { canonicalUrl } from "../canonical-url.ts";
import { RuminateError } from "../errors.ts";
import type { OpenPage, SearchBackend } from "../ports.ts";
import { pointsAmong } from "../talk-cues.ts";
import type { SearchHit, TalkMessage } from "../types.ts";
import { sentencesOf } from "../words.ts";
import { type Conversation, conversationsOf } from "./conversations.ts";
import { createTalkSearch, hitOf } from "./search-talk.ts";
import { bodyOf, threadPage } from "./thread-page.ts";

/** The talk of a channel as the material of a run: its conversations are the pages. Nothing of it leaves the memory. */
export interface Talk {
  search: SearchBackend;
  openPage: OpenPage;
  /** Every conversation; the snippet tells how many messages it has. The newest first, but first those that tell most. */
  threads: SearchHit[];
  messageCount: number;
}

export function createTalk(messages: readonly TalkMessage[], readAt: string): Talk {
  const conversations = conversationsOf(messages);
  const byAddress = new Map(conversations.map((conversation) => [canonicalUrl(conversation.url), conversation]));
  return {
    search: createTalkSearch(conversations),
    openPage: async (url) => {
      const conversation = byAddress.get(canonicalUrl(url));
      if (conversation !== undefined) return threadPage(conversation, readAt);
      throw new RuminateError("PAGE_FORBIDDEN", "Only the conversations of this talk can be opened here.");
    },
    threads: inOrder(conversations).map((conversation) => hitOf(conversation, countOf(conversation.messages.length))),
    messageCount: conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0),
  };
}

// What a run opens at the most; of a livelier talk that is where most was decided, asked and reported.
const MOST_FIRST = 40;

function inOrder(conversations: readonly Conversation[]): Conversation[] {
  const newest = conversations.toReversed();
  if (newest.length <= MOST_FIRST) return newest;
  const first = new Set(newest.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_FIRST));
  return [...newest.filter((each) => first.has(each)), ...newest.filter((each) => !first.has(each))];
}

function weightOf({ messages }: Conversation): number {
  const points = messages.flatMap((message) => pointsAmong(sentencesOf(bodyOf(message))));
  return points.reduce((sum, { weight }) => sum + weight, 0);
}

function countOf(messages: number): string {
  return messages === 1 ? "1 message" : `${messages} messages`;
}
