import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { ChatPlatform } from "../../src/chat-ports.ts";
import type { CallSlack } from "./slack-calls.ts";
import { permalinkOf } from "./talk-export.ts";

/** Where people find what stands in a workspace. */
export interface Addresses {
  /** "https://acme.slack.com/" */
  of(workspaceId: string): Promise<string>;
  ofMessage: ChatPlatform["permalinkOf"];
}

export function createAddresses(callSlack: CallSlack, log: Logger): Addresses {
  const known = new Map<string, string>();

  async function of(workspaceId: string): Promise<string> {
    const address = known.get(workspaceId);
    if (address !== undefined) return address;
    const { url = "https://slack.com" } = await callSlack<webApi.AuthTestResponse>(workspaceId, "auth.test", {});
    known.set(workspaceId, url);
    return url;
  }

  return {
    of,
    ofMessage: async ({ thread: { workspaceId, channelId, threadId }, messageId }) => {
      try {
        return permalinkOf(await of(workspaceId), channelId, messageId, threadId ?? messageId);
      } catch (error) {
        log.warn({ err: error }, "address of the workspace not known");
        return null;
      }
    },
  };
}
