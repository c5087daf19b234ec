import { RuminateError } from "../errors.ts";
import type { Database, ProgressCard, Queryable } from "../ports.ts";
import type { Report, Run, RunState } from "../types.ts";
import { jsonb } from "./sql-values.ts";

/** The right to work on a run: who holds an older epoch may neither write nor post. */
export interface LeaseKey {
  runId: string;
  epoch: number;
}

/** A run as the worker finds it that takes it up. */
export interface TakenRun {
  run: Run;
  epoch: number;
  /** Times that it was taken up without getting further, this time included. */
  tries: number;
  isCancelled: boolean;
  /** What is only to be delivered any more, or null. */
  delivery: { report: Report; card: ProgressCard | null; startedAt: string } | null;
}

export type TakeResult =
  | { kind: "taken"; taken: TakenRun }
  /** It has ended or was forgotten. */
  | { kind: "gone" }
  /** Its asker has as many runs at work as allowed. */
  | { kind: "busy" };

export interface LeaseStore {
  /** Takes the run from whoever has it. */
  take(runId: string, owner: string, options: { perPerson: number }): Promise<TakeResult>;
  /** Null when the run is gone. */
  look(runId: string): Promise<{ epoch: number; isCancelled: boolean } | null>;
  /** Runs `work` in a transaction in which nobody else can take the run. @throws {RuminateError} LEASE_LOST */
  fenced<Result>(lease: LeaseKey, work: (query: Queryable) => Promise<Result>): Promise<Result>;
}

export function createLeaseStore(database: Database): LeaseStore {
  return {
    take: (runId, owner, { perPerson }) =>
      database.transaction(async (query) => {
        if (await isBusy(query, runId, perPerson)) return { kind: "busy" };
        const [row] = await query.query<TakenRow>(TAKE, [runId, owner]);
        return row === undefined ? { kind: "gone" } : { kind: "taken", taken: takenOf(row) };
      }),
    look: async (runId) => {
      const [row] = await database.query<{ epoch: number; isCancelled: boolean }>(LOOK, [runId]);
      return row ?? null;
    },
    fenced: (lease, work) =>
      database.transaction(async (query) => {
        await requireLease(query, lease);
        return work(query);
      }),
  };
}

/** Within a transaction: it got further, so earlier failures do not count any more. */
export async function noteProgress(query: Queryable, { runId }: LeaseKey): Promise<void> {
  await query.query("update runs set tries = 0, updated_at = now() where id = $1 and tries > 0", [runId]);
}

/** Within a transaction: the run is given back for a reason that is not its fault, so this try does not count. */
export async function handBack(query: Queryable, { runId }: LeaseKey): Promise<void> {
  await query.query("update runs set tries = greatest(tries - 1, 0), lease_owner = null where id = $1", [runId]);
}

/** Within a transaction: the report is safe with its finished card; from now on it is only delivered. */
export async function startDelivery(
  query: Queryable,
  { runId }: LeaseKey,
  report: Report,
  card: ProgressCard,
): Promise<void> {
  await query.query(
    `update runs set state = 'delivering', outcome = $2, report = $3, card = $4, delivery_started_at = now(),
       tries = 0, updated_at = now() where id = $1`,
    [runId, report.outcome, jsonb(report), jsonb(card)],
  );
}

/** Asks whoever works on the run to stop. False when it has ended already. */
export async function requestCancel(query: Queryable, runId: string): Promise<boolean> {
  const rows = await query.query(CANCEL, [runId, CANCEL_CHANNEL]);
  return rows.length > 0;
}

/** NOTIFY channel on which the ids of runs to stop are told. */
export const CANCEL_CHANNEL = "ruminate_cancel";

/** The queue counts, too, but two workers that look at the same moment do not see each other. */
async function isBusy(query: Queryable, runId: string, perPerson: number): Promise<boolean> {
  const [waiting] = await query.query<{ asker: string }>("select asker from runs where id = $1 and state = 'queued'", [
    runId,
  ]);
  if (waiting === undefined) return false;
  await query.query("select pg_advisory_xact_lock(hashtextextended('runs of ' || $1, 0))", [waiting.asker]);
  const [atWork] = await query.query<{ count: number }>(
    "select count(*) as count from runs where asker = $1 and state = 'running'",
    [waiting.asker],
  );
  return (atWork?.count ?? 0) >= perPerson;
}

async function requireLease(query: Queryable, { runId, epoch }: LeaseKey): Promise<void> {
  const rows = await query.query("select 1 from runs where id = $1 and lease_epoch = $2 for update", [runId, epoch]);
  if (rows.length > 0) return;
  throw new RuminateError("LEASE_LOST", `Run ${runId} was taken up by another worker after epoch ${epoch}.`);
}

interface TakenRow {
  id: string;
  request: Run["request"];
  state: RunState;
  created_at: string;
  lease_epoch: number;
  tries: number;
  cancel_requested_at: string | null;
  report: Report | null;
  card: ProgressCard | null;
  delivery_started_at: string | null;
}

const TAKE = `update runs set lease_epoch = lease_epoch + 1, lease_owner = $2, tries = tries + 1, updated_at = now(),
    state = case when state = 'queued' then 'running' else state end
  where id = $1 and state in ('queued', 'running', 'delivering')
  returning id, request, state, created_at, lease_epoch, tries, cancel_requested_at, report, card, delivery_started_at`;
const LOOK = `select lease_epoch as epoch, cancel_requested_at is not null as "isCancelled" from runs where id = $1`;
// One statement, so that whoever hears the notification finds the request.
const CANCEL = `with asked as (
    update runs set cancel_requested_at = coalesce(cancel_requested_at, now())
    where id = $1 and state in ('queued', 'running') returning id
  )
  select id, pg_notify($2, id) from asked`;

function takenOf(row: TakenRow): TakenRun {
  const isDelivering = row.state === "delivering" && row.report !== null;
  return {
    run: { id: row.id, request: row.request, state: row.state, createdAt: row.created_at },
    epoch: row.lease_epoch,
    tries: row.tries,
    isCancelled: row.cancel_requested_at !== null,
    delivery: isDelivering
      ? { report: row.report as Report, card: row.card, startedAt: row.delivery_started_at ?? row.created_at }
      : null,
  };
}
