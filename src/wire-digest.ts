import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { ChatPlatform } from "./chat-ports.ts";
import type { Config } from "./config.ts";
import { runResearchJob } from "./jobs/research-job.ts";
import { withoutCopies } from "./talk/without-copies.ts";
import type { Report, ResearchRequest, Run, TalkMessage } from "./types.ts";
import { createModel } from "./wire-model.ts";
import { openStorage, recordWhenOpen } from "./wire-storage.ts";
import { createTalkResearch } from "./wire-talk.ts";

/** Digests of a talk that somebody brings along, here and now. */
export interface DigestApp {
  digestTalk(
    request: ResearchRequest,
    messages: readonly TalkMessage[],
    platform: ChatPlatform,
    options: { signal: AbortSignal },
  ): Promise<Report>;
  close(): Promise<void>;
}

export async function createDigestApp(
  config: Config,
  options: { log: Logger; notify(sentence: string): void },
): Promise<DigestApp> {
  const { log } = options;
  const storage = openStorage(config, { ...options, mayRunInMemory: true });
  // Awaited by each run; without a listener a failure before the first run would end the process.
  storage.catch(() => {});
  const model = await createModel(config, { log, record: recordWhenOpen(storage, log) });
  const researchTalk = createTalkResearch(config, { model, log });

  return {
    digestTalk: async (request, messages, platform, { signal }) => {
      const { runs } = await storage;
      const run: Run = { id: randomUUID(), request, state: "running", createdAt: request.requestedAt };
      await runs.insert(run);
      return runResearchJob(
        run,
        platform,
        {
          research: (_run, emit, runSignal) =>
            researchTalk(run, messages, { emit, isLastTry: true, signal: runSignal }),
          keep: async (_run, report) => {
            await runs.finish(run.id, withoutCopies(report));
          },
          notice: model.notice,
          log,
        },
        { signal },
      );
    },
    close: async () => {
      const opened = await storage.catch(() => null);
      await opened?.database.close();
    },
  };
}
