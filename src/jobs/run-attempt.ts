import type { ChatPlatform } from "../chat-ports.ts";
import { asRuminateError, RuminateError, userMessageFor } from "../errors.ts";
import { createDigestStore } from "../storage/digests.ts";
import { beginAnew } from "../storage/journal.ts";
import { type Delivering, type Ending, handBack, letGo, startDelivery, type TakenRun } from "../storage/leases.ts";
import { remarksAfter } from "../storage/offers.ts";
import type { Report, Run } from "../types.ts";
import { type Attempt, type AttemptParts, MAX_DEATHS, MAX_TRIES } from "./attempt.ts";
import { createLiveCard } from "./delivery.ts";
import { onlyNews } from "./digest-news.ts";
import { tellLateRemarks } from "./late-remarks.ts";
import { createFencedJournal, type Lease } from "./lease.ts";
import { createOutbox } from "./outbox.ts";
import type { Settlement } from "./queue.ts";
import { failedCard, startingCard } from "./run-cards.ts";
import { countCost } from "./run-cost.ts";
import { senderName } from "./senders.ts";
import { tellEnding } from "./tell-ending.ts";
import { threadMaterialOf } from "./thread-material.ts";
import { isOutage } from "./until-database-answers.ts";

/**
 * One try at a run by the worker that holds it: research, then telling people how it ended; each goes on where the last
 * try stopped. Never rejects: whatever happens is an ending or a reason to take the run up again.
 */
export async function attemptRun(
  taken: TakenRun,
  lease: Lease,
  parts: AttemptParts,
  { signal }: { signal: AbortSignal },
): Promise<Settlement> {
  const attempt = prepare(taken, lease, parts);
  const { card, log } = attempt;
  log.info({ tries: taken.tries, epoch: taken.epoch, state: taken.run.state }, "run taken up");
  try {
    return await tellEnding(attempt, taken.delivery ?? (await conclude(attempt, signal)));
  } catch (error) {
    return await giveBack(attempt, reasonOf(error, signal));
  } finally {
    // Nothing may be drawn any more once the run is somebody else's.
    await card.flush();
  }
}

function prepare(taken: TakenRun, lease: Lease, parts: AttemptParts): Attempt {
  const { database, processId } = parts;
  const { run } = taken;
  const platform: ChatPlatform = {
    ...parts.platform,
    updateCard: async (message, card) => {
      await lease.confirm();
      await parts.platform.updateCard(message, card);
    },
  };
  const log = parts.log.child({ runId: run.id, platform: platform.name });
  const sender = senderName(processId, "worker");
  const outbox = createOutbox({ database, platform, lease, processId, sender, log });
  const card = createLiveCard(run, taken.delivery?.card ?? startingCard(run), { platform, outbox, log });
  return { ...parts, log, platform, taken, lease, outbox, card };
}

/** Researches, and stores how it ended before anybody is told. Rejects when the run is to be taken up again. */
async function conclude(attempt: Attempt, signal: AbortSignal): Promise<Delivering> {
  const ending = await research(attempt, signal);
  const { lease, taken } = attempt;
  const current = attempt.card.current();
  await tellLateRemarks(attempt);
  const card = ending.kind === "report" ? current : failedCard(current, ending.failure);
  await lease.fenced(async (query) => {
    await startDelivery(query, lease, ending, card);
    await countCost(query, taken.run, ending);
  });
  attempt.log.debug({ ending: ending.kind }, "ending stored");
  return { ending, card, startedAt: new Date().toISOString() };
}

/**
 * A digest was set up long ago, and a question was looked at in the little time that an acknowledgement leaves, perhaps
 * before others came to read along. Where nothing may be answered any more, it is not even read what is said there.
 */
async function requirePlace({ taken: { run }, placeRefusal }: Attempt): Promise<void> {
  const refusal = await placeRefusal(run.request);
  if (refusal !== null) throw new RuminateError("NOT_ALLOWED", refusal);
}

