import { type APIChannel, type APIMessage, ChannelType, Routes, SnowflakeUtil } from "discord.js";
import { z } from "zod";
import type { TalkPage } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import type { ThreadRef } from "../../src/types.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { type Channels, canHaveThreads, DIRECT } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";
import type { Rights } from "./rights.ts";
import { type ExportedMessage, messagesIn, toTalk } from "./talk-export.ts";

export interface TalkParts {
  api: DiscordApi;
  channels: Channels;
  rights: Rights;
  botId(): Promise<string>;
  /** Was the message content intent granted? Without it Discord gives messages without their words. */
  mayReadContent: boolean;
}

/** Pages of a channel: its own messages, oldest first, then those of its threads. */
export function createTalkReader({ api, channels, rights, botId, mayReadContent }: TalkParts) {
  async function begin(channel: ThreadRef, since: string): Promise<Cursor> {
    const facts = await channels.factsOf(channel.channelId);
    const threads =
      canHaveThreads(facts) && facts.guildId !== null ? await threadsOf(facts.guildId, facts.id, since) : [];
    return { places: [channel.channelId, ...threads], after: snowflakeOf(since) };
  }

  /** Active ones, and the newest archived ones: who speaks in a thread wakes it. */
  async function threadsOf(guildId: string, channelId: string, since: string): Promise<string[]> {
    const active = await api.get<ThreadList>(Routes.guildActiveThreads(guildId));
    const archived = await api.get<ThreadList>(Routes.channelThreads(channelId, "public"), { limit: "100" });
    const isFresh = ({ last_message_id: last }: Thread) => last != null && BigInt(last) > BigInt(snowflakeOf(since));
    // Not everybody in the channel may read its private threads.
    return [...active.threads.filter(({ parent_id: parent }) => parent === channelId), ...archived.threads]
      .filter((thread) => thread.type !== ChannelType.PrivateThread && isFresh(thread))
      .map(({ id }) => id);
  }

  async function read(channel: ThreadRef, since: string, cursor: string | null): Promise<TalkPage> {
    const { places, after } = cursor === null ? await begin(channel, since) : cursorShape.parse(JSON.parse(cursor));
    const [place = channel.channelId, ...others] = places;
    const query = { limit: String(PAGE), after };
    const messages = await api.get<APIMessage[]>(Routes.channelMessages(place), query);
    const last = newestOf(messages.map(({ id }) => id));
    const next: Cursor | null =
      messages.length === PAGE && last !== null
        ? { places: [place, ...others], after: last }
        : others.length > 0
          ? { places: others, after: snowflakeOf(since) }
          : null;
    const guildId = channel.workspaceId === DIRECT ? null : channel.workspaceId;
    return {
      messages: toTalk(said(messages, place, { channelId: channel.channelId, botId: await botId() }), {
        guildId,
        channelId: place,
      }),
      next: next === null ? null : JSON.stringify(next),
      pauseMs: 0,
    };
  }

  return async (channel: ThreadRef, since: string, cursor: string | null): Promise<TalkPage> => {
    if (!mayReadContent) throw new RuminateError("HISTORY_UNAVAILABLE", NO_CONTENT_WORDS);
    try {
      return await rights.naming(channel, () => read(channel, since, cursor));
    } catch (error) {
      throw unavailable(error) ?? error;
    }
  };
}

type Thread = APIChannel & { parent_id?: string | null; last_message_id?: string | null };
interface ThreadList {
  threads: Thread[];
}

/** Ids only: it may be stored. */
const cursorShape = z.object({
  /** The channel and its threads, as far as they are still to be read. */
  places: z.array(z.string().regex(/^\d+$/)),
  /** What was read last in the first of them. */
  after: z.string().regex(/^\d+$/),
});
type Cursor = z.infer<typeof cursorShape>;

/** What is said in a thread belongs to the message that it hangs on, whose id it has. What is asked of us is no part of it. */
function said(
  messages: readonly APIMessage[],
  place: string,
  { channelId, botId }: { channelId: string; botId: string },
): ExportedMessage[] {
  const found = messagesIn(messages).messages.filter(({ mentions }) => !mentions?.some(({ id }) => id === botId));
  return place === channelId ? found : found.map((message) => ({ ...message, thread_id: place }));
}

function unavailable(error: unknown): RuminateError | null {
  const code = discordCodeOf(error);
  const isClosed = code === CODES.missingAccess || code === CODES.missingPermissions || code === CODES.unknownChannel;
  if (!isClosed || !(error instanceof RuminateError)) return null;
  const words = error.message.startsWith("I cannot") ? error.message : CLOSED_WORDS;
  return new RuminateError("HISTORY_UNAVAILABLE", words, { cause: error });
}

const CLOSED_WORDS = "I cannot read this channel (any more). Whoever manages the server can let me in.";
const NO_CONTENT_WORDS =
  "I only see messages that mention me, so I cannot tell what is said in a channel. Whoever runs me can grant me the Message Content intent.";

// https://discord.com/developers/docs/resources/message#get-channel-messages (read 2026-11-22)
const PAGE = 100;

function newestOf(ids: readonly string[]): string | null {
  return ids.reduce<string | null>(
    (newest, id) => (newest === null || BigInt(id) > BigInt(newest) ? id : newest),
    null,
  );
}

/** The least id of a message that was sent then. */
export function snowflakeOf(time: string): string {
  return SnowflakeUtil.generate({ timestamp: Date.parse(time), increment: 0n, workerId: 0n, processId: 0n }).toString();
}
