import { pingsOf, refusalOfBlocks, refusalOfView } from "./fake-slack-blocks.ts";
import {
  directChannel,
  findMessage,
  messagePayload,
  type SlackBlock,
  type SlackChannel,
  type SlackMessage,
  type SlackToken,
  type SlackView,
  type SlackWorkspace,
} from "./fake-slack-world.ts";

/** Arguments as they came over the wire: strings, with JSON already read where Slack wants JSON. */
// biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire
export type Arguments = Record<string, any>;
export type Reply = { ok: boolean } & Record<string, unknown>;
export type Refusal = Reply & { error: string };

export interface MethodContext {
  token: SlackToken;
  now(): number;
  nextTs(): string;
  baseUrl: string;
  /** Something in the workspace happened that apps are told of. */
  announce(workspace: SlackWorkspace, event: Record<string, unknown>): void;
  /** Why a view cannot be opened with this trigger, or the person who pressed. */
  useTrigger(triggerId: string): { user: string } | { error: string };
  /** Distributed outside of the Marketplace: history in small pages. */
  isDistributed: boolean;
  uploads: Map<string, { name: string; content: string | null }>;
  pings: string[];
}

/** What each method takes, by the types of @slack/web-api. Slack overlooks the rest; here a slip is to be seen. */
const TAKES: Record<string, string> = {
  "auth.test": "",
  "chat.postMessage":
    "channel text blocks metadata thread_ts reply_broadcast unfurl_links unfurl_media parse link_names mrkdwn",
  "chat.update": "channel ts text blocks metadata parse link_names reply_broadcast file_ids",
  "chat.delete": "channel ts",
  "chat.postEphemeral": "channel user text blocks thread_ts parse link_names",
  "chat.getPermalink": "channel message_ts",
  "chat.startStream": "channel thread_ts markdown_text chunks recipient_team_id recipient_user_id task_display_mode",
  "chat.appendStream": "channel ts markdown_text chunks",
  "chat.stopStream": "channel ts markdown_text chunks blocks metadata session_status",
  "conversations.history": "channel cursor limit oldest latest inclusive include_all_metadata",
  "conversations.replies": "channel ts cursor limit oldest latest inclusive include_all_metadata",
  "conversations.info": "channel include_locale include_num_members",
  "conversations.open": "channel users return_im prevent_creation",
  "users.info": "user include_locale",
  "views.open": "trigger_id view",
  "views.push": "trigger_id view",
  "views.update": "view_id external_id view hash",
  "views.publish": "user_id view hash",
  "agents.sessions.setStatus": "channel_id thread_ts status title initiator_user_id",
  "assistant.threads.setSuggestedPrompts": "channel_id thread_ts title prompts",
  "assistant.threads.setTitle": "channel_id thread_ts title",
  "assistant.threads.setStatus": "channel_id thread_ts status loading_messages",
  "files.getUploadURLExternal": "filename length alt_text snippet_type",
  "files.completeUploadExternal": "files channel_id channels thread_ts initial_comment blocks",
};

/** The arguments that the method does not take. */
export function unknownArguments(method: string, args: Arguments): string[] {
  // The client of an app that a whole organisation installed names the workspace in each call.
  const known = new Set(["token", "team_id", ...(TAKES[method] ?? "").split(" ")]);
  return Object.keys(args).filter((name) => !known.has(name));
}

export interface Method {
  /** Calls per minute and workspace; null for chat.postMessage, which has its own rule. */
  perMinute: number | null;
  scopes: readonly string[];
  run(context: MethodContext, args: Arguments): Reply;
}

const [TIER_2, TIER_3, TIER_4] = [20, 50, 100];
// chat.update above 4,000 characters of text: msg_too_long.
// A longer post is cut in two by Slack while it tells one id only: here it is refused, too.
const MOST_TEXT = 4_000;
// Measured by others: a stream dies after about 5 minutes, and at 10.6 to 11.3 KB.
const STREAM_LIFE_MS = 5 * 60_000;
const STREAM_BYTES = 10_600;
export const MOST_VIEWS = 3;
// One request of 15 objects a minute. https://docs.slack.dev/changelog/2025/05/29/tos-updates (read 2026-11-27)
const DISTRIBUTED_PAGE = 15;
export const DISTRIBUTED_PER_MINUTE = 1;

