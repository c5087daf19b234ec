import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { ProgressEvent, Report, Run } from "../types.ts";
import { createLiveCard, DIRECT_OUTBOX, postAnswer } from "./delivery.ts";
import { startingCard } from "./run-cards.ts";

export interface ResearchJobParts {
  research(run: Run, emit: (event: ProgressEvent) => void, signal: AbortSignal): Promise<Report>;
  /** Stores the report; it is delivered only afterwards. */
  keep(run: Run, report: Report): Promise<void>;
  /** Said under each answer, or null. */
  notice: string | null;
  log: Logger;
}

/** Works on one run here and now, without a queue: live card, research, stored report, answer in the thread. */
export async function runResearchJob(
  run: Run,
  platform: ChatPlatform,
  { research, keep, notice, log: parentLog }: ResearchJobParts,
  { signal }: { signal: AbortSignal },
): Promise<Report> {
  const log = parentLog.child({ runId: run.id, platform: platform.name });
  const { depth, form } = run.request;
  const outbox = DIRECT_OUTBOX;
  const card = createLiveCard(run, startingCard(run), { platform, outbox, log });
  log.info({ depth, form }, "run started");
  const report = await research(run, card.emit, signal);
  await keep(run, report);
  await card.flush();
  await postAnswer(run, report, platform, { outbox, notice });
  const { outcome, stopReason, usage } = report;
  log.info({ outcome, stopReason, ...usage }, "run ended");
  return report;
}
