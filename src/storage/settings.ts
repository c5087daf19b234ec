import type { Queryable } from "../ports.ts";
import type { ResearchRequest } from "../types.ts";
import { jsonb } from "./sql-values.ts";
import { channelSubject, workspaceSubject } from "./subjects.ts";

type Scope = "person" | "channel" | "workspace";
type Who = Pick<ResearchRequest, "asker" | "thread">;

export interface SettingRow {
  scope: Scope;
  name: string;
  value: string;
}

/** What is set for each of these: by the person, for the channel, for the workspace. One query for all. */
export async function readSettings(query: Queryable, whom: readonly Who[]): Promise<SettingRow[][]> {
  const subjects = whom.map(subjectsOf);
  const rows = await query.query<SettingRow & { subject: string }>(READ, [JSON.stringify(subjects.flat())]);
  return subjects.map((own) =>
    rows
      .filter(({ scope, subject }) => own.some((each) => each.scope === scope && each.subject === subject))
      .map(({ scope, name, value }) => ({ scope, name, value })),
  );
}

/** Within a transaction. A value of null takes the setting back. */
export async function saveSetting(
  query: Queryable,
  who: Who,
  { scope, name, value }: { scope: Scope; name: string; value: string | null },
): Promise<void> {
  const subject = subjectsOf(who).find((each) => each.scope === scope)?.subject;
  if (value === null) await query.query(REMOVE, [scope, subject, name]);
  else await query.query(SAVE, [scope, subject, name, jsonb(value), who.asker]);
}

function subjectsOf({ asker, thread }: Who): { scope: Scope; subject: string }[] {
  return [
    { scope: "person", subject: asker },
    { scope: "channel", subject: channelSubject(thread) },
    { scope: "workspace", subject: workspaceSubject(thread) },
  ];
}

const READ = `select scope, subject, name, value from settings
  join (select distinct scope, subject from json_to_recordset($1::json) as wanted (scope text, subject text)) as wanted
  using (scope, subject)`;
const REMOVE = "delete from settings where scope = $1 and subject = $2 and name = $3";
const SAVE = `insert into settings (scope, subject, name, value, updated_by, updated_at) values ($1, $2, $3, $4, $5, now())
  on conflict (scope, subject, name) do update set value = excluded.value, updated_by = excluded.updated_by,
    updated_at = excluded.updated_at`;
