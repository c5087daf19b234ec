import type { Queryable } from "../ports.ts";
import type { Outcome, Report, Run, RunState, ThreadRef } from "../types.ts";
import { jsonb } from "./sql-values.ts";

/** Why a run ended without a report: the error's code, and the sentence that was shown to people. */
export interface RunFailure {
  code: string;
  message: string;
}

/** What lists show of a run: everything but the report, which can be large. */
export interface RunSummary extends Run {
  outcome: Outcome | null;
  failure: RunFailure | null;
  updatedAt: string;
  finishedAt: string | null;
}

export interface StoredRun extends RunSummary {
  report: Report | null;
}

export interface RunFilter {
  limit: number;
  asker?: string;
  /** Of the whole channel when `threadId` is null, else of the thread. */
  thread?: ThreadRef;
  states?: readonly RunState[];
  /** Only what somebody asked: no issues of digests. */
  isQuestion?: true;
}

/** Methods that change a run resolve to false when there is none of that id: it was forgotten. */
export interface RunStore {
  /** False, and nothing changes, when a run of that id is there already: the same event came twice. */
  insert(run: Run): Promise<boolean>;
  find(id: string): Promise<StoredRun | null>;
  /** Newest first. */
  listRecent(filter: RunFilter): Promise<RunSummary[]>;
  setState(id: string, state: RunState): Promise<boolean>;
  /** The report is safe; from now on it is only delivered. */
  startDelivery(id: string, report: Report): Promise<boolean>;
  /** Done, with this report. */
  finish(id: string, report: Report): Promise<boolean>;
  /** Ended without a report. */
  fail(id: string, failure: RunFailure): Promise<boolean>;
}

/** The runs, on the database or within a transaction of it. */
export function createRunStore(database: Queryable): RunStore {
  const change = async (assignments: string, id: string, ...values: unknown[]): Promise<boolean> => {
    const text = `update runs set ${assignments}, updated_at = now() where id = $1 returning id`;
    return (await database.query(text, [id, ...values])).length > 0;
  };
  return {
    insert: async (run) => (await database.query(INSERT, insertValues(run))).length > 0,
    find: async (id) => {
      const [row] = await database.query<RunRow>(`select ${COLUMNS}, report from runs where id = $1`, [id]);
      return row === undefined ? null : { ...summaryOf(row), report: row.report };
    },
    listRecent: async (filter) => (await database.query<RunRow>(LIST, listValues(filter))).map(summaryOf),
    setState: (id, state) => change(`state = $2, ${FINISHED_AT}`, id, state),
    startDelivery: (id, report) =>
      change("state = 'delivering', outcome = $2, report = $3", id, report.outcome, jsonb(report)),
    finish: (id, report) =>
      change("state = 'done', outcome = $2, report = $3, finished_at = now()", id, report.outcome, jsonb(report)),
    fail: (id, failure) => change("state = 'failed', failure = $2, finished_at = now()", id, jsonb(failure)),
  };
}

interface RunRow {
  id: string;
  request: Run["request"];
  state: RunState;
  outcome: Outcome | null;
  failure: RunFailure | null;
  created_at: string;
  updated_at: string;
  finished_at: string | null;
  report: Report | null;
}

const COLUMNS = "id, request, state, outcome, failure, created_at, updated_at, finished_at";
// A run that is taken up again is not finished any more.
const FINISHED_AT = "finished_at = case when $2 in ('done', 'failed') then coalesce(finished_at, now()) end";
const INSERT = `insert into runs
  (id, platform, workspace_id, channel_id, thread_id, asker, request, state, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
  on conflict (id) do nothing returning id`;
const LIST = `select ${COLUMNS} from runs
  where ($2::text is null or asker = $2)
    and ($3::text is null or (platform = $3 and workspace_id = $4 and channel_id = $5))
    and ($6::text is null or thread_id = $6)
    and ($7::text[] is null or state = any($7))
    and ($8::boolean is null or request -> 'digest' is null)
  order by created_at desc, id limit $1`;

function insertValues({ id, request, state, createdAt }: Run): unknown[] {
  const { platform, workspaceId, channelId, threadId } = request.thread;
  return [id, platform, workspaceId, channelId, threadId, request.asker, jsonb(request), state, createdAt];
}

function listValues({ limit, asker, thread, states, isQuestion }: RunFilter): unknown[] {
  const place = [thread?.platform, thread?.workspaceId, thread?.channelId, thread?.threadId];
  return [limit, asker, ...place, states, isQuestion].map((value) => value ?? null);
}

function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    request: row.request,
    state: row.state,
    outcome: row.outcome,
    failure: row.failure,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  };
}
