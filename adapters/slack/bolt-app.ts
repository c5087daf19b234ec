import { createHmac, randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { App, type AuthorizeSourceData, HTTPReceiver, type InstallationStore, type Receiver } from "@slack/bolt";
import type { Logger } from "pino";
import { createBoltLog } from "./bolt-log.ts";
import { BOT_SCOPES } from "./bot-scopes.ts";
import { slackErrorOf } from "./call-failure.ts";
import { acknowledgeLate } from "./late-acknowledgement.ts";
import { createSocketConnections } from "./socket-connections.ts";
import { clientOptions, notInstalled, type SlackWorkspaces } from "./workspaces.ts";

/** How Slack reaches us. */
export type Reception =
  | { mode: "socket"; appToken: string }
  /** Requests come to a server of somebody else's (`handleRequest`), or to one of our own at this port. */
  | { mode: "http"; signingSecret: string; port: number | null };

/** How workspaces install the app: a person opens `INSTALL_PATH` in a browser. */
export interface InstallOptions {
  clientId: string;
  clientSecret: string;
  store: InstallationStore;
  /** Where the pages are served when Slack's own requests come over Socket Mode. */
  port: number | null;
}

export interface BoltAppOptions {
  reception: Reception;
  /** Null for the one workspace that has a token. */
  install: InstallOptions | null;
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
export const INSTALL_PATH = "/slack/install";
export const REDIRECT_PATH = "/slack/oauth_redirect";

/** Bolt as we want it: acknowledging late, remembering nothing, hiding no failure. */
export function createBoltApp({ reception, install, workspaces, apiUrl, log }: BoltAppOptions): BoltApp {
  const logger = createBoltLog(log);
  const http = createHttp({ reception, install, apiUrl, log });
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
  const port = reception.mode === "http" ? reception.port : (install?.port ?? null);
  let isStarted = false;
  let isServing = false;
  return {
    app,
    handleRequest: http === null ? null : (request, response) => http.requestListener(request, response),
    start: async () => {
      if (http !== null && port !== null) {
        await http.start(port);
        isServing = true;
      }
      if (reception.mode === "http") return;
      await receiver.start();
      isStarted = true;
    },
    // A worker posts and never hears.
    stop: async () => {
      if (isStarted) await receiver.stop();
      if (isServing) await http?.stop();
      isStarted = isServing = false;
    },
  };
}

type HttpParts = Pick<BoltAppOptions, "reception" | "install" | "apiUrl" | "log">;

/** Slack's requests, the pages of the installation, or both; null where neither comes over HTTP. */
function createHttp({ reception, install, apiUrl, log }: HttpParts): HTTPReceiver | null {
  if (reception.mode === "socket" && install === null) return null;
  // With Socket Mode nobody has the secret, so that no request can pass for one of Slack's.
  const signingSecret = reception.mode === "http" ? reception.signingSecret : randomUUID();
  return new HTTPReceiver({
    signingSecret,
    endpoints: [REQUEST_PATH],
    logger: createBoltLog(log),
    ...(install === null ? {} : installerOf(install, { apiUrl, log })),
  });
}

function installerOf(
  { clientId, clientSecret, store }: InstallOptions,
  { apiUrl, log }: Pick<HttpParts, "apiUrl" | "log">,
) {
  return {
    clientId,
    clientSecret,
    // Signs the state that a browser brings back within ten minutes; every process has the same.
    stateSecret: createHmac("sha256", clientSecret).update("state of an installation").digest("hex"),
    installationStore: store,
    scopes: [...BOT_SCOPES],
    installerOptions: {
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      directInstall: true,
      clientOptions: clientOptions({ apiUrl, log }),
      ...(apiUrl === undefined ? {} : { authorizationUrl: new URL("/oauth/v2/authorize", apiUrl).href }),
    },
  };
}
