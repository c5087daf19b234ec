import { Routes } from "discord.js";
import { RuminateError } from "../../src/errors.ts";
import type { ThreadRef } from "../../src/types.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { type Channels, createMemory, DIRECT } from "./channels.ts";
import type { DiscordApi } from "./discord-api.ts";
import { allowedIn, managesGuild, missingIn, missingSentence } from "./permissions.ts";

/** What the bot may do where. */
export interface Rights {
  /** Names of the permissions that are missing to answer in this channel. */
  missingIn(channelId: string): Promise<string[]>;
  /** Does the person manage the server? In a private conversation nobody does. */
  isManager(userId: string, guildId: string): Promise<boolean>;
  /** Is the person no member of the server any more? False when Discord does not tell it. */
  isGone(userId: string, guildId: string): Promise<boolean>;
  /** Does the work; where Discord refuses it for a missing permission, the failure names that permission. */
  naming<Result>(thread: ThreadRef, work: () => Promise<Result>): Promise<Result>;
}

export function createRights(api: DiscordApi, channels: Channels, botId: () => Promise<string>): Rights {
  // When all that is needed was there. What is missing is looked at each time: somebody may just have granted it.
  const goodAt = createMemory<number>();

  async function look(channelId: string): Promise<string[]> {
    const facts = await channels.factsOf(channelId);
    const missing = missingIn(facts, await allowedIn(api, facts, await botId()));
    if (missing.length === 0) goodAt.set(channelId, performance.now());
    return missing;
  }

  return {
    missingIn: async (channelId) => {
      const known = goodAt.get(channelId);
      return known !== undefined && performance.now() - known < GOOD_FOR_MS ? [] : look(channelId);
    },
    isManager: async (userId, guildId) => guildId !== DIRECT && managesGuild(api, guildId, userId),
    isGone: async (userId, guildId) => {
      if (guildId === DIRECT) return false;
      try {
        await api.get(Routes.guildMember(guildId, userId));
        return false;
      } catch (error) {
        return discordCodeOf(error) === CODES.unknownMember;
      }
    },
    naming: async ({ channelId }, work) => {
      try {
        return await work();
      } catch (error) {
        const code = discordCodeOf(error);
        if (code !== CODES.missingPermissions && code !== CODES.missingAccess) throw error;
        // Without a look at the channel the refusal itself is all that is known.
        const missing = await look(channelId).catch(() => []);
        if (missing.length === 0) throw error;
        const details = { discordCode: code };
        throw new RuminateError("POST_FAILED", missingSentence(missing), { cause: error, details });
      }
    },
  };
}

const GOOD_FOR_MS = 60_000;
