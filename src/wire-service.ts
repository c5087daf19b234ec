import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { createActions } from "./chat/actions.ts";
import { createIsAdmin } from "./chat/admins.ts";
import { isOpenHere } from "./chat/allow-list.ts";
import { createAsk } from "./chat/ask.ts";
import { createDigestActions } from "./chat/digest-actions.ts";
import { createIntake } from "./chat/intake.ts";
import { createSettingsDesk } from "./chat/settings-desk.ts";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createDigestClock } from "./jobs/digest-clock.ts";
import { createDigestDesk } from "./jobs/digest-desk.ts";
import { createGreeting } from "./jobs/greeting.ts";
import { createHome } from "./jobs/home.ts";
import { createMetrics, type Metrics } from "./jobs/metrics.ts";
import { createForgottenOffers, createOfferDesk } from "./jobs/offer-desk.ts";
import { createQueue, type Queue } from "./jobs/queue.ts";
import { createReception } from "./jobs/reception.ts";
import { createRunDesk } from "./jobs/run-desk.ts";
import { createRunWorker, type RunWorker } from "./jobs/run-worker.ts";
import { createSettingsStore } from "./jobs/settings-store.ts";
import { isOutage } from "./jobs/until-database-answers.ts";
import { createWaitingCards } from "./jobs/waiting-cards.ts";
import type { ChatHandlers, ChatPlatform, Database, LanguageModel, Removal } from "./ports.ts";
import { createCache } from "./storage/cache.ts";
import { createFeedback } from "./storage/feedback.ts";
import { forgetWorkspace } from "./storage/forgetting.ts";
import { deleteExpired } from "./storage/retention.ts";
import { createRunStore } from "./storage/runs.ts";
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
    if (listens) for (const platform of platforms) await startListening(open, platform, model.notice);
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
      limits: { concurrency: config.RUNS_PER_WORKER, perPerson: config.RUNS_PER_PERSON },
      processId,
      onEnd: metrics.runEnded,
      log,
    });
    await worker.start();
    return worker;
  }

  async function startListening(opened: Open, platform: ChatPlatform, notice: string | null): Promise<void> {
    const { database } = opened.storage;
    const reception = createReception({ database, queue: opened.queue, limits: quotaLimitsOf(config), log });
    const waiting = createWaitingCards({ database, platform, processId, log });
    const allowed = {
      workspaces: config.ALLOWED_WORKSPACES,
      channels: config.ALLOWED_CHANNELS,
      people: config.ALLOWED_PEOPLE,
    };
    const accept = timed(reception.accept, metrics);
    const offers = createOfferDesk(database, opened.queue);
    opened.closers.push(createForgottenOffers(database, offers, platform.name, log).stop);
    const isAdmin = createIsAdmin(platform, config.ADMINS, log);
    const settings = createSettingsDesk({
      store: createSettingsStore(database),
      limits: quotaLimitsOf(config),
      isAdmin,
    });
    const ask = createAsk({ platform, accept, offers, isAdmin, log });
    const onAction = createActions({
      allowed,
      ask,
      offers,
      isAdmin,
      runs: createRunStore(database),
      feedback: createFeedback(database),
    });
    const digests = {
      desk: createDigestDesk({
        database,
        queue: opened.queue,
        limits: digestLimitsOf(config),
        drafts: createCache(database, { namespace: "digest draft", ttlMs: DAY_MS, log }),
      }),
      timeZone: config.TIME_ZONE,
      now: () => new Date(),
    };
    const intake = createIntake({
      platform,
      allowed,
      ask,
      refuse: reception.refuse,
      offers,
      isAdmin,
      runs: createRunDesk({ database, platform, notice, settings, processId, log }),
      digests,
      settings,
      log,
    });
    waiting.start();
    opened.closers.push(waiting.stop);
    await platform.listen(
      whileOpen(
        {
          ...intake,
          onAction,
          onDigest: createDigestActions({ platform, allowed, digests, settings, isAdmin }),
          onHome: createHome({ database, settings }),
          onSettings: (asker, thread) => settings.view({ asker, thread }),
          onSettingsSaved: (asker, thread, changes) => settings.save({ asker, thread }, changes),
          onJoined: createGreeting({
            database,
            platform,
            isOpen: (channel) => isOpenHere(allowed, channel),
            processId,
            log,
          }),
          onRemoved: forgetRemoved,
        },
        stopping.signal,
      ),
    );
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

  async function forgetRemoved({ at, ...workspace }: Removal): Promise<void> {
    if (open === null) return;
    const deleted = await forgetWorkspace(open.storage.database, workspace, { until: at });
    log.info({ ...workspace, deleted }, "workspace forgotten");
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

/** What comes while we stop is not acknowledged: the platform gives it to another process, or sends it again. */
function whileOpen(handlers: ChatHandlers, signal: AbortSignal): ChatHandlers {
  return {
    onMessage: async (message) => {
      signal.throwIfAborted();
      await handlers.onMessage(message);
    },
    onCancel: handlers.onCancel,
    onWithdraw: handlers.onWithdraw,
    onRemoved: handlers.onRemoved,
    onJoined: async (channel) => {
      signal.throwIfAborted();
      await handlers.onJoined(channel);
    },
    onHome: handlers.onHome,
    onSettings: handlers.onSettings,
    onSettingsSaved: handlers.onSettingsSaved,
    onAction: async (action, source) => {
      signal.throwIfAborted();
      return handlers.onAction(action, source);
    },
    onDigest: async (action, source) => {
      signal.throwIfAborted();
      return handlers.onDigest(action, source);
    },
  };
}

type Accept = ReturnType<typeof createReception>["accept"];

function timed(accept: Accept, metrics: Metrics): Accept {
  return async (message, request, options) => {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    try {
      const admission = await accept(message, request, options);
      metrics.question(admission.kind, seconds());
      return admission;
    } catch (error) {
      metrics.question("failed", seconds());
      throw error;
    }
  };
}

type RecordCall = ReturnType<typeof recordWhenOpen>;

function countingRecord(record: RecordCall, metrics: Metrics): RecordCall {
  return (call) => {
    metrics.modelCall(call);
    record(call);
  };
}

function digestLimitsOf({ DIGEST_COST_PER_RUN, DIGEST_COST_PER_MONTH }: Config) {
  return { perRun: DIGEST_COST_PER_RUN ?? null, perMonth: DIGEST_COST_PER_MONTH ?? null };
}

function quotaLimitsOf(config: Config) {
  return {
    runsPerPersonAndDay: config.QUESTIONS_PER_PERSON_AND_DAY ?? null,
    runsPerChannelAndMonth: config.QUESTIONS_PER_CHANNEL_AND_MONTH ?? null,
    runsPerWorkspaceAndMonth: config.QUESTIONS_PER_WORKSPACE_AND_MONTH ?? null,
    costUsdPerWorkspaceAndMonth: config.COST_PER_WORKSPACE_AND_MONTH ?? null,
  };
}
