import { pino } from "pino";
import { BOT_SCOPES } from "./bot-scopes.ts";
import { callFailure } from "./call-failure.ts";
import { createClient } from "./workspaces.ts";

/**
 * Asks Slack who the token is, and compares its scopes with those of the manifest.
 *
 * @throws {RuminateError} POST_FAILED when Slack does not take the token, or does not answer
 */
export async function checkToken(
  token: string,
  apiUrl: string | undefined,
): Promise<{ found: string; problem: string | null }> {
  try {
    const {
      team,
      user,
      response_metadata: metadata,
    } = await createClient(token, {
      apiUrl,
      log: pino({ level: "silent" }),
    }).auth.test();
    // Only Slack itself tells the scopes.
    const scopes = metadata?.scopes;
    const missing = scopes === undefined ? [] : BOT_SCOPES.filter((scope) => !scopes.includes(scope));
    const problem = missing.length === 0 ? null : `Add the scopes ${missing.join(", ")} and install the app again.`;
    return { found: `${user} in ${team}`, problem };
  } catch (error) {
    throw callFailure("auth.test", error);
  }
}
