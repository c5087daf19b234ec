import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { Queryable, RateBudget } from "./ports.ts";
import { checkDiscord, openDiscord } from "./role-discord.ts";
import type { Check } from "./role-doctor.ts";
import { checkSlack, openSlack } from "./role-slack.ts";

/** The chat platforms that are configured, ready to post; they hear nothing before `listen`. */
export async function openPlatforms(
  config: Config,
  parts: { log: Logger; rates: RateBudget; database: Queryable },
): Promise<ChatPlatform[]> {
  const opened = [await openSlack(config, parts), await openDiscord(config, parts)];
  const platforms = opened.filter((platform) => platform !== null);
  if (platforms.length > 0) return platforms;
  throw new RuminateError("CONFIG_INVALID", `${NONE} ${REMEDY}`);
}

/** Tokens, scopes and intents of the configured platforms. */
export async function checkPlatforms(config: Config): Promise<Check[]> {
  const checks = [await checkSlack(config), await checkDiscord(config)].filter((check) => check !== null);
  if (checks.length > 0) return checks;
  return [{ name: "chat", state: "warning", found: NONE, remedy: REMEDY }];
}

const NONE = "No chat platform is set up.";
const REMEDY = "Set the tokens of one (see .env.example), or ask in the terminal: npm run ask.";
