import { setTimeout as wait } from "node:timers/promises";
import { type APIMessage, Routes, SnowflakeUtil, ThreadAutoArchiveDuration } from "discord.js";
import type { ProgressCard, ThreadRef } from "../../src/types.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { rootContent } from "./card-view.ts";
import { commandOf, createMemory, DIRECT } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";
import { plainLine } from "./discord-text.ts";
import { LIMITS } from "./limits.ts";
import { hasKey, type Posting } from "./posting.ts";

/** Where a conversation really stands. */
export interface RunThread {
  /** The channel id that messages are posted to: of the thread, or of the place that has none. */
  channelId: string;
  /** Our message that the thread hangs on, where we answered a command with it. */
  root: { channelId: string; messageId: string; key: string } | null;
}

export interface RunThreads {
  /** Null when there is no such thread (any more). */
  find(thread: ThreadRef): Promise<RunThread | null>;
  /** The same, opened for this card when it is not there yet. */
  open(thread: ThreadRef, card: ProgressCard): Promise<RunThread>;
  /** The thread on the message that `threadId` names; the place itself in direct messages, which have no threads. */
  openOn(thread: ThreadRef, name: string): Promise<RunThread>;
  /** The reply to this command is on its way: whoever looks for it waits. */
  expectReply(interactionId: string, reply: Promise<string | null>): void;
}

/**
 * Threads hang on the asker's message, and have its id, or on our reply to a command, whose id nobody knew when the
 * question was stored. That reply is remembered here; a process that did not send it finds it in the channel.
 */
export function createRunThreads(api: DiscordApi, posting: Posting, applicationId: () => Promise<string>): RunThreads {
  const roots = createMemory<string>();
  const opened = createMemory<true>();
  const replies = createMemory<Promise<string | null>>(1_000);

  async function findRoot(channelId: string, command: string): Promise<string | null> {
    const known = roots.get(command) ?? (await replies.get(command));
    if (known != null) return known;
    const ours = await applicationId();
    const messages = await api.get<APIMessage[]>(Routes.channelMessages(channelId), { after: command, limit: "100" });
    const root = messages.find((message) => message.author.id === ours && isRootOf(message, command));
    if (root !== undefined) roots.set(command, root.id);
    return root?.id ?? null;
  }

  /** Another process may be about to reply: it has three seconds for it, from the id's own time on. */
  async function awaitRoot(channelId: string, command: string): Promise<string | null> {
    const latest = SnowflakeUtil.timestampFrom(command) + REPLY_MS;
    for (let look = 0; ; look += 1) {
      const root = await findRoot(channelId, command);
      if (root !== null || Date.now() > latest || look > MOST_LOOKS) return root;
      await wait(LOOK_AGAIN_MS);
    }
  }

  async function postRoot(channelId: string, command: string, card: ProgressCard): Promise<string> {
    const { id } = await posting.post(channelId, rootContent(card), { key: rootKey(command) });
    roots.set(command, id);
    return id;
  }

  async function startThread(channelId: string, messageId: string, question: string): Promise<void> {
    if (opened.get(messageId)) return;
    const name = plainLine(question, LIMITS.threadName) || "Research";
    try {
      const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
      await api.send("POST", Routes.threads(channelId, messageId), { body });
    } catch (error) {
      if (discordCodeOf(error) !== CODES.threadExists) throw error;
    }
    opened.set(messageId, true);
  }

  async function isThere(channelId: string): Promise<boolean> {
    try {
      await api.get(Routes.channel(channelId));
      return true;
    } catch (error) {
      if (discordCodeOf(error) === CODES.unknownChannel) return false;
      throw error;
    }
  }

  async function openOn({ workspaceId, channelId, threadId }: ThreadRef, name: string): Promise<RunThread> {
    if (threadId === null || workspaceId === DIRECT) return { channelId, root: null };
    if (!opened.get(threadId) && !(await isThere(threadId))) await startThread(channelId, threadId, name);
    return { channelId: threadId, root: null };
  }

  return {
    openOn,
    find: async ({ channelId, threadId }) => {
      if (threadId === null) return { channelId, root: null };
      const command = commandOf(threadId);
      if (command === null) return { channelId: threadId, root: null };
      const messageId = await findRoot(channelId, command);
      return messageId === null
        ? null
        : { channelId: messageId, root: { channelId, messageId, key: rootKey(command) } };
    },
    open: async (thread, card) => {
      const { channelId, threadId } = thread;
      if (threadId === null) return { channelId, root: null };
      const command = commandOf(threadId);
      if (command === null) return openOn(thread, card.question);
      const messageId = (await awaitRoot(channelId, command)) ?? (await postRoot(channelId, command, card));
      await startThread(channelId, messageId, card.question);
      return { channelId: messageId, root: { channelId, messageId, key: rootKey(command) } };
    },
    expectReply: (interactionId, reply) => {
      const remembered = reply.then((messageId) => {
        if (messageId !== null) roots.set(interactionId, messageId);
        return messageId;
      });
      replies.set(interactionId, remembered);
    },
  };
}

const REPLY_MS = 5_000;
const LOOK_AGAIN_MS = 500;
const MOST_LOOKS = 10;

function rootKey(command: string): string {
  return `${command}:root`;
}

function isRootOf(message: APIMessage, command: string): boolean {
  return message.interaction_metadata?.id === command || hasKey(message, rootKey(command));
}
