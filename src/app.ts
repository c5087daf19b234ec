import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { runResearchJob } from "./jobs/research-job.ts";
import type { RecordModelCall } from "./model/model-call-record.ts";
import type { Cache, ChatPlatform, LanguageModel, Tool } from "./ports.ts";
import { CEILINGS, type Ceilings } from "./research/budget.ts";
import { research } from "./research/research.ts";
import type { ResearchParts } from "./research/run-context.ts";
import { createCache } from "./storage/cache.ts";
import { clickTool } from "./tools/click.ts";
import { finishTool } from "./tools/finish.ts";
import { openTool } from "./tools/open.ts";
import { searchTool } from "./tools/search.ts";
import type { Depth, Report, ResearchRequest, Run } from "./types.ts";
import { createModel } from "./wire-model.ts";
import { createSources, type Sources, type SourcesOptions } from "./wire-sources.ts";
import { openStorage, type Storage } from "./wire-storage.ts";

export interface App {
  /**
   * Takes a request up here and now, and delivers the answer on the platform.
   *
   * @throws {RuminateError} what keeps a run from starting or from being stored; MODEL_* when nothing could be reported
   */
  research(request: ResearchRequest, platform: ChatPlatform, options: { signal: AbortSignal }): Promise<Report>;
  close(): Promise<void>;
}

export interface AppOptions {
  log: Logger;
  /** Folders that replace the configured ones. */
  corpus: readonly string[];
  /** Go on without keeping anything when another process has the embedded database. */
  mayRunInMemory: boolean;
  /** Sentences that the person at the terminal should read. */
  notify(sentence: string): void;
}

const TOOLS = [searchTool, clickTool, openTool, finishTool] as readonly Tool[];

/** Connects the rooms. The database opens meanwhile: its first start takes seconds, and the first step waits for it. */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log } = options;
  const storage = openStorage(config, options);
  // Awaited by each run; without a listener a failure before the first run would end the process.
  storage.catch(() => {});
  const [sources, model] = await Promise.all([
    createSources(config, { ...options, caches: cachesOf(storage, log) }),
    createModel(config, { log, record: recordWhenOpen(storage, log) }),
  ]);

  async function work(request: ResearchRequest, platform: ChatPlatform, signal: AbortSignal): Promise<Report> {
    const run: Run = { id: randomUUID(), request, state: "running", createdAt: request.requestedAt };
    return runResearchJob(
      run,
      platform,
      {
        research: async (_run, emit, runSignal) => {
          const [{ runs, journal }] = await Promise.all([storage, sources.ready(runSignal)]);
          await runs.insert(run);
          const parts = { ...researchParts(config, { sources, model, log }), journal, emit };
          return research(run, parts, { signal: runSignal });
        },
        keep: async (_run, report) => {
          await (await storage).runs.finish(run.id, report);
        },
        notice: model.notice,
        log,
      },
      { signal },
    );
  }

  return {
    research: (request, platform, { signal }) => work(request, platform, signal),
    close: async () => {
      const opened = await storage.catch(() => null);
      await Promise.all([sources.close(), opened?.database.close()]);
    },
  };
}

interface Rooms {
  sources: Sources;
  model: LanguageModel;
  log: Logger;
}

type FixedParts = Omit<ResearchParts, "journal" | "emit">;

function researchParts(config: Config, { sources, model, log }: Rooms): FixedParts {
  return {
    model,
    tools: TOOLS,
    search: sources.search,
    openPage: sources.openPage,
    ceilings: ceilingsOf(config),
    languages: {
      search: config.SEARCH_LANGUAGE ?? null,
      thinking: config.THINKING_LANGUAGE ?? null,
      report: config.REPORT_LANGUAGE ?? null,
    },
    isLastTry: true,
    log,
  };
}

/** The ceilings of the depths, lowered to what the configuration allows. */
function ceilingsOf({ MAX_COST_PER_RUN = Infinity, MAX_MINUTES_PER_RUN = Infinity }: Config): Record<Depth, Ceilings> {
  const lower = (ceilings: Ceilings): Ceilings => ({
    ...ceilings,
    costUsd: Math.min(ceilings.costUsd, MAX_COST_PER_RUN),
    durationMs: Math.min(ceilings.durationMs, MAX_MINUTES_PER_RUN * 60_000),
  });
  return { quick: lower(CEILINGS.quick), standard: lower(CEILINGS.standard), deep: lower(CEILINGS.deep) };
}

/** Caches on the database that may still be opening. */
function cachesOf(storage: Promise<Storage>, log: Logger): SourcesOptions["caches"] {
  const lazily = (namespace: string): Cache => {
    const cache = storage.then(({ database }) => createCache(database, { namespace, ttlMs: DAY_MS, log }));
    // Whoever awaits the storage hears of its failure.
    cache.catch(() => {});
    return {
      get: async (key) => (await cache).get(key),
      set: async (key, value, ttlMs) => (await cache).set(key, value, ttlMs),
    };
  };
  return { pages: lazily("page"), searches: lazily("search") };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function recordWhenOpen(storage: Promise<Storage>, log: Logger): RecordModelCall {
  return (call) => {
    storage
      .then(({ usage }) => usage.record(call))
      .catch((error: unknown) => log.warn({ err: error }, "model call not recorded"));
  };
}
