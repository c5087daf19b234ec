import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import type { RuminateError } from "./errors.ts";
import { runResearchJob } from "./jobs/research-job.ts";
import { noteFileChanges } from "./pages/file-changes.ts";
import type { Report, ResearchRequest, Run } from "./types.ts";
import { createModel } from "./wire-model.ts";
import { createResearch } from "./wire-research.ts";
import { createSources } from "./wire-sources.ts";
import { cachesOf, openStorage, recordWhenOpen } from "./wire-storage.ts";

export interface App {
  /**
   * Takes a request up here and now, and delivers the answer on the platform.
   *
   * @throws {RuminateError} what keeps a run from starting or from being stored; MODEL_* when nothing could be reported
   */
  research(request: ResearchRequest, platform: ChatPlatform, options: { signal: AbortSignal }): Promise<Report>;
  /** CORPUS_CHANGED when documents were not as they were read any more when the answer was there. */
  fileTrouble(report: Report): Promise<RuminateError | null>;
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
  const files = noteFileChanges(sources.openPage);
  const research = createResearch(config, { sources: { ...sources, openPage: files.openPage }, model, log });

  async function work(request: ResearchRequest, platform: ChatPlatform, signal: AbortSignal): Promise<Report> {
    const run: Run = { id: randomUUID(), request, state: "running", createdAt: request.requestedAt };
    return runResearchJob(
      run,
      platform,
      {
        research: async (_run, emit, runSignal) => {
          const [{ runs, journal }] = await Promise.all([storage, sources.ready(runSignal)]);
          await runs.insert(run);
          return research(run, { journal, isLastTry: true, emit }, { signal: runSignal });
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
    fileTrouble: ({ sources: cited }) => files.trouble(cited.map(({ url }) => url)),
    close: async () => {
      const opened = await storage.catch(() => null);
      await Promise.all([sources.close(), opened?.database.close()]);
    },
  };
}