export const METHODS: Record<string, Method> = {
  "auth.test": method(TIER_4, [], ({ token: { workspace } }) =>
    ok({
      url: "https://fake.slack.test/",
      team: "Fake",
      team_id: workspace.id,
      user: "ruminate",
      user_id: workspace.botUserId,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    }),
  ),
  "chat.postMessage": method(null, ["chat:write"], (context, args) => {
    const channel = writableChannel(context, args.channel);
    if ("error" in channel) return channel;
    const refusal = refusalOfMessage(args) ?? refusalOfThread(context, args.channel, args.thread_ts);
    if (refusal !== null) return refused(refusal);
    const message = addBotMessage(context, channel, args);
    return ok({ channel: channel.id, ts: message.ts, message: messagePayload(message) });
  }),
  "chat.update": method(TIER_3, ["chat:write"], (context, args) => {
    const channel = writableChannel(context, args.channel);
    if ("error" in channel) return channel;
    const message = findMessage(context.token.workspace, args.channel, args.ts);
    if (message === null) return refused("message_not_found");
    if (message.botId !== context.token.workspace.botId) return refused("cant_update_message");
    if (message.stream !== null) return refused("streaming_state_conflict");
    const refusal = refusalOfMessage(args);
    if (refusal !== null) return refused(refusal);
    message.text = args.text ?? "";
    // Left out, the blocks stay as they were.
    if (args.blocks !== undefined) message.blocks = args.blocks;
    if (args.metadata !== undefined) message.metadata = args.metadata;
    message.edits += 1;
    notePings(context, args);
    announceChange(context, channel, {
      ...{ subtype: "message_changed", message: messagePayload(message), ts: context.nextTs() },
    });
    return ok({ channel: channel.id, ts: message.ts, text: message.text });
  }),
  "chat.delete": method(TIER_3, ["chat:write"], (context, { channel, ts }) => {
    const message = findMessage(context.token.workspace, channel, ts);
    if (message === null) return refused("message_not_found");
    if (message.botId !== context.token.workspace.botId) return refused("cant_delete_message");
    if (message.stream !== null && isAlive(context, message.stream)) return refused("streaming_state_conflict");
    message.isDeleted = true;
    const place = context.token.workspace.channels.get(channel);
    const previous = { deleted_ts: ts, previous_message: messagePayload(message), ts: context.nextTs() };
    if (place !== undefined) announceChange(context, place, { subtype: "message_deleted", ...previous });
    return ok({ channel, ts });
  }),
  "chat.postEphemeral": method(TIER_4, ["chat:write"], (context, args) => {
    const channel = writableChannel(context, args.channel);
    if ("error" in channel) return channel;
    if (!channel.members.has(args.user)) return refused("user_not_in_channel");
    const refusal = refusalOfMessage(args);
    if (refusal !== null) return refused(refusal);
    const { text = "", blocks = [], user, thread_ts: threadTs = null } = args;
    context.token.workspace.ephemerals.push({
      ...{ channel: channel.id, user, text, blocks, threadTs },
      via: "postEphemeral",
    });
    notePings(context, args);
    return ok({ message_ts: context.nextTs() });
  }),
  "chat.getPermalink": method(TIER_4, [], ({ token: { workspace } }, { channel, message_ts: ts }) => {
    if (findMessage(workspace, channel, ts) === null) return refused("message_not_found");
    return ok({ channel, permalink: `https://fake.slack.test/archives/${channel}/p${ts.replace(".", "")}` });
  }),
  "chat.startStream": method(TIER_2, ["chat:write"], (context, args) => {
    const channel = writableChannel(context, args.channel);
    if ("error" in channel) return channel;
    if (args.thread_ts === undefined) return refused("invalid_arguments");
    if (channel.kind !== "im" && args.recipient_user_id === undefined) return refused("missing_recipient_user_id");
    if (channel.kind !== "im" && args.recipient_team_id === undefined) return refused("missing_recipient_team_id");
    const refusal = refusalOfThread(context, args.channel, args.thread_ts);
    if (refusal !== null) return refused(refusal);
    if (!args.markdown_text && !args.chunks?.length) return refused("invalid_arguments: no text");
    const message = addBotMessage(context, channel, { thread_ts: args.thread_ts, text: "", unfurl_links: "false" });
    message.stream = { startedAt: context.now(), bytes: 0, isStopped: false };
    return addToStream(context, message, args) ?? ok({ channel: channel.id, ts: message.ts });
  }),
  "chat.appendStream": method(TIER_4, ["chat:write"], (context, args) => {
    const message = findMessage(context.token.workspace, args.channel, args.ts);
    if (message === null) return refused("message_not_found");
    if (!args.markdown_text && !args.chunks?.length) return refused("invalid_arguments: no text");
    return addToStream(context, message, args) ?? ok({ channel: args.channel, ts: args.ts });
  }),
  "chat.stopStream": method(TIER_2, ["chat:write"], (context, args) => {
    const message = findMessage(context.token.workspace, args.channel, args.ts);
    if (message === null) return refused("message_not_found");
    const failed = addToStream(context, message, args);
    if (failed !== null) return failed;
    if (args.blocks !== undefined) {
      const refusal = refusalOfBlocks(args.blocks, "message");
      if (refusal !== null) return refused(refusal);
      message.blocks = args.blocks;
    }
    if (args.metadata !== undefined) message.metadata = args.metadata;
    message.stream = null;
    return ok({ channel: args.channel, ts: args.ts });
  }),
  "conversations.history": method(TIER_3, ["channels:history"], (context, args) =>
    listMessages(context, args, (channel) =>
      channel.messages
        .filter(({ threadTs, ts, isBroadcast }) => threadTs === null || threadTs === ts || isBroadcast)
        .toReversed(),
    ),
  ),
  "conversations.replies": method(TIER_3, ["channels:history"], (context, args) => {
    const channel = readableChannel(context, args.channel);
    if ("error" in channel) return channel;
    if (!channel.messages.some(({ ts }) => ts === args.ts)) return refused("thread_not_found");
    return listMessages(context, args, () =>
      channel.messages.filter(({ ts, threadTs }) => ts === args.ts || threadTs === args.ts),
    );
  }),
  "conversations.info": method(TIER_3, [], ({ token }, args) => {
    const { workspace } = token;
    const channel = workspace.channels.get(args.channel);
    const isMember = channel?.members.has(workspace.botUserId) ?? false;
    if (channel === undefined || (channel.kind !== "public" && !isMember)) return refused("channel_not_found");
    const scope = `${scopeOf(channel)}:read`;
    if (!token.scopes.has(scope)) return missingScope({ token }, scope);
    return ok({ channel: { ...channelPayload(channel), is_member: isMember } });
  }),
  "conversations.open": method(TIER_3, ["im:write"], ({ token: { workspace } }, { users }) => {
    if (!workspace.users.has(users)) return refused("user_not_found");
    return ok({ channel: { id: directChannel(workspace, users).id } });
  }),
  "users.info": method(TIER_4, ["users:read"], ({ token: { workspace } }, { user: id }) => {
    const user = workspace.users.get(id);
    if (user === undefined) return refused("user_not_found");
    return ok({
      user: {
        profile: { display_name: user.displayName, real_name: user.displayName || user.name },
        id,
        name: user.name,
        is_admin: user.isAdmin,
        deleted: user.isDeactivated,
        tz: user.timeZone,
        team_id: user.teamId ?? workspace.id,
      },
    });
  }),
  "views.open": method(TIER_4, [], (context, { trigger_id: triggerId, view }) => openView(context, triggerId, view)),
  "views.push": method(TIER_4, [], (context, { trigger_id: triggerId, view }) => {
    const { length } = context.token.workspace.modals;
    if (length === 0 || length >= MOST_VIEWS) return refused(length === 0 ? "invalid_arguments" : "push_limit_reached");
    return openView(context, triggerId, view);
  }),
  "views.update": method(TIER_4, [], (context, { view_id: id, view, hash }) => {
    const open = context.token.workspace.modals.find((modal) => modal.id === id);
    if (open === undefined) return refused("not_found");
    if (hash !== undefined && hash !== open.hash) return refused("hash_conflict");
    const refusal = refusalOfView(view);
    if (refusal !== null) return refused(refusal);
    open.view = view;
    return ok({ view: { id, ...view } });
  }),
  "views.publish": method(TIER_4, [], ({ token: { workspace } }, { user_id: user, view }) => {
    if (!workspace.users.has(user)) return refused("invalid_arguments: user_id");
    const refusal = view?.type === "home" ? refusalOfView(view) : "invalid_arguments: view type";
    if (refusal !== null) return refused(refusal);
    workspace.homes.set(user, view);
    return ok({ view });
  }),
  "agents.sessions.setStatus": method(TIER_3, ["assistant:write"], (context, args) => {
    const { workspace } = context.token;
    if (!workspace.isAgent) return refused("not_authorized");
    if (!["active", "processing", "suspended", "closed"].includes(args.status)) return refused("invalid_arguments");
    if (String(args.title ?? "").length > 200) return refused("invalid_arguments");
    workspace.sessions.push({ channel: args.channel_id, threadTs: args.thread_ts, status: args.status });
    return ok({});
  }),
  "assistant.threads.setSuggestedPrompts": method(TIER_4, ["assistant:write"], (context, args) => {
    const { workspace } = context.token;
    if (!workspace.isAgent) return refused("not_allowed");
    if (!Array.isArray(args.prompts) || args.prompts.length === 0 || args.prompts.length > 4)
      return refused("invalid_arguments: prompts");
    if (args.prompts.some(({ title, message }: Arguments) => !title || !message)) return refused("invalid_arguments");
    if (workspace.channels.get(args.channel_id)?.kind !== "im") return refused("channel_not_found");
    const { channel_id: channel, thread_ts: threadTs = null, title = "", prompts } = args;
    workspace.prompts.push({ channel, threadTs, title, prompts });
    return ok({});
  }),
  "assistant.threads.setTitle": method(TIER_4, ["assistant:write"], ({ token: { workspace } }, args) => {
    if (!workspace.isAgent) return refused("not_allowed");
    if (!args.thread_ts || !args.title) return refused("invalid_arguments");
    workspace.titles.set(args.thread_ts, args.title);
    return ok({});
  }),
  "assistant.threads.setStatus": method(TIER_4, ["chat:write"], ({ token: { workspace } }, args) => {
    if (!args.thread_ts || args.status === undefined) return refused("invalid_arguments");
    workspace.statuses.push({ channel: args.channel_id, threadTs: args.thread_ts, status: args.status });
    return ok({});
  }),
  "files.getUploadURLExternal": method(TIER_4, ["files:write"], (context, { filename, length }) => {
    if (!filename || !(Number(length) > 0)) return refused("invalid_arguments");
    const id = `F${context.uploads.size + 1}`;
    context.uploads.set(id, { name: filename, content: null });
    return ok({ file_id: id, upload_url: `${context.baseUrl}/upload/${id}` });
  }),
  "files.completeUploadExternal": method(TIER_4, ["files:write"], (context, args) => {
    const channel = writableChannel(context, args.channel_id);
    if ("error" in channel) return channel;
    const refusal = refusalOfThread(context, args.channel_id, args.thread_ts);
    if (refusal !== null) return refused(refusal);
    const files = args.files.map(({ id, title }: { id: string; title?: string }) => {
      const upload = context.uploads.get(id);
      return upload?.content == null
        ? null
        : { id, name: upload.name, title: title ?? upload.name, content: upload.content };
    });
    if (files.includes(null)) return refused("file_not_found");
    const text = args.initial_comment ?? "";
    addBotMessage(context, channel, { text, thread_ts: args.thread_ts, files });
    return ok({ files: files.map((file: { id: string; title: string }) => ({ id: file.id, title: file.title })) });
  }),
};

