import { type APIChannel, type APIGuild, type APIGuildMember, PermissionFlagsBits, Routes } from "discord.js";
import type { ChannelFacts } from "./channels.ts";
import { canHaveThreads, isThread } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";

/** What the code needs, by the names that Discord shows in its settings; the invite link is made of it. */
export const NEEDED = {
  "View Channels": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Create Public Threads": PermissionFlagsBits.CreatePublicThreads,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
  "Attach Files": PermissionFlagsBits.AttachFiles,
} as const;

type Name = keyof typeof NEEDED;

/** Where an administrator lets the bot in, with no more than it needs. */
export function inviteUrl(applicationId: string): string {
  const permissions = Object.values(NEEDED).reduce((all, bit) => all | bit, 0n);
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`;
}

/** What is missing to answer there; `allowed` are permission bits. */
export function missingIn(place: Pick<ChannelFacts, "type" | "guildId">, allowed: bigint): Name[] {
  if (place.guildId === null || (allowed & PermissionFlagsBits.Administrator) !== 0n) return [];
  return neededIn(place).filter((name) => (allowed & NEEDED[name]) === 0n);
}

function neededIn(place: Pick<ChannelFacts, "type">): Name[] {
  const always: Name[] = ["View Channels", "Read Message History", "Attach Files"];
  if (isThread(place)) return [...always, "Send Messages in Threads"];
  if (canHaveThreads(place)) return [...always, "Send Messages", "Create Public Threads", "Send Messages in Threads"];
  return [...always, "Send Messages"];
}

/**
 * What the bot may do in a channel, as Discord computes it.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites (read 2026-11-22)
 */
export async function allowedIn(
  api: DiscordApi,
  { id, parentId, guildId, ...facts }: ChannelFacts,
  botId: string,
): Promise<bigint> {
  if (guildId === null) return 0n;
  // A thread has the permissions of its channel.
  const channelId = isThread(facts) && parentId !== null ? parentId : id;
  const [guild, member, channel] = await Promise.all([
    api.get<APIGuild>(Routes.guild(guildId)),
    api.get<APIGuildMember>(Routes.guildMember(guildId, botId)),
    api.get<APIChannel>(Routes.channel(channelId)),
  ]);
  const roles = new Set([guildId, ...member.roles]);
  const base = guild.roles
    .filter((role) => roles.has(role.id))
    .reduce((all, role) => all | BigInt(role.permissions), 0n);
  const overwrites = "permission_overwrites" in channel ? (channel.permission_overwrites ?? []) : [];
  const ofRoles = overwrites.filter((overwrite) => overwrite.id !== guildId && roles.has(overwrite.id));
  const steps = [
    overwrites.filter((overwrite) => overwrite.id === guildId),
    ofRoles,
    overwrites.filter((overwrite) => overwrite.id === botId),
  ];
  return steps.reduce((allowed, step) => {
    const denied = step.reduce((all, { deny }) => all | BigInt(deny), 0n);
    const granted = step.reduce((all, { allow }) => all | BigInt(allow), 0n);
    return (allowed & ~denied) | granted;
  }, base);
}

/** The owner, and whoever may manage the server by one of the roles. */
export async function managesGuild(api: DiscordApi, guildId: string, userId: string): Promise<boolean> {
  const [guild, member] = await Promise.all([
    api.get<APIGuild>(Routes.guild(guildId)),
    api.get<APIGuildMember>(Routes.guildMember(guildId, userId)),
  ]);
  if (guild.owner_id === userId) return true;
  const roles = new Set([guildId, ...member.roles]);
  const allowed = guild.roles
    .filter((role) => roles.has(role.id))
    .reduce((all, role) => all | BigInt(role.permissions), 0n);
  return (allowed & (PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild)) !== 0n;
}

/** "I may not send messages here …" */
export function missingSentence(missing: readonly string[]): string {
  return `I cannot answer there: I am missing the permission ${missing.map((name) => `**${name}**`).join(", ")}. Whoever manages the server can grant it to me in the channel's settings.`;
}
