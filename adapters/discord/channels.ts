import { type APIChannel, type APIMessage, ChannelType, Routes } from "discord.js";
import type { ThreadRef } from "../../src/types.ts";
import { discordCodeOf } from "./api-failure.ts";
import type { DiscordApi } from "./discord-api.ts";

/** What we need to know of a channel; none of it changes while it lives. */
export interface ChannelFacts {
  id: string;
  type: ChannelType;
  /** The channel that a thread belongs to. */
  parentId: string | null;
  guildId: string | null;
}

export interface Channels {
  factsOf(channelId: string): Promise<ChannelFacts>;
  /** Discord told them together with an event. */
  learn(channel: ChannelFacts): void;
  /** How the house names the conversation in a channel, a thread or a private channel. */
  threadOf(channelId: string): Promise<ThreadRef>;
  /** The conversation that a message opens: its thread, or the place itself where there are no threads. */
  threadFrom(channelId: string, messageId: string): Promise<ThreadRef>;
}

export function createChannels(api: DiscordApi): Channels {
  const facts = createMemory<ChannelFacts>();
  const names = createMemory<string>();

  async function factsOf(channelId: string): Promise<ChannelFacts> {
    const known = facts.get(channelId);
    if (known !== undefined) return known;
    const channel = readFacts(await api.get<APIChannel>(Routes.channel(channelId)));
    facts.set(channelId, channel);
    return channel;
  }

  /** A thread that hangs on our reply to a command is named after the command: that was known before the reply. */
  async function nameOf({ id, parentId }: ChannelFacts): Promise<string> {
    const known = names.get(id);
    if (known !== undefined) return known;
    const starter = parentId === null ? null : await readMessage(api, parentId, id);
    const interaction = starter?.interaction_metadata?.id;
    const name = interaction === undefined ? id : commandThread(interaction);
    names.set(id, name);
    return name;
  }

  async function threadOf(channelId: string): Promise<ThreadRef> {
    const channel = await factsOf(channelId);
    const place = { platform: "discord", workspaceId: channel.guildId ?? DIRECT };
    if (!isThread(channel)) return { ...place, channelId, threadId: null };
    return { ...place, channelId: channel.parentId ?? channelId, threadId: await nameOf(channel) };
  }

  return {
    factsOf,
    learn: (channel) => facts.set(channel.id, channel),
    threadOf,
    threadFrom: async (channelId, messageId) => {
      const thread = await threadOf(channelId);
      // A thread has the id of the message that it hangs on. https://discord.com/developers/docs/topics/threads
      return canHaveThreads(await factsOf(channelId)) ? { ...thread, threadId: messageId } : thread;
    },
  };
}

/** Discord's own name for the private part of itself. */
export const DIRECT = "@me";

/** Names the thread on our reply to a command, before there is one. */
export function commandThread(interactionId: string): string {
  return `${COMMAND_PREFIX}${interactionId}`;
}

/** The command whose reply the thread hangs on, or null for other threads. */
export function commandOf(threadId: string | null): string | null {
  return threadId?.startsWith(COMMAND_PREFIX) ? threadId.slice(COMMAND_PREFIX.length) : null;
}

const COMMAND_PREFIX = "command-";

export function readFacts(channel: Partial<APIChannel> & { id: string; type: ChannelType }): ChannelFacts {
  const parentId = "parent_id" in channel ? (channel.parent_id ?? null) : null;
  const guildId = "guild_id" in channel ? (channel.guild_id ?? null) : null;
  return { id: channel.id, type: channel.type, parentId, guildId };
}

export function isThread({ type }: Pick<ChannelFacts, "type">): boolean {
  return (
    type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread
  );
}

export function canHaveThreads({ type }: Pick<ChannelFacts, "type">): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
}

/** Null when it is not there, or not for us. */
async function readMessage(api: DiscordApi, channelId: string, messageId: string): Promise<APIMessage | null> {
  try {
    return await api.get<APIMessage>(Routes.channelMessage(channelId, messageId));
  } catch (error) {
    // A forum has threads and no messages, a channel may be closed to us: Discord says no in many ways.
    if (discordCodeOf(error) !== null) return null;
    throw error;
  }
}

export interface Memory<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** The newest entries. */
export function createMemory<Value>(most = 10_000): Memory<Value> {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
}
