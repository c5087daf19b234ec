import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import type { Logger } from "pino";
import type { Database } from "../ports.ts";
import { guardHandler, requireChannelName } from "./channels.ts";
import { translateDatabaseError } from "./database-errors.ts";

export interface PostgresListener {
  listen: Database["listen"];
  close(): Promise<void>;
}

/**
 * LISTEN on one connection for all channels, opened with the first of them. A connection that is lost is opened again;
 * what was sent meanwhile is lost, since PostgreSQL keeps no notifications: whoever listens must also look by itself
 * from time to time.
 */
export function createPostgresListener(createClient: () => Client, log: Logger): PostgresListener {
  const handlers = new Map<string, Set<(payload: string) => void>>();
  const closed = new AbortController();
  let connecting: Promise<Client> | null = null;
  let heartbeat: NodeJS.Timeout | undefined;

  function opened(): Promise<Client> {
    if (connecting !== null) return connecting;
    const attempt = connect();
    connecting = attempt;
    attempt.catch(() => forget(attempt));
    return attempt;
  }

  async function connect(): Promise<Client> {
    const client = createClient();
    client.on("notification", ({ channel, payload = "" }) => {
      for (const handle of handlers.get(channel) ?? []) handle(payload);
    });
    client.on("error", (error) => lose(client, error));
    client.on("end", () => lose(client, null));
    try {
      await client.connect();
      for (const channel of handlers.keys()) await client.query(`listen ${channel}`);
    } catch (error) {
      await end(client);
      throw error;
    }
    beat(client);
    return client;
  }

  // A connection whose packets vanish on the way looks alive for ever unless something is asked of it.
  function beat(client: Client): void {
    const ask = (): unknown => client.query("select 1").catch((error) => lose(client, error));
    heartbeat = setInterval(ask, HEARTBEAT_MS).unref();
  }

  async function lose(client: Client, error: Error | null): Promise<void> {
    const current = connecting;
    if (closed.signal.aborted || current === null || (await current.catch(() => null)) !== client) return;
    if (!forget(current)) return;
    log.warn({ err: error }, "listening connection lost");
    await end(client);
    await reconnect();
  }

  /** True for the first who asks: the loss of a connection is told by several events. */
  function forget(attempt: Promise<Client>): boolean {
    if (connecting !== attempt) return false;
    connecting = null;
    clearInterval(heartbeat);
    return true;
  }

  async function reconnect(): Promise<void> {
    for (let delayMs = FIRST_DELAY_MS; !closed.signal.aborted; delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS)) {
      try {
        await opened();
        log.info("listening again");
        return;
      } catch (error) {
        log.warn({ err: error, delayMs }, "listening connection not yet back");
        await wait(delayMs, null, { signal: closed.signal, ref: false }).catch(() => null);
      }
    }
  }

  async function end(client: Client): Promise<void> {
    await client.end().catch((error) => log.debug({ err: error }, "listening connection was gone already"));
  }

  return {
    listen: async (channel, onNotify) => {
      const name = requireChannelName(channel);
      const handler = guardHandler(onNotify, log);
      handlers.set(name, (handlers.get(name) ?? new Set()).add(handler));
      const stop = async (): Promise<void> => {
        const others = handlers.get(name);
        others?.delete(handler);
        if (others?.size === 0) handlers.delete(name);
      };
      try {
        const client = await opened();
        await client.query(`listen ${name}`);
        return stop;
      } catch (error) {
        await stop();
        throw translateDatabaseError(error);
      }
    },
    close: async () => {
      closed.abort();
      const client = await connecting?.catch(() => null);
      clearInterval(heartbeat);
      if (client) await end(client);
    },
  };
}

// Together below the 30 s in which a lost connection has to be noticed.
const HEARTBEAT_MS = 15_000;
/** For the listening connection's own statements: short, as they wait for nothing. */
export const LISTENER_QUERY_TIMEOUT_MS = 10_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
