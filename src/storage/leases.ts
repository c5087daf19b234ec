import { RuminateError } from "../errors.ts";
import type { Database, Queryable } from "../ports.ts";
import type { ProgressCard, Report, Run, RunState } from "../types.ts";
import type { RunFailure } from "./runs.ts";
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
  /** What is only to be told any more, or null while the research goes on. */
  delivery: Delivering | null;
}

/** How a run ended, before people were told. */
export type Ending = { kind: "report"; report: Report } | { kind: "failure"; failure: RunFailure };

export interface Delivering {
  ending: Ending;
  /** The card as it looks at the end. */
  card: ProgressCard | null;
  startedAt: string;
}

export type TakeResult =
  | { kind: "taken"; taken: TakenRun }
  /** It has ended or was forgotten. */
  | { kind: "gone" }
  /** Its asker has as many runs at work as allowed, or it comes after one that is not at its end. */
  | { kind: "busy" }
  /** Its process died again and again; it waits for this long, so that it does not take the other runs with it. */
  | { kind: "resting"; forMs: number };

export interface LeaseStore {
  /** Takes the run from whoever has it. */
  take(runId: string, owner: string, options: { perPerson: number }): Promise<TakeResult>;
  /** Takes a run that somebody stopped while nobody works on it; null when it is not such a run (any more). */
  takeStopped(runId: string, owner: string): Promise<TakenRun | null>;
  /** Runs that were stopped while nobody works on them: they wait for their turn, or for their next try. */
  listStopped(): Promise<string[]>;
  /** Null when the run is gone. */
  look(runId: string): Promise<{ epoch: number; isCancelled: boolean } | null>;
  /** Runs `work` in a transaction in which nobody else can take the run. @throws {RuminateError} LEASE_LOST */
  fenced<Result>(lease: LeaseKey, work: (query: Queryable) => Promise<Result>): Promise<Result>;
}

