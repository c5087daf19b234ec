import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { LinkedWords } from "../../src/chat-ports.ts";
import type { ThreadRef } from "../../src/types.ts";
import { slackErrorOf } from "./call-failure.ts";
import { createForms } from "./forms.ts";
import { LIMITS, type MessageContent, problemsOfMessage } from "./limits.ts";
import { metadataOf, PLAIN, QUIET } from "./posting.ts";
import type { CallSlack } from "./slack-calls.ts";
import { toMrkdwn } from "./slack-text.ts";

/** Somebody's command or press of a button, while it is being handled and for half an hour afterwards. */
export interface Interaction {
  workspaceId: string;
  userId: string;
  channelId: string;
  responseUrl: string | null;
}

/** Words for one person alone, by the best way that is open. */
export interface Replies {
  /**
   * Remembers where the person can be answered. What is said to them until `done` is called is kept, and given back then,
   * to be said with the acknowledgement, as Slack's markup.
   */
  open(interaction: Interaction): { done(): string | null };
  say(person: Person, words: string | LinkedWords, thread: ThreadRef | null): Promise<void>;
  /** In place of the private message with the button that was pressed. */
  replace(responseUrl: string, content: MessageContent): Promise<void>;
  /** A whole message, richest form first. */
  show(person: Person, contents: readonly MessageContent[], thread: ThreadRef): Promise<void>;
}

export interface Person {
  workspaceId: string;
  userId: string;
}

/** "slack:T0123:U0456" */
export function personOf(qualified: string): Person {
  const [, workspaceId = "", userId = ""] = qualified.split(":");
  return { workspaceId, userId };
}

export function qualify(workspaceId: string, userId: string): string {
  return `slack:${workspaceId}:${userId}`;
}

export function createReplies(callSlack: CallSlack, log: Logger): Replies {
  const sendFirst = createForms("private message", log);
  const handling = new Map<string, string[]>();
  const urls = new Map<string, { url: string; until: number; uses: number }>();

  /** A response URL takes five answers within half an hour, also where we are no member. */
  async function respond(key: string, text: string): Promise<boolean> {
    const known = urls.get(key);
    if (known === undefined || known.until < Date.now() || known.uses >= RESPONSE_USES) return false;
    known.uses += 1;
    return postTo(known.url, { replace_original: false, text });
  }

  async function postTo(url: string, body: object): Promise<boolean> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ response_type: "ephemeral", ...body }),
      signal: AbortSignal.timeout(RESPONSE_MS),
    });
    if (!response.ok) log.warn({ status: response.status }, "response URL refused");
    return response.ok;
  }

  async function sayInChannel({ workspaceId, userId }: Person, content: Content, thread: ThreadRef): Promise<void> {
    const where = { channel: thread.channelId, ...(thread.threadId === null ? {} : { thread_ts: thread.threadId }) };
    if (isDirect(thread)) await callSlack(workspaceId, "chat.postMessage", { ...where, ...SAID, ...content });
    else await callSlack(workspaceId, "chat.postEphemeral", { ...where, ...PLAIN, user: userId, ...content });
  }

  async function sayDirectly({ workspaceId, userId }: Person, content: Content): Promise<void> {
    const opened = await callSlack<webApi.ConversationsOpenResponse>(workspaceId, "conversations.open", {
      users: userId,
    });
    await callSlack(workspaceId, "chat.postMessage", { ...SAID, ...content, channel: opened.channel?.id });
  }

  return {
    open: ({ workspaceId, userId, channelId, responseUrl }) => {
      const key = keyOf({ workspaceId, userId }, channelId);
      const said: string[] = [];
      handling.set(key, said);
      if (responseUrl !== null) urls.set(key, { url: responseUrl, until: Date.now() + RESPONSE_LIFE_MS, uses: 0 });
      forgetOld(urls);
      return {
        done: () => {
          if (handling.get(key) === said) handling.delete(key);
          return said.length === 0 ? null : said.join("\n");
        },
      };
    },
    say: async (person, words, thread) => {
      const { text: markdown, links } = typeof words === "string" ? { text: words, links: [] } : words;
      const text = toMrkdwn(markdown, links).slice(0, LIMITS.messageText);
      if (thread === null) return sayDirectly(person, { text });
      const key = keyOf(person, thread.channelId);
      const kept = handling.get(key);
      if (kept !== undefined) return void kept.push(text);
      try {
        await sayInChannel(person, { text }, thread);
      } catch (error) {
        if (!NOT_THERE.has(slackErrorOf(error) ?? "")) throw error;
        if (await respond(key, text).catch(() => false)) return;
        await sayDirectly(person, { text });
      }
    },
    replace: async (responseUrl, content) => {
      const problems = problemsOfMessage(content);
      if (problems.length > 0) log.error({ problems }, "message beyond the limits of Slack");
      await postTo(responseUrl, { replace_original: true, ...content });
    },
    show: async (person, contents, thread) => {
      const show = (send: (content: MessageContent) => Promise<void>) => sendFirst(person.workspaceId, contents, send);
      try {
        await show((content) => sayInChannel(person, content, thread));
      } catch (error) {
        if (!NOT_THERE.has(slackErrorOf(error) ?? "")) throw error;
        await show((content) => sayDirectly(person, content));
      }
    },
  };
}

type Content = Pick<MessageContent, "text"> & Partial<MessageContent>;

export function isDirect({ channelId }: Pick<ThreadRef, "channelId">): boolean {
  return channelId.startsWith("D");
}

// Every message that we post whole carries a key; this kind is never looked for.
const SAID = { ...QUIET, metadata: metadataOf({ key: "said", runId: null }) };
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses (read 2026-11-22)
const RESPONSE_USES = 5;
const RESPONSE_LIFE_MS = 29 * 60_000;
const RESPONSE_MS = 5_000;
/** We or they are not in the channel: it has to be said elsewhere. */
const NOT_THERE: ReadonlySet<string> = new Set([
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "user_not_in_channel",
  "restricted_action",
]);

function keyOf({ workspaceId, userId }: Person, channelId: string): string {
  return `${workspaceId} ${channelId} ${userId}`;
}

function forgetOld(urls: Map<string, { until: number }>): void {
  for (const [key, { until }] of urls) if (until < Date.now()) urls.delete(key);
}
