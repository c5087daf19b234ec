import { listOf, refusalOfCommand, refusalOfMessage, refusalOfModal, withInner } from "./fake-discord-limits.ts";
import {
  allowedIn,
  CHANNEL,
  channelView,
  type DiscordChannel,
  type DiscordInteraction,
  type DiscordMessage,
  type DiscordWorld,
  EVERYTHING,
  isThread,
  type Part,
  PERMISSIONS,
} from "./fake-discord-world.ts";

export interface RestRequest {
  method: string;
  /** Without version and query. */
  path: string;
  query: URLSearchParams;
  body: Part;
  files: { name: string; bytes: Buffer }[];
  isAuthorized: boolean;
}

export interface RestReply {
  status: number;
  body: unknown;
}

export interface RouteParts {
  world: DiscordWorld;
  /** Was the message content intent granted? It decides what REST gives, too. */
  mayReadContent: boolean;
  /** Where the gateway is. */
  gatewayAddress(): string;
  dispatch(name: string, data: unknown, guildId: string | null): void;
}

/** The REST API, as far as a research bot uses it; what it does not know it refuses loudly. */
export function createRoutes({
  world,
  mayReadContent,
  gatewayAddress,
  dispatch,
}: RouteParts): (request: RestRequest) => RestReply {
  const nonces = new Map<string, { message: DiscordMessage; atMs: number }>();

  const table: [string, RegExp, Handler][] = [
    ["GET", /^\/gateway\/bot$/, () => ok(gatewayInformation(gatewayAddress()))],
    ["GET", /^\/users\/@me$/, () => ok(world.bot)],
    [
      "GET",
      /^\/users\/(\d+)$/,
      (_request, id) => {
        const person = world.people.get(id);
        return person === undefined ? refuse(404, 10013, "Unknown User") : ok(person);
      },
    ],
    ["GET", /^\/applications\/@me$/, () => ok({ id: world.applicationId, name: world.bot.username, flags: 0 })],
    ["POST", /^\/users\/@me\/channels$/, openDirect],
    [
      "GET",
      /^\/users\/(\d+)$/,
      (_request, id) => (world.people.has(id) ? ok(world.people.get(id)) : refuse(404, 10013, "Unknown User")),
    ],
    [
      "GET",
      /^\/guilds\/(\d+)$/,
      (_request, id) =>
        inGuild(id, () => ok({ id, name: "Guild", owner_id: "1", roles: [everyone(), managersRole()] })),
    ],
    [
      "GET",
      /^\/guilds\/(\d+)\/members\/(\d+)$/,
      (_request, id, userId) =>
        inGuild(id, () =>
          ok({ user: world.people.get(userId), roles: world.managers.has(userId) ? [world.managersRole] : [] }),
        ),
    ],
    ["GET", /^\/channels\/(\d+)$/, (_request, id) => inChannel(id, 0n, (channel) => ok(channelView(channel, world)))],
    ["PATCH", /^\/channels\/(\d+)$/, changeChannel],
    ["POST", /^\/channels\/(\d+)\/typing$/, (_request, id) => inChannel(id, 0n, () => ok(undefined))],
    ["GET", /^\/guilds\/(\d+)\/threads\/active$/, listActiveThreads],
    ["GET", /^\/channels\/(\d+)\/threads\/archived\/public$/, listArchivedThreads],
    ["GET", /^\/channels\/(\d+)\/messages$/, listMessages],
    ["POST", /^\/channels\/(\d+)\/messages$/, createMessage],
    [
      "GET",
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      (_request, id, messageId) => inMessage(id, messageId, (message) => ok(message)),
    ],
    ["PATCH", /^\/channels\/(\d+)\/messages\/(\d+)$/, editMessage],
    ["POST", /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, startThread],
    ["POST", /^\/interactions\/(\d+)\/([^/]+)\/callback$/, answerInteraction],
    ["POST", /^\/webhooks\/(\d+)\/([^/]+)$/, followUp],
    ["PATCH", /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/, editOriginal],
    ["GET", /^\/applications\/(\d+)\/(?:guilds\/\d+\/)?commands$/, ({ path }) => ok(world.commands.get(path) ?? [])],
    ["PUT", /^\/applications\/(\d+)\/(?:guilds\/\d+\/)?commands$/, putCommands],
  ];

  function managersRole() {
    return { id: world.managersRole, name: "managers", permissions: String(PERMISSIONS.ManageGuild) };
  }

  function everyone(): Part {
    return { id: world.guildId, name: "@everyone", permissions: EVERYTHING.toString() };
  }

  function inGuild(id: string, work: () => RestReply): RestReply {
    return id === world.guildId && world.isMember ? work() : refuse(404, 10004, "Unknown Guild");
  }

  function inChannel(id: string, needed: bigint, work: (channel: DiscordChannel) => RestReply): RestReply {
    const channel = world.channels.get(id);
    if (channel === undefined) return refuse(404, 10003, "Unknown Channel");
    const allowed = allowedIn(world, channel);
    if ((allowed & PERMISSIONS.ViewChannel) === 0n) return refuse(403, 50001, "Missing Access");
    if ((needed & ~allowed) !== 0n) return refuse(403, 50013, "Missing Permissions");
    return work(channel);
  }

  function inMessage(
    id: string,
    messageId: string,
    work: (message: DiscordMessage, channel: DiscordChannel) => RestReply,
  ): RestReply {
    return inChannel(id, PERMISSIONS.ReadMessageHistory, (channel) => {
      if (channel.type === CHANNEL.forum) return refuse(400, 50024, "Cannot execute action on this channel type");
      const message = channel.messages.find((candidate) => candidate.id === messageId);
      return message === undefined ? refuse(404, 10008, "Unknown Message") : work(message, channel);
    });
  }

  function openDirect({ body }: RestRequest): RestReply {
    const user = world.people.get(String(body.recipient_id));
    return user === undefined
      ? refuse(400, 50033, "Invalid Recipient(s)")
      : ok(channelView(world.directChannel(user), world));
  }

  function changeChannel({ body }: RestRequest, id: string): RestReply {
    return inChannel(id, PERMISSIONS.SendMessagesInThreads, (channel) => {
      if (channel.isLocked) return refuse(403, 50013, "Missing Permissions");
      if (typeof body.archived === "boolean") channel.isArchived = body.archived;
      return ok(channelView(channel, world));
    });
  }

  function asShown(message: DiscordMessage, channel: DiscordChannel): DiscordMessage {
    const isOurs = message.author.id === world.bot.id || message.mentions.some(({ id }) => id === world.bot.id);
    if (mayReadContent || isOurs || channel.guildId === null) return message;
    return { ...message, content: "", embeds: [], attachments: [], components: [] };
  }

  function listActiveThreads(_request: RestRequest, id: string): RestReply {
    return inGuild(id, () => {
      const threads = Array.from(world.channels.values()).filter((channel) => isThread(channel) && !channel.isArchived);
      const seen = threads.filter((thread) => (allowedIn(world, thread) & PERMISSIONS.ViewChannel) !== 0n);
      return ok({ threads: seen.map((thread) => channelView(thread, world)), members: [] });
    });
  }

  function listArchivedThreads({ query }: RestRequest, id: string): RestReply {
    return inChannel(id, PERMISSIONS.ReadMessageHistory, (channel) => {
      if (channel.type !== CHANNEL.text && channel.type !== CHANNEL.announcement && channel.type !== CHANNEL.forum)
        return refuse(400, 50024, "Cannot execute action on this channel type");
      const limit = Number(query.get("limit") ?? 50);
      if (limit < 2 || limit > 100) return invalid("limit: int value should be between 2 and 100.");
      const archived = Array.from(world.channels.values()).filter(
        (thread) => isThread(thread) && thread.isArchived && thread.parentId === id,
      );
      const threads = archived.slice(0, limit).map((thread) => channelView(thread, world));
      return ok({ threads, members: [], has_more: archived.length > limit });
    });
  }

  function listMessages({ query }: RestRequest, id: string): RestReply {
    return inChannel(id, PERMISSIONS.ReadMessageHistory, (channel) => {
      const messages = channel.messages.map((message) => asShown(message, channel));
      const [after, before, limit] = [query.get("after"), query.get("before"), Number(query.get("limit") ?? 50)];
      if (limit < 1 || limit > 100) return invalid("limit: int value should be between 1 and 100.");
      const newestFirst = messages.toReversed();
      if (after !== null)
        return ok(
          messages
            .filter((message) => BigInt(message.id) > BigInt(after))
            .slice(0, limit)
            .toReversed(),
        );
      if (before !== null)
        return ok(newestFirst.filter((message) => BigInt(message.id) < BigInt(before)).slice(0, limit));
      return ok(newestFirst.slice(0, limit));
    });
  }

  function createMessage(request: RestRequest, id: string): RestReply {
    const channel = world.channels.get(id);
    const sending =
      channel !== undefined && isThread(channel) ? PERMISSIONS.SendMessagesInThreads : PERMISSIONS.SendMessages;
    const needed = request.files.length > 0 ? sending | PERMISSIONS.AttachFiles : sending;
    return inChannel(id, needed, (place) => {
      if (place.recipient?.hasOpenDoor === false) return refuse(403, 50007, "Cannot send messages to this user");
      if (place.type === CHANNEL.forum) return refuse(400, 50008, "Cannot send messages in a non-text channel");
      if (place.isLocked) return refuse(400, 160005, "Thread is locked");
      const refusal = refusalOfMessage(request.body, names(request)) ?? refusalOfReference(request.body, place);
      if (refusal !== null) return invalid(refusal);
      const known = earlierWith(request.body, id);
      if (known !== null) return ok(known);
      place.isArchived = false;
      const message = put(place, request);
      if (message.nonce !== undefined) nonces.set(`${id} ${message.nonce}`, { message, atMs: world.nowMs() });
      return ok(message);
    });
  }

  /** "checked for uniqueness in the past few minutes" */
  function earlierWith({ nonce, enforce_nonce: isEnforced }: Part, channelId: string): DiscordMessage | null {
    if (isEnforced !== true || nonce === undefined) return null;
    const known = nonces.get(`${channelId} ${String(nonce)}`);
    return known !== undefined && world.nowMs() - known.atMs < 5 * 60_000 ? known.message : null;
  }

  function refusalOfReference(body: Part, { messages }: DiscordChannel): string | null {
    const reference = body.message_reference as Part | undefined;
    if (String(body.nonce ?? "").length > 25) return "nonce: Must be 25 or fewer in length.";
    if (reference === undefined || reference.fail_if_not_exists === false) return null;
    return messages.some(({ id }) => id === reference.message_id) ? null : "message_reference: Unknown message";
  }

  function put(channel: DiscordChannel, request: RestRequest, details: Partial<DiscordMessage> = {}): DiscordMessage {
    const message = newMessage(world, channel, request, details);
    notePings(world, message, request.body, channel);
    channel.messages.push(message);
    dispatch("MESSAGE_CREATE", message, channel.guildId);
    return message;
  }

  function editMessage(request: RestRequest, id: string, messageId: string): RestReply {
    return inMessage(id, messageId, (message, channel) => {
      if (message.author.id !== world.bot.id)
        return refuse(403, 50005, "Cannot edit a message authored by another user");
      if (channel.isArchived) return refuse(400, 50083, "Thread is archived");
      return applyEdit(message, request);
    });
  }

  function applyEdit(message: DiscordMessage, request: RestRequest): RestReply {
    const flags =
      request.body.flags === undefined ? message.flags : Number(request.body.flags) | (message.flags & (1 << 15));
    const body = { components: message.components, content: message.content, ...request.body, flags };
    const refusal = refusalOfMessage(body, [...names(request), ...message.attachments.map(({ filename }) => filename)]);
    if (refusal !== null) return invalid(refusal);
    Object.assign(message, { components: listOf(body.components), content: String(body.content ?? ""), flags });
    message.edited_timestamp = new Date(world.nowMs()).toISOString();
    return ok(message);
  }

  function startThread({ body }: RestRequest, id: string, messageId: string): RestReply {
    return inChannel(id, PERMISSIONS.CreatePublicThreads, (channel) => {
      if (channel.guildId === null || isThread(channel))
        return refuse(400, 50024, "Cannot execute action on this channel type");
      if (channel.type === CHANNEL.voice) return refuse(400, 50024, "Cannot execute action on this channel type");
      if (!channel.messages.some((message) => message.id === messageId)) return refuse(404, 10008, "Unknown Message");
      if (world.channels.has(messageId))
        return refuse(400, 160004, "A thread has already been created for this message");
      const name = String(body.name ?? "");
      if (name.length < 1 || name.length > 100) return invalid("name: Must be between 1 and 100 in length.");
      const thread = world.channel(name, { id: messageId, type: CHANNEL.publicThread, parentId: id });
      dispatch("THREAD_CREATE", channelView(thread, world), channel.guildId);
      return ok(channelView(thread, world));
    });
  }

  function answerInteraction(request: RestRequest, id: string, token: string): RestReply {
    const interaction = world.interactions.get(id);
    if (interaction === undefined || interaction.token !== token) return refuse(404, 10062, "Unknown interaction");
    if (interaction.answers.length > 0) return refuse(400, 40060, "Interaction has already been acknowledged.");
    if (world.nowMs() - interaction.createdAtMs > 3_000) return refuse(404, 10062, "Unknown interaction");
    const type = Number(request.body.type);
    const data = (request.body.data ?? {}) as Part;
    const refusal = refusalOfAnswer(type, data, interaction, names(request));
    if (refusal !== null) return invalid(refusal);
    interaction.answers.push(type);
    const message = carryOut(type, { ...request, body: data }, interaction);
    if (request.query.get("with_response") !== "true") return { status: 204, body: undefined };
    return ok({
      interaction: { id, type: interaction.type },
      resource: { type, ...(message === null ? {} : { message }) },
    });
  }

  function carryOut(type: number, request: RestRequest, interaction: DiscordInteraction): DiscordMessage | null {
    if (type === 4 || type === 5)
      return reply(
        interaction,
        type === 5 ? { ...request, body: { content: "thinking…", flags: request.body.flags } } : request,
      );
    if (type === 7 && interaction.message !== null) applyEdit(interaction.message, request);
    if (type === 8) interaction.choices = listOf(request.body.choices) as unknown as { name: string; value: string }[];
    if (type === 9) interaction.modal = request.body;
    return null;
  }

  function reply(interaction: DiscordInteraction, request: RestRequest): DiscordMessage {
    const { channel, user, id, type } = interaction;
    const details = { interaction_metadata: { id, type, user, authorizing_integration_owners: {} } };
    const isWhisper = (Number(request.body.flags ?? 0) & EPHEMERAL) !== 0;
    const message = isWhisper ? newMessage(world, channel, request, details) : put(channel, request, details);
    if (isWhisper) interaction.whispers.push(message);
    interaction.original ??= message;
    return message;
  }

  function byToken(token: string, work: (interaction: DiscordInteraction) => RestReply): RestReply {
    const interaction = Array.from(world.interactions.values()).find((candidate) => candidate.token === token);
    if (interaction === undefined) return refuse(404, 10015, "Unknown Webhook");
    if (world.nowMs() - interaction.createdAtMs > TOKEN_LIFE_MS) return refuse(401, 50027, "Invalid Webhook Token");
    return interaction.answers.length === 0 ? refuse(404, 10015, "Unknown Webhook") : work(interaction);
  }

  function followUp(request: RestRequest, _applicationId: string, token: string): RestReply {
    return byToken(token, (interaction) => {
      const refusal = refusalOfMessage(request.body, names(request));
      return refusal === null ? ok(reply(interaction, request)) : invalid(refusal);
    });
  }

  function editOriginal(request: RestRequest, _applicationId: string, token: string): RestReply {
    return byToken(token, ({ original }) =>
      original === null ? refuse(404, 10008, "Unknown Message") : applyEdit(original, request),
    );
  }

  function putCommands({ path, body }: RestRequest): RestReply {
    const commands = listOf(body);
    const refusal = commands.map(refusalOfCommand).find((found) => found !== null);
    if (refusal != null) return invalid(refusal);
    const stored = commands.map((command) => ({
      id: world.newId(),
      application_id: world.applicationId,
      version: world.newId(),
      type: 1,
      ...command,
    }));
    world.commands.set(path, stored);
    return ok(stored);
  }

  return (request) => {
    if (!request.isAuthorized && !/^\/(interactions|webhooks)\//.test(request.path))
      return refuse(401, 0, "401: Unauthorized");
    for (const [method, pattern, handler] of table) {
      const match = method === request.method ? pattern.exec(request.path) : null;
      if (match !== null) return handler(request, match[1] ?? "", match[2] ?? "");
    }
    return refuse(404, 0, `404: Not Found: ${request.method} ${request.path}`);
  };
}

type Handler = (request: RestRequest, first: string, second: string) => RestReply;

const EPHEMERAL = 1 << 6;
const TOKEN_LIFE_MS = 15 * 60_000;

function gatewayInformation(url: string): unknown {
  return { url, shards: 1, session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 } };
}