export function createLeaseStore(database: Database): LeaseStore {
  return {
    take: (runId, owner, { perPerson }) =>
      database.transaction(async (query) => {
        const found = await findRun(query, runId);
        const forMs = restOf(found);
        if (forMs > 0) return { kind: "resting", forMs };
        if ((await isBusy(query, found, perPerson)) || (await comesAfter(query, runId))) return { kind: "busy" };
        const [row] = await query.query<TakenRow>(take("state in ('queued', 'running', 'delivering')"), [runId, owner]);
        return row === undefined ? { kind: "gone" } : { kind: "taken", taken: takenOf(row) };
      }),
    takeStopped: async (runId, owner) => {
      const [row] = await database.query<TakenRow>(take(STOPPED), [runId, owner]);
      return row === undefined ? null : takenOf(row);
    },
    listStopped: async () => {
      const rows = await database.query<{ id: string }>(`select id from runs where ${STOPPED} order by created_at`);
      return rows.map(({ id }) => id);
    },
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

/** Within a transaction: nobody works on the run until it is taken up again. */
export async function letGo(query: Queryable, { runId }: LeaseKey): Promise<void> {
  await query.query("update runs set lease_owner = null where id = $1", [runId]);
}

/** Within a transaction: how the run ended is safe, with its finished card; from now on it is only told. */
export async function startDelivery(
  query: Queryable,
  { runId }: LeaseKey,
  ending: Ending,
  card: ProgressCard,
): Promise<void> {
  const report = ending.kind === "report" ? ending.report : null;
  const failure = ending.kind === "failure" ? jsonb(ending.failure) : null;
  const reportText = report === null ? null : jsonb(report);
  await query.query(START_DELIVERY, [runId, report?.outcome ?? null, reportText, failure, jsonb(card)]);
}

/** Within a transaction: people were told, or cannot be. */
export async function endDelivery(query: Queryable, { runId }: LeaseKey): Promise<void> {
  await query.query(END_DELIVERY, [runId]);
}

/** Asks whoever works on the run to stop. False when it has ended already. */
export async function requestCancel(query: Queryable, runId: string): Promise<boolean> {
  const rows = await query.query(CANCEL, [runId, CANCEL_CHANNEL]);
  return rows.length > 0;
}

/** Within a transaction: a run that failed is as if it had just been asked, but for the steps that it finished. */
export async function queueAgain(query: Queryable, runId: string): Promise<void> {
  await query.query(QUEUE_AGAIN, [runId]);
  // Words for a failure that may come again are posted again.
  await query.query("delete from deliveries where run_id = $1 and key in ($1 || ':failure', $1 || ':ready')", [runId]);
}

/** NOTIFY channel on which the ids of runs to stop are told. */
export const CANCEL_CHANNEL = "ruminate_cancel";

interface FoundRun {
  asker: string;
  state: RunState;
  tries: number;
  isCancelled: boolean;
  /** Since it was taken up last. */
  ageMs: number;
  /** From 0 to 1: runs that died together are taken up apart, so that one of them does not take the others with it again. */
  chance: number;
}

async function findRun(query: Queryable, runId: string): Promise<FoundRun | null> {
  const [found] = await query.query<FoundRun>(FOUND, [runId]);
  return found ?? null;
}

/** One death is a coincidence. After each further one the run waits longer. */
function restOf(found: FoundRun | null): number {
  if (found === null || found.tries < 2 || found.isCancelled) return 0;
  const restMs = Math.min(FIRST_REST_MS * 2 ** (found.tries - 2), LONGEST_REST_MS);
  return restMs * (1 + found.chance) - found.ageMs;
}

/** The queue counts, too, but two workers that look at the same moment do not see each other. */
async function isBusy(query: Queryable, found: FoundRun | null, perPerson: number): Promise<boolean> {
  if (found?.state !== "queued") return false;
  await query.query("select pg_advisory_xact_lock(hashtextextended('runs of ' || $1, 0))", [found.asker]);
  const [atWork] = await query.query<{ count: number }>(
    "select count(*) as count from runs where asker = $1 and state = 'running'",
    [found.asker],
  );
  return (atWork?.count ?? 0) >= perPerson;
}

/** A question that is to come after another one waits until that is told, however it ends. */
async function comesAfter(query: Queryable, runId: string): Promise<boolean> {
  return (await query.query(EARLIER, [runId])).length > 0;
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
  failure: RunFailure | null;
  card: ProgressCard | null;
  delivery_started_at: string | null;
}

const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 5_000;
const FOUND = `select asker, state, tries, cancel_requested_at is not null as "isCancelled",
    extract(epoch from clock_timestamp() - updated_at)::double precision * 1000 as "ageMs",
    abs(hashtext(id || tries) % 1000) / 1000.0::double precision as chance
  from runs where id = $1`;
const EARLIER = `select 1 from runs as later join runs as earlier on earlier.id = later.request ->> 'after'
  where later.id = $1 and earlier.state in ('queued', 'running', 'delivering')`;
const STOPPED = "cancel_requested_at is not null and (state = 'queued' or (state = 'running' and lease_owner is null))";
const take = (condition: string): string => `update runs set lease_epoch = lease_epoch + 1, lease_owner = $2,
    tries = tries + 1, updated_at = now(), state = case when state = 'queued' then 'running' else state end
  where id = $1 and ${condition}
  returning id, request, state, created_at, lease_epoch, tries, cancel_requested_at, report, failure, card,
    delivery_started_at`;
const START_DELIVERY = `update runs set state = 'delivering', outcome = $2, report = $3, failure = $4, card = $5,
    delivery_started_at = now(), tries = 0, updated_at = now()
  where id = $1`;
const QUEUE_AGAIN = `update runs set state = 'queued', failure = null, outcome = null, card = null, tries = 0,
    cancel_requested_at = null, delivery_started_at = null, finished_at = null, shown_place = null, was_begun_anew = false, updated_at = now()
  where id = $1 and state = 'failed'`;
const END_DELIVERY = `update runs set state = case when report is null then 'failed' else 'done' end,
    finished_at = now(), updated_at = now()
  where id = $1`;
const LOOK = `select lease_epoch as epoch, cancel_requested_at is not null as "isCancelled" from runs where id = $1`;
// One statement, so that whoever hears the notification finds the request.
const CANCEL = `with asked as (
    update runs set cancel_requested_at = coalesce(cancel_requested_at, now())
    where id = $1 and state in ('queued', 'running') returning id
  )
  select id, pg_notify($2, id) from asked`;

function takenOf(row: TakenRow): TakenRun {
  return {
    run: { id: row.id, request: row.request, state: row.state, createdAt: row.created_at },
    epoch: row.lease_epoch,
    tries: row.tries,
    isCancelled: row.cancel_requested_at !== null,
    delivery: row.state === "delivering" ? deliveringOf(row) : null,
  };
}

function deliveringOf({ id, report, failure, card, delivery_started_at: startedAt }: TakenRow): Delivering | null {
  if (startedAt === null || (report === null && failure === null)) {
    throw new RuminateError("INTERNAL", `Run ${id} is to be delivered, but how it ended was not stored.`);
  }
  const ending: Ending =
    report === null ? { kind: "failure", failure: failure as RunFailure } : { kind: "report", report };
  return { ending, card, startedAt };
}
