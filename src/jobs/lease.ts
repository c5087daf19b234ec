import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import type { Journal, Queryable } from "../ports.ts";
import { createJournal } from "../storage/journal.ts";
import { type LeaseKey, type LeaseStore, noteProgress } from "../storage/leases.ts";
import { untilDatabaseAnswers } from "./until-database-answers.ts";

/** What a worker has while it works on a run. Every write and every post goes through it. */
export interface Lease extends LeaseKey {
  /** Rejects with LEASE_LOST when another worker has the run. Asked right before anything is posted. */
  confirm(): Promise<void>;
  /** Writes in a transaction in which nobody else can take the run. Waits for a database that is gone for a while. */
  fenced<Result>(work: (query: Queryable) => Promise<Result>): Promise<Result>;
  /** Stops looking after the run. */
  release(): void;
}

/**
 * Looks every 2 seconds whether the run is still ours, and whether somebody stopped it, and aborts `stop` with LEASE_LOST
 * or CANCELLED. So a stop arrives in time even when its notification is lost.
 */
export function holdLease(
  store: LeaseStore,
  { runId, epoch }: LeaseKey,
  { stop, log }: { stop: AbortController; log: Logger },
): Lease {
  let confirmedAt = performance.now();
  let lost: RuminateError | null = null;
  const lookRegularly = (): unknown =>
    look().catch((error: unknown) => log.debug({ err: error, runId }, "lease not confirmed"));
  const timer = setInterval(lookRegularly, LOOK_MS).unref();

  async function look(): Promise<void> {
    const askedAt = performance.now();
    const seen = await store.look(runId);
    if (seen?.epoch !== epoch) throw lose(new RuminateError("LEASE_LOST", `Run ${runId} is not ours any more.`));
    confirmedAt = askedAt;
    if (seen.isCancelled) stop.abort(new RuminateError("CANCELLED", "Somebody stopped the research."));
  }

  function lose(error: RuminateError): RuminateError {
    clearInterval(timer);
    lost = error;
    stop.abort(error);
    return error;
  }

  return {
    runId,
    epoch,
    confirm: async () => {
      // A process that was frozen finds its last look long ago: this clock goes on meanwhile.
      if (performance.now() - confirmedAt > FRESH_MS) await look();
      if (lost !== null) throw lost;
    },
    fenced: async (work) => {
      try {
        const askedAt = performance.now();
        const result = await untilDatabaseAnswers(() => store.fenced({ runId, epoch }, work), { signal: stop.signal });
        confirmedAt = askedAt;
        return result;
      } catch (error) {
        throw error instanceof RuminateError && error.code === "LEASE_LOST" ? lose(error) : error;
      }
    },
    release: () => clearInterval(timer),
  };
}

/** The journal of a run for the worker that holds it. A stored step is progress: earlier failures do not count any more. */
export function createFencedJournal(lease: Lease, log: Logger): Journal {
  return {
    load: (runId) => lease.fenced((query) => createJournal(query).load(runId)),
    append: async (runId, step) => {
      await lease.fenced(async (query) => {
        await createJournal(query).append(runId, step);
        await noteProgress(query, lease);
      });
      log.debug({ index: step.index, label: step.label }, "step stored");
    },
  };
}

const LOOK_MS = 2_000;
// A run is taken over after 15 s without a heartbeat at the earliest: what was ours 5 s ago still is.
const FRESH_MS = 5_000;
