import { canonicalUrl } from "../canonical-url.ts";
import { RuminateError } from "../errors.ts";
import type { OpenPage, SearchBackend } from "../ports.ts";
import type { SearchHit, TalkMessage } from "../types.ts";
import { conversationsOf } from "./conversations.ts";
import { createTalkSearch, hitOf } from "./search-talk.ts";
import { threadPage } from "./thread-page.ts";

/** The talk of a channel as the material of a run: its conversations are the pages. Nothing of it leaves the memory. */
export interface Talk {
  search: SearchBackend;
  openPage: OpenPage;
  /** Every conversation, the newest first; the snippet tells how many messages it has. */
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
    threads: conversations
      .toReversed()
      .map((conversation) => hitOf(conversation, countOf(conversation.messages.length))),
    messageCount: conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0),
  };
}

function countOf(messages: number): string {
  return messages === 1 ? "1 message" : `${messages} messages`;
}
