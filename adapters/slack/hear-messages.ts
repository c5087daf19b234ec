import type { AllMiddlewareArgs, App, SlackEventMiddlewareArgs } from "@slack/bolt";
import type { ChatHandlers, IncomingMessage } from "../../src/chat-ports.ts";
import type { ThreadRef } from "../../src/types.ts";
import type { Channels } from "./channels.ts";
import { qualify } from "./replies.ts";
import { readText } from "./slack-text.ts";

export interface MessageParts {
  handlers: ChatHandlers;
  /** The app was taken out of a workspace at that time, or its token was. */
  removed(workspaceId: string, at: string): Promise<void>;
  channels: Pick<Channels, "learnShared">;
}

/** Mentions in channels, and messages in direct conversations. Everything else that is said is not for us. */
export function hearMessages(app: App, { handlers, removed, channels }: MessageParts): void {
  app.event("app_mention", async ({ event, body, context }) => {
    if (event.bot_id !== undefined || event.user === undefined || event.subtype !== undefined) return;
    const message = messageOf(event, { eventId: body.event_id, context });
    channels.learnShared(message.thread.workspaceId, event.channel, body.is_ext_shared_channel ?? false);
    await handlers.onMessage(message);
  });

  app.event("message", async ({ event, body, context }) => {
    const message = event as MessageEvent;
    if (message.subtype === "message_deleted") return handlers.onWithdraw(withdrawnOf(message, context));
    // A mention in a channel comes as an event of its own.
    if (message.channel_type !== "im" || !isFromPerson(message, context)) return;
    await handlers.onMessage(messageOf(message, { eventId: body.event_id, context }));
  });

  // Slack's own Stop button says no more than where it was pressed: as good as the word.
  app.event("agent_session_stopped", async ({ event, body, context }) => {
    const { channel, user, thread_ts: ts, event_ts: messageId } = event;
    const said = messageOf({ channel, user, ts, text: "stop" }, { eventId: body.event_id, context });
    await handlers.onMessage({ ...said, messageId });
  });

  // Bolt lets our own joining through, unlike everything else of ours.
  app.event("member_joined_channel", async ({ event: { user, channel: channelId }, body, context }) => {
    if (user !== context.botUserId) return;
    const workspaceId = workspaceIdOf(context);
    channels.learnShared(workspaceId, channelId, body.is_ext_shared_channel ?? false);
    await handlers.onJoined({ platform: "slack", workspaceId, channelId, threadId: null });
  });

  app.event("app_uninstalled", async ({ body, context }) => {
    const at = endOf(body.event_time);
    await removed(workspaceIdOf(context), at);
    await handlers.onRemoved({ platform: "slack", workspaceId: installationIdOf(context), at });
  });
  // Also when somebody only has the token renewed: what is at work ends when it cannot be posted, and nothing is deleted.
  app.event("tokens_revoked", async ({ event, body, context }) => {
    // People's own tokens are none of ours.
    if (event.tokens.bot?.length) await removed(workspaceIdOf(context), endOf(body.event_time));
  });
}

/** The workspace that the app is installed in; of an installation for a whole organisation, both ids. */
export function workspaceIdOf(context: Context): string {
  const { teamId = "", enterpriseId = "", isEnterpriseInstall } = context;
  return isEnterpriseInstall ? `${enterpriseId}.${teamId}` : teamId;
}

/** What goes when the app is removed: the workspace, or the organisation with all its workspaces. */
function installationIdOf({ teamId = "", enterpriseId = "", isEnterpriseInstall }: Context): string {
  return isEnterpriseInstall ? enterpriseId : teamId;
}

export type Context = AllMiddlewareArgs["context"];

/** What the kinds of message events have in common, as far as we read it. */
interface MessageEvent {
  subtype?: string;
  channel: string;
  channel_type?: string;
  ts: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  deleted_ts?: string;
}

type MentionEvent = SlackEventMiddlewareArgs<"app_mention">["event"];

// What people write, alone, with a file, or to the channel as well.
const PEOPLES_SUBTYPES: ReadonlySet<string | undefined> = new Set([undefined, "file_share", "thread_broadcast"]);

function isFromPerson({ subtype, bot_id: botId, user }: MessageEvent, { botUserId }: Context): boolean {
  return PEOPLES_SUBTYPES.has(subtype) && botId === undefined && user !== undefined && user !== botUserId;
}

function messageOf(
  event: MessageEvent | MentionEvent,
  { eventId, context }: { eventId: string; context: Context },
): IncomingMessage {
  const workspaceId = workspaceIdOf(context);
  return {
    eventId,
    messageId: event.ts,
    thread: threadOf(workspaceId, event),
    asker: qualify(workspaceId, event.user ?? ""),
    text: readText(event.text ?? "", { botUserId: context.botUserId ?? null }),
    sentAt: timeOf(event.ts),
    isReply: event.thread_ts !== undefined && event.thread_ts !== event.ts,
  };
}

function withdrawnOf(event: MessageEvent, context: Context): Pick<IncomingMessage, "thread" | "messageId"> {
  const messageId = event.deleted_ts ?? "";
  return { thread: threadOf(workspaceIdOf(context), { ...event, ts: messageId }), messageId };
}

/** A message that stands in no thread opens one. */
function threadOf(workspaceId: string, event: { channel: string; ts: string; thread_ts?: string }): ThreadRef {
  return { platform: "slack", workspaceId, channelId: event.channel, threadId: event.thread_ts ?? event.ts };
}

/** Slack's message ids are times: seconds, and six digits that keep them apart. */
export function timeOf(ts: string): string {
  const time = Number(ts) * 1000;
  return new Date(Number.isFinite(time) ? time : Date.now()).toISOString();
}

/** Slack tells the second; what was there in it was there before. */
function endOf(second: number): string {
  return new Date(second * 1000 + 999).toISOString();
}
