import { type APIMessage, MessageType, Routes } from "discord.js";
import type { ThreadTalk } from "../../src/chat-ports.ts";
import type { SaidMessage, ThreadRef } from "../../src/types.ts";
import { cleanText } from "../../src/untrusted.ts";
import { discordCodeOf } from "./api-failure.ts";
import { commandOf, DIRECT } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";
import type { RunThreads } from "./run-threads.ts";

export interface ThreadReaderParts {
  api: DiscordApi;
  threads: RunThreads;
  botId(): Promise<string>;
  mayReadContent: boolean;
}

/**
 * What was said in a thread or a private conversation. Without the message content intent Discord gives the words of
 * messages that mention us, and empty ones for the rest.
 */
export function createThreadReader({ api, threads, botId, mayReadContent }: ThreadReaderParts) {
  /** The message that a thread hangs on stands outside of it. */
  async function readStarter({ channelId, threadId }: ThreadRef): Promise<APIMessage[]> {
    if (threadId === null || commandOf(threadId) !== null) return [];
    try {
      return [await api.get<APIMessage>(Routes.channelMessage(channelId, threadId))];
    } catch (error) {
      // A forum has none there, or it was deleted.
      if (discordCodeOf(error) !== null) return [];
      throw error;
    }
  }

  return async (thread: ThreadRef, limit: number): Promise<ThreadTalk> => {
    try {
      const place = await threads.find(thread);
      if (place === null) return { messages: [], hindrance: null };
      const query = { limit: String(Math.min(limit, MOST_READ)) };
      // Discord gives the newest first.
      const newest = await api.get<APIMessage[]>(Routes.channelMessages(place.channelId), query);
      const ownId = await botId();
      const all = [...(await readStarter(thread)), ...newest.toReversed()].filter(
        ({ author, type }) => author.id !== ownId && SAID.has(type),
      );
      const isHidden = !mayReadContent && thread.workspaceId !== DIRECT && all.some(isEmpty);
      const messages = all.filter(({ content }) => content !== "").map((message) => saidOf(message, ownId));
      return { messages, hindrance: isHidden ? ONLY_MENTIONS : null };
    } catch (error) {
      if (discordCodeOf(error) === null) throw error;
      return { messages: [], hindrance: NOT_ALLOWED };
    }
  };
}

function saidOf({ id, author, content, timestamp }: APIMessage, ownId: string): SaidMessage {
  const text = cleanText(content.replace(new RegExp(`<@!?${ownId}>`, "g"), " ")).trim();
  return { id, author: author.global_name ?? author.username, at: new Date(timestamp).toISOString(), text };
}

function isEmpty({ content, attachments, embeds }: APIMessage): boolean {
  return content === "" && attachments.length === 0 && embeds.length === 0;
}

const SAID: ReadonlySet<MessageType> = new Set([MessageType.Default, MessageType.Reply]);
// https://discord.com/developers/docs/resources/message#get-channel-messages (read 2026-11-22)
const MOST_READ = 100;
const ONLY_MENTIONS =
  "I can only read the messages here that mention me, and my own answers. Whoever runs me can grant the message content intent.";
const NOT_ALLOWED = "I cannot read what was said here before: I am missing the permission to read the message history.";
