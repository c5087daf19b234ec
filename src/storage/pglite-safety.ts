import type { PGlite } from "@electric-sql/pglite";
import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import { isDiskFull } from "./database-errors.ts";
import { freeBytesOf, LEAST_FREE_BYTES } from "./disk-room.ts";

/**
 * Refuses what adds data while the disk of the directory is nearly full, and lets it through again when it is not: what
 * comes after "full" is PostgreSQL's panic, which only a restart ends. Large rows go first, so that runs can still end
 * and people can still be told; reads, deletions and small changes always pass.
 */
export function createRoomCheck(directory: string): RoomCheck {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let freeBytes = 0;
  return (statement, values) => {
    const needed = bytesNeeded(statement, values);
    if (needed === 0) return;
    if (performance.now() - checkedAt > ROOM_CHECK_INTERVAL_MS) {
      freeBytes = freeBytesOf(directory);
      checkedAt = performance.now();
    }
    if (freeBytes < needed) throw new RuminateError("DISK_FULL", DISK_FULL_MESSAGE, { isRetryable: true });
  };
}

/** Throws DISK_FULL when there is no room for the statement. */
export type RoomCheck = (statement: string, values: readonly unknown[]) => void;

function bytesNeeded(statement: string, values: readonly unknown[]): number {
  const adds = ADDS_ROWS.test(statement);
  if (!adds && !CHANGES_ROWS.test(statement)) return 0;
  const chars = values.flat().reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 0), 0);
  if (chars > LARGE_CHARS) return LEAST_FREE_BYTES;
  return adds ? SEGMENT_BYTES : 0;
}

const ADDS_ROWS = /\b(?:insert\s+into|create|alter)\b/i;
const CHANGES_ROWS = /\bupdate\b/i;
const LARGE_CHARS = 8_000;
// The next segment of the write-ahead log, which is made as a whole.
const SEGMENT_BYTES = 17 * 2 ** 20;
const ROOM_CHECK_INTERVAL_MS = 500;
const DISK_FULL_MESSAGE = "The disk that holds the database is almost full. Free some space on it and try again.";

/**
 * Makes every call fail once PGlite has aborted, which it does when PostgreSQL panics (no room for the write-ahead log).
 * PGlite 0.5.16 goes on with the dead engine otherwise, and hangs in it without giving way to the event loop: its
 * `execProtocolRawSync` catches what the engine throws and asks it again. Here the functions that it calls there no
 * longer reach the engine. `lastWords` gives PostgreSQL's own.
 */
export function failAfterAbort(pglite: PGlite, lastWords: () => string, log: Logger): void {
  const engine: Engine = pglite.Module;
  let failure: RuminateError | null = null;
  const refuse = (): never => {
    throw failure;
  };
  engine.onAbort = () => {
    if (failure !== null) return;
    failure = abortError(lastWords());
    log.fatal({ err: failure }, "the embedded database has stopped");
    engine.stackSave = refuse;
    engine.stackRestore = refuse;
    engine._PostgresSendReadyForQueryIfNecessary = () => {};
    engine._pgl_pq_flush = () => {};
    engine._pgl_run_atexit_funcs = () => {};
  };
}

type Engine = Pick<
  PGlite["Module"],
  "stackSave" | "stackRestore" | "_PostgresSendReadyForQueryIfNecessary" | "_pgl_pq_flush" | "_pgl_run_atexit_funcs"
> & {
  /** https://emscripten.org/docs/api_reference/module.html#Module.onAbort */
  onAbort?: () => void;
};

function abortError(lastWords: string): RuminateError {
  const details = { lastWords };
  return isDiskFull(lastWords)
    ? new RuminateError("DISK_FULL", "The disk is full. Free some space on it and restart Ruminate.", { details })
    : new RuminateError("DATABASE_UNAVAILABLE", "The embedded database has stopped. Restart Ruminate.", { details });
}

/**
 * Checkpoints when enough was written. PostgreSQL's checkpointer does not run inside PGlite, where the write-ahead log
 * would grow until the database is closed, and would be read again from its start after a crash (measured: 176 MB after
 * as much inserted, 64 MB after a checkpoint of 50 ms). Gives a function that ends it.
 */
export function startCheckpoints(pglite: PGlite, log: Logger): () => void {
  const checkpoint = async (): Promise<void> => {
    try {
      const { rows } = await pglite.query<{ written: number }>(WRITTEN);
      if ((rows[0]?.written ?? 0) >= CHECKPOINT_BYTES) await pglite.query("checkpoint");
    } catch (error) {
      if (!pglite.closed) log.warn({ err: error }, "checkpoint failed");
    }
  };
  const timer = setInterval(checkpoint, CHECKPOINT_INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

const WRITTEN = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::double precision as written
  from pg_control_checkpoint()`;
const CHECKPOINT_INTERVAL_MS = 30_000;
// Two segments of 16 MB.
const CHECKPOINT_BYTES = 32 * 2 ** 20;