async function research(attempt: Attempt, signal: AbortSignal): Promise<Ending> {
  const { taken, lease, card, log } = attempt;
  const { run, tries } = taken;
  if (tries > MAX_DEATHS) return failure(new RuminateError("INTERNAL", "The process died each time."), tries - 1, run);
  try {
    await requirePlace(attempt);
    const parts = {
      journal: createFencedJournal(lease, log),
      isLastTry: tries >= MAX_TRIES,
      emit: card.emit,
      thread: threadMaterialOf(run, attempt),
      remarks: (after: number) => remarksAfter(attempt.database, run.id, after),
    };
    const report = await attempt.research(run, parts, { signal });
    const { outcome, stopReason, usage } = report;
    log.info({ outcome, stopReason, ...usage }, "research ended");
    return { kind: "report", report: await withoutOldNews(attempt, report) };
  } catch (error) {
    const reason = reasonOf(error, signal);
    if (reason.code === "JOURNAL_UNREADABLE" && (await putJournalAside(attempt, reason))) throw reason;
    if (isInterruption(reason) || mayTryAgain(reason, tries)) throw error;
    if (reason.code !== "CANCELLED") log.error({ err: reason, errorCode: reason.code, tries }, "research failed");
    return failure(reason, tries, run);
  }
}

/** A digest tells only what an earlier one did not. */
async function withoutOldNews({ database, taken }: Attempt, report: Report): Promise<Report> {
  const { digest } = taken.run.request;
  if (digest === undefined) return report;
  return onlyNews(report, await createDigestStore(database).told(digest.digestId));
}

/** The run begins anew, once. Its question counts as one, and what the old steps cost is not in its price. */
async function putJournalAside({ lease, card, log }: Attempt, reason: RuminateError): Promise<boolean> {
  card.show({ ...card.current(), title: "Ruminate was updated meanwhile; this research begins anew." });
  await card.flush();
  const isAnew = await lease.fenced((query) => beginAnew(query, lease.runId));
  log.warn({ err: reason, isAnew }, "journal cannot be read");
  return isAnew;
}

/** The run goes back to the queue, unless somebody else has it. */
async function giveBack(attempt: Attempt, reason: RuminateError): Promise<Settlement> {
  const { lease, card, log, taken } = attempt;
  const { code } = reason;
  if (code === "JOURNAL_UNREADABLE") return { kind: "again", afterMs: 0 };
  if (code === "LEASE_LOST") {
    log.warn({ epoch: lease.epoch }, "run lost to another worker");
    return { kind: "ended" };
  }
  const afterMs = isInterruption(reason) ? interruptionMs(reason) : pauseMs(reason, taken.tries);
  const release = isInterruption(reason) ? handBack : letGo;
  await lease
    .fenced((query) => release(query, lease))
    .catch((error: unknown) => {
      log.warn({ err: error }, "run not handed back in order; this try counts");
    });
  if (!isInterruption(reason)) {
    const seconds = Math.ceil(afterMs / 1000);
    card.show({ ...card.current(), title: `${userMessageFor(reason)} Trying again in ${seconds} s.` });
  }
  log.warn({ err: reason, errorCode: code, tries: taken.tries, afterMs }, "run given back");
  return { kind: "again", afterMs };
}

/** What ended the work: a shutdown or a lost lease shows as all kinds of errors. */
function reasonOf(error: unknown, signal: AbortSignal): RuminateError {
  const thrown = asRuminateError(error);
  if (!signal.aborted || thrown.code === "LEASE_LOST") return thrown;
  const aborted = asRuminateError(signal.reason);
  return aborted.code === "CANCELLED" ? thrown : aborted;
}

/** Not the run's fault: the try does not count. */
function isInterruption(reason: RuminateError): boolean {
  return reason.code === "LEASE_LOST" || reason.code === "SHUTTING_DOWN" || isOutage(reason);
}

function interruptionMs(reason: RuminateError): number {
  return reason.code === "SHUTTING_DOWN" ? 0 : OUTAGE_PAUSE_MS;
}

/** Also a failure that nobody foresaw may be a matter of the moment. */
function mayTryAgain(reason: RuminateError, tries: number): boolean {
  return tries < MAX_TRIES && (reason.isRetryable || reason.code === "INTERNAL");
}

function pauseMs({ retryAfterMs }: RuminateError, tries: number): number {
  return Math.min(retryAfterMs ?? FIRST_PAUSE_MS * 3 ** (tries - 1), LONGEST_PAUSE_MS);
}

function failure(reason: RuminateError, tries: number, run: Run): Ending {
  const { code } = reason;
  if (code === "CANCELLED")
    return { kind: "failure", failure: { code, message: "Stopped before anything was found." } };
  if (code === "HISTORY_UNAVAILABLE") return { kind: "failure", failure: { code, message: userMessageFor(reason) } };
  const again = tries > 1 ? ` It was tried ${tries} times.` : "";
  const message = `${userMessageFor(reason)}${again} Nothing was thrown away: whoever runs Ruminate finds this research under ${run.id}.`;
  return { kind: "failure", failure: { code, message } };
}

const OUTAGE_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
