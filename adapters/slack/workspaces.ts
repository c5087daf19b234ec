import { type AuthorizeResult, type AuthorizeSourceData, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { createBoltLog } from "./bolt-log.ts";
import { callFailure } from "./call-failure.ts";

/** A workspace in which the app is installed, and the client that speaks for us there. */
export interface SlackWorkspace {
  id: string;
  client: webApi.WebClient;
  botUserId: string;
  botId: string;
  token: string;
}

export interface SlackWorkspaces {
  /** @throws {RuminateError} POST_FAILED when the app is not installed there (any more), or Slack does not answer */
  find(workspaceId: string): Promise<SlackWorkspace>;
  /** What Bolt asks for each request; null when the app is not installed there. */
  authorize(source: AuthorizeSourceData<boolean>): Promise<AuthorizeResult | null>;
  /** The token may have changed: asked for again with the next call. */
  forget(workspaceId: string): void;
  /** Slack does not take this token any more: true when there is another one now. One that expired is renewed if it can. */
  replace(workspaceId: string, spent: { token: string; isExpired: boolean }): Promise<boolean>;
  /** The app was removed from the workspace at that time, or its token was: what is kept of it goes. */
  removed(workspaceId: string, at: string): Promise<void>;
}

export interface ClientSettings {
  apiUrl: string | undefined;
  /** For tokens of a whole organisation: the workspace in it that is meant. */
  teamId?: string;
  log: Logger;
}

/** One workspace, by the bot token that was made for it. */
export function singleWorkspace(token: string, settings: ClientSettings): SlackWorkspaces {
  let known: Promise<SlackWorkspace> | null = null;

  function connected(): Promise<SlackWorkspace> {
    known ??= connect(token, settings).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  }

  const forget = (): void => {
    known = null;
  };

  return {
    forget,
    // It is the one that we were given.
    replace: async () => {
      forget();
      return false;
    },
    removed: async () => forget(),
    find: async (workspaceId) => {
      const workspace = await connected();
      if (workspace.id === workspaceId) return workspace;
      throw notInstalled(workspaceId);
    },
    authorize: async ({ teamId }) => {
      const workspace = await connected();
      return teamId === workspace.id ? authorizationOf(workspace) : null;
    },
  };
}

/** The app is not in this workspace, or not any more. */
export function notInstalled(workspaceId: string): RuminateError {
  const details = { slackError: "not_installed", workspaceId };
  return new RuminateError("POST_FAILED", "The app is not installed in this workspace.", { details });
}

export function authorizationOf({ id, token, botId, botUserId }: SlackWorkspace): AuthorizeResult {
  return { teamId: id, botToken: token, botId, botUserId };
}

async function connect(token: string, settings: ClientSettings): Promise<SlackWorkspace> {
  const client = createClient(token, settings);
  try {
    const { team_id: id = "", user_id: botUserId = "", bot_id: botId = "" } = await client.auth.test();
    return { id, client, botUserId, botId, token };
  } catch (error) {
    throw callFailure("auth.test", error);
  }
}

/**
 * A client that does nothing behind our back: by default it would try ten times in half an hour, without a time limit, and
 * wait in silence when Slack asks to. A post that is tried again blindly is posted twice.
 */
export function createClient(token: string, settings: ClientSettings): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(settings));
}

export function clientOptions({ apiUrl, teamId, log }: ClientSettings): webApi.WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    ...(teamId === undefined ? {} : { teamId }),
    timeout: REQUEST_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: true,
    logger: createBoltLog(log),
  };
}

// Below the time after which another process takes a post for not made (15 s), with room for one wait before it.
const REQUEST_MS = 8_000;
