import type { types, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import type { Priority } from "./call-budget.ts";
import { createForms } from "./forms.ts";
import type { MessageContent } from "./limits.ts";
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

/** Messages that are posted and edited whole, each in the first form that Slack takes. */
export function createPosting(callSlack: CallSlack, log: Logger): Posting {
  const sendFirst = createForms("message", log);

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
        const parameters = { ...PLAIN, ...content, channel: channelId, ts };
        await callSlack(workspaceId, "chat.update", parameters, options);
      }),
  };
}

/** Nothing in the text becomes a mention. */
export const PLAIN = { parse: "none", link_names: false };
/** Nor is anything unfurled. */
export const QUIET = { ...PLAIN, unfurl_links: false, unfurl_media: false };

export function metadataOf({ key, runId }: Tag): types.MessageMetadata {
  return { event_type: METADATA_TYPE, event_payload: { key, ...(runId === null ? {} : { run_id: runId }) } };
}