function refusalOfAnswer(
  type: number,
  data: Part,
  interaction: DiscordInteraction,
  fileNames: readonly string[],
): string | null {
  switch (type) {
    case 4:
      return refusalOfMessage(data, fileNames);
    case 5:
      return null;
    case 6:
      return interaction.message === null ? "type" : null;
    case 7:
      return interaction.message === null
        ? "type"
        : refusalOfMessage({ flags: interaction.message.flags, ...data }, fileNames);
    case 8: {
      const choices = listOf(data.choices);
      const isGood = choices.every(({ name, value }) => isShort(name) && isShort(value));
      return interaction.type === 4 && choices.length <= 25 && isGood ? null : "choices";
    }
    case 9:
      return interaction.type === 5 ? "type: a form does not open a form" : refusalOfModal(data);
    default:
      return "type";
  }
}

function isShort(text: unknown): boolean {
  return typeof text === "string" && text.length >= 1 && text.length <= 100;
}

function newMessage(
  world: DiscordWorld,
  channel: DiscordChannel,
  request: RestRequest,
  details: Partial<DiscordMessage>,
): DiscordMessage {
  const { body, files } = request;
  const reference = body.message_reference as DiscordMessage["message_reference"];
  return {
    ...{ id: world.newId(), channel_id: channel.id, author: world.bot, content: String(body.content ?? "") },
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
    ...{
      timestamp: new Date(world.nowMs()).toISOString(),
      edited_timestamp: null,
      flags: Number(body.flags ?? 0),
      type: reference === undefined ? 0 : 19,
    },
    ...{ components: listOf(body.components), embeds: [], mentions: [] },
    attachments: files.map(({ name, bytes }) => ({
      id: world.newId(),
      filename: name,
      size: bytes.length,
      url: `data:text/plain;base64,${bytes.toString("base64")}`,
    })),
    ...(body.nonce === undefined ? {} : { nonce: String(body.nonce) }),
    ...(reference === undefined ? {} : { message_reference: reference }),
    ...details,
  };
}

