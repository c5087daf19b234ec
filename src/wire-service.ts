import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createDigestClock } from "./jobs/digest-clock.ts";
import { createMetrics, type Metrics } from "./jobs/metrics.ts";
import { createPlaceRefusal } from "./jobs/place-refusal.ts";
import { createQueue, type Queue } from "./jobs/queue.ts";
import { createRunWorker, type RunWorker } from "./jobs/run-worker.ts";
import { isOutage } from "./jobs/until-database-answers.ts";
import type { Database, LanguageModel } from "./ports.ts";
import { deleteExpired } from "./storage/retention.ts";
import { boundsOf, digestLimitsOf, startListening } from "./wire-listening.ts";
import { createModel } from "./wire-model.ts";
import { type OperateParts, operate } from "./wire-operate.ts";
import { openOperatorDoor } from "./wire-operator-door.ts";
import { createResearch } from "./wire-research.ts";
import { createSources, type Sources } from "./wire-sources.ts";
import { cachesOf, openStorage, recordWhenOpen, type Storage } from "./wire-storage.ts";
import { createTalkResearch } from "./wire-talk.ts";
import { createRunResearch } from "./wire-talk-runs.ts";

export interface ServiceOptions {
  log: Logger;
  platforms: readonly ChatPlatform[];
  /** Hears what people say on the platforms. */
  listens: boolean;
  /** Works on runs. */
  works: boolean;
  /** For what the platforms keep in the database, as soon as it is there. */
  onOpen?(database: Database): void;
}

/** A server process: hears questions, works on runs, or both. */
export interface Service {
  /** Resolves when it does; waits for a database that is not there yet. */
  start(): Promise<void>;
  /** Stops hearing, gives runs back, closes. Everything that was acknowledged is in the database. */
  stop(): Promise<void>;
  /** What should be mended by a new start of the process, or null. */
  illness(): string | null;
  /** Why nothing can be done at the moment, or null. */
  hindrance(): Promise<string | null>;
  metrics(): Promise<string>;
}

interface Open {
  storage: Storage;
  queue: Queue;
  sources: Sources;
  worker: RunWorker | null;
  closers: (() => Promise<void> | void)[];
}

