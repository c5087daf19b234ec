import type { Logger } from "pino";
import { NOT_OFFERED, slackErrorOf } from "./call-failure.ts";
import type { CallSlack } from "./slack-calls.ts";

/**
 * Calls a method that is a nicety: what comes of it decides nothing, and it never rejects. Where Slack does not offer it
 * (an older or compatible server, an app that is no agent) it is asked once. `absent`: not offered in this workspace.
 */
export type Attempt = (
  workspaceId: string,
  method: string,
  parameters: Record<string, unknown>,
) => Promise<"done" | "absent" | "failed">;

export function createAttempt(callSlack: CallSlack, log: Logger): Attempt {
  const absent = new Set<string>();
  return async (workspaceId, method, parameters) => {
    const name = `${workspaceId} ${method}`;
    if (absent.has(name)) return "absent";
    try {
      await callSlack(workspaceId, method, parameters);
      return "done";
    } catch (error) {
      if (!NOT_OFFERED.has(slackErrorOf(error) ?? "")) {
        log.debug({ err: error, method }, "nicety failed");
        return "failed";
      }
      absent.add(name);
      log.info({ method, workspaceId, slackError: slackErrorOf(error) }, "Slack does not offer this here");
      return "absent";
    }
  };
}
