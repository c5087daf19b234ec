import { createHmac, randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";

/** What Slack sends to an app, and how often it tried. */
export interface Delivery {
  kind: "events_api" | "slash_commands" | "interactive";
  body: Record<string, unknown>;
  /** One entry for each attempt: milliseconds until the acknowledgement, null when none came in time. */
  attempts: (number | null)[];
  /** What came with the acknowledgement. */
  response: Record<string, unknown> | null;
  isAcknowledged: boolean;
}

export interface DeliveryOptions {
  signingSecret: string;
  /** Slack's is 3 s. */
  deadlineMs: number;
  /** Pauses before the retries of an event; Slack's are 0, 1 minute, 5 minutes. */
  retryDelaysMs: readonly number[];
  /** A connection was opened or closed. */
  onConnection(): void;
}

/** Sends to the app: over its sockets, or to its request URL when one is set. */
export function createDelivery(options: DeliveryOptions) {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (payload: Record<string, unknown>) => void>();
  const server = new WebSocketServer({ noServer: true });
  let requestUrl: string | null = null;

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Slack allows ten connections of one app.
    if (sockets.size >= 10) return void socket.destroy();
    server.handleUpgrade(request, socket, head, (connection) => {
      sockets.add(connection);
      connection.on("close", () => {
        sockets.delete(connection);
        options.onConnection();
      });
      connection.on("message", (data) => {
        const { envelope_id: id, payload } = JSON.parse(String(data));
        waiting.get(id)?.(payload ?? {});
      });
      const hello = { type: "hello", num_connections: sockets.size, connection_info: { app_id: "A0FAKE" } };
      connection.send(JSON.stringify(hello));
      options.onConnection();
    });
  }

  async function deliver(kind: Delivery["kind"], body: Record<string, unknown>): Promise<Delivery> {
    const delivery: Delivery = { kind, body, attempts: [], response: null, isAcknowledged: false };
    const delays = kind === "events_api" ? [0, ...options.retryDelaysMs] : [0];
    for (const [attempt, delayMs] of delays.entries()) {
      if (attempt > 0) await delay(delayMs, null, { ref: false });
      const startedAt = performance.now();
      const response = requestUrl === null ? await overSocket(delivery, attempt) : await overHttp(delivery, attempt);
      delivery.attempts.push(response === null ? null : performance.now() - startedAt);
      if (response === null) continue;
      Object.assign(delivery, { response, isAcknowledged: true });
      break;
    }
    return delivery;
  }

  /** To one of the sockets, by chance. */
  async function overSocket({ kind, body }: Delivery, attempt: number): Promise<Record<string, unknown> | null> {
    const open = Array.from(sockets).filter((socket) => socket.readyState === socket.OPEN);
    const socket = open[Math.floor(Math.random() * open.length)];
    if (socket === undefined) return null;
    const id = randomUUID();
    const retry = attempt === 0 ? {} : { retry_attempt: attempt, retry_reason: "timeout" };
    const envelope = { envelope_id: id, type: kind, payload: body, accepts_response_payload: true, ...retry };
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown> | null>();
    const timer = setTimeout(() => resolve(null), options.deadlineMs);
    waiting.set(id, resolve);
    socket.send(JSON.stringify(envelope));
    const response = await promise;
    clearTimeout(timer);
    waiting.delete(id);
    return response;
  }

  async function overHttp({ kind, body }: Delivery, attempt: number): Promise<Record<string, unknown> | null> {
    const text = bodyText(kind, body);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const retry = { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": "http_timeout" };
    try {
      const response = await fetch(requestUrl ?? "", {
        method: "POST",
        body: text,
        headers: {
          "content-type": kind === "events_api" ? "application/json" : "application/x-www-form-urlencoded",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": signatureOf(options.signingSecret, timestamp, text),
          ...(attempt === 0 ? {} : retry),
        },
        signal: AbortSignal.timeout(options.deadlineMs),
      });
      const answer = await response.text();
      if (response.status !== 200) return null;
      return answer.startsWith("{") ? JSON.parse(answer) : answer === "" ? {} : { text: answer };
    } catch {
      // The deadline passed, or nobody listens: for Slack this is the same.
      return null;
    }
  }

  return {
    deliver,
    listenForUpgrades: (http: Server) => http.on("upgrade", upgrade),
    /** From now on over HTTP. */
    useRequestUrl: (url: string) => {
      requestUrl = url;
    },
    requestUrl: () => requestUrl ?? "",
    connections: () => sockets.size,
    /** Slack renews connections: it says so, and the app has to open another. */
    refresh: (count = sockets.size, reason: "warning" | "refresh_requested" = "refresh_requested") => {
      for (const socket of Array.from(sockets).slice(0, count))
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "fake" } }));
    },
    /** The network breaks. */
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
    close: () => {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

function bodyText(kind: Delivery["kind"], body: Record<string, unknown>): string {
  if (kind === "events_api") return JSON.stringify(body);
  if (kind === "interactive") return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(body as Record<string, string>).toString();
}
