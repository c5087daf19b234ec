import type { Logger } from "pino";
import type { Reception } from "../adapters/slack/bolt-app.ts";
import type { SlackOptions } from "../adapters/slack/slack.ts";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { Queryable, RateBudget } from "./ports.ts";
import type { Check } from "./role-doctor.ts";

/** Slack, when its tokens are set; else null. Its libraries are loaded only then. */
export async function openSlack(
  config: Config,
  { log, rates, database }: { log: Logger; rates: RateBudget; database: Queryable },
): Promise<ChatPlatform | null> {
  const { SLACK_API_URL: apiUrl } = config;
  const installed = await installedOf(config, database);
  if (installed === null) return null;
  const reception = receptionOf(config);
  const [{ createSlackPlatform }, { renderMarkdownReport }] = await Promise.all([
    import("../adapters/slack/slack.ts"),
    import("./research/provenance.ts"),
  ]);
  return createSlackPlatform({
    reception,
    installed,
    ...(apiUrl === undefined ? {} : { apiUrl }),
    budget: rates,
    renderReport: renderMarkdownReport,
    ...(config.SLACK_HISTORY === undefined ? {} : { historyPace: config.SLACK_HISTORY }),
    log,
  });
}

/** Does Slack take the tokens, and do they allow what the app does? */
export async function checkSlack(config: Config): Promise<Check | null> {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId, SLACK_API_URL: apiUrl } = config;
  if (token === undefined) return clientId === undefined ? null : checkInstalling(config);
  const { checkToken } = await import("../adapters/slack/check-token.ts");
  try {
    const { mode } = receptionOf(config);
    const { problem, found } = await checkToken(token, apiUrl);
    const words = `${found}, over ${mode === "socket" ? "Socket Mode" : "HTTP"}`;
    return { name: "slack", state: problem === null ? "ok" : "failed", found: words, remedy: problem };
  } catch (error) {
    const found = error instanceof RuminateError ? error.message : "failed";
    return { name: "slack", state: "failed", found, remedy: "Correct the tokens; see .env.example." };
  }
}

/** The one workspace that a token is of, or the many that install the app by themselves; null for none. */
async function installedOf(config: Config, database: Queryable): Promise<SlackOptions["installed"] | null> {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId } = config;
  if (clientId === undefined) return token === undefined ? null : { token };
  const { clientSecret, keys } = installKeysOf(config);
  const [{ createInstallations }, { createSeal }] = await Promise.all([
    import("./storage/installations.ts"),
    import("./storage/seal.ts"),
  ]);
  const installations = createInstallations(database, { platform: "slack", seal: createSeal(keys) });
  return { installations, clientId, clientSecret, port: config.SLACK_PORT };
}

function installKeysOf(config: Config): { clientSecret: string; keys: string[] } {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_SECRET: clientSecret, TOKEN_KEYS: keys } = config;
  if (token !== undefined)
    throw new RuminateError(
      "CONFIG_INVALID",
      "SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many, but both are set. Keep one of them.",
    );
  if (clientSecret === undefined || keys.length === 0)
    throw new RuminateError(
      "CONFIG_INVALID",
      "SLACK_CLIENT_ID is set, so that workspaces can install the app; this also needs SLACK_CLIENT_SECRET and TOKEN_KEYS (see .env.example).",
    );
  return { clientSecret, keys };
}

function checkInstalling(config: Config): Check {
  try {
    installKeysOf(config);
    const { mode } = receptionOf(config);
    const found = `workspaces install the app at /slack/install, over ${mode === "socket" ? "Socket Mode" : "HTTP"}`;
    return { name: "slack", state: "ok", found, remedy: null };
  } catch (error) {
    const found = error instanceof RuminateError ? error.message : "failed";
    return { name: "slack", state: "failed", found, remedy: "Correct the settings; see .env.example." };
  }
}

function receptionOf({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_PORT }: Config): Reception {
  if (SLACK_APP_TOKEN !== undefined) return { mode: "socket", appToken: SLACK_APP_TOKEN };
  if (SLACK_SIGNING_SECRET !== undefined)
    return { mode: "http", signingSecret: SLACK_SIGNING_SECRET, port: SLACK_PORT };
  throw new RuminateError(
    "CONFIG_INVALID",
    "Slack is set up, but nothing says how Slack reaches us. Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).",
  );
}
