import { setTimeout as delay } from "node:timers/promises";
import { type Installation, type InstallationStore, webApi } from "@slack/bolt";
import { z } from "zod";
import { RuminateError } from "../../src/errors.ts";
import type { Installations } from "../../src/ports.ts";
import { callFailure, slackErrorOf } from "./call-failure.ts";
import {
  authorizationOf,
  type ClientSettings,
  clientOptions,
  createClient,
  notInstalled,
  type SlackWorkspace,
  type SlackWorkspaces,
} from "./workspaces.ts";

export interface InstalledOptions extends ClientSettings {
  installations: Installations;
  clientId: string;
  clientSecret: string;
  now?: () => number;
}

/** What we keep of an installation. Times in ms since 1970; null for tokens that do not expire. */
const grantShape = z.object({
  token: z.string(),
  botId: z.string(),
  botUserId: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
});
type Grant = z.infer<typeof grantShape>;

interface Renewal {
  version: number;
  grant: Grant;
  /** Does the old token serve until it is renewed? */
  isOfUse: boolean;
}

/**
 * Many workspaces, by the installations in the database. Tokens that expire are renewed before they do, by one process at
 * a time: a refresh token works once. (`InstallProvider.authorize` of @slack/oauth 4.0.0 renews in every process at once,
 * and goes on with the old token in silence when it fails.)
 */
export function installedWorkspaces({
  installations,
  clientId,
  clientSecret,
  now = Date.now,
  ...settings
}: InstalledOptions): SlackWorkspaces {
  const known = new Map<string, { grant: Grant; workspace: SlackWorkspace }>();
  const isExpiring = ({ expiresAt }: Grant): boolean => expiresAt !== null && expiresAt - now() < RENEW_BEFORE_MS;
  const isOver = ({ expiresAt }: Grant): boolean => expiresAt !== null && expiresAt <= now();

  /** @param expired the token that Slack calls expired, whatever our clock says; or null */
  async function currentGrant(key: string, expired: string | null = null): Promise<Grant> {
    for (let tries = 1; ; tries += 1) {
      const stored = await installations.find(key);
      if (stored === null) throw notInstalled(key);
      const grant = grantShape.parse(JSON.parse(stored.content));
      const isOfUse = grant.token !== expired && !isOver(grant);
      if (isOfUse && !isExpiring(grant)) return grant;
      if (await installations.claimRenewal(key, stored.version, CLAIM_MS))
        return renew(key, { version: stored.version, grant, isOfUse });
      if (isOfUse) return grant;
      if (tries >= MOST_LOOKS) throw stillRenewing(key);
      await delay(LOOK_MS);
    }
  }

  /** A renewal that fails is tried again when the claim has run out; until then the old token serves if it can. */
  async function renew(key: string, { version, grant, isOfUse }: Renewal): Promise<Grant> {
    try {
      const reply = await new webApi.WebClient(undefined, clientOptions(settings)).oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "refresh_token",
        refresh_token: grant.refreshToken ?? "",
      });
      const { access_token: token, refresh_token: refreshToken, expires_in: seconds } = renewalShape.parse(reply);
      const renewed = { ...grant, token, refreshToken, expiresAt: now() + seconds * 1000 };
      await keep(key, version, renewed);
      return renewed;
    } catch (error) {
      const failure = callFailure("oauth.v2.access", error);
      settings.log.warn({ err: failure, workspaceId: key }, "token not renewed");
      if (isOfUse) return grant;
      throw slackErrorOf(error) === "invalid_refresh_token" ? notInstalled(key) : failure;
    }
  }

  /** Slack gave the tokens once and took the old ones: while the database is away they live here, and it is asked again. */
  async function keep(key: string, version: number, grant: Grant, tries = 1): Promise<void> {
    try {
      await installations.renew(key, version, JSON.stringify(grant));
    } catch (error) {
      settings.log.error({ err: error, workspaceId: key, tries }, "renewed token not kept yet");
      if (tries >= MOST_KEEPS) return;
      setTimeout(() => void keep(key, version, grant, tries + 1), KEEP_AGAIN_MS).unref();
    }
  }

  async function find(workspaceId: string): Promise<SlackWorkspace> {
    const cached = known.get(workspaceId);
    if (cached !== undefined && !isExpiring(cached.grant)) return cached.workspace;
    return enter(workspaceId, await currentGrant(keyOf(workspaceId)));
  }

  function enter(workspaceId: string, grant: Grant): SlackWorkspace {
    const cached = known.get(workspaceId);
    if (cached?.grant.token === grant.token) return cached.workspace;
    const { token, botId, botUserId } = grant;
    const [, teamId] = workspaceId.split(".");
    const client = createClient(token, teamId === undefined ? settings : { ...settings, teamId });
    const workspace = { id: workspaceId, client, token, botId, botUserId };
    known.set(workspaceId, { grant, workspace });
    return workspace;
  }

  function forget(workspaceId: string): void {
    for (const id of known.keys()) if (keyOf(id) === keyOf(workspaceId)) known.delete(id);
  }

  return {
    find,
    forget,
    replace: async (workspaceId, { token, isExpired }) => {
      forget(workspaceId);
      const grant = await currentGrant(keyOf(workspaceId), isExpired ? token : null);
      if (grant.token === token) return false;
      enter(workspaceId, grant);
      return true;
    },
    authorize: async ({ teamId = "", enterpriseId = "", isEnterpriseInstall }) => {
      try {
        const workspace = await find(isEnterpriseInstall ? `${enterpriseId}.${teamId}` : teamId);
        return { ...authorizationOf(workspace), teamId, ...(enterpriseId === "" ? {} : { enterpriseId }) };
      } catch (error) {
        if (slackErrorOf(error) === "not_installed") return null;
        throw error;
      }
    },
    removed: async (workspaceId, at) => {
      forget(workspaceId);
      await installations.remove(keyOf(workspaceId), at);
    },
  };
}