/** Who is notified: by default every mention of the text is alive. */
function notePings(world: DiscordWorld, message: DiscordMessage, body: Part, channel: DiscordChannel): void {
  const allowed = body.allowed_mentions as { parse?: string[]; users?: string[]; replied_user?: boolean } | undefined;
  const text = [
    message.content,
    ...message.components.flatMap(withInner).map(({ content }) => String(content ?? "")),
  ].join("\n");
  const mayEveryone = allowed === undefined || (allowed.parse ?? []).includes("everyone");
  if (/@(?:everyone|here)/.test(text) && mayEveryone) world.pings.push("everyone");
  for (const [, id = ""] of text.matchAll(/<@!?(\d+)>/g)) {
    const mayUser =
      allowed === undefined || (allowed.parse ?? []).includes("users") || (allowed.users ?? []).includes(id);
    if (mayUser) world.pings.push(id);
  }
  const repliedTo = channel.messages.find(({ id }) => id === message.message_reference?.message_id);
  if (
    repliedTo !== undefined &&
    allowed?.replied_user !== false &&
    (allowed === undefined || allowed.replied_user === true)
  )
    world.pings.push(repliedTo.author.id);
}

function names({ files }: RestRequest): string[] {
  return files.map(({ name }) => name);
}

function ok(body: unknown): RestReply {
  return { status: body === undefined ? 204 : 200, body };
}

function refuse(status: number, code: number, message: string): RestReply {
  return { status, body: { code, message } };
}

function invalid(detail: string): RestReply {
  return {
    status: 400,
    body: { code: 50035, message: "Invalid Form Body", errors: { _errors: [{ code: "INVALID", message: detail }] } },
  };
}
