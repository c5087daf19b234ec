import type { Logger } from "pino";
import { slackErrorOf } from "./call-failure.ts";
import type { CallSlack } from "./slack-calls.ts";

/** What people are called in a workspace. */
export interface People {
  /** Display names by user id; who cannot be looked up is missing. */
  namesOf(workspaceId: string, userIds: Iterable<string>): Promise<Map<string, string>>;
  /** As people chose it in Slack; null when Slack does not tell it in time. */
  timeZoneOf(workspaceId: string, userId: string): Promise<string | null>;
  /** Is the account closed, or unknown? False when Slack does not tell it. */
  isGone(workspaceId: string, userId: string): Promise<boolean>;
  /** Does the person manage the workspace? */
  isAdmin(workspaceId: string, userId: string): Promise<boolean>;
}

export function createPeople(callSlack: CallSlack, log: Logger, now: () => number = Date.now): People {
  const known = new Map<string, { name: string | null; until: number }>();

  async function ask(workspaceId: string, user: string): Promise<string | null> {
    try {
      const reply = await callSlack<UserReply>(workspaceId, "users.info", { user }, { patienceMs: PATIENCE_MS });
      const { profile, real_name: realName, name } = reply.user ?? {};
      return profile?.display_name || profile?.real_name || realName || name || null;
    } catch (error) {
      // A talk can be told with ids as well; what may pass is for the caller to try again.
      if (NOBODY.has(slackErrorOf(error) ?? "")) return null;
      throw error;
    }
  }

  return {
    timeZoneOf: async (workspaceId, user) => {
      try {
        const reply = await callSlack<UserReply>(
          workspaceId,
          "users.info",
          { user },
          { patienceMs: SHORT_PATIENCE_MS },
        );
        return reply.user?.tz ?? null;
      } catch (error) {
        // Somebody waits for an acknowledgement: then the usual zone is named, and can be named otherwise.
        log.debug({ err: error }, "time zone not known");
        return null;
      }
    },
    namesOf: async (workspaceId, userIds) => {
      const names = new Map<string, string>();
      for (const id of new Set(userIds)) {
        const key = `${workspaceId} ${id}`;
        const remembered = known.get(key);
        const isFresh = remembered !== undefined && remembered.until > now();
        const name = isFresh ? remembered.name : await ask(workspaceId, id);
        if (!isFresh) known.set(key, { name, until: now() + KNOWN_MS });
        if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? "");
        if (name !== null) names.set(id, name);
      }
      return names;
    },
    isGone: async (workspaceId, user) => {
      try {
        const reply = await callSlack<UserReply>(workspaceId, "users.info", { user }, { patienceMs: PATIENCE_MS });
        return reply.user?.deleted === true;
      } catch (error) {
        log.debug({ err: error }, "account not known");
        return slackErrorOf(error) === "user_not_found";
      }
    },
    isAdmin: async (workspaceId, user) => {
      const options = { patienceMs: ROLE_PATIENCE_MS };
      const reply = await callSlack<UserReply>(workspaceId, "users.info", { user }, options);
      const { is_admin: isAdmin, is_owner: isOwner, is_stranger: isStranger, team_id: teamId } = reply.user ?? {};
      // Who manages another organisation that shares a channel manages nothing here. Ids of a Grid's workspaces have two parts.
      const isOthers = isStranger === true || (!workspaceId.includes(".") && (teamId ?? workspaceId) !== workspaceId);
      return !isOthers && (isAdmin === true || isOwner === true);
    },
  };
}

interface UserReply {
  user?: {
    deleted?: boolean;
    is_admin?: boolean;
    is_owner?: boolean;
    /** Of another organisation, met in a shared channel. */
    is_stranger?: boolean;
    team_id?: string;
    name?: string;
    tz?: string;
    real_name?: string;
    profile?: { display_name?: string; real_name?: string };
  };
}

const NOBODY: ReadonlySet<string> = new Set(["missing_scope", "user_not_found", "user_not_visible", "users_not_found"]);
const SHORT_PATIENCE_MS = 800;
const PATIENCE_MS = 30_000;
// Somebody waits for the acknowledgement of a button.
const ROLE_PATIENCE_MS = 1_500;
const KNOWN_MS = 6 * 3_600_000;
const MOST_KNOWN = 5_000;
