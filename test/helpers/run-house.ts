import { randomUUID } from "node:crypto";
import { UNLIMITED } from "../../src/chat/quotas.ts";
import type { ResearchRun } from "../../src/jobs/attempt.ts";
import { createPlaceRefusal } from "../../src/jobs/place-refusal.ts";
import { createQueue, type Queue } from "../../src/jobs/queue.ts";
import { createRunWorker, type RunWorker } from "../../src/jobs/run-worker.ts";
import type { OpenDatabase } from "../../src/storage/database.ts";
import { insertRuns } from "../../src/storage/queued-runs.ts";
import { createRunStore, type StoredRun } from "../../src/storage/runs.ts";
import type { Run } from "../../src/types.ts";
import { silentLog } from "./databases.ts";
import { createRecordingPlatform, type RecordingPlatform } from "./recording-platform.ts";
import { until } from "./until.ts";

/** Workers on a database and a queue, with a platform that keeps what it was told. */
export interface House {
  platform: RecordingPlatform;
  queue: Queue;
  startWorker(research: ResearchRun, concurrency?: number): Promise<RunWorker>;
  ask(...runs: Run[]): Promise<void>;
  /** The run, once it has ended. */
  ended(runId: string): Promise<StoredRun>;
}

/** Everything is stopped when `use` is done. */
export async function withHouse(database: OpenDatabase, use: (house: House) => Promise<void>): Promise<void> {
  const schema = `worker_${randomUUID().slice(0, 8)}`;
  const queue = createQueue({ database, log: silentLog, schema });
  const platform = createRecordingPlatform();
  const workers: RunWorker[] = [];
  await queue.start();
  try {
    await use({
      platform,
      queue,
      startWorker: async (research, concurrency = 1) => {
        const limits = { concurrency, perPerson: 2 };
        const platforms = new Map([[platform.name, platform]]);
        const placeRefusal = createPlaceRefusal({ database, platforms: [platform], bounds: UNLIMITED });
        const parts = {
          database,
          queue,
          platforms,
          research,
          notice: null,
          placeRefusal,
          limits,
          processId: randomUUID(),
          onEnd: () => {},
          log: silentLog,
        };
        const worker = createRunWorker(parts);
        workers.push(worker);
        await worker.start();
        return worker;
      },
      ask: (...runs) =>
        database.transaction(async (query) => {
          await insertRuns(query, runs);
          await queue.send(query, runs);
        }),
      ended: (runId) => untilEnded(database, runId),
    });
  } finally {
    for (const worker of workers) await worker.stop();
    await queue.stop();
    await database.query(`drop schema ${schema} cascade`);
  }
}

async function untilEnded(database: OpenDatabase, runId: string): Promise<StoredRun> {
  const find = async (): Promise<StoredRun | null> => {
    const run = await createRunStore(database).find(runId);
    return run !== null && (run.state === "done" || run.state === "failed") ? run : null;
  };
  return until(find, { what: `run ${runId} ends`, withinMs: 120_000 });
}
