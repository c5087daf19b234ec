import { registerBot } from "../adapters/discord/check-bot.ts";
import { readConfig, secretsOf } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createLog } from "./log.ts";

/** Tells Discord which commands there are, in all servers or in the one of DISCORD_GUILD, and says where to invite the bot. */
export async function registerCommands(_argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(environment);
  const { DISCORD_TOKEN: token, DISCORD_API_URL: address, DISCORD_GUILD: guildId } = config;
  if (token === undefined) throw new RuminateError("CONFIG_INVALID", "DISCORD_TOKEN is not set; see .env.example.");
  const log = createLog({ level: config.LOG_LEVEL ?? "fatal", secrets: secretsOf(config) });
  const { changed, inviteUrl } = await registerBot({ token, address, log }, guildId ?? null);
  const where = guildId === undefined ? "in all servers" : `in the server ${guildId}`;
  const what = changed === "changed" ? "The commands are registered" : "The commands were registered already";
  process.stdout.write(`${what} ${where}.\nInvite the bot: ${inviteUrl}\n`);
  return 0;
}