/** What a message, as given to postMessage or update, is refused for. */
function refusalOfMessage(args: Arguments): string | null {
  const { text = "", blocks, markdown_text: markdown, metadata } = args;
  if (markdown !== undefined && (text !== "" || blocks !== undefined))
    return "cannot_provide_both_markdown_text_and_blocks";
  if (String(text) === "" && blocks === undefined && markdown === undefined) return "no_text";
  if (String(text).length > MOST_TEXT || String(markdown ?? "").length > 12_000) return "msg_too_long";
  if (metadata !== undefined && (!metadata.event_type || typeof metadata.event_payload !== "object"))
    return "metadata_must_be_sent_with_type_and_payload";
  return blocks === undefined ? null : refusalOfBlocks(blocks, "message");
}

function refusalOfThread(context: MethodContext, channel: string, ts: string | undefined): string | null {
  if (ts === undefined) return null;
  const root = findMessage(context.token.workspace, channel, ts);
  if (root === null) return "thread_not_found";
  return root.threadTs === null || root.threadTs === root.ts ? null : "cannot_reply_to_message";
}

function addBotMessage(context: MethodContext, channel: SlackChannel, args: Arguments): SlackMessage {
  const { workspace } = context.token;
  const message: SlackMessage = {
    ts: context.nextTs(),
    threadTs: args.thread_ts ?? null,
    channel: channel.id,
    user: workspace.botUserId,
    botId: workspace.botId,
    text: args.text ?? "",
    blocks: args.blocks ?? [],
    metadata: args.metadata ?? null,
    files: args.files ?? [],
    edits: 0,
    isDeleted: false,
    isBroadcast: args.reply_broadcast === "true",
    unfurls: args.unfurl_links !== "false" || args.unfurl_media !== "false",
    stream: null,
  };
  channel.messages.push(message);
  notePings(context, args);
  context.announce(workspace, { ...messagePayload(message), channel: channel.id, channel_type: channelType(channel) });
  return message;
}

