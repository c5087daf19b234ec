import type { webApi } from "@slack/bolt";
import { slackErrorOf, TOKEN_GONE } from "./call-failure.ts";
import type { SlackWorkspaces } from "./workspaces.ts";

/**
 * Does something with the workspace's client. Where Slack takes its token no more, another one may be there by now, from
 * another process or a new installation, or one that expired can be renewed: then it is done once more. Nothing was done
 * before, since the token is looked at first.
 */
export async function withToken<Result>(
  workspaces: SlackWorkspaces,
  workspaceId: string,
  use: (client: webApi.WebClient) => Promise<Result>,
): Promise<Result> {
  const { client, token } = await workspaces.find(workspaceId);
  try {
    return await use(client);
  } catch (error) {
    const code = slackErrorOf(error) ?? "";
    if (!TOKEN_GONE.has(code)) throw error;
    const isReplaced = await workspaces.replace(workspaceId, { token, isExpired: code === "token_expired" });
    if (!isReplaced) throw error;
    return use((await workspaces.find(workspaceId)).client);
  }
}
