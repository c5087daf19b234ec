import { type Db, fromPglite, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Queryable } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import type { Run } from "../types.ts";
import { createMonotonicClock } from "./monotonic-clock.ts";

/** How a job ends: for good, or to be taken up again after a while. */
export type Settlement = { kind: "ended" } | { kind: "again"; afterMs: number };

export interface WorkOptions {
  /** Runs that this process works on at the same time. */
  concurrency: number;
  /** Runs of one person that are worked on at the same time, counted over all processes. */
  perPerson: number;
}

/** The runs that wait for a worker: pg-boss, on both databases. Jobs hold nothing but the run's id. */
export interface Queue {
  /** Makes the tables and the queue; must have resolved before anything else is called. */
  start(): Promise<void>;
  /** Within the transaction that stores the runs: both or neither. A run is in the queue at most once. */
  send(query: Queryable, runs: readonly Run[]): Promise<void>;
  /** Puts a run that ended into the queue again. */
  sendAgain(query: Queryable, run: Run): Promise<void>;
  /** Within a transaction: takes out a run that nobody works on. */
  remove(query: Queryable, runId: string): Promise<void>;
  /** Calls back for each run, as soon as it is sent. The handler must not reject. */
  work(options: WorkOptions, handler: (runId: string) => Promise<Settlement>): Promise<void>;
  /** Takes no more runs; resolves when the handlers that are at work have settled. */
  drain(): Promise<void>;
  /** Has a worker of this process not looked for runs for a minute although it has none? */
  isStuck(): boolean;
  /** How many wait, how many are being worked on. */
  counts(): Promise<{ waiting: number; active: number }>;
  stop(): Promise<void>;
}

export interface QueueOptions {
  database: OpenDatabase;
  log: Logger;
  /** PostgreSQL schema of pg-boss. */
  schema?: string;
}

export function createQueue({ database, log, schema = "pgboss" }: QueueOptions): Queue {
  const clock = createMonotonicClock();
  const boss = new PgBoss({
    db: bossDatabase(database),
    backend: database.engine === "pglite" ? "pglite" : "postgres",
    schema,
    clock,
    useListenNotify: true,
    // A dead worker is found after at most 15 s without a heartbeat and 5 s until the next look.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    // Without a listener an error of pg-boss, such as a database that is gone for a while, would end the process.
  });
  boss.on("error", (error) => log.warn({ err: error }, "queue error"));
  boss.on("warning", ({ message, data }) => log.warn({ warning: message, data }, "queue warning"));

  async function start(): Promise<void> {
    await boss.start({ attempts: 5 });
    await boss.createQueue(RESEARCH, QUEUE_OPTIONS);
    await boss.updateQueue(RESEARCH, QUEUE_OPTIONS);
    // The lock on the directory proves that whoever was at work on these is dead.
    if (database.engine === "pglite") await requeueActive(boss);
  }

  async function settle(job: { id: string; retryCount: number }, settlement: Settlement): Promise<void> {
    if (settlement.kind === "ended") return;
    await database.transaction(async (query) => {
      const db = within(query);
      await boss.fail(RESEARCH, job, null, { db });
      await boss.update(RESEARCH, undefined, { id: job.id, startAfter: Math.ceil(settlement.afterMs / 1000), db });
    });
  }

  return {
    start,
    send: async (query, runs) => {
      await boss.insert(
        RESEARCH,
        runs.map((run) => jobOf(run, run.id)),
        { db: within(query) },
      );
    },
    sendAgain: async (query, run) => {
      await boss.insert(RESEARCH, [jobOf(run)], { db: within(query) });
    },
    remove: async (query, runId) => {
      await boss.cancel(RESEARCH, runId, { db: within(query) });
    },
    work: async ({ concurrency, perPerson }, handler) => {
      const options = { ...WORK_OPTIONS, groupConcurrency: perPerson };
      for (let slot = 0; slot < concurrency; slot += 1) {
        const workerId: string = await boss.work<JobData, void, typeof options>(RESEARCH, options, async ([job]) => {
          if (job === undefined) return;
          await settle(job, await handler(job.data.runId));
          // There may be more; pg-boss would wait for the next poll.
          boss.notifyWorker(workerId);
        });
      }
    },
    drain: () => boss.offWork(RESEARCH, { wait: true }),
    isStuck: () =>
      boss
        .getWipData()
        .some(
          ({ state, count, createdOn, lastFetchedOn }) =>
            state === "active" && count === 0 && clock.now() - (lastFetchedOn ?? createdOn) > STUCK_MS,
        ),
    counts: () => countJobs(database, schema),
    stop: () => boss.stop({ close: false, graceful: true, timeout: 1_000 }),
  };
}

interface JobData {
  runId: string;
}

const RESEARCH = "research";
// A job waits for the next poll only when its notification was lost, or when it is tried again later.
const POLL_SECONDS = 2;
const STUCK_MS = 60_000;
const WORK_OPTIONS = {
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  heartbeatRefreshSeconds: 5,
  includeMetadata: true,
} as const;
/**
 * pg-boss's defaults do not fit long runs (measured, facts/security-and-reliability.md, 4.2): after 15 minutes it would
 * start a second copy beside the first, and each restart of a process uses up one of 2 retries. So a job stays alive by
 * its heartbeat, and tries are counted by us, and only those that did not get any further.
 */
const QUEUE_OPTIONS = {
  notify: true,
  heartbeatSeconds: 15,
  expireInSeconds: 6 * 3600,
  retryLimit: 1_000_000,
  retryDelay: 0,
  retentionSeconds: 30 * 24 * 3600,
  // What happened is kept with the run.
  deleteAfterSeconds: 3600,
};

function jobOf({ id: runId, request }: Run, id?: string) {
  return { ...(id === undefined ? {} : { id }), data: { runId }, group: { id: request.asker } };
}

function bossDatabase(database: OpenDatabase): Db {
  if (database.engine === "pglite") return fromPglite(database.handle);
  return {
    // `Pool.query` throws a connection away whose statement failed, so no open transaction is left behind.
    executeSql: (text, values) => database.handle.query(text, values),
    listen: async (channel, onNotification, onReconnect) => {
      const stop = await database.listen(channel, onNotification);
      onReconnect();
      return { close: stop };
    },
  };
}

/** Lets pg-boss speak within a transaction of ours. */
function within(query: Queryable): Db {
  return { executeSql: async (text, values) => ({ rows: await query.query(text, values) }) };
}

async function requeueActive(boss: PgBoss): Promise<void> {
  const jobs = await boss.findJobs<JobData>(RESEARCH, { limit: 100_000 });
  const orphans = jobs.filter(({ state }) => state === "active").map(({ id }) => id);
  if (orphans.length > 0) await boss.fail(RESEARCH, orphans, { message: "the process ended" });
}

async function countJobs(database: OpenDatabase, schema: string): Promise<{ waiting: number; active: number }> {
  const [counts] = await database.query<{ waiting: number; active: number }>(
    `select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as active
     from ${schema}.job where name = $1`,
    [RESEARCH],
  );
  return counts ?? { waiting: 0, active: 0 };
}
