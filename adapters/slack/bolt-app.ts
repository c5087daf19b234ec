import type { RequestListener } from "node:http";
import { App, type AuthorizeSourceData, HTTPReceiver, type Receiver } from "@slack/bolt";
import type { Logger } from "pino";
import { createBoltLog } from "./bolt-log.ts";
import { slackErrorOf } from "./call-failure.ts";
import { acknowledgeLate } from "./late-acknowledgement.ts";
import { createSocketConnections } from "./socket-connections.ts";
import { clientOptions, notInstalled, type SlackWorkspaces } from "./workspaces.ts";

/** How Slack reaches us. */
export type Reception =
  | { mode: "socket"; appToken: string }
  /** Requests come to a server of somebody else's (`handleRequest`), or to one of our own at this port. */
  | { mode: "http"; signingSecret: string; port: number | null };

export interface BoltAppOptions {
  reception: Reception;
  workspaces: SlackWorkspaces;
  apiUrl: string | undefined;
  log: Logger;
}

export interface BoltApp {
  app: App;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Takes Slack's HTTP requests; null with Socket Mode. */
  handleRequest: RequestListener | null;
}

export const REQUEST_PATH = "/slack/events";

/** Bolt as we want it: acknowledging late, remembering nothing, hiding no failure. */
export function createBoltApp({ reception, workspaces, apiUrl, log }: BoltAppOptions): BoltApp {
  const logger = createBoltLog(log);
  const http = reception.mode === "http" ? createHttpReceiver(reception.signingSecret, logger) : null;
  const receiver: Receiver =
    reception.mode === "http"
      ? (http as HTTPReceiver)
      : createSocketConnections({ appToken: reception.appToken, apiUrl, log });
  const app = new App({
    receiver: acknowledgeLate(receiver),
    logger,
    clientOptions: clientOptions({ apiUrl, log }),
    // Conversations are kept in the database, not in each process.
    convoStore: false,
    authorize: async (source: AuthorizeSourceData<boolean>) => {
      const authorization = await workspaces.authorize(source);
      if (authorization === null) throw notInstalled(source.teamId ?? source.enterpriseId ?? "");
      return authorization;
    },
  });
  app.error(async (error) => {
    const original = (error as { original?: unknown }).original ?? error;
    // Slack goes on for a while to send events of a workspace that removed the app.
    if (slackErrorOf(original) === "not_installed") return log.warn("event of a workspace without the app");
    log.warn({ err: original }, "event not handled, Slack will send it again");
    // Not Bolt's own error: with that one it acknowledges although nothing was stored.
    throw original;
  });
  const port = reception.mode === "http" ? reception.port : null;
  let isStarted = false;
  return {
    app,
    handleRequest: http === null ? null : (request, response) => http.requestListener(request, response),
    start: async () => {
      if (http === null) await receiver.start();
      else if (port !== null) await http.start(port);
      isStarted = http === null || port !== null;
    },
    // A worker posts and never hears.
    stop: async () => {
      if (isStarted) await receiver.stop();
      isStarted = false;
    },
  };
}

function createHttpReceiver(signingSecret: string, logger: ReturnType<typeof createBoltLog>): HTTPReceiver {
  return new HTTPReceiver({ signingSecret, endpoints: [REQUEST_PATH], logger });
}
