import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createLog } from "./log.ts";
import type { Check } from "./role-doctor.ts";

/** Discord, when its token is set; else null. Its libraries are loaded only then. */
export async function openDiscord(config: Config, { log }: { log: Logger }): Promise<ChatPlatform | null> {
  const { DISCORD_TOKEN: token, DISCORD_SHARDS, DISCORD_READ_MESSAGES, DISCORD_API_URL } = config;
  if (token === undefined) return null;
  const [{ createDiscord }, { renderMarkdownReport }] = await Promise.all([
    import("../adapters/discord/discord.ts"),
    import("./research/provenance.ts"),
  ]);
  return createDiscord({
    token,
    address: DISCORD_API_URL,
    shards: DISCORD_SHARDS ?? null,
    mayReadContent: DISCORD_READ_MESSAGES,
    renderReport: renderMarkdownReport,
    log,
  });
}

/** Does Discord take the token, and are the commands those of this version? */
export async function checkDiscord(config: Config): Promise<Check | null> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: address, DISCORD_GUILD: guildId } = config;
  if (token === undefined) return null;
  const { checkBot } = await import("../adapters/discord/check-bot.ts");
  try {
    const { found, problem } = await checkBot(
      { token, address, log: createLog({ level: "silent", secrets: [] }) },
      guildId ?? null,
    );
    return { name: "discord", state: problem === null ? "ok" : "warning", found, remedy: problem };
  } catch (error) {
    const found = error instanceof RuminateError ? error.message : "failed";
    return { name: "discord", state: "failed", found, remedy: "Correct the token; see .env.example." };
  }
}
