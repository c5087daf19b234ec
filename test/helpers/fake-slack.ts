import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createDelivery, type Delivery } from "./fake-slack-delivery.ts";
import {
  type Arguments,
  DISTRIBUTED_PER_MINUTE,
  METHODS,
  type MethodContext,
  missingScope,
  type Reply,
  unknownArguments,
} from "./fake-slack-methods.ts";
import { createOauth } from "./fake-slack-oauth.ts";
import { createPeople, type People } from "./fake-slack-people.ts";
import { createRates } from "./fake-slack-rates.ts";
import { createWorkspace, type SlackToken, type SlackWorkspace } from "./fake-slack-world.ts";

/** A call of the Web API as it arrived, and what was answered. */
export interface SlackCall {
  method: string;
  args: Arguments;
  workspaceId: string | null;
  reply: Reply;
  at: number;
}

/** What goes wrong with a call: an error of Slack's, an HTTP status, a 429, silence before or after the work is done. */
export type Fault =
  | { error: string }
  | { status: number }
  | { retryAfter: number }
  | { kind: "silent" }
  | { kind: "silent-after" }
  | { delayMs: number };

export interface FakeSlackOptions {
  /** Scopes of the tokens; by default every scope that a method here can need. */
  scopes?: readonly string[];
  /** Types of events that the app subscribed to, as in its manifest; by default all. */
  botEvents?: readonly string[];
  deadlineMs?: number;
  retryDelaysMs?: readonly number[];
  now?: () => number;
  hasRateLimits?: boolean;
  /** The app is distributed outside of the Marketplace: history at one request a minute, 15 messages each. */
  isDistributed?: boolean;
}

export interface FakeSlack extends People {
  /** For `slackApiUrl`. */
  readonly apiUrl: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: SlackWorkspace;
  readonly calls: SlackCall[];
  readonly deliveries: Delivery[];
  /** Everything that would have notified somebody. */
  readonly pings: string[];
  /** What the app is told with its next HTTP requests; sockets are used until this is called. */
  useRequestUrl(url: string): void;
  requestUrl(): string;
  addWorkspace(id: string): SlackWorkspace;
  tokenOf(workspace: SlackWorkspace): string;
  setTokenState(workspace: SlackWorkspace, state: SlackToken["state"]): void;
  /** Codes that a person brings back from the page where they agreed, and the tokens of apps that rotate them. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly oauth: ReturnType<typeof createOauth>;
  /** Asked for each call; the first that is not null is what happens. */
  faults: ((call: { method: string; args: Arguments }) => Fault | null)[];
  failNext(method: string, fault: Fault, times?: number): void;
  connections(): number;
  refreshSockets(count?: number, reason?: "warning" | "refresh_requested"): void;
  cutSockets(): void;
  /** Resolves with the first value that is there, looked for again after each call and delivery. */
  until<Value>(look: () => Value | null | undefined | false): Promise<Value>;
  /** Resolves when every delivery was acknowledged or given up. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const ALL_SCOPES = [
  ...["app_mentions:read", "assistant:write", "chat:write", "commands", "files:write", "users:read"],
  ...["im:read", "im:write", "channels:read", "groups:read"],
  ...["channels:history", "groups:history", "im:history", "mpim:history"],
];

/**
 * Slack on this machine: its Web API over HTTP, Socket Mode over WebSockets, signed requests to the app, limits, tiers and
 * deadlines as documented. At least as strict as the original where the adapter could lean on it.
 */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const now = options.now ?? Date.now;
  const isDistributed = options.isDistributed ?? false;
  const workspaces = new Map<string, SlackWorkspace>();
  const tokens = new Map<string, SlackToken>();
  const calls: SlackCall[] = [];
  const deliveries: Delivery[] = [];
  const pings: string[] = [];
  const uploads: MethodContext["uploads"] = new Map();
  const looks = new Set<() => void>();
  const open = new Set<Promise<unknown>>();
  const rates = createRates(now);
  const signingSecret = randomUUID();
  const delivery = createDelivery({
    signingSecret,
    deadlineMs: options.deadlineMs ?? 3_000,
    retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
    onConnection: () => lookAgain(),
  });
  const appToken = `xapp-1-A0FAKE-1-${randomUUID()}`;
  let lastTs = 0;

