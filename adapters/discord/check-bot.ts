import { Routes } from "discord.js";
import { RuminateError } from "../../src/errors.ts";
import { type Registration, registerCommands, registrationOf } from "./commands.ts";
import { type ApiOptions, createDiscordApi, type DiscordApi } from "./discord-api.ts";
import { inviteUrl } from "./permissions.ts";

/**
 * Who the token belongs to, and what has to be mended; `problem` is null when nothing has.
 *
 * @throws {RuminateError} CONFIG_INVALID when Discord refuses the token or does not answer
 */
export function checkBot(
  options: ApiOptions,
  guildId: string | null,
): Promise<{ found: string; problem: string | null }> {
  return withApi(options, async (api) => {
    const { id, name } = await whoAmI(api);
    const registered = await registrationOf(api, id, guildId);
    const problem = registered === "unchanged" ? null : "Register the commands: npm run discord:register.";
    return { found: `${name} (${id})`, problem };
  });
}

/** @throws {RuminateError} CONFIG_INVALID when Discord refuses the token or the commands, or does not answer */
export function registerBot(
  options: ApiOptions,
  guildId: string | null,
): Promise<{ changed: Registration; inviteUrl: string }> {
  return withApi(options, async (api) => {
    const { id } = await whoAmI(api);
    return { changed: await registerCommands(api, id, guildId), inviteUrl: inviteUrl(id) };
  });
}

async function withApi<Result>(options: ApiOptions, work: (api: DiscordApi) => Promise<Result>): Promise<Result> {
  const api = createDiscordApi(options);
  try {
    return await work(api);
  } catch (error) {
    // Whoever set the bot up reads this, and can act on Discord's own words.
    const words = error instanceof RuminateError ? error.message : "Discord cannot be reached.";
    throw new RuminateError("CONFIG_INVALID", words, { cause: error });
  } finally {
    api.close();
  }
}

function whoAmI(api: DiscordApi): Promise<{ id: string; name: string }> {
  return api.get<{ id: string; name: string }>(Routes.currentApplication());
}