/** For Bolt, which brings the installation home; reading is ours. */
export function installationStore(installations: Installations, onSaved: (key: string) => void): InstallationStore {
  return {
    storeInstallation: async (installation) => {
      const key = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
      if (key === undefined) throw new RuminateError("POST_FAILED", "Slack did not say where the app was installed.");
      await installations.save(key, JSON.stringify(grantOf(installation)));
      onSaved(key);
    },
    fetchInstallation: async ({ teamId, enterpriseId }) => {
      throw notInstalled(teamId ?? enterpriseId ?? "");
    },
  };
}

function grantOf({ bot }: Installation): Grant {
  if (bot === undefined) throw new RuminateError("POST_FAILED", "The app was installed without its bot.");
  const { token, id: botId, userId: botUserId, refreshToken = null, expiresAt } = bot;
  return { token, botId, botUserId, refreshToken, expiresAt: expiresAt === undefined ? null : expiresAt * 1000 };
}

/** An installation for a whole organisation has the organisation's id; a workspace in it is named "E0123.T0456". */
function keyOf(workspaceId: string): string {
  return workspaceId.split(".")[0] ?? workspaceId;
}

function stillRenewing(key: string): RuminateError {
  const details = { slackError: "token_expired", workspaceId: key };
  return new RuminateError("POST_FAILED", "The token of this workspace is just being renewed.", {
    details,
    isRetryable: true,
  });
}

// https://docs.slack.dev/authentication/using-token-rotation (read 2026-11-22): tokens live for 12 hours.
const renewalShape = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().positive(),
});
const RENEW_BEFORE_MS = 2 * 60 * 60 * 1000;
// Longer than a request may take.
const CLAIM_MS = 20_000;
// Half an hour; by then the database is back or somebody looks at it.
const MOST_KEEPS = 360;
const KEEP_AGAIN_MS = 5_000;
const LOOK_MS = 250;
const MOST_LOOKS = 20;
