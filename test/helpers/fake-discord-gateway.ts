import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { DiscordWorld } from "./fake-discord-world.ts";

export interface Gateway {
  readonly identifies: { shard: [number, number]; intents: number }[];
  readonly resumes: number[];
  heartbeats: number;
  /** Stops answering heartbeats: the other side must notice. */
  isDeaf: boolean;
  /** Sends an event to the shard that has the guild, or to the first. */
  dispatch(name: string, data: unknown, guildId: string | null): void;
  /** Ends every connection. */
  drop(code?: number): void;
  /** Tells every session that it is over. */
  invalidate(isResumable: boolean): void;
  /** Asks every connection to come again. */
  askToReconnect(): void;
  /** Resolves when so many shards are connected. */
  connected(shards: number): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  id: string;
  shard: [number, number];
  intents: number;
  events: { s: number; t: string; d: unknown }[];
  sequence: number;
  socket: WebSocket | null;
}

export const INTENTS = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12, messageContent: 1 << 15 } as const;
// Members, presences, message content: to be allowed in the developer portal.
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

export interface GatewayOptions {
  world: DiscordWorld;
  heartbeatMs: number;
  /** Was the message content intent granted? */
  mayReadContent: boolean;
  address(): string;
}

/** The gateway: hello, identify, ready, heartbeat, resume. https://discord.com/developers/docs/events/gateway (read 2026-11-22) */
export function createGateway(
  server: Server,
  { world, heartbeatMs, mayReadContent, address }: GatewayOptions,
): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const waiting = new Set<() => void>();

  function send(socket: WebSocket, op: number, d: unknown, rest: { s?: number; t?: string } = {}): void {
    socket.send(JSON.stringify({ op, d, s: rest.s ?? null, t: rest.t ?? null }));
  }

  function push(session: Session, t: string, d: unknown): void {
    session.sequence += 1;
    const event = { s: session.sequence, t, d };
    session.events.push(event);
    if (session.socket !== null) send(session.socket, 0, d, event);
  }

  function identify(
    socket: WebSocket,
    d: { token: string; intents: number; shard?: [number, number] },
  ): Session | null {
    if (d.token !== world.token) return close(socket, 4004, "Authentication failed.");
    if ((d.intents & PRIVILEGED & ~(mayReadContent ? INTENTS.messageContent : 0)) !== 0)
      return close(socket, 4014, "Disallowed intents.");
    const shard = d.shard ?? [0, 1];
    if (shard[0] >= shard[1]) return close(socket, 4010, "Invalid shard.");
    gateway.identifies.push({ shard, intents: d.intents });
    const session: Session = { id: randomUUID(), shard, intents: d.intents, events: [], sequence: 0, socket };
    sessions.set(session.id, session);
    push(session, "READY", {
      v: 10,
      user: world.bot,
      guilds: [{ id: world.guildId, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: address(),
      shard,
      application: { id: world.applicationId, flags: 0 },
    });
    return session;
  }

  function resume(socket: WebSocket, d: { token: string; session_id: string; seq: number }): Session | null {
    const session = sessions.get(d.session_id);
    if (session === undefined || d.token !== world.token) {
      send(socket, 9, false);
      return null;
    }
    gateway.resumes.push(d.seq);
    session.socket = socket;
    for (const event of session.events.filter(({ s }) => s > d.seq)) send(socket, 0, event.d, event);
    push(session, "RESUMED", {});
    return session;
  }

  sockets.on("connection", (socket) => {
    let session: Session | null = null;
    send(socket, 10, { heartbeat_interval: heartbeatMs });
    socket.on("message", (bytes) => {
      const { op, d } = JSON.parse(bytes.toString());
      if (op === 1) {
        gateway.heartbeats += 1;
        if (!gateway.isDeaf) send(socket, 11, null);
      } else if (op === 2) session = identify(socket, d);
      else if (op === 6) session = resume(socket, d);
      else close(socket, 4001, "Unknown opcode.");
      for (const look of waiting) look();
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on("error", () => socket.terminate());
  });

  const live = (): Session[] => Array.from(sessions.values()).filter(({ socket }) => socket !== null);

  const gateway: Gateway = {
    identifies: [],
    resumes: [],
    heartbeats: 0,
    isDeaf: false,
    dispatch: (name, data, guildId) => {
      for (const session of sessions.values()) {
        const [id, count] = session.shard;
        const home = guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
        if (home === id && wants(session.intents, name, guildId))
          push(session, name, withoutContent(name, data, session.intents, world));
      }
    },
    drop: (code = 1001) => {
      for (const { socket } of live()) socket?.close(code);
    },
    invalidate: (isResumable) => {
      for (const session of live()) {
        if (session.socket !== null) send(session.socket, 9, isResumable);
        if (!isResumable) sessions.delete(session.id);
      }
    },
    askToReconnect: () => {
      for (const { socket } of live()) if (socket !== null) send(socket, 7, null);
    },
    connected: (shards) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (live().length < shards) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((resolve) => sockets.close(() => resolve()));
    },
  };
  return gateway;
}

function wants(intents: number, name: string, guildId: string | null): boolean {
  if (name.startsWith("MESSAGE_"))
    return (intents & (guildId === null ? INTENTS.directMessages : INTENTS.guildMessages)) !== 0;
  if (/^(CHANNEL|THREAD|GUILD)_/.test(name)) return (intents & INTENTS.guilds) !== 0;
  return true;
}

/** Without the intent a bot reads only what is said to it. */
function withoutContent(name: string, data: unknown, intents: number, { bot }: DiscordWorld): unknown {
  const isMessage = name === "MESSAGE_CREATE" || name === "MESSAGE_UPDATE";
  if (!isMessage || (intents & INTENTS.messageContent) !== 0) return data;
  const message = data as { guild_id?: string; author?: { id: string }; mentions?: { id: string }[] };
  const isOurs = message.guild_id === undefined || message.author?.id === bot.id;
  return isOurs || message.mentions?.some(({ id }) => id === bot.id)
    ? data
    : { ...message, content: "", components: [] };
}

function close(socket: WebSocket, code: number, reason: string): null {
  socket.close(code, reason);
  return null;
}
