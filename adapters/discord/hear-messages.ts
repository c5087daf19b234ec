import { setTimeout as wait } from "node:timers/promises";
import { type GatewayMessageCreateDispatchData, type GatewayMessageDeleteDispatchData, MessageType } from "discord.js";
import type { Logger } from "pino";
import type { ChatHandlers, IncomingMessage } from "../../src/chat-ports.ts";
import { asRuminateError, userMessageFor } from "../../src/errors.ts";
import type { ThreadRef } from "../../src/types.ts";
import { cleanText } from "../../src/untrusted.ts";
import type { Channels } from "./channels.ts";
import type { Ears } from "./gateway.ts";
import { missingSentence } from "./permissions.ts";
import { qualify } from "./read-interaction.ts";

export interface HearMessagesParts {
  channels: Channels;
  botId(): Promise<string>;
  handlers: ChatHandlers;
  /** Names of the permissions that are missing to answer in this channel. */
  missingIn(channelId: string): Promise<string[]>;
  notify(person: string, text: string, thread?: ThreadRef): Promise<void>;
  log: Logger;
}

/** Mentions and direct messages. They reach every bot whose name is called, also without the message content intent. */
export function createHearMessages({ channels, botId, handlers, missingIn, notify, log }: HearMessagesParts) {
  async function hear(message: GatewayMessageCreateDispatchData, ownId: string): Promise<void> {
    const person = qualify(message.author.id);
    const missing = message.guild_id === undefined ? [] : await missingIn(message.channel_id);
    if (missing.length > 0) return notify(person, missingSentence(missing));
    const thread = await channels.threadFrom(message.channel_id, message.id);
    const sentAt = new Date(message.timestamp).toISOString();
    await hand({
      eventId: message.id,
      messageId: message.id,
      thread,
      asker: person,
      text: textOf(message, ownId),
      sentAt,
      isReply: thread.threadId !== message.id,
    });
  }

  /** The gateway does not send again what we could not store: it is tried again here, and then said. */
  async function hand(message: IncomingMessage): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await handlers.onMessage(message);
      } catch (error) {
        const reason = asRuminateError(error);
        log.warn({ err: reason, errorCode: reason.code, tries }, "message not stored");
        if (tries === MOST_TRIES || reason.code === "SHUTTING_DOWN")
          return notify(message.asker, userMessageFor(reason), message.thread);
        await wait(tries * PAUSE_MS);
      }
    }
  }

  async function withdraw({ id, channel_id: channelId }: GatewayMessageDeleteDispatchData): Promise<void> {
    await handlers.onWithdraw({ thread: await channels.threadFrom(channelId, id), messageId: id });
  }

  const safely = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, "message not handled");
    }
  };

  return {
    onCreate: (message: GatewayMessageCreateDispatchData): Promise<void> =>
      safely(async () => {
        const ownId = await botId();
        if (isForUs(message, ownId)) await hear(message, ownId);
      }),
    onDelete: (message: GatewayMessageDeleteDispatchData): Promise<void> => safely(() => withdraw(message)),
    /** Discord tells of every server after each start: only what is new is a reason to say hello. */
    onServer: ({ id, joinedAt, systemChannelId }: JoinedServer): Promise<void> =>
      safely(async () => {
        const isNew = Date.now() - Date.parse(joinedAt) < NEW_MS;
        if (!isNew || systemChannelId === null || (await missingIn(systemChannelId)).length > 0) return;
        await handlers.onJoined({ platform: "discord", workspaceId: id, channelId: systemChannelId, threadId: null });
      }),
    onRemoval: (guildId: string): Promise<void> =>
      safely(() => handlers.onRemoved({ platform: "discord", workspaceId: guildId, at: new Date().toISOString() })),
  };
}

type JoinedServer = Parameters<Ears["onServer"]>[0];

const NEW_MS = 24 * 60 * 60_000;
const MOST_TRIES = 3;
const PAUSE_MS = 1_000;

/** Said by a person, and to us. Bots, web hooks and notices of Discord are not heard. */
function isForUs(
  { author, webhook_id: webhook, type, guild_id: guildId, mentions }: GatewayMessageCreateDispatchData,
  botId: string,
): boolean {
  if (author.bot || webhook !== undefined) return false;
  if (type !== MessageType.Default && type !== MessageType.Reply) return false;
  return guildId === undefined || mentions.some(({ id }) => id === botId);
}

/** Without our name; who only calls us under somebody's words means those words. */
function textOf(message: GatewayMessageCreateDispatchData, botId: string): string {
  const own = cleanText(message.content.replace(new RegExp(`<@!?${botId}>`, "g"), " ")).trim();
  const quoted = message.referenced_message;
  const isAboutOther = own === "" && quoted != null && quoted.author.id !== botId;
  return isAboutOther ? cleanText(quoted.content) : own;
}
