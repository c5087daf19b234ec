import type { Queryable } from "../ports.ts";
import type { Digest, DigestIssue, DigestOptions, ToldPoint } from "../types.ts";
import { jsonb } from "./sql-values.ts";
import type { Channel } from "./subjects.ts";

export type DigestChange = Partial<
  Pick<
    Digest,
    "owner" | "topic" | "options" | "timetable" | "timeZone" | "state" | "pausedBecause" | "failures" | "nextDueAt"
  >
>;

export interface DigestStore {
  insert(digest: Digest): Promise<void>;
  find(id: string): Promise<Digest | null>;
  /** Oldest first. */
  listOf(channel: Channel): Promise<Digest[]>;
  listOfOwner(owner: string): Promise<Digest[]>;
  change(id: string, change: DigestChange): Promise<void>;
  remove(id: string): Promise<void>;
  /** Newest first. */
  issues(id: string, limit: number): Promise<DigestIssue[]>;
  /** The runs that are about to tell it. */
  atWork(id: string): Promise<string[]>;
  /** US dollars that were spent on it since then. */
  spentSince(id: string, since: string): Promise<number>;
  /** The points of its newest issues, newest first. */
  told(id: string): Promise<ToldPoint[]>;
  /** When it was last told, or found nothing new; null when it never was. */
  lastTold(id: string): Promise<string | null>;
}

export function createDigestStore(query: Queryable): DigestStore {
  const rows = async (text: string, values: unknown[]): Promise<Digest[]> =>
    (await query.query<Row>(`select * from digests where ${text}`, values)).map(digestOf);

  return {
    insert: async (digest) => {
      const { place, options } = digest;
      await query.query(INSERT, [
        ...[digest.id, place.platform, place.workspaceId, place.channelId, digest.owner, kindOf(digest), digest.topic],
        ...[jsonb(options), digest.timetable, digest.timeZone, digest.state, digest.pausedBecause, digest.failures],
        ...[digest.nextDueAt, digest.createdAt],
      ]);
    },
    find: async (id) => (await rows("id = $1", [id]))[0] ?? null,
    listOf: ({ platform, workspaceId, channelId }) =>
      rows("platform = $1 and workspace_id = $2 and channel_id = $3 order by created_at, id", [
        platform,
        workspaceId,
        channelId,
      ]),
    listOfOwner: (owner) => rows("owner = $1 order by created_at, id", [owner]),
    change: (id, change) => changeDigest(query, id, change),
    remove: async (id) => {
      await query.query("delete from digests where id = $1", [id]);
    },
    issues: (id, limit) => query.query<DigestIssue>(ISSUES, [id, limit]),
    atWork: async (id) => (await query.query<{ runId: string }>(AT_WORK, [id])).map(({ runId }) => runId),
    spentSince: async (id, since) => {
      const [row] = await query.query<{ spent: number | null }>(SPENT, [id, since]);
      return row?.spent ?? 0;
    },
    told: async (id) => {
      const issues = await query.query<{ told: ToldPoint[] }>(TOLD, [id, MOST_ISSUES_REMEMBERED]);
      return issues.flatMap(({ told }) => told);
    },
    lastTold: async (id) => {
      const [row] = await query.query<{ last_told_at: string | null }>(LAST_TOLD, [id]);
      return row?.last_told_at ?? null;
    },
  };
}

/** Within a transaction: active digests that are due, each in the hands of this transaction alone. */
export async function takeDue(query: Queryable, now: string, limit: number): Promise<Digest[]> {
  const due = await query.query<Row>(TAKE_DUE, [now, limit]);
  return due.map(digestOf);
}

/** Within a transaction: writes down what becomes of a due time; false when that was done before. */
export async function claimIssue(
  query: Queryable,
  digestId: string,
  { dueAt, runId, state }: Pick<DigestIssue, "dueAt" | "runId" | "state">,
): Promise<boolean> {
  return (await query.query(CLAIM, [digestId, dueAt, runId, state])).length > 0;
}