/** Edits and deletions are told as well, also those of the app's own messages. */
function announceChange(context: MethodContext, channel: SlackChannel, change: Record<string, unknown>): void {
  const { workspace } = context.token;
  const about = { type: "message", hidden: true, channel: channel.id, channel_type: channelType(channel) };
  context.announce(workspace, { ...about, ...change });
}

/** With these two Slack makes mentions of plain names, too. */
function notePings({ pings }: MethodContext, { text = "", blocks = [], link_names: linked, parse }: Arguments): void {
  pings.push(...pingsOf(text, blocks));
  if (linked?.toString() === "true" || parse === "full") pings.push(`names in ${text}`);
}

function isAlive({ now }: MethodContext, { startedAt }: { startedAt: number }): boolean {
  return now() - startedAt <= STREAM_LIFE_MS;
}

function addToStream(context: MethodContext, message: SlackMessage, args: Arguments): Refusal | null {
  const { stream } = message;
  if (stream?.isStopped === true) return refused("stopped_by_user");
  if (stream === null || !isAlive(context, stream)) return refused("message_not_in_streaming_state");
  const chunks: { type: string; text?: string; blocks?: SlackBlock[] }[] = args.chunks ?? [];
  if (args.markdown_text !== undefined && args.chunks !== undefined)
    return refused("cannot_provide_both_markdown_text_and_chunks");
  const added = [args.markdown_text ?? "", ...chunks.map(({ text }) => text ?? "")].join("");
  if (added.length > 12_000) return refused("msg_too_long");
  stream.bytes += Buffer.byteLength(JSON.stringify(chunks)) + Buffer.byteLength(args.markdown_text ?? "");
  if (stream.bytes > STREAM_BYTES) return refused("msg_too_long");
  message.text += added;
  context.pings.push(...pingsOf(added, []));
  return null;
}

