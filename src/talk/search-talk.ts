import type { SearchBackend } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { termsOf } from "../words.ts";
import type { Conversation } from "./conversations.ts";
import { authorOf, bodyOf } from "./thread-page.ts";

interface Said {
  conversation: Conversation;
  line: string;
  terms: ReadonlySet<string>;
}

/** Finds the conversations in which the words were said, each shown by the message that has most of them. In memory only. */
export function createTalkSearch(conversations: readonly Conversation[]): SearchBackend {
  const said = conversations.flatMap((conversation) =>
    conversation.messages.map((message): Said => {
      const line = `${authorOf(message.author)}: ${bodyOf(message)}`;
      return { conversation, line, terms: new Set(termsOf(line)) };
    }),
  );
  const holding = new Map<string, number>();
  for (const { terms } of said) for (const term of terms) holding.set(term, (holding.get(term) ?? 0) + 1);
  const weightOf = (term: string) => Math.log(1 + said.length / (holding.get(term) ?? said.length));

  return {
    name: "talk",
    search: async (query, { limit, signal }) => {
      signal.throwIfAborted();
      const wanted = new Set(termsOf(query));
      const best = new Map<Conversation, { line: string; score: number }>();
      for (const { conversation, line, terms } of said) {
        const score = Array.from(wanted.intersection(terms), weightOf).reduce((sum, weight) => sum + weight, 0);
        if (score > (best.get(conversation)?.score ?? 0)) best.set(conversation, { line, score });
      }
      return Array.from(best)
        .sort(([, a], [, b]) => b.score - a.score)
        .slice(0, limit)
        .map(([conversation, { line }]) => hitOf(conversation, line));
    },
  };
}

export function hitOf({ url, title, messages }: Conversation, line: string): SearchHit {
  return { url, title, snippet: cleanLine(line, MAX_SNIPPET_CHARS), publishedAt: messages.at(-1)?.at ?? null };
}

const MAX_SNIPPET_CHARS = 300;
