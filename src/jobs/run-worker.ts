import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { CANCEL_CHANNEL, createLeaseStore, handBack, type TakenRun } from "../storage/leases.ts";
import type { AttemptParts, ResearchRun } from "./attempt.ts";
import { holdLease } from "./lease.ts";
import type { Queue, Settlement, WorkOptions } from "./queue.ts";
import { attemptRun } from "./run-attempt.ts";

export interface RunWorkerParts {
  database: OpenDatabase;
  queue: Queue;
  /** By name. */
  platforms: ReadonlyMap<string, ChatPlatform>;
  research: ResearchRun;
  notice: string | null;
  limits: WorkOptions;
  /** Names this process. */
  processId: string;
  placeRefusal: AttemptParts["placeRefusal"];
  onEnd: AttemptParts["onEnd"];
  log: Logger;
}

export interface RunWorker {
  start(): Promise<void>;
  /** Takes no more runs and gives back those at work, with their journals. */
  stop(): Promise<void>;
  /** Ids of the runs at work here. */
  atWork(): string[];
}

/** Works on the runs of the queue. Of all workers on a database, one at a time works on a run. */
export function createRunWorker({ database, queue, platforms, limits, ...parts }: RunWorkerParts): RunWorker {
  const { log, processId } = parts;
  const leases = createLeaseStore(database);
  const working = new Map<string, { stop: AbortController; settled: Promise<Settlement> }>();
  let isStopping = false;
  let stopListening = async (): Promise<void> => {};
  let lookForStopped: NodeJS.Timeout | undefined;

  async function handle(runId: string): Promise<Settlement> {
    if (isStopping) return { kind: "again", afterMs: 0 };
    // A job comes twice when its heartbeat was late (a database outage, a clock set forward): the work goes on.
    const already = working.get(runId);
    if (already !== undefined) return already.settled;
    try {
      const result = await leases.take(runId, processId, limits);
      if (result.kind === "taken") return await work(result.taken);
      if (result.kind === "resting") return { kind: "again", afterMs: result.forMs };
      return result.kind === "busy" ? { kind: "again", afterMs: BUSY_MS } : { kind: "ended" };
    } catch (error) {
      log.error({ err: error, runId }, "run not taken up");
      return { kind: "again", afterMs: BUSY_MS };
    }
  }

  function work(taken: TakenRun): Promise<Settlement> {
    const stop = new AbortController();
    const settled = attempt(taken, stop).finally(() => working.delete(taken.run.id));
    working.set(taken.run.id, { stop, settled });
    return settled;
  }

  async function attempt(taken: TakenRun, stop: AbortController): Promise<Settlement> {
    const { run, epoch } = taken;
    const platform = platforms.get(run.request.thread.platform);
    if (platform === undefined) {
      log.error({ runId: run.id, platform: run.request.thread.platform }, "run of a platform that is not set up here");
      await leases.fenced({ runId: run.id, epoch }, (query) => handBack(query, { runId: run.id, epoch }));
      return { kind: "again", afterMs: MISSING_PLATFORM_MS };
    }
    if (taken.isCancelled) stop.abort(new RuminateError("CANCELLED", "Stopped before it was taken up."));
    const lease = holdLease(leases, { runId: run.id, epoch }, { stop, log });
    try {
      return await attemptRun(taken, lease, { ...parts, database, platform }, { signal: stop.signal });
    } finally {
      lease.release();
    }
  }

  /** Somebody stopped a run: here it is aborted, and one that nobody works on is ended without waiting for a free slot or its next try. */
  async function stopRun(runId: string): Promise<void> {
    const here = working.get(runId);
    if (here !== undefined) return here.stop.abort(new RuminateError("CANCELLED", "Somebody stopped the research."));
    const taken = isStopping ? null : await leases.takeStopped(runId, processId);
    if (taken !== null) await work(taken);
  }

  const stopRunSafely = (runId: string): Promise<void> =>
    stopRun(runId).catch((error: unknown) => log.warn({ err: error, runId }, "run not stopped yet"));

  async function stopWaitingRuns(): Promise<void> {
    for (const runId of await leases.listStopped()) await stopRunSafely(runId);
  }

  return {
    start: async () => {
      stopListening = await database.listen(CANCEL_CHANNEL, (runId) => void stopRunSafely(runId));
      // A notification can be lost; who stopped a run should not wait longer than two seconds all the same.
      const look = (): unknown => stopWaitingRuns().catch((error: unknown) => log.debug({ err: error }, "no look"));
      lookForStopped = setInterval(look, LOOK_MS).unref();
      await queue.work(limits, handle);
    },
    stop: async () => {
      isStopping = true;
      clearInterval(lookForStopped);
      await stopListening();
      const drained = queue.drain();
      for (const { stop } of working.values())
        stop.abort(new RuminateError("SHUTTING_DOWN", "The process is stopping."));
      const all = Promise.all(Array.from(working.values(), ({ settled }) => settled));
      await Promise.all([drained, all]);
    },
    atWork: () => Array.from(working.keys()),
  };
}

const BUSY_MS = 2_000;
const MISSING_PLATFORM_MS = 60_000;
const LOOK_MS = 1_500;