export function createService(config: Config, { log, platforms, listens, works, onOpen }: ServiceOptions): Service {
  const stopping = new AbortController();
  const processId = randomUUID();
  const metrics = createMetrics(async () => (await open?.queue.counts()) ?? { waiting: 0, active: 0 });
  let open: Open | null = null;
  let stuckSince: number | null = null;

  async function start(): Promise<void> {
    const storage = await openWhenThere(config, log, stopping.signal);
    onOpen?.(storage.database);
    const queue = createQueue({ database: storage.database, log });
    const stored = Promise.resolve(storage);
    const record = countingRecord(recordWhenOpen(stored, log), metrics);
    const [sources, model] = await Promise.all([
      createSources(config, { corpus: [], caches: cachesOf(stored, log), log }),
      createModel(config, { log, record }),
      queue.start(),
    ]);
    open = { storage, queue, sources, worker: null, closers: [] };
    if (works) open.worker = await startWorker(open, model);
    if (works) open.closers.push(startDigests(open));
    if (listens) for (const platform of platforms) await listenTo(open, platform, model.notice);
    open.closers.push(keepWatch(open), keepTidy(storage, config, log));
    // A PostgreSQL is open to whoever operates us as well.
    if (storage.database.engine === "pglite") open.closers.push(await letOperatorIn(storage, queue));
    log.info({ listens, works, platforms: platforms.map(({ name }) => name) }, "service started");
  }

  async function startWorker({ storage, queue, sources }: Open, model: LanguageModel): Promise<RunWorker> {
    const worker = createRunWorker({
      database: storage.database,
      queue,
      platforms: new Map(platforms.map((platform) => [platform.name, platform])),
      research: createRunResearch({
        research: createResearch(config, { sources, model, log }),
        researchTalk: createTalkResearch(config, { model, log }),
        platforms,
        log,
      }),
      notice: model.notice,
      placeRefusal: createPlaceRefusal({ database: storage.database, platforms, bounds: boundsOf(config) }),
      limits: { concurrency: config.RUNS_PER_WORKER, perPerson: config.RUNS_PER_PERSON },
      processId,
      onEnd: metrics.runEnded,
      log,
    });
    await worker.start();
    return worker;
  }

  function listenTo({ storage, queue, closers }: Open, platform: ChatPlatform, notice: string | null) {
    const { database } = storage;
    const { signal } = stopping;
    return startListening(config, { database, queue, platform, notice, processId, metrics, closers, signal, log });
  }

  function startDigests({ storage, queue }: Open): () => void {
    const clock = createDigestClock({
      database: storage.database,
      queue,
      limits: digestLimitsOf(config),
      tell: async (owner, text, { place }) => {
        await platforms.find(({ name }) => name === place.platform)?.notify(owner, text, place);
      },
      log,
    });
    clock.start();
    return clock.stop;
  }

  async function letOperatorIn(storage: Storage, queue: Queue): Promise<() => Promise<void>> {
    const parts: OperateParts = { storage, withQueue: (use) => use(queue) };
    return openOperatorDoor(config.DATA_DIR, (argv) => operate(argv, parts), log);
  }

  /** A poller that hangs while the database answers: nothing but a new start mends it. */
  function keepWatch({ storage, queue }: Open): () => void {
    const look = async (): Promise<void> => {
      if (!queue.isStuck()) stuckSince = null;
      else if (await answers(storage)) stuckSince ??= performance.now();
    };
    const timer = setInterval(() => void look().catch(() => {}), WATCH_MS).unref();
    return () => clearInterval(timer);
  }

  return {
    start,
    stop: async () => {
      stopping.abort(new RuminateError("SHUTTING_DOWN", "The process is stopping."));
      if (open === null) return;
      const { storage, queue, sources, worker, closers } = open;
      await worker?.stop();
      for (const close of closers) await close();
      await Promise.all(platforms.map((platform) => platform.close()));
      await queue.stop();
      await sources.close();
      await storage.database.close();
      log.info("service stopped");
    },
    illness: () => (stuckSince === null ? null : "The queue has not been looked at for a minute."),
    hindrance: async () => {
      if (stopping.signal.aborted) return "Stopping.";
      if (open === null) return "Starting: waiting for the database.";
      return (await answers(open.storage)) ? null : "The database does not answer.";
    },
    metrics: () => metrics.text(),
  };
}

const WATCH_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

async function openWhenThere(config: Config, log: Logger, signal: AbortSignal): Promise<Storage> {
  const options = { log, mayRunInMemory: false, notify: () => {} };
  for (;;) {
    try {
      return await openStorage(config, options);
    } catch (error) {
      if (!isOutage(error)) throw error;
      log.warn({ err: error }, "waiting for the database");
      await wait(1_000, null, { signal });
    }
  }
}

async function answers({ database }: Storage): Promise<boolean> {
  const late = wait(1_000, false, { ref: false });
  return Promise.race([
    late,
    database
      .query("select 1")
      .then(() => true)
      .catch(() => false),
  ]);
}

/** Once a day, and at the start: what is older than it may be is deleted. */
function keepTidy({ database }: Storage, config: Config, log: Logger): () => void {
  const tidy = (): void => {
    deleteExpired(database, { days: config.KEEP_DAYS })
      .then((deleted) => log.info({ deleted }, "old entries deleted"))
      .catch((error: unknown) => log.warn({ err: error }, "old entries not deleted"));
  };
  const soon = setTimeout(tidy, 60_000).unref();
  const daily = setInterval(tidy, DAY_MS).unref();
  return () => {
    clearTimeout(soon);
    clearInterval(daily);
  };
}

type RecordCall = ReturnType<typeof recordWhenOpen>;

function countingRecord(record: RecordCall, metrics: Metrics): RecordCall {
  return (call) => {
    metrics.modelCall(call);
    record(call);
  };
}
