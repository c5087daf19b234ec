import { randomUUID } from "node:crypto";
import { type APIChannel, Routes } from "discord.js";
import { makeSafe } from "../../src/chat/safe-markdown.ts";
import type { ChatPlatform } from "../../src/chat-ports.ts";
import type { ThreadRef } from "../../src/types.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { commandOf } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";
import { toDiscordMarkdown } from "./discord-text.ts";
import type { MessageContent } from "./limits.ts";
import type { Posting } from "./posting.ts";
import { type Replies, wordsContent } from "./replies.ts";

/** For one person alone: with the reply to what they pressed or called, else in a direct message. */
export function createPrivateWords(
  api: DiscordApi,
  posting: Posting,
  replies: Replies,
): Pick<ChatPlatform, "notify"> & {
  show(person: string, contents: MessageContent[], place: ThreadRef): Promise<void>;
} {
  /** The words were for the person alone: only that there are some is said where everybody reads it. */
  async function askForOpenDoor(mention: string, { channelId, threadId }: ThreadRef): Promise<void> {
    const content = wordsContent(`<@${mention}> ${CLOSED_DOOR}`);
    const options = { key: `door:${randomUUID()}`, mention };
    const place = threadId !== null && commandOf(threadId) === null ? threadId : channelId;
    try {
      await posting.post(place, content, options);
    } catch (error) {
      // The thread was never opened: nothing came of the question.
      if (discordCodeOf(error) !== CODES.unknownChannel || place === channelId) throw error;
      await posting.post(channelId, content, options);
    }
  }

  async function send(person: string, contents: readonly MessageContent[], thread?: ThreadRef): Promise<void> {
    const userId = userIdOf(person) ?? "";
    try {
      const { id } = await api.send<APIChannel>("POST", Routes.userChannels(), { body: { recipient_id: userId } });
      for (const content of contents) await posting.post(id, content, { key: `private:${randomUUID()}` });
    } catch (error) {
      if (discordCodeOf(error) !== CODES.closedToMessages || thread === undefined) throw error;
      await askForOpenDoor(userId, thread);
    }
  }

  return {
    notify: async (person, words, thread) => {
      const text = typeof words === "string" ? inert(words) : inert(words.text, words.links);
      if (!replies.keep(person, text)) await send(person, [wordsContent(text)], thread);
    },
    show: send,
  };
}

const CLOSED_DOOR =
  "I have to tell you something in private, but you take no direct messages from this server. Allow them, or ask me with /research.";

/** Words of ours may quote words of others: only links to these addresses or channels are alive. */
export function inert(markdown: string, links: readonly string[] = []): string {
  const text = toDiscordMarkdown(makeSafe(markdown, links));
  return links.filter((link) => CHANNEL.test(link)).reduce((shown, link) => shown.replaceAll(asDead(link), link), text);
}

/** "1234" of "discord:1234" */
export function userIdOf(person: string | undefined): string | null {
  return person?.split(":").at(-1) ?? null;
}

/** As it stands in foreign text. */
function asDead(channel: string): string {
  return toDiscordMarkdown(makeSafe(channel, []));
}

const CHANNEL = /^<#\d+>$/;
