import { setImmediate as nextTurn } from "node:timers/promises";
import type { PGlite, Transaction } from "@electric-sql/pglite";
import type { Logger } from "pino";
import { guardHandler, requireChannelName } from "./channels.ts";
import type { OpenDatabase } from "./database.ts";
import { translateDatabaseError } from "./database-errors.ts";
import { directoryError, diskFullError, lockDirectory } from "./directory-lock.ts";
import { freeBytesOf, LEAST_FREE_BYTES } from "./disk-room.ts";
import { createRoomCheck, type RoomCheck, startCheckpoints } from "./pglite-safety.ts";
import { COLUMN_PARSERS, cleanParameters } from "./sql-values.ts";
import { startInDirectory, startInMemory } from "./start-pglite.ts";

/**
 * PostgreSQL inside this process: in the directory, locked against other processes, or in memory.
 *
 * There is one connection, and queries compute on this thread. Within `transaction` use only the query handed in: the
 * database's own waits until the transaction has ended. Safe against the death of the process, not against power loss:
 * PGlite never calls fsync.
 */
export async function openPglite(dataDirectory: string | null, log: Logger): Promise<OpenDatabase> {
  if (dataDirectory === null)
    return databaseOf(await startInMemory(log), { requireRoom: () => {}, release: () => {}, log });
  const { release } = lockDirectory(dataDirectory);
  try {
    const handle = await startInDirectory(dataDirectory, log);
    return databaseOf(handle, { requireRoom: createRoomCheck(dataDirectory), release, log });
  } catch (error) {
    release();
    throw freeBytesOf(dataDirectory) < LEAST_FREE_BYTES
      ? diskFullError(dataDirectory, error)
      : directoryError(dataDirectory, error);
  }
}

interface DatabaseParts {
  requireRoom: RoomCheck;
  /** Called when the database is closed. */
  release: () => void;
  log: Logger;
}

function databaseOf(handle: PGlite, { requireRoom, release, log }: DatabaseParts): OpenDatabase {
  let letInAt = performance.now();
  // Statements compute on this thread, and one that follows another in the same turn of the event loop lets nothing in
  // between: with eight runs at work the last of a thousand connections waited for half a minute to be accepted.
  const letOthersIn = async (): Promise<void> => {
    if (performance.now() - letInAt < LONGEST_TURN_MS) return;
    await nextTurn();
    letInAt = performance.now();
  };
  const run = async <Row>(on: PGlite | Transaction, text: string, values: unknown[] = []): Promise<Row[]> => {
    requireRoom(text, values);
    await letOthersIn();
    const { rows } = await translated(on.query<Row>(text, cleanParameters(values), { parsers: COLUMN_PARSERS }));
    return rows;
  };
  const stopCheckpoints = startCheckpoints(handle, log);
  let closing: Promise<void> | null = null;
  return {
    engine: "pglite",
    handle,
    query: (text, values) => run(handle, text, values),
    transaction: (work) =>
      translated(
        handle.transaction((transaction) => work({ query: (text, values) => run(transaction, text, values) })),
      ),
    listen: async (channel, onNotify) =>
      translated(handle.listen(requireChannelName(channel), guardHandler(onNotify, log))),
    close: () => {
      stopCheckpoints();
      closing ??= handle.close().finally(release);
      return closing;
    },
  };
}

const LONGEST_TURN_MS = 5;

async function translated<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
