import type { Installations, Queryable } from "../ports.ts";
import type { Seal } from "./seal.ts";

/** The installations on one platform. What they hold is sealed before it leaves the process. */
export function createInstallations(
  database: Queryable,
  { platform, seal }: { platform: string; seal: Seal },
): Installations {
  const contextOf = (workspaceId: string): string => `${platform}:${workspaceId}`;

  return {
    find: async (workspaceId) => {
      const [row] = await database.query<Row>(FIND, [platform, workspaceId]);
      if (row === undefined) return null;
      return { content: seal.open(row.sealed, contextOf(workspaceId)), version: row.version };
    },
    save: async (workspaceId, content) => {
      await database.query(SAVE, [platform, workspaceId, seal.close(content, contextOf(workspaceId))]);
    },
    claimRenewal: async (workspaceId, version, forMs) => {
      const rows = await database.query(CLAIM, [platform, workspaceId, version, forMs]);
      return rows.length > 0;
    },
    renew: async (workspaceId, version, content) => {
      const sealed = seal.close(content, contextOf(workspaceId));
      const rows = await database.query(RENEW, [platform, workspaceId, version, sealed]);
      return rows.length > 0;
    },
    remove: async (workspaceId, removedAt) => {
      const rows = await database.query(REMOVE, [platform, workspaceId, removedAt]);
      return rows.length > 0;
    },
  };
}

interface Row {
  sealed: string;
  version: number;
}

const FIND = "select sealed, version from installations where platform = $1 and workspace_id = $2";

const SAVE = `insert into installations (platform, workspace_id, sealed, installed_at, updated_at)
  values ($1, $2, $3, now(), now())
  on conflict (platform, workspace_id) do update set sealed = excluded.sealed, version = installations.version + 1,
    renewing_until = null, installed_at = now(), updated_at = now()`;

const CLAIM = `update installations set renewing_until = now() + $4 * interval '1 millisecond'
  where platform = $1 and workspace_id = $2 and version = $3 and (renewing_until is null or renewing_until <= now())
  returning 1`;

const RENEW = `update installations set sealed = $4, version = version + 1, renewing_until = null, updated_at = now()
  where platform = $1 and workspace_id = $2 and version = $3 returning 1`;

// Told late, after the app was installed again, it says nothing of the new installation.
const REMOVE = `delete from installations where platform = $1 and workspace_id = $2 and installed_at <= $3 returning 1`;
