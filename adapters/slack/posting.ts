import type { types, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import type { Priority } from "./call-budget.ts";
import { SHAPE_REFUSED, slackErrorOf } from "./call-failure.ts";
import { type MessageContent, problemsOfMessage } from "./limits.ts";
import type { CallSlack } from "./slack-calls.ts";

export interface Place {
  workspaceId: string;
  channelId: string;
  threadTs: string | null;
}

/** What finds the message again: its key, its run. */
export interface Tag {
  key: string;
  runId: string | null;
}

export interface SendOptions {
  priority: Priority;
  patienceMs?: number;
}

export interface Posting {
  /** Posts the first of the contents that Slack takes; resolves to the message's `ts`. */
  post(place: Place, contents: readonly MessageContent[], tag: Tag, options: SendOptions): Promise<string>;
  /** Puts the first of the contents that Slack takes in place of what stands there. */
  update(place: Place, ts: string, contents: readonly MessageContent[], options: SendOptions): Promise<void>;
}

export const METADATA_TYPE = "ruminate_message";

/**
 * Messages with a way down: what Slack refuses for its shape is sent in the next plainer form, and a workspace that refused
 * a form is not asked with it again. Everything is checked against Slack's limits before it leaves.
 */
export function createPosting(callSlack: CallSlack, log: Logger): Posting {
  // By workspace and number of forms: the first form that is worth trying.
  const levels = new Map<string, number>();

  async function sendFirst<Reply>(
    workspaceId: string,
    contents: readonly MessageContent[],
    send: (content: MessageContent) => Promise<Reply>,
  ): Promise<Reply> {
    const kind = `${workspaceId} ${contents.length}`;
    const start = Math.min(levels.get(kind) ?? 0, contents.length - 1);
    let refusal: unknown = null;
    for (const [offset, content] of contents.slice(start).entries()) {
      const problems = problemsOfMessage(content);
      if (problems.length > 0) {
        log.error({ problems }, "message beyond the limits of Slack, sending a plainer one");
        continue;
      }
      try {
        const reply = await send(content);
        if (offset > 0 && refusal !== null) levels.set(kind, start + offset);
        return reply;
      } catch (error) {
        const code = slackErrorOf(error) ?? "";
        if (!SHAPE_REFUSED.has(code)) throw error;
        log.warn({ err: error, slackError: code, form: start + offset }, "message refused for its shape");
        refusal = error;
      }
    }
    throw refusal ?? new RuminateError("POST_FAILED", "No form of the message is within the limits of Slack.");
  }

  return {
    post: ({ workspaceId, channelId, threadTs }, contents, tag, options) =>
      sendFirst(workspaceId, contents, async (content) => {
        const parameters = { ...QUIET, ...content, channel: channelId, metadata: metadataOf(tag) };
        const thread = threadTs === null ? {} : { thread_ts: threadTs };
        const reply = await callSlack<webApi.ChatPostMessageResponse>(
          workspaceId,
          "chat.postMessage",
          { ...parameters, ...thread },
          options,
        );
        if (reply.ts !== undefined) return reply.ts;
        throw new RuminateError("POST_FAILED", "Slack took the message and told no id.", { isRetryable: true });
      }),
    update: ({ workspaceId, channelId }, ts, contents, options) =>
      sendFirst(workspaceId, contents, async (content) => {
        const parameters = { ...content, channel: channelId, ts, parse: "none", link_names: false };
        await callSlack(workspaceId, "chat.update", parameters, options);
      }),
  };
}

/** Nothing in the text becomes a mention, nothing is unfurled. */
const QUIET = { unfurl_links: false, unfurl_media: false, parse: "none", link_names: false };

function metadataOf({ key, runId }: Tag): types.MessageMetadata {
  return { event_type: METADATA_TYPE, event_payload: { key, ...(runId === null ? {} : { run_id: runId }) } };
}
