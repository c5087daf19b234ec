import { setTimeout as delay } from "node:timers/promises";
import { type App, type Receiver, SocketModeReceiver } from "@slack/bolt";
import { createBoltLog } from "./bolt-log.ts";
import { callFailure } from "./call-failure.ts";
import { type ClientSettings, clientOptions } from "./workspaces.ts";

export interface SocketOptions extends ClientSettings {
  appToken: string;
}

/**
 * Socket Mode over several connections, of which each is opened again by us when it ends.
 *
 * Slack renews each connection every few hours; with one alone nothing would arrive meanwhile. The library's own
 * reconnecting waits 5 s and more, and a failure in it ends the process (socket-mode 3.1.0: `delayReconnectAttempt` has no
 * catch), so it is switched off.
 */
export function createSocketConnections({ appToken, log, ...settings }: SocketOptions): Receiver {
  const logger = createBoltLog(log);
  const stopping = new AbortController();
  const receivers = Array.from({ length: CONNECTIONS }, () => {
    return new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: clientOptions({ ...settings, log }) },
    });
  });

  /** Opens the connection again and again; `opened` tells of the first time, and of a token that is no good. */
  async function keepOpen({ client, start }: Connection, opened: PromiseWithResolvers<void>): Promise<void> {
    let ended = Promise.withResolvers<void>();
    client.on("disconnected", () => ended.resolve());
    for (let failures = 0; !stopping.signal.aborted; ) {
      ended = Promise.withResolvers<void>();
      try {
        await start();
        failures = 0;
        opened.resolve();
        await ended.promise;
        if (!stopping.signal.aborted) log.info("connection to Slack ended, opening another");
      } catch (error) {
        failures += 1;
        const failure = callFailure("apps.connections.open", error ?? new Error("closed before it was open"));
        if (!failure.isRetryable) opened.reject(failure);
        log.warn({ err: failure, failures }, "connection to Slack not opened");
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS);
        await delay(pauseMs, null, { signal: stopping.signal }).catch(() => null);
      }
    }
  }

  return {
    init: (app: App) => {
      for (const receiver of receivers) receiver.init(app);
    },
    start: async () => {
      const opened = receivers.map((receiver) => {
        const first = Promise.withResolvers<void>();
        // Told of all of them below, also of those that nobody waits for any more.
        first.promise.catch(() => {});
        void keepOpen({ client: receiver.client, start: () => receiver.start() }, first);
        return first.promise;
      });
      await Promise.race(opened);
    },
    stop: async () => {
      stopping.abort();
      const closed = Promise.all(receivers.map(({ client }) => client.disconnect()));
      // A peer that is gone does not answer the farewell.
      await Promise.race([closed, delay(CLOSE_MS, null, { ref: false })]);
    },
  };
}

interface Connection {
  client: SocketModeReceiver["client"];
  start(): Promise<unknown>;
}

// Slack allows ten. https://docs.slack.dev/apis/events-api/using-socket-mode (read 2026-11-22)
const CONNECTIONS = 2;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
const CLOSE_MS = 2_000;
