import type { Logger } from "pino";
import { createCardUpdater } from "../chat/card-updater.ts";
import { foldProgress, newCard } from "../chat/progress-card.ts";
import type { ChatPlatform } from "../ports.ts";
import type { ProgressEvent, Report, Run } from "../types.ts";

export interface ResearchJobParts {
  research(run: Run, emit: (event: ProgressEvent) => void, signal: AbortSignal): Promise<Report>;
  /** Stores the report; it is delivered only afterwards. */
  keep(run: Run, report: Report): Promise<void>;
  /** Said under each answer, or null. */
  notice: string | null;
  log: Logger;
}

/** Works on one run and delivers it: live card, research, stored report, answer in the thread. */
export async function runResearchJob(
  run: Run,
  platform: ChatPlatform,
  { research, keep, notice, log: parentLog }: ResearchJobParts,
  { signal }: { signal: AbortSignal },
): Promise<Report> {
  const log = parentLog.child({ runId: run.id, platform: platform.name });
  const { thread, question, depth, form } = run.request;
  let card = newCard({ id: run.id, question, depth, startedAt: run.createdAt });
  const message = await platform.postCard(thread, card, `${run.id}:card`);
  const updater = createCardUpdater(platform, message, log);
  const emit = (event: ProgressEvent): void => {
    card = foldProgress(card, event);
    updater.show(card);
  };
  log.info({ depth, form }, "run started");
  const report = await research(run, emit, signal);
  await keep(run, report);
  await updater.flush();
  // Loads the Markdown parser: 50 ms that need not be spent before the first line is shown.
  const { createAnswerView } = await import("../chat/answer-view.ts");
  await platform.postAnswer(thread, createAnswerView(report, form, notice), `${run.id}:answer`);
  const { outcome, stopReason, usage } = report;
  log.info({ outcome, stopReason, ...usage }, "run ended");
  return report;
}
