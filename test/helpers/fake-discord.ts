import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createGateway, type Gateway } from "./fake-discord-gateway.ts";
import { listOf } from "./fake-discord-limits.ts";
import { createRates, type Rates } from "./fake-discord-rates.ts";
import { createRoutes, type RestReply, type RestRequest } from "./fake-discord-routes.ts";
import {
  allowedIn,
  channelView,
  createWorld,
  type DiscordChannel,
  type DiscordInteraction,
  type DiscordMessage,
  type DiscordUser,
  type DiscordWorld,
  type Part,
} from "./fake-discord-world.ts";
import { until } from "./until.ts";

export interface RecordedCall {
  method: string;
  path: string;
  body: Part;
  files: string[];
  status: number;
  /** Milliseconds on a clock that only goes forward. */
  atMs: number;
}

/**
 * `drop` and a status: nothing was done. `drop-after` and `hang`: it was done, but the other side is not told; with
 * `hang` the connection stays open.
 */
export interface Fault {
  /** Fits "POST /channels/1/messages". */
  matches: RegExp;
  /** Fits the body as JSON; any when left out. */
  body?: RegExp;
  times: number;
  what: "drop" | "drop-after" | "hang" | number;
}

export interface FakeDiscord extends DiscordWorld {
  /** For `rest.api`. */
  readonly api: string;
  readonly gateway: Gateway;
  readonly rates: Rates;
  readonly calls: RecordedCall[];
  /** The next requests that match fail. */
  fail(fault: Fault): void;
  say(words: { channel: DiscordChannel; user: DiscordUser; content: string; isWebhook?: boolean }): DiscordMessage;
  withdraw(message: DiscordMessage, channel: DiscordChannel): void;
  /** `/name options` */
  command(call: {
    name: string;
    options?: Record<string, string>;
    subcommand?: string;
    channel: DiscordChannel;
    user: DiscordUser;
  }): DiscordInteraction;
  /** Somebody is in a field of a command that is not sent yet; `options` are the other fields. */
  complete(call: {
    name: string;
    options?: Record<string, string>;
    subcommand?: string;
    focused: string;
    value: string;
    channel: DiscordChannel;
    user: DiscordUser;
  }): DiscordInteraction;
  /** "Apps > name" on a message. */
  menu(call: { name: string; message: DiscordMessage; channel: DiscordChannel; user: DiscordUser }): DiscordInteraction;
  click(message: DiscordMessage, customId: string, user: DiscordUser): DiscordInteraction;
  choose(message: DiscordMessage, customId: string, values: string[], user: DiscordUser): DiscordInteraction;
  /** Fields that are left alone keep what stands in them. */
  submit(opened: DiscordInteraction, fields: Record<string, string | string[]>): DiscordInteraction;
  /** Delivers the same interaction once more. */
  repeat(interaction: DiscordInteraction): void;
  /** The bot is thrown out of its server. */
  /** The bot is brought into the server; with another time it is what Discord tells after each start. */
  addBot(systemChannel: DiscordChannel | null, joinedAt?: Date): void;
  removeBot(): void;
  /** The server is down for a while. */
  goDown(): void;
  /** Resolves when the condition holds. */
  until<Found>(look: () => Found | null | undefined | false): Promise<Found>;
  close(): Promise<void>;
}

export interface FakeDiscordOptions {
  heartbeatMs?: number;
  mayReadContent?: boolean;
  rate?: { limit: number; windowMs: number };
}

