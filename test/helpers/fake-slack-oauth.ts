import { randomUUID } from "node:crypto";
import type { Arguments, Reply } from "./fake-slack-methods.ts";
import { createWorkspace, type SlackToken, type SlackWorkspace } from "./fake-slack-world.ts";

export interface OauthParts {
  tokens: Map<string, SlackToken>;
  workspaces: Map<string, SlackWorkspace>;
  scopes: readonly string[];
  clientId: string;
  clientSecret: string;
  now(): number;
}

interface Agreed {
  workspace: SlackWorkspace;
  isRotating: boolean;
  isForOrganisation: boolean;
}

const LIFE_SECONDS = 12 * 3600;

/** Installing by OAuth v2, with tokens that rotate when asked for: a refresh token works once. */
export function createOauth({ tokens, workspaces, scopes, clientId, clientSecret, now }: OauthParts) {
  const codes = new Map<string, Agreed>();
  const refreshTokens = new Map<string, { workspace: SlackWorkspace; accessToken: string }>();
  let refreshes = 0;

  function issue(workspace: SlackWorkspace, isRotating: boolean): Record<string, unknown> {
    const accessToken = `${isRotating ? "xoxe.xoxb" : "xoxb"}-${workspace.id}-${randomUUID()}`;
    tokens.set(accessToken, { workspace, scopes: new Set(scopes), state: "valid" });
    if (!isRotating) return { access_token: accessToken };
    const refreshToken = `xoxe-1-${randomUUID()}`;
    refreshTokens.set(refreshToken, { workspace, accessToken });
    return { access_token: accessToken, refresh_token: refreshToken, expires_in: LIFE_SECONDS };
  }

  function refresh(refreshToken: string): Reply {
    const known = refreshTokens.get(refreshToken);
    if (known === undefined) return { ok: false, error: "invalid_refresh_token" };
    refreshTokens.delete(refreshToken);
    const old = tokens.get(known.accessToken);
    if (old !== undefined) old.state = "token_expired";
    refreshes += 1;
    return { ok: true, token_type: "bot", team: { id: known.workspace.id }, ...issue(known.workspace, true) };
  }

  return {
    /** A person agreed to install the app; this is what their browser brings back. */
    agree: (
      workspaceId: string,
      { isRotating = false, isForOrganisation = false, enterpriseId = null as string | null } = {},
    ): string => {
      const workspace = workspaces.get(workspaceId) ?? createWorkspace(workspaceId);
      workspace.enterpriseId = enterpriseId;
      workspace.isOrganisations = isForOrganisation;
      workspaces.set(workspaceId, workspace);
      const code = randomUUID();
      codes.set(code, { workspace, isRotating, isForOrganisation });
      return code;
    },
    refreshes: () => refreshes,
    workspaceOf: (id: string) => workspaces.get(id),
    access: (args: Arguments): Reply => {
      if (args.client_id !== clientId) return { ok: false, error: "invalid_client_id" };
      if (args.client_secret !== clientSecret) return { ok: false, error: "bad_client_secret" };
      if (args.grant_type === "refresh_token") return refresh(args.refresh_token);
      const agreed = codes.get(args.code);
      if (agreed === undefined) return { ok: false, error: "invalid_code" };
      codes.delete(args.code);
      const { workspace, isRotating, isForOrganisation } = agreed;
      const enterprise = workspace.enterpriseId === null ? null : { id: workspace.enterpriseId, name: "Org" };
      return {
        ok: true,
        app_id: "A0FAKE",
        authed_user: { id: "UADMIN" },
        scope: scopes.join(","),
        token_type: "bot",
        bot_user_id: workspace.botUserId,
        team: isForOrganisation ? null : { id: workspace.id, name: workspace.id },
        enterprise,
        is_enterprise_install: isForOrganisation,
        issued_at: now(),
        ...issue(workspace, isRotating),
      };
    },
  };
}