function openView(context: MethodContext, triggerId: string, view: SlackView): Reply {
  const pressed = context.useTrigger(triggerId);
  if ("error" in pressed) return refused(pressed.error);
  const refusal = refusalOfView(view);
  if (refusal !== null) return refused(refusal);
  const id = `V${context.nextTs()}`;
  context.token.workspace.modals.push({ id, hash: id, user: pressed.user, view });
  return ok({ view: { id, hash: id, ...view } });
}

function listMessages(
  context: MethodContext,
  args: Arguments,
  select: (channel: SlackChannel) => SlackMessage[],
): Reply {
  const channel = readableChannel(context, args.channel);
  if ("error" in channel) return channel;
  const scope = `${scopeOf(channel)}:history`;
  if (!context.token.scopes.has(scope)) return missingScope(context, scope);
  const isWithin = ({ ts, isDeleted }: SlackMessage): boolean =>
    !isDeleted &&
    (args.oldest === undefined || (args.inclusive === "true" ? ts >= args.oldest : ts > args.oldest)) &&
    (args.latest === undefined || ts < args.latest || (args.inclusive === "true" && ts === args.latest));
  const fitting = select(channel).filter(isWithin);
  const start = Number(args.cursor ?? 0);
  const limit = Math.min(Number(args.limit ?? 100), context.isDistributed ? DISTRIBUTED_PAGE : 999);
  const page = fitting.slice(start, start + limit);
  const hasMore = start + limit < fitting.length;
  return ok({
    messages: page.map((message) =>
      messagePayload(message, {
        withMetadata: args.include_all_metadata?.toString() === "true",
        replies: channel.messages.filter(
          ({ threadTs, ts, isDeleted }) => threadTs === message.ts && ts !== message.ts && !isDeleted,
        ),
      }),
    ),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(start + limit) : "" },
  });
}

