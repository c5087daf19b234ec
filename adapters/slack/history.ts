import type { webApi } from "@slack/bolt";
import { slackErrorOf } from "./call-failure.ts";
import { METADATA_TYPE, type Place } from "./posting.ts";
import type { CallSlack } from "./slack-calls.ts";

/** A message as Slack gives it back, with what we use of it. */
export interface HistoryMessage {
  ts: string;
  threadTs: string | null;
  user: string | null;
  botId: string | null;
  subtype: string | null;
  text: string;
  /** Our own key, when the message is ours. */
  key: string | null;
  runId: string | null;
  fileNames: string[];
}

export interface History {
  /** Newest last. Of the thread, or of the channel when the place has none; only what came after `since` (a `ts`). */
  read(place: Place, options: { since?: string | null; limit: number }): Promise<HistoryMessage[]>;
  /** The newest message that fits, looked for in at most `pages` pages. */
  find(
    place: Place,
    fits: (message: HistoryMessage) => boolean,
    options?: { pages?: number },
  ): Promise<HistoryMessage | null>;
}

export function createHistory(callSlack: CallSlack): History {
  async function page(place: Place, cursor: string | undefined, options: { since?: string | null; limit: number }) {
    const { workspaceId, channelId, threadTs } = place;
    const shared = {
      channel: channelId,
      limit: options.limit,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
      ...(options.since ? { oldest: options.since } : {}),
    };
    const [method, parameters] =
      threadTs === null ? ["conversations.history", shared] : ["conversations.replies", { ...shared, ts: threadTs }];
    const reply = await callSlack<Reply>(workspaceId, method as string, parameters as Record<string, unknown>, {
      patienceMs: PATIENCE_MS,
    });
    return { messages: (reply.messages ?? []).map(readMessage), next: reply.response_metadata?.next_cursor ?? "" };
  }

  async function* pages(place: Place, options: { since?: string | null; limit: number; pages: number }) {
    let cursor: string | undefined;
    for (let read = 0; read < options.pages; read += 1) {
      const { messages, next } = await page(place, cursor, { ...options, limit: Math.min(options.limit, PAGE) });
      yield messages;
      if (next === "") return;
      cursor = next;
    }
  }

  return {
    read: async (place, { since = null, limit }) => {
      const messages: HistoryMessage[] = [];
      for await (const more of pages(place, { since, limit, pages: Math.ceil(limit / PAGE) })) messages.push(...more);
      return messages.toSorted(byTime).slice(-limit);
    },
    find: async (place, fits, { pages: most = MOST_PAGES } = {}) => {
      try {
        for await (const messages of pages(place, { limit: PAGE, pages: most })) {
          const found = messages.find(fits);
          if (found !== undefined) return found;
        }
        return null;
      } catch (error) {
        // The thread is gone with its first message: nothing stands in it any more.
        if (slackErrorOf(error) === "thread_not_found") return null;
        throw error;
      }
    },
  };
}

export function isOurs(message: HistoryMessage, key: string): boolean {
  return message.key === key;
}

/** Was it said by a person? Bots, joins and changes of the topic are no talk. */
export function isTalk({ user, botId, subtype }: Pick<HistoryMessage, "user" | "botId" | "subtype">): boolean {
  return (
    user !== null && botId === null && (subtype === null || subtype === "thread_broadcast" || subtype === "file_share")
  );
}

type Reply = webApi.ConversationsRepliesResponse | webApi.ConversationsHistoryResponse;
type Message = NonNullable<Reply["messages"]>[number];

// Slack gives at most 999 in a page and asks for 200 or less.
// https://docs.slack.dev/reference/methods/conversations.history (read 2026-11-22)
const PAGE = 200;
const MOST_PAGES = 5;
const PATIENCE_MS = 10_000;

function readMessage(message: Message): HistoryMessage {
  const { event_type: type, event_payload: payload } = (message.metadata ?? {}) as Metadata;
  const isTagged = type === METADATA_TYPE;
  return {
    ts: message.ts ?? "",
    threadTs: message.thread_ts ?? null,
    user: message.user ?? null,
    botId: message.bot_id ?? null,
    subtype: (message as { subtype?: string }).subtype ?? null,
    text: message.text ?? "",
    key: isTagged ? (payload?.key ?? null) : null,
    runId: isTagged ? (payload?.run_id ?? null) : null,
    fileNames: (message.files ?? []).map(({ name }) => name ?? ""),
  };
}

interface Metadata {
  event_type?: string;
  event_payload?: { key?: string; run_id?: string };
}

function byTime(a: HistoryMessage, b: HistoryMessage): number {
  return a.ts < b.ts ? -1 : 1;
}