  function nextTs(): string {
    lastTs = Math.max(lastTs + 1, now() * 1000);
    return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, "0")}`;
  }

  async function deliver(kind: Delivery["kind"], body: Record<string, unknown>): Promise<Delivery> {
    const delivering = delivery.deliver(kind, body);
    open.add(delivering);
    const delivered = await delivering;
    open.delete(delivering);
    deliveries.push(delivered);
    lookAgain();
    return delivered;
  }

  function addWorkspace(id: string): SlackWorkspace {
    const workspace = createWorkspace(id);
    workspaces.set(id, workspace);
    const scopes = new Set(options.scopes ?? ALL_SCOPES);
    tokens.set(`xoxb-${id}-${randomUUID()}`, { workspace, scopes, state: "valid" });
    return workspace;
  }

  const people = createPeople({
    now,
    nextTs,
    deliver,
    isSubscribed: (type) => options.botEvents?.includes(type) ?? true,
    baseUrl: () => baseUrl,
    lookAgain: () => lookAgain(),
  });
  const client = { clientId: "123.456", clientSecret: randomUUID() };
  const oauth = createOauth({ tokens, workspaces, scopes: options.scopes ?? ALL_SCOPES, ...client, now });
  const faults: FakeSlack["faults"] = [];

  function lookAgain(): void {
    for (const look of looks) look();
  }

  function tokenState(token: SlackToken | undefined): string | null {
    if (token === undefined) return "invalid_auth";
    return token.state === "valid" ? null : token.state;
  }

  function run(name: string, args: Arguments, secret: string): Reply | { retryAfter: number } {
    if (name === "apps.connections.open") {
      if (secret !== appToken) return { ok: false, error: "invalid_auth" };
      return { ok: true, url: `${baseUrl.replace("http", "ws")}/link/?ticket=${randomUUID()}` };
    }
    if (name === "oauth.v2.access") return oauth.access(args);
    const method = METHODS[name];
    if (method === undefined) return { ok: false, error: "unknown_method" };
    const token = tokens.get(secret);
    const problem = tokenState(token);
    if (token === undefined || problem !== null) return { ok: false, error: problem ?? "invalid_auth" };
    const missing = method.scopes.find((scope) => !token.scopes.has(scope) && !scope.endsWith(":history"));
    if (missing !== undefined) return missingScope({ token }, missing);
    const strange = unknownArguments(name, args);
    if (strange.length > 0) return { ok: false, error: `invalid_arguments: ${strange}` };
    const isSlow = isDistributed && /^conversations\.(?:history|replies)$/.test(name);
    if (options.hasRateLimits !== false) {
      const seconds =
        method.perMinute === null
          ? rates.takePost(`${token.workspace.id} ${args.channel}`)
          : rates.take(name, token.workspace.id, isSlow ? DISTRIBUTED_PER_MINUTE : method.perMinute);
      if (seconds !== null) return { retryAfter: seconds };
    }
    const { announce, useTrigger } = people;
    return method.run({ token, now, nextTs, baseUrl, isDistributed, announce, useTrigger, uploads, pings }, args);
  }

  async function handleMethod(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const args = readArguments(await readBody(request));
    const secret = String(args.token ?? request.headers.authorization ?? "").replace("Bearer ", "");
    const workspaceId = tokens.get(secret)?.workspace.id ?? null;
    const fault = faults.map((ask) => ask({ method: name, args })).find((answer) => answer !== null) ?? null;
    const note = (reply: Reply): void => {
      calls.push({ method: name, args, workspaceId, reply, at: now() });
      lookAgain();
    };
    if (fault !== null && "delayMs" in fault) await wait(fault.delayMs);
    else if (fault !== null && !("kind" in fault && fault.kind === "silent-after")) {
      note({ ok: false, error: "error" in fault ? fault.error : JSON.stringify(fault) });
      if ("kind" in fault) return void request.socket.destroy();
      if ("status" in fault) return end(response, fault.status, "upstream error");
      if ("retryAfter" in fault) return rateLimited(response, fault.retryAfter);
      return endJson(response, { ok: false, error: fault.error });
    }
    const reply = run(name, args, secret);
    if ("retryAfter" in reply && typeof reply.retryAfter === "number") {
      note({ ok: false, error: "ratelimited" });
      return rateLimited(response, reply.retryAfter);
    }
    note(reply as Reply);
    if (fault !== null && "kind" in fault) return void request.socket.destroy();
    endJson(response, reply as Reply);
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    const [, area, name = ""] = pathname.split("/");
    if (area === "api") return handleMethod(name, request, response);
    if (area === "upload") {
      const upload = uploads.get(name);
      if (upload === undefined) return end(response, 404, "no such upload");
      upload.content = await readUpload(request);
      return end(response, 200, `OK - ${upload.content.length}`);
    }
    if (area === "respond") {
      const problem = people.respond(name, JSON.parse((await readBody(request)).toString()));
      return problem === null ? end(response, 200, "ok") : end(response, 404, problem);
    }
    end(response, 404, "not found");
  });
  // The client keeps its connections: one that is closed while it is taken up again would look like an outage.
  server.keepAliveTimeout = 120_000;
  delivery.listenForUpgrades(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workspace = addWorkspace("T0FAKE");

  function tokenEntry(of: SlackWorkspace): [string, SlackToken] {
    const entry = Array.from(tokens).findLast(([, token]) => token.workspace === of);
    if (entry === undefined) throw new Error(`no token of ${of.id}`);
    return entry;
  }

  return {
    ...people,
    apiUrl: `${baseUrl}/api/`,
    appToken,
    signingSecret,
    ...client,
    workspace,
    calls,
    deliveries,
    pings,
    oauth,
    faults,
    useRequestUrl: delivery.useRequestUrl,
    requestUrl: delivery.requestUrl,
    addWorkspace,
    tokenOf: (of) => tokenEntry(of)[0],
    setTokenState: (of, state) => {
      tokenEntry(of)[1].state = state;
    },
    failNext: (method, fault, times = 1) => {
      let left = times;
      faults.push((call) => (call.method === method && left-- > 0 ? fault : null));
    },
    connections: delivery.connections,
    refreshSockets: delivery.refresh,
    cutSockets: delivery.cut,
    until: (look) =>
      new Promise((resolve, reject) => {
        const again = (): void => {
          const found = look();
          if (found === null || found === undefined || found === false) return;
          end();
          resolve(found);
        };
        const late = setTimeout(() => {
          end();
          reject(new Error(`Slack waited ${LONGEST_WAIT_MS} ms in vain: ${look}`));
        }, LONGEST_WAIT_MS);
        const end = (): void => {
          clearTimeout(late);
          looks.delete(again);
        };
        looks.add(again);
        again();
      }),
    settled: async () => {
      while (open.size > 0) await Promise.all(open);
    },
    close: async () => {
      delivery.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const LONGEST_WAIT_MS = 60_000;
const JSON_FIELDS = ["blocks", "metadata", "view", "chunks", "files", "prompts", "attachments"];

function readArguments(body: Buffer): Arguments {
  const args: Arguments = Object.fromEntries(new URLSearchParams(body.toString()));
  for (const name of JSON_FIELDS) if (args[name] !== undefined) args[name] = JSON.parse(args[name]);
  return args;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Files come as a form with one field. */
async function readUpload(request: IncomingMessage): Promise<string> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const form = await new Response(new Uint8Array(await readBody(request)), { headers }).formData();
  const [field] = Array.from(form.values());
  return typeof field === "string" ? field : ((await field?.text()) ?? "");
}

function rateLimited(response: ServerResponse, seconds: number): void {
  response.writeHead(429, { "retry-after": String(seconds), "content-type": "application/json" });
  response.end(JSON.stringify({ ok: false, error: "ratelimited" }));
}

function endJson(response: ServerResponse, reply: Reply): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(reply));
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status);
  response.end(text);
}