function readableChannel({ token: { workspace } }: MethodContext, id: string): SlackChannel | Refusal {
  const channel = workspace.channels.get(id);
  if (channel === undefined) return refused("channel_not_found");
  if (channel.members.has(workspace.botUserId)) return channel;
  return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
}

function writableChannel(context: MethodContext, id: string): SlackChannel | Refusal {
  const channel = readableChannel(context, id);
  return !("error" in channel) && channel.isArchived ? refused("is_archived") : channel;
}

export function channelType({ kind }: SlackChannel): string {
  return kind === "public" ? "channel" : kind === "private" ? "group" : kind;
}

function scopeOf({ kind }: SlackChannel): string {
  return kind === "public" ? "channels" : kind === "private" ? "groups" : kind;
}

function channelPayload(channel: SlackChannel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_private: channel.kind !== "public",
    is_im: channel.kind === "im",
    is_archived: channel.isArchived,
    is_ext_shared: channel.isExternallyShared,
  };
}

export function missingScope({ token }: Pick<MethodContext, "token">, needed: string): Refusal {
  return { ok: false, error: "missing_scope", needed, provided: Array.from(token.scopes).join(",") };
}

function method(perMinute: number | null, scopes: string[], run: Method["run"]): Method {
  return { perMinute, scopes, run };
}

function ok(fields: Record<string, unknown>): Reply {
  return { ok: true, ...fields };
}

/** "invalid_blocks: why" is told as Slack does: a code, and the reason beside it. */
function refused(problem: string): Refusal {
  const [error = problem, ...why] = problem.split(": ");
  return { ok: false, error, response_metadata: { messages: why.length === 0 ? [] : [`[ERROR] ${why.join(": ")}`] } };
}
