import type { Logger } from "pino";
import { foldProgress, newCard } from "../chat/progress-card.ts";
import type { ChatPlatform, ProgressCard } from "../ports.ts";
import type { ProgressEvent, Report, Run } from "../types.ts";
import { createRunCard, DIRECT_OUTBOX, type Outbox, postAnswer } from "./delivery.ts";

export interface ResearchJobParts {
  research(run: Run, emit: (event: ProgressEvent) => void, signal: AbortSignal): Promise<Report>;
  /** Stores the report with the finished card; it is delivered only afterwards. */
  keep(run: Run, report: Report, card: ProgressCard): Promise<void>;
  /** Posts each message once; directly when nothing of this process outlives it. */
  outbox?: Outbox;
  /** Said under each answer, or null. */
  notice: string | null;
  log: Logger;
}

/** Works on one run and delivers it: live card, research, stored report, answer in the thread. */
export async function runResearchJob(
  run: Run,
  platform: ChatPlatform,
  { research, keep, outbox = DIRECT_OUTBOX, notice, log: parentLog }: ResearchJobParts,
  { signal }: { signal: AbortSignal },
): Promise<Report> {
  const log = parentLog.child({ runId: run.id, platform: platform.name });
  const { question, depth, form } = run.request;
  const updater = createRunCard(run, platform, outbox, log);
  let card = newCard({ id: run.id, question, depth, startedAt: run.createdAt });
  updater.show(card);
  const emit = (event: ProgressEvent): void => {
    card = foldProgress(card, event);
    updater.show(card);
  };
  log.info({ depth, form }, "run started");
  try {
    const report = await research(run, emit, signal);
    await keep(run, report, card);
    await updater.flush();
    await postAnswer(run, report, platform, { outbox, notice });
    const { outcome, stopReason, usage } = report;
    log.info({ outcome, stopReason, ...usage }, "run ended");
    return report;
  } finally {
    // Nothing may draw the card any more once the run is somebody else's.
    await updater.flush();
  }
}