export interface IssueEnd {
  digestId: string;
  dueAt: string;
  /** `skipped`: it was stopped. */
  state: "posted" | "silent" | "failed" | "previewed" | "skipped";
  told: readonly ToldPoint[];
  costUsd: number | null;
}

/** Within the transaction that ends the run. */
export async function endIssue(query: Queryable, { digestId, dueAt, state, told, costUsd }: IssueEnd): Promise<void> {
  await query.query(END, [digestId, dueAt, state, jsonb(told), costUsd]);
  if (state === "posted" || state === "silent") await query.query(TOLD_AT, [digestId, dueAt]);
}

export async function changeDigest(query: Queryable, id: string, change: DigestChange): Promise<void> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const assignments = entries.map(([name], index) => `${COLUMNS[name as keyof DigestChange]} = $${index + 2}`);
  const values = entries.map(([name, value]) => (name === "options" ? jsonb(value) : value));
  await query.query(`update digests set ${[...assignments, "updated_at = now()"].join(", ")} where id = $1`, [
    id,
    ...values,
  ]);
}

interface Row {
  id: string;
  platform: string;
  workspace_id: string;
  channel_id: string;
  owner: string;
  topic: string | null;
  options: DigestOptions;
  timetable: string;
  time_zone: string;
  state: Digest["state"];
  paused_because: string | null;
  failures: number;
  next_due_at: string | null;
  created_at: string;
}

function digestOf(row: Row): Digest {
  return {
    id: row.id,
    place: { platform: row.platform, workspaceId: row.workspace_id, channelId: row.channel_id, threadId: null },
    owner: row.owner,
    topic: row.topic,
    options: row.options,
    timetable: row.timetable,
    timeZone: row.time_zone,
    state: row.state,
    pausedBecause: row.paused_because,
    failures: row.failures,
    nextDueAt: row.next_due_at,
    createdAt: row.created_at,
  };
}

function kindOf({ topic, options }: Digest): "topic" | "talk" | "both" {
  if (topic === null) return "talk";
  return options.withTalk === true ? "both" : "topic";
}

const COLUMNS: Record<keyof DigestChange, string> = {
  owner: "owner",
  topic: "topic",
  options: "options",
  timetable: "timetable",
  timeZone: "time_zone",
  state: "state",
  pausedBecause: "paused_because",
  failures: "failures",
  nextDueAt: "next_due_at",
};
// A year of a weekly one.
const MOST_ISSUES_REMEMBERED = 52;
const INSERT = `insert into digests (id, platform, workspace_id, channel_id, owner, kind, topic, options, timetable,
    time_zone, state, paused_because, failures, next_due_at, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, now())`;
const TAKE_DUE = `select * from digests where state = 'active' and next_due_at <= $1
  order by next_due_at limit $2 for update skip locked`;
const CLAIM = `insert into digest_issues (digest_id, due_at, run_id, state, created_at) values ($1, $2, $3, $4, now())
  on conflict (digest_id, due_at) do nothing returning 1`;
const END = `update digest_issues set state = $3, told = $4, cost_usd = $5, finished_at = now()
  where digest_id = $1 and due_at = $2`;
const ISSUES = `select due_at as "dueAt", state, run_id as "runId", cost_usd as "costUsd" from digest_issues
  where digest_id = $1 order by due_at desc limit $2`;
const AT_WORK = `select run_id as "runId" from digest_issues
  where digest_id = $1 and state = 'claimed' and run_id is not null`;
const SPENT = "select sum(cost_usd) as spent from digest_issues where digest_id = $1 and due_at >= $2";
const TOLD = `select told from digest_issues where digest_id = $1 and told is not null and state = 'posted'
  order by due_at desc limit $2`;
const TOLD_AT = "update digests set last_told_at = greatest(last_told_at, $2) where id = $1";
const LAST_TOLD = "select last_told_at from digests where id = $1";
