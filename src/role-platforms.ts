import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { ChatPlatform } from "./ports.ts";
import type { Check } from "./role-doctor.ts";

/** The chat platforms that are configured, ready to post; they hear nothing before `listen`. */
export async function openPlatforms(_config: Config, _log: Logger): Promise<ChatPlatform[]> {
  const platforms: ChatPlatform[] = [];
  if (platforms.length > 0) return platforms;
  throw new RuminateError("CONFIG_INVALID", `${NONE} ${REMEDY}`);
}

/** Tokens, scopes and intents of the configured platforms. */
export async function checkPlatforms(_config: Config): Promise<Check[]> {
  return [{ name: "chat", state: "warning", found: NONE, remedy: REMEDY }];
}

const NONE = "No chat platform is set up.";
const REMEDY = "Set the tokens of one (see .env.example), or ask in the terminal: npm run ask.";
