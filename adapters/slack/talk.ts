import { webApi } from "@slack/bolt";
import { z } from "zod";
import type { TalkPage } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import type { TalkMessage, ThreadRef } from "../../src/types.ts";
import type { Addresses } from "./addresses.ts";
import { slackErrorOf } from "./call-failure.ts";
import { timeOf } from "./hear-messages.ts";
import { isTalk } from "./history.ts";
import type { People } from "./people.ts";
import type { CallSlack } from "./slack-calls.ts";
import { readText } from "./slack-text.ts";
import { permalinkOf, withNames } from "./talk-export.ts";

/**
 * How an app may read history. `full`: made for one workspace, or listed in the Marketplace. `slow`: distributed otherwise;
 * one request of 15 messages a minute. https://docs.slack.dev/changelog/2025/05/29/tos-updates (read 2026-11-27)
 */
export type HistoryPace = "full" | "slow" | "off";

export interface TalkParts {
  callSlack: CallSlack;
  addresses: Pick<Addresses, "of">;
  people: People;
  botUserIdIn(workspaceId: string): Promise<string>;
  pace: HistoryPace;
}

/** Pages of a channel: first its own messages, newest first, then one thread after the other. */
export function createTalkReader({ callSlack, addresses, people, botUserIdIn, pace }: TalkParts) {
  async function ask(channel: ThreadRef, since: string, place: Cursor): Promise<Reply> {
    const [threadTs] = place.threads;
    const isMain = !place.isMainRead;
    const method = isMain ? "conversations.history" : "conversations.replies";
    const parameters = {
      channel: channel.channelId,
      limit: pace === "slow" ? SLOW_PAGE : PAGE,
      oldest: isMain && pace === "full" ? earlier(since) : tsOf(since),
      ...(isMain ? {} : { ts: threadTs }),
      ...(place.cursor === null ? {} : { cursor: place.cursor }),
    };
    try {
      return await callSlack<Reply>(channel.workspaceId, method, parameters, { patienceMs: PATIENCE_MS });
    } catch (error) {
      // The thread went with its first message.
      if (!isMain && slackErrorOf(error) === "thread_not_found") return { ok: true };
      throw unavailable(error) ?? error;
    }
  }

  async function toTalk(channel: ThreadRef, found: readonly Message[]): Promise<TalkMessage[]> {
    const { workspaceId, channelId } = channel;
    const address = await addresses.of(workspaceId);
    const mentioned = found.flatMap(({ text = "" }) => Array.from(text.matchAll(/<@([UW]\w+)/g), ([, id]) => id ?? ""));
    const names = await people.namesOf(workspaceId, [...found.map(({ user }) => user ?? ""), ...mentioned]);
    return found.map(({ ts = "", thread_ts: threadId = ts, user = "", text = "", reply_count: replies = 0 }) => ({
      id: ts,
      author: names.get(user) ?? user,
      at: timeOf(ts),
      text: readText(withNames(text, names), { botUserId: null }),
      permalink: permalinkOf(address, channelId, ts, threadId),
      threadId,
      replies,
    }));
  }

  return async (channel: ThreadRef, since: string, cursor: string | null): Promise<TalkPage> => {
    if (pace === "off") throw new RuminateError("HISTORY_UNAVAILABLE", OFF_WORDS);
    const place = readCursor(cursor);
    const reply = await ask(channel, since, place);
    const messages = reply.messages ?? [];
    // What is asked of us is no part of the talk.
    const ours = `<@${await botUserIdIn(channel.workspaceId)}`;
    const isNew = ({ ts = "", text = "" }: Message) => ts > tsOf(since) && !text.includes(ours);
    const fresh = messages.filter((message) => isSaid(message) && isNew(message));
    const next = after(place, reply, since);
    return {
      messages: await toTalk(channel, fresh),
      next: next === null ? null : JSON.stringify(next),
      pauseMs: pace === "slow" && next !== null ? SLOW_PAUSE_MS : 0,
    };
  };
}

type Reply = webApi.ConversationsHistoryResponse | webApi.ConversationsRepliesResponse;
type Message = NonNullable<webApi.ConversationsHistoryResponse["messages"]>[number];

/** Ids and times only: it may be stored. */
const cursorShape = z.object({
  isMainRead: z.boolean(),
  /** Slack's own, within what is being read. */
  cursor: z.string().nullable(),
  /** Threads that are still to be read. */
  threads: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorShape>;

function readCursor(text: string | null): Cursor {
  if (text === null) return { isMainRead: false, cursor: null, threads: [] };
  return cursorShape.parse(JSON.parse(text));
}

function after(place: Cursor, reply: Reply, since: string): Cursor | null {
  const goesOn = reply.response_metadata?.next_cursor || null;
  if (place.isMainRead) {
    const threads = goesOn === null ? place.threads.slice(1) : place.threads;
    return threads.length === 0 ? null : { isMainRead: true, cursor: goesOn, threads };
  }
  const found = ((reply.messages ?? []) as Message[]).flatMap(({ ts, reply_count: count = 0, latest_reply: latest }) =>
    ts !== undefined && count > 0 && (latest ?? ts) > tsOf(since) ? [ts] : [],
  );
  const threads = [...place.threads, ...found];
  if (goesOn === null && threads.length === 0) return null;
  return { isMainRead: goesOn === null, cursor: goesOn, threads };
}

function isSaid({ user, bot_id: botId, ...message }: Message): boolean {
  return isTalk({
    user: user ?? null,
    botId: botId ?? null,
    subtype: (message as { subtype?: string }).subtype ?? null,
  });
}

/** Why a talk is not to be had, in words for people; null for what may pass. */
function unavailable(error: unknown): RuminateError | null {
  const code = slackErrorOf(error) ?? "";
  const words =
    code === "missing_scope"
      ? `I may not read what is said in this channel: the app lacks the permission ${neededScope(error)}. Whoever manages the workspace can grant it by installing the app again.`
      : WORDS[code];
  return words === undefined ? null : new RuminateError("HISTORY_UNAVAILABLE", words, { cause: error });
}

function neededScope(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const needed = cause instanceof webApi.WebAPIPlatformError ? (cause.data as { needed?: string }).needed : undefined;
  return needed ?? "to read its history";
}

const NOT_IN_WORDS = "I can only tell what is said in channels that I am in. Invite me with /invite @Ruminate.";
const WORDS: Readonly<Record<string, string>> = {
  not_in_channel: NOT_IN_WORDS,
  channel_not_found: NOT_IN_WORDS,
  not_allowed_token_type: "Slack lets this app read no history.",
};
const OFF_WORDS = "Digests of what is said in a channel are switched off here: Slack lets this app read no history.";

// Slack asks for 200 or less. https://docs.slack.dev/reference/methods/conversations.history (read 2026-11-22)
const PAGE = 200;
const SLOW_PAGE = 15;
const SLOW_PAUSE_MS = 60_000;
// The caller can wait longer than a person, but not while it holds a connection.
const PATIENCE_MS = 30_000;
// A thread is found by its first message, which may be older than what is new in it.
const THREADS_BEFORE_MS = 7 * 86_400_000;

function earlier(since: string): string {
  return tsOf(new Date(Date.parse(since) - THREADS_BEFORE_MS).toISOString());
}

/** A time as Slack's message ids tell it. */
export function tsOf(time: string): string {
  return (Date.parse(time) / 1000).toFixed(6);
}
