import { setTimeout as delay } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { RuminateError } from "../../src/errors.ts";
import type { CallBudget, Priority } from "./call-budget.ts";
import { callFailure, wasRefused } from "./call-failure.ts";
import { withToken } from "./with-token.ts";
import type { SlackWorkspaces } from "./workspaces.ts";

export interface CallOptions {
  priority?: Priority;
  /** How long the call may wait for its turn, and for Slack when it asks to wait. */
  patienceMs?: number;
}

/**
 * Calls one method of Slack's Web API in a workspace, in its turn.
 *
 * What may have been done is never done again here; what was refused for the moment, or can be repeated without harm, is.
 *
 * @throws {RuminateError} POST_FAILED with `details.slackError`
 */
export type CallSlack = <Reply = webApi.WebAPICallResult>(
  workspaceId: string,
  method: string,
  parameters: Record<string, unknown>,
  options?: CallOptions,
) => Promise<Reply>;

export function createSlackCalls(workspaces: SlackWorkspaces, budget: CallBudget, log: Logger): CallSlack {
  return async (workspaceId, method, parameters, { priority = "state", patienceMs = PATIENCE_MS } = {}) => {
    const channelId = typeof parameters.channel === "string" ? parameters.channel : null;
    const givesUpAt = Date.now() + patienceMs;
    for (let tries = 1; ; tries += 1) {
      const turn = { workspaceId, method, channelId, priority, patienceMs: Math.max(0, givesUpAt - Date.now()) };
      await budget.enter(turn);
      try {
        // The caller knows what this method answers.
        return (await withToken(workspaces, workspaceId, (client) => client.apiCall(method, parameters))) as never;
      } catch (error) {
        const failure = callFailure(method, error);
        if (failure.retryAfterMs !== null) budget.pause(turn, failure.retryAfterMs);
        const pauseMs = pauseBefore(failure, { error, method, tries });
        if (pauseMs === null || Date.now() + pauseMs > givesUpAt) throw failure;
        log.debug({ method, tries, slackError: failure.details.slackError }, "call of Slack tried again");
        await delay(pauseMs);
      }
    }
  };
}

/** Milliseconds until the next try, or null when there is to be none. */
function pauseBefore(
  failure: RuminateError,
  { error, method, tries }: { error: unknown; method: string; tries: number },
): number | null {
  if (!failure.isRetryable || tries >= MOST_TRIES) return null;
  if (!wasRefused(error) && NOT_REPEATABLE.has(method)) return null;
  return failure.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (tries - 1);
}

// Together with one request at its time limit still below the 15 s after which another process takes over.
const PATIENCE_MS = 5_000;
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 300;
/** Done twice, these are seen twice, or the second time looks as if the first one had failed. */
const NOT_REPEATABLE: ReadonlySet<string> = new Set([
  "chat.postMessage",
  "chat.postEphemeral",
  "chat.startStream",
  "chat.appendStream",
  "chat.stopStream",
  "files.completeUploadExternal",
  "views.open",
]);
