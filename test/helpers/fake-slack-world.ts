/** The state behind the fake Slack: workspaces, people, channels, messages, tokens. */

export interface SlackUser {
  id: string;
  name: string;
  /** As people see it; the name when empty. */
  displayName: string;
  isAdmin: boolean;
  isDeactivated: boolean;
  timeZone: string;
  /** Where they are from, when from elsewhere. */
  teamId: string | null;
}

export interface SlackChannel {
  id: string;
  name: string;
  kind: "public" | "private" | "im" | "mpim";
  members: Set<string>;
  isArchived: boolean;
  isExternallyShared: boolean;
  messages: SlackMessage[];
}

export interface SlackMessage {
  ts: string;
  threadTs: string | null;
  channel: string;
  user: string;
  botId: string | null;
  text: string;
  blocks: SlackBlock[];
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null;
  files: SlackFile[];
  edits: number;
  isDeleted: boolean;
  isBroadcast: boolean;
  unfurls: boolean;
  /** Set while a stream is open. */
  stream: { startedAt: number; bytes: number; isStopped: boolean } | null;
}

export interface SlackBlock {
  type: string;
  [field: string]: unknown;
}

export interface SlackFile {
  id: string;
  name: string;
  title: string;
  content: string;
}

export interface EphemeralMessage {
  channel: string;
  user: string;
  text: string;
  blocks: SlackBlock[];
  threadTs: string | null;
  /** How it got there: by the API, as the answer to a command, through a response URL. */
  via: "postEphemeral" | "ack" | "response_url";
}

export interface OpenView {
  id: string;
  hash: string;
  user: string;
  view: SlackView;
}

export interface SlackView {
  type: string;
  callback_id?: string;
  private_metadata?: string;
  blocks: SlackBlock[];
  [field: string]: unknown;
}

export interface SlackWorkspace {
  id: string;
  enterpriseId: string | null;
  /** The app is installed for the whole organisation. */
  isOrganisations: boolean;
  botUserId: string;
  botId: string;
  users: Map<string, SlackUser>;
  channels: Map<string, SlackChannel>;
  ephemerals: EphemeralMessage[];
  modals: OpenView[];
  homes: Map<string, SlackView>;
  sessions: { channel: string; threadTs: string; status: string }[];
  prompts: { channel: string; threadTs: string | null; title: string; prompts: { title: string; message: string }[] }[];
  /** What is said beside the assistant's threads, in order. */
  statuses: { channel: string; threadTs: string; status: string }[];
  titles: Map<string, string>;
  /** Is the app declared as an agent here? */
  isAgent: boolean;
}

export type TokenState = "valid" | "token_revoked" | "account_inactive" | "token_expired" | "invalid_auth";

export interface SlackToken {
  workspace: SlackWorkspace;
  scopes: Set<string>;
  state: TokenState;
}

export function createWorkspace(id = "T0FAKE"): SlackWorkspace {
  return {
    id,
    enterpriseId: null,
    isOrganisations: false,
    botUserId: `U${id.slice(1)}BOT`,
    botId: `B${id.slice(1)}BOT`,
    users: new Map(),
    channels: new Map(),
    ephemerals: [],
    modals: [],
    homes: new Map(),
    sessions: [],
    prompts: [],
    statuses: [],
    titles: new Map(),
    isAgent: false,
  };
}

export function addUser(workspace: SlackWorkspace, name: string, options: Partial<SlackUser> = {}): SlackUser {
  const user = {
    id: `U${name.toUpperCase()}`,
    name,
    displayName: "",
    isAdmin: false,
    isDeactivated: false,
    timeZone: "Europe/Berlin",
    teamId: null,
    ...options,
  };
  workspace.users.set(user.id, user);
  return user;
}

/** The bot is a member unless `hasBot` is false; so is everybody who is in the workspace by then. */
export function addChannel(
  workspace: SlackWorkspace,
  name: string,
  { kind = "public", hasBot = true, ...rest }: Partial<SlackChannel> & { hasBot?: boolean } = {},
): SlackChannel {
  const letter = kind === "im" ? "D" : kind === "private" ? "G" : "C";
  const members = new Set([...workspace.users.keys(), ...(hasBot ? [workspace.botUserId] : [])]);
  const id = `${letter}${name.toUpperCase().replace(/[^A-Z\d]/g, "")}`;
  const channel = { id, name, kind, members, isArchived: false, isExternallyShared: false, messages: [], ...rest };
  workspace.channels.set(id, channel);
  return channel;
}

/** The conversation between the bot and one person, opened when it is not there yet. */
export function directChannel(workspace: SlackWorkspace, userId: string): SlackChannel {
  const known = workspace.channels.get(`D${userId}`);
  if (known !== undefined) return known;
  const channel = addChannel(workspace, userId, { kind: "im" });
  channel.members = new Set([userId, workspace.botUserId]);
  return channel;
}

export function findMessage(workspace: SlackWorkspace, channelId: string, ts: string): SlackMessage | null {
  const message = workspace.channels.get(channelId)?.messages.find((candidate) => candidate.ts === ts);
  return message === undefined || message.isDeleted ? null : message;
}

/** A message as Slack shows it in events and histories. */
export function messagePayload(
  message: SlackMessage,
  { withMetadata = false, replies = [] }: { withMetadata?: boolean; replies?: readonly SlackMessage[] } = {},
): Record<string, unknown> {
  return {
    ...(replies.length === 0 ? {} : { reply_count: replies.length, latest_reply: replies.at(-1)?.ts }),
    type: "message",
    ...(message.botId === null ? {} : { bot_id: message.botId, app_id: "A0FAKE" }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0 ? {} : { files: message.files.map(({ id, name, title }) => ({ id, name, title })) }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}
