import type { Logger } from "pino";
import type { Reception } from "../adapters/slack/bolt-app.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import type { ChatPlatform, RateBudget } from "./ports.ts";
import type { Check } from "./role-doctor.ts";

/** Slack, when its tokens are set; else null. Its libraries are loaded only then. */
export async function openSlack(
  config: Config,
  { log, rates }: { log: Logger; rates: RateBudget },
): Promise<ChatPlatform | null> {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = config;
  if (token === undefined) return null;
  const reception = receptionOf(config);
  const [{ createSlackPlatform }, { renderMarkdownReport }] = await Promise.all([
    import("../adapters/slack/slack.ts"),
    import("./research/provenance.ts"),
  ]);
  return createSlackPlatform({
    reception,
    installed: { token },
    ...(apiUrl === undefined ? {} : { apiUrl }),
    budget: rates,
    renderReport: renderMarkdownReport,
    mayAnswerShared: config.SLACK_SHARED_CHANNELS === "yes",
    log,
  });
}

/** Does Slack take the tokens, and do they allow what the app does? */
export async function checkSlack(config: Config): Promise<Check | null> {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = config;
  if (token === undefined) return null;
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

function receptionOf({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_PORT }: Config): Reception {
  if (SLACK_APP_TOKEN !== undefined) return { mode: "socket", appToken: SLACK_APP_TOKEN };
  if (SLACK_SIGNING_SECRET !== undefined)
    return { mode: "http", signingSecret: SLACK_SIGNING_SECRET, port: SLACK_PORT };
  throw new RuminateError(
    "CONFIG_INVALID",
    "SLACK_BOT_TOKEN is set, but nothing says how Slack reaches us. Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).",
  );
}