/** A Discord on this machine, over real sockets. */
export async function createFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { heartbeatMs = 45_000, mayReadContent = false, rate = { limit: 1_000, windowMs: 5_000 } } = options;
  const world = createWorld();
  const server = createServer((request, response) => void serve(request, response));
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const payloads = new Map<string, Part>();
  const faults: Fault[] = [];
  const calls: RecordedCall[] = [];
  let port = 0;
  const gateway = createGateway(server, {
    world,
    heartbeatMs,
    mayReadContent,
    address: () => `ws://127.0.0.1:${port}`,
  });
  const rates = createRates(rate);
  const dispatch = (name: string, data: unknown, guildId: string | null): void => gateway.dispatch(name, data, guildId);
  const route = createRoutes({ world, mayReadContent, gatewayAddress: () => `ws://127.0.0.1:${port}`, dispatch });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, world.token);
    const name = `${request.method} ${request.path}`;
    const fault = faults.find(
      ({ matches, times, body = /^/ }) => times > 0 && matches.test(name) && body.test(JSON.stringify(request.body)),
    );
    if (fault !== undefined) fault.times -= 1;
    if (fault?.what === "drop") return void incoming.socket.destroy();
    const verdict = rates.take(request.method, request.path);
    const reply = answerTo(request, verdict, fault);
    record(request, reply.status);
    if (fault?.what === "hang") return;
    if (fault?.what === "drop-after") return void incoming.socket.destroy();
    response.writeHead(reply.status, { "content-type": "application/json", ...verdict.headers });
    response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
  }

  function answerTo(request: RestRequest, verdict: ReturnType<Rates["take"]>, fault: Fault | undefined): RestReply {
    if (typeof fault?.what === "number")
      return { status: fault.what, body: { code: 0, message: `${fault.what}: made to fail` } };
    if (verdict.isAllowed) return route(request);
    const { retryAfterSeconds, isGlobal } = verdict;
    return {
      status: 429,
      body: { message: "You are being rate limited.", retry_after: retryAfterSeconds, global: isGlobal },
    };
  }

  function record({ method, path, body, files }: RestRequest, status: number): void {
    calls.push({ method, path, body, files: files.map(({ name }) => name), status, atMs: performance.now() });
  }

  function interact(
    type: number,
    channel: DiscordChannel,
    user: DiscordUser,
    data: Part,
    message: DiscordMessage | null,
  ): DiscordInteraction {
    const interaction: DiscordInteraction = {
      ...{ id: world.newId(), token: `interaction-${randomUUID()}`, createdAtMs: world.nowMs(), channel, user },
      ...{ answers: [], whispers: [], original: null, modal: null, choices: null, message, type },
    };
    world.interactions.set(interaction.id, interaction);
    payloads.set(interaction.id, {
      ...{ id: interaction.id, application_id: world.applicationId, type, token: interaction.token, version: 1, data },
      ...{
        channel_id: channel.id,
        channel: channelView(channel, world),
        app_permissions: allowedIn(world, channel).toString(),
      },
      ...(channel.guildId === null
        ? { user }
        : { guild_id: channel.guildId, member: { user, roles: [], permissions: "0" } }),
      ...(message === null ? {} : { message }),
      ...{
        locale: "en-US",
        entitlements: [],
        authorizing_integration_owners: {},
        attachment_size_limit: 10_485_760,
        context: channel.guildId === null ? 1 : 0,
      },
    });
    discord.repeat(interaction);
    return interaction;
  }

  function optionsOf(given: Record<string, string>, subcommand: string | undefined, focused?: string): Part[] {
    const options = Object.entries(given).map(([name, value]) => ({
      name,
      type: 3,
      value,
      ...(name === focused ? { focused: true } : {}),
    }));
    return subcommand === undefined ? options : [{ name: subcommand, type: 1, options }];
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;

  const discord: FakeDiscord = Object.assign(world, {
    api: `http://127.0.0.1:${port}/api`,
    gateway,
    rates,
    calls,
    fail: (fault: Fault) => void faults.push(fault),
    say: ({ channel, user, content, isWebhook = false }: Parameters<FakeDiscord["say"]>[0]) => {
      const mentions = Array.from(content.matchAll(/<@!?(\d+)>/g), ([, id = ""]) => world.people.get(id)).filter(
        (person) => person !== undefined,
      );
      const message: DiscordMessage = {
        ...{
          id: world.newId(),
          channel_id: channel.id,
          author: user,
          content,
          timestamp: new Date(world.nowMs()).toISOString(),
          edited_timestamp: null,
        },
        ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
        ...{ flags: 0, type: 0, components: [], embeds: [], attachments: [], mentions },
        ...(isWebhook ? { webhook_id: world.newId() } : {}),
      };
      channel.messages.push(message);
      gateway.dispatch("MESSAGE_CREATE", message, channel.guildId);
      return message;
    },
    addBot: (systemChannel: DiscordChannel | null, joinedAt = new Date()) =>
      gateway.dispatch(
        "GUILD_CREATE",
        {
          ...{ id: world.guildId, name: "The server", joined_at: joinedAt.toISOString(), unavailable: false },
          ...{ system_channel_id: systemChannel?.id ?? null, features: [], roles: [], emojis: [], stickers: [] },
          ...{ channels: [], threads: [], members: [], presences: [], voice_states: [], stage_instances: [] },
        },
        world.guildId,
      ),
    removeBot: () => gateway.dispatch("GUILD_DELETE", { id: world.guildId }, world.guildId),
    goDown: () => gateway.dispatch("GUILD_DELETE", { id: world.guildId, unavailable: true }, world.guildId),
    withdraw: (message: DiscordMessage, channel: DiscordChannel) => {
      channel.messages.splice(channel.messages.indexOf(message), 1);
      gateway.dispatch(
        "MESSAGE_DELETE",
        { id: message.id, channel_id: channel.id, guild_id: channel.guildId ?? undefined },
        channel.guildId,
      );
    },
    command: ({ name, options = {}, subcommand, channel, user }: Parameters<FakeDiscord["command"]>[0]) =>
      interact(
        2,
        channel,
        user,
        { id: world.newId(), type: 1, name, options: optionsOf(options, subcommand) } as Part,
        null,
      ),
    complete: ({
      name,
      options = {},
      subcommand,
      focused,
      value,
      channel,
      user,
    }: Parameters<FakeDiscord["complete"]>[0]) =>
      interact(
        4,
        channel,
        user,
        {
          id: world.newId(),
          type: 1,
          name,
          options: optionsOf({ ...options, [focused]: value }, subcommand, focused),
        } as Part,
        null,
      ),
    menu: ({ name, message, channel, user }: Parameters<FakeDiscord["menu"]>[0]) =>
      interact(
        2,
        channel,
        user,
        {
          id: world.newId(),
          type: 3,
          name,
          target_id: message.id,
          resolved: { messages: { [message.id]: message } },
        } as Part,
        null,
      ),
    click: (message: DiscordMessage, customId: string, user: DiscordUser) =>
      interact(3, placeOf(message, world), user, { custom_id: customId, component_type: 2 } as Part, message),
    choose: (message: DiscordMessage, customId: string, values: string[], user: DiscordUser) =>
      interact(3, placeOf(message, world), user, { custom_id: customId, component_type: 3, values } as Part, message),
    submit: ({ modal, channel, user, message }: DiscordInteraction, fields: Parameters<FakeDiscord["submit"]>[1]) => {
      if (modal === null) throw new Error("no form was opened");
      const components = filledIn(modal, fields);
      return interact(5, channel, user, { custom_id: modal.custom_id, components } as Part, message);
    },
    repeat: ({ id, channel }: DiscordInteraction) =>
      gateway.dispatch("INTERACTION_CREATE", payloads.get(id), channel.guildId),
    until: <Found>(look: () => Found | null | undefined | false): Promise<Found> =>
      until(look, { what: String(look), withinMs: LONGEST_WAIT_MS }),
    close: async () => {
      // First: whoever loses a connection comes again.
      const closed = new Promise((resolve) => server.close(resolve));
      await gateway.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
  return discord;
}

const LONGEST_WAIT_MS = 60_000;

/** What Discord sends of a form; it does not let people leave out what is required, or choose what is not there. */
function filledIn(modal: Part, fields: Record<string, string | string[]>): Part[] {
  const inputs = listOf(modal.components).map(({ component }) => component as Part);
  const strange = Object.keys(fields).filter((id) => !inputs.some(({ custom_id: known }) => known === id));
  if (strange.length > 0) throw new Error(`there is no field ${strange}`);
  return inputs.map((input, index) => ({ type: 18, id: 2 * index + 1, component: inputOf(input, fields, index) }));
}

function inputOf(
  { type, custom_id: id, ...input }: Part,
  fields: Record<string, string | string[]>,
  index: number,
): Part {
  const sent = { type, id: 2 * index + 2, custom_id: id } as Part;
  const given = fields[String(id)];
  const isRequired = input.required !== false;
  if (type === 4) {
    const value = String(given ?? input.value ?? "");
    if (isRequired && value === "") throw new Error(`${id} is required`);
    if (value.length > Number(input.max_length ?? 4_000)) throw new Error(`${id} is too long`);
    return { ...sent, value };
  }
  const options = listOf(input.options);
  const values = given ?? options.filter((option) => option.default === true).map(({ value }) => String(value));
  const isThere = Array.isArray(values) && values.every((chosen) => options.some(({ value }) => value === chosen));
  if (!isThere || values.length > Number(input.max_values ?? 1)) throw new Error(`${id} cannot be ${values}`);
  if (isRequired && values.length === 0) throw new Error(`${id} is required`);
  return { ...sent, values } as Part;
}

function placeOf(message: DiscordMessage, world: DiscordWorld): DiscordChannel {
  const channel = world.channels.get(message.channel_id);
  if (channel === undefined) throw new Error("the message is in no channel");
  return channel;
}

async function readRequest(incoming: IncomingMessage, token: string): Promise<RestRequest> {
  const { pathname, searchParams: query } = new URL(incoming.url ?? "/", "http://localhost");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const type = incoming.headers["content-type"] ?? "";
  const { body, files } = await readBody(Buffer.concat(chunks), type);
  return {
    method: incoming.method ?? "GET",
    path: decodeURIComponent(pathname.replace(/^\/api\/v10/, "")),
    ...{ query, body, files, isAuthorized: incoming.headers.authorization === `Bot ${token}` },
  };
}

async function readBody(bytes: Buffer<ArrayBuffer>, type: string): Promise<Pick<RestRequest, "body" | "files">> {
  if (bytes.length === 0) return { body: {}, files: [] };
  if (!type.startsWith("multipart/")) return { body: JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: RestRequest["files"] = [];
  for (const [, value] of form)
    if (typeof value !== "string") files.push({ name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  return { body: JSON.parse(String(form.get("payload_json") ?? "{}")), files };
}
