import { setTimeout as wait } from "node:timers/promises";
import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  GatewayIntentBits,
  type GatewayInteractionCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
  Options,
} from "discord.js";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";

/** The shards of this process, of all there are; null for all that Discord recommends. */
export type Shards = { from: number; to: number; of: number } | null;

/** What is heard; none of it may throw. */
export interface Ears {
  onInteraction(interaction: GatewayInteractionCreateDispatchData): void;
  onMessage(message: GatewayMessageCreateDispatchData): void;
  onDeletion(message: GatewayMessageDeleteDispatchData): void;
  /** The bot was brought into this server, or hears of it after a start. */
  onServer(guild: { id: string; joinedAt: string; systemChannelId: string | null }): void;
  /** The bot is not in this server any more. */
  onRemoval(guildId: string): void;
}

export interface GatewayOptions {
  token: string;
  /** Of the REST API. */
  address: string;
  shards: Shards;
  /** Was the message content intent granted to the application? */
  mayReadContent: boolean;
  ears: Ears;
  log: Logger;
}

export interface Gateway {
  /**
   * Resolves when all shards of this process hear; waits for a Discord that cannot be reached.
   *
   * @throws {RuminateError} CONFIG_INVALID when the token, the shards or the intents are refused
   */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Heartbeats, resuming and identifying again are the SDK's; events are taken as Discord sends them. */
export function createGateway(options: GatewayOptions): Gateway {
  const { token, log } = options;
  const stopped = new AbortController();
  let client: Client | null = null;

  async function connect(): Promise<void> {
    let refusal: string | null = null;
    client = createClient(options);
    client.on(Events.ShardDisconnect, ({ code }, shardId) => {
      refusal = REFUSALS[code] ?? `Discord closed the connection for good (${code}).`;
      log.error({ code, shardId, reason: refusal }, "shard refused");
    });
    try {
      await client.login(token);
    } catch (error) {
      const reason =
        refusal ?? (isTokenRefused(error) ? (REFUSALS[GatewayCloseCodes.AuthenticationFailed] ?? null) : null);
      throw reason === null ? error : new RuminateError("CONFIG_INVALID", reason);
    }
  }

  return {
    open: async () => {
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        try {
          return await connect();
        } catch (error) {
          stopped.signal.throwIfAborted();
          if (error instanceof RuminateError) throw error;
          log.warn({ err: error, pauseMs }, "Discord not reached, trying again");
          await wait(pauseMs, null, { signal: stopped.signal });
        }
      }
    },
    close: async () => {
      stopped.abort(new RuminateError("SHUTTING_DOWN", "The process is stopping."));
      await client?.destroy();
    },
  };
}

function createClient({ address, shards, mayReadContent, ears, log }: GatewayOptions): Client {
  const client = new Client({
    intents: intentsFor(mayReadContent),
    rest: { api: address },
    allowedMentions: { parse: [], repliedUser: false },
    // Nothing is looked up in it: what we need to know comes with the events.
    makeCache: Options.cacheWithLimits(NOTHING_KEPT),
    ...(shards === null ? {} : { shardCount: shards.of, shards: range(shards.from, shards.to) }),
  });
  client.ws.on(GatewayDispatchEvents.InteractionCreate, ears.onInteraction);
  client.ws.on(GatewayDispatchEvents.MessageCreate, ears.onMessage);
  client.ws.on(GatewayDispatchEvents.MessageDelete, ears.onDeletion);
  client.ws.on(
    GatewayDispatchEvents.GuildCreate,
    ({ id, joined_at: joinedAt, system_channel_id: systemChannelId }: GatewayGuildCreateDispatchData) =>
      ears.onServer({ id, joinedAt, systemChannelId }),
  );
  client.ws.on(GatewayDispatchEvents.GuildDelete, ({ id, unavailable }: GatewayGuildDeleteDispatchData) => {
    // Set when the server is only down. https://discord.com/developers/docs/events/gateway-events#guild-delete
    if (!unavailable) ears.onRemoval(id);
  });
  client.on(Events.ShardReconnecting, (shardId) => log.info({ shardId }, "shard reconnecting"));
  client.on(Events.ShardResume, (shardId, replayed) => log.info({ shardId, replayed }, "shard resumed"));
  client.on(Events.ShardError, (error, shardId) => log.warn({ err: error, shardId }, "shard failed"));
  client.on(Events.Error, (error) => log.warn({ err: error }, "Discord client failed"));
  return client;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const NOTHING_KEPT = {
  ...{ MessageManager: 0, ReactionManager: 0, PresenceManager: 0, VoiceStateManager: 0, GuildMemberManager: 0 },
  ...{ UserManager: 0, ThreadMemberManager: 0, GuildEmojiManager: 0, GuildStickerManager: 0, StageInstanceManager: 0 },
};

function intentsFor(mayReadContent: boolean): number {
  const always = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages;
  return mayReadContent ? always | GatewayIntentBits.MessageContent : always;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What no new try mends. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway (read 2026-11-22) */
const REFUSALS: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: "Discord refused the bot's token. Check DISCORD_TOKEN.",
  [GatewayCloseCodes.InvalidShard]: "Discord refused the shards. Check DISCORD_SHARDS.",
  [GatewayCloseCodes.ShardingRequired]: "The bot is in too many servers for so few shards. Check DISCORD_SHARDS.",
  [GatewayCloseCodes.DisallowedIntents]:
    "Discord has not granted the message content intent. Switch it on in the developer portal, or leave DISCORD_READ_MESSAGES empty.",
};

function isTokenRefused(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "TokenInvalid";
}
