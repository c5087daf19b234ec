/** What the fake Discord knows: guilds, channels, messages, people, interactions, and what time it is. */

export interface DiscordUser {
  id: string;
  username: string;
  bot: boolean;
  /** Takes private messages from the bot. */
  hasOpenDoor: boolean;
}

export interface DiscordMessage {
  id: string;
  channel_id: string;
  guild_id?: string;
  author: DiscordUser;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  flags: number;
  type: number;
  components: Part[];
  embeds: Part[];
  attachments: { id: string; filename: string; size: number; url: string }[];
  mentions: DiscordUser[];
  nonce?: string;
  message_reference?: { message_id: string; channel_id: string };
  webhook_id?: string;
  interaction_metadata?: { id: string; type: number; user: DiscordUser };
}

/** A component as it is sent. */
export type Part = Record<string, unknown> & { type?: number };

export interface DiscordChannel {
  id: string;
  type: number;
  guildId: string | null;
  name: string;
  parentId: string | null;
  /** What is denied to everybody here, as permission bits. */
  denied: bigint;
  isArchived: boolean;
  isLocked: boolean;
  messages: DiscordMessage[];
  /** Other side of a private conversation. */
  recipient: DiscordUser | null;
}

export interface DiscordInteraction {
  id: string;
  token: string;
  createdAtMs: number;
  channel: DiscordChannel;
  user: DiscordUser;
  /** Callback types, in order; empty = nobody answered. */
  answers: number[];
  /** What only this person sees. */
  whispers: DiscordMessage[];
  /** The message that the first answer made, public or not. */
  original: DiscordMessage | null;
  /** The form that was opened. */
  modal: Part | null;
  choices: { name: string; value: string }[] | null;
  /** The message whose button was pressed. */
  message: DiscordMessage | null;
  type: number;
}

export interface DiscordWorld {
  readonly token: string;
  readonly applicationId: string;
  readonly bot: DiscordUser;
  readonly guildId: string;
  readonly channels: Map<string, DiscordChannel>;
  readonly people: Map<string, DiscordUser>;
  readonly interactions: Map<string, DiscordInteraction>;
  readonly commands: Map<string, Part[]>;
  /** Everybody who was really notified, in order. */
  readonly pings: string[];
  /** Ids of the people who have the role "managers". */
  readonly managers: Set<string>;
  readonly managersRole: string;
  /** Is the bot still a member of the guild? */
  isMember: boolean;
  nowMs(): number;
  /** The clock of this Discord goes forward; nothing waits. */
  advance(milliseconds: number): void;
  newId(): string;
  person(name: string, details?: Partial<DiscordUser>): DiscordUser;
  channel(name: string, details?: Partial<DiscordChannel>): DiscordChannel;
  /** The private conversation with a person. */
  directChannel(user: DiscordUser): DiscordChannel;
}

// https://discord.com/developers/docs/topics/permissions (read 2026-11-22)
export const PERMISSIONS = {
  ManageGuild: 1n << 5n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;
export const EVERYTHING = Object.values(PERMISSIONS).reduce((all, bit) => all | bit, 0n) & ~PERMISSIONS.ManageGuild;
export const CHANNEL = { text: 0, direct: 1, voice: 2, announcement: 5, publicThread: 11, forum: 15 } as const;

export function createWorld(): DiscordWorld {
  const startedAtMs = Date.now();
  let aheadMs = 0;
  let last = 0n;
  const nowMs = (): number => Date.now() + aheadMs;

  /** Milliseconds since 2015 and a count: later ids are greater. */
  function newId(): string {
    const id = BigInt(nowMs() - DISCORD_EPOCH_MS) << 22n;
    last = id > last ? id : last + 1n;
    return last.toString();
  }

  const applicationId = newId();
  const bot: DiscordUser = { id: applicationId, username: "Ruminate", bot: true, hasOpenDoor: false };
  const world: DiscordWorld = {
    token: `${Buffer.from(applicationId).toString("base64url")}.${startedAtMs.toString(36)}.fake-secret-of-the-bot`,
    applicationId,
    bot,
    guildId: newId(),
    channels: new Map(),
    people: new Map([[bot.id, bot]]),
    interactions: new Map(),
    commands: new Map(),
    pings: [],
    managers: new Set(),
    managersRole: newId(),
    isMember: true,
    nowMs,
    advance: (milliseconds) => {
      aheadMs += milliseconds;
    },
    newId,
    person: (name, details = {}) => {
      const user = { id: newId(), username: name, bot: false, hasOpenDoor: true, ...details };
      world.people.set(user.id, user);
      return user;
    },
    channel: (name, details = {}) => {
      const channel: DiscordChannel = {
        ...{ id: newId(), type: CHANNEL.text, guildId: world.guildId, name, parentId: null, denied: 0n },
        ...{ isArchived: false, isLocked: false, messages: [], recipient: null },
        ...details,
      };
      world.channels.set(channel.id, channel);
      return channel;
    },
    directChannel: (user) => {
      const known = Array.from(world.channels.values()).find(({ recipient }) => recipient?.id === user.id);
      return known ?? world.channel("", { type: CHANNEL.direct, guildId: null, recipient: user });
    },
  };
  return world;
}

/** What the bot may do there; a thread has the permissions of its channel. */
export function allowedIn(world: DiscordWorld, channel: DiscordChannel): bigint {
  if (channel.guildId === null) return EVERYTHING;
  if (!world.isMember) return 0n;
  const parent = channel.parentId === null ? undefined : world.channels.get(channel.parentId);
  return EVERYTHING & ~(parent?.denied ?? 0n) & ~channel.denied;
}

export function isThread({ type }: DiscordChannel): boolean {
  return type >= 10 && type <= 12;
}

/** A channel as Discord tells it. */
export function channelView(channel: DiscordChannel, world: DiscordWorld): Part {
  const { id, type, name, parentId, guildId, isArchived, isLocked, denied, recipient } = channel;
  return {
    ...{ id, type, name, parent_id: parentId, last_message_id: channel.messages.at(-1)?.id ?? null },
    ...(guildId === null ? { recipients: [recipient] } : { guild_id: guildId }),
    ...(isThread(channel)
      ? {
          thread_metadata: { archived: isArchived, locked: isLocked, auto_archive_duration: 1440 },
          owner_id: world.bot.id,
        }
      : { permission_overwrites: [{ id: world.guildId, type: 0, allow: "0", deny: denied.toString() }] }),
  };
}

const DISCORD_EPOCH_MS = 1_420_070_400_000;
