import { createAnswerView } from "../chat/answer-view.ts";
import { defuse } from "../chat/defuse.ts";
import { OWNER_GONE } from "../chat/digest-desk.ts";
import { createDigestViews } from "../chat/digest-views.ts";
import { asRuminateError, RuminateError } from "../errors.ts";
import type { Queryable } from "../ports.ts";
import { changeDigest, createDigestStore, endIssue, type IssueEnd } from "../storage/digests.ts";
import { type Delivering, type Ending, endDelivery } from "../storage/leases.ts";
import type { DigestTask, Report } from "../types.ts";
import { type Attempt, MAX_DEATHS } from "./attempt.ts";
import { postParts } from "./delivery.ts";
import type { Settlement } from "./queue.ts";
import { recordedCost } from "./run-cost.ts";
import { isWorthWaiting, later } from "./try-later.ts";
import { isOutage } from "./until-database-answers.ts";

/**
 * Tells a channel its digest: the points that are news in one message, or nothing, or one line. A place that takes no
 * messages any more pauses the digest, and so do three failures in a row; the owner is told each time.
 */
export async function tellDigest(
  attempt: Attempt,
  task: DigestTask,
  { ending, startedAt }: Delivering,
): Promise<Settlement> {
  const { lease, log, taken } = attempt;
  let state: Telling | "failed" = isStopped(ending) ? "skipped" : "failed";
  let trouble: RuminateError | null = null;
  try {
    // Each try at telling it ended the process.
    if (taken.delivery !== null && taken.tries > MAX_DEATHS)
      throw new RuminateError("INTERNAL", "It could not be told.");
    if (ending.kind === "report" && !isUnsearched(ending.report)) state = await post(attempt, task, ending.report);
  } catch (error) {
    trouble = asRuminateError(error);
    if (trouble.code === "LEASE_LOST" || isOutage(trouble)) throw error;
    const elapsedMs = Date.now() - Date.parse(startedAt);
    if (isWorthWaiting(trouble, elapsedMs)) return later(attempt, trouble, elapsedMs);
    log.error({ err: trouble, errorCode: trouble.code, digestId: task.digestId }, "digest not delivered");
  }
  const words = await lease.fenced(async (query) => {
    const said = await settle(query, task, { runId: taken.run.id, ending, state, trouble });
    await endDelivery(query, lease);
    return said;
  });
  log.info({ digestId: task.digestId, state }, "digest ended");
  const { asker, thread } = taken.run.request;
  if (words !== null)
    await attempt.platform.notify(asker, words, thread).catch((error: unknown) => {
      log.warn({ err: error }, "owner of the digest not told");
    });
  attempt.onEnd(taken.run, ending);
  return { kind: "ended" };
}

function isStopped(ending: Ending): boolean {
  return ending.kind === "failure" && ending.failure.code === "CANCELLED";
}

/** No search was answered: that nothing was found says nothing of what is new. */
function isUnsearched({ outcome, queries, material }: Report): boolean {
  return outcome === "nothing-found" && queries.length === 0 && material !== "talk";
}

type Telling = Exclude<IssueEnd["state"], "failed"> | "orphaned";

async function post(attempt: Attempt, task: DigestTask, report: Report): Promise<Telling> {
  const { outbox, platform, taken, database } = attempt;
  // Deleted meanwhile.
  if ((await createDigestStore(database).find(task.digestId)) === null) return "skipped";
  // Paused meanwhile, or the run was stopped.
  if (report.stopReason === "cancelled") return "skipped";
  if (task.isPreview) return show(attempt, task, report);
  const { id, request } = taken.run;
  if (await platform.isGone(request.asker, request.thread)) return sayOrphaned(attempt, task);
  if (report.news !== undefined && report.news.length > 0) {
    await postPoints(attempt, task, report);
    return "posted";
  }
  if (task.whenNothingNew === "line") {
    const key = `${id}:nothing-new`;
    await outbox.post(request.thread, key, () => platform.postNote(request.thread, nothingNew(task), key));
  }
  return "silent";
}

/** There is nobody to be told: the channel hears that it will hear no more. */
async function sayOrphaned({ outbox, platform, taken }: Attempt, { digestId, title }: DigestTask): Promise<"orphaned"> {
  const { id, request } = taken.run;
  const key = `${id}:orphaned`;
  const words = `Paused: the digest about ${defuse(title)}, because ${OWNER_GONE}. \`digest resume ${digestId}\` goes on, and makes it yours.`;
  await outbox.post(request.thread, key, () => platform.postNote(request.thread, words, key));
  return "orphaned";
}

/** One message for everybody; in its thread what it rests on. Where no thread may be opened, the points are told all the same. */
async function postPoints(attempt: Attempt, task: DigestTask, report: Report): Promise<void> {
  const { outbox, platform, taken, notice, log } = attempt;
  const { id, request } = taken.run;
  const { points, details } = createDigestViews(report, { form: request.form, notice, heading: headingOf(task) });
  const { thread, messageId } = await postParts(points, `${id}:answer`, request.thread, { platform, outbox });
  try {
    const below = { ...thread, threadId: thread.threadId ?? messageId };
    await postParts(details, `${id}:details`, below, { platform, outbox });
  } catch (error) {
    const reason = asRuminateError(error);
    if (reason.code !== "POST_FAILED" || reason.isRetryable) throw error;
    log.warn({ err: reason, digestId: task.digestId }, "details of the digest not posted");
  }
}

/** To whoever wants to see it, alone. */
async function show({ platform, taken, notice }: Attempt, task: DigestTask, report: Report): Promise<"previewed"> {
  const { asker, thread, form } = taken.run.request;
  const heading = `**Preview, for you alone: ${defuse(task.title)}**`;
  if (report.news !== undefined && report.news.length > 0) {
    const answer = { ...createAnswerView(report, form, notice, heading), isPrivate: true };
    await platform.whisper(asker, answer, thread);
  } else await platform.notify(asker, `${heading}\n${nothingNew(task)}`, thread);
  return "previewed";
}

function nothingNew({ title, since }: DigestTask): string {
  return `Nothing new about ${title} since ${since.slice(0, 10)}.`;
}

function headingOf({ title, dueAt, isLate }: DigestTask): string {
  const late = isLate ? ` (late: it was due at ${dueAt.slice(11, 16)} UTC)` : "";
  return `**What is new: ${defuse(title)}**${late}`;
}

interface Outcome {
  runId: string;
  ending: Ending;
  state: Telling | "failed";
  trouble: RuminateError | null;
}

/** Within the transaction that ends the run. What is to be said to the owner, or null. */
async function settle(
  query: Queryable,
  task: DigestTask,
  { runId, ending, state, trouble }: Outcome,
): Promise<string | null> {
  const { digestId, dueAt, title } = task;
  const report = ending.kind === "report" ? ending.report : null;
  await endIssue(query, {
    digestId,
    dueAt,
    state: state === "orphaned" ? "skipped" : state,
    told: state === "posted" ? (report?.news ?? []) : [],
    // What failed was paid for, too.
    costUsd: report === null ? await recordedCost(query, runId) : report.usage.costUsd,
  });
  if (state !== "failed") {
    const pause = { state: "paused", pausedBecause: OWNER_GONE, nextDueAt: null } as const;
    if (task.isPreview) return state === "skipped" ? previewStopped(query, task) : null;
    await changeDigest(query, digestId, { failures: 0, ...(state === "orphaned" ? pause : {}) });
    return null;
  }
  const reason = trouble?.message ?? (ending.kind === "failure" ? ending.failure.message : "No search was answered.");
  // Somebody looks, and sees what is wrong: that is no failure to tell it.
  if (task.isPreview) return `The preview of the digest about ${title} failed: ${reason}`;
  const failures = ((await createDigestStore(query).find(digestId))?.failures ?? 0) + 1;
  const isOver = (trouble !== null && !trouble.isRetryable) || failures >= MOST_FAILURES || isNotToBeHad(ending);
  await changeDigest(query, digestId, { failures, ...(isOver ? { state: "paused", pausedBecause: reason } : {}) });
  const end = isOver ? `It is paused; \`digest resume ${digestId}\` goes on.` : "I try again when it is due next.";
  return `The digest about ${title} could not be told: ${reason} ${end}`;
}

/** Whoever wanted to see it waits for it. */
async function previewStopped(query: Queryable, { digestId, title }: DigestTask): Promise<string> {
  const digest = await createDigestStore(query).find(digestId);
  const stopped = `The preview of the digest about ${defuse(title)} was stopped:`;
  if (digest === null) return `${stopped} the digest was deleted.`;
  const why = digest.state === "paused" ? "the digest was paused" : "somebody stopped it";
  return `${stopped} ${why}. \`digest preview ${digestId}\` shows it.`;
}

/** What is said in the channel may not be read, or nothing may be told there: that does not pass by itself. */
function isNotToBeHad(ending: Ending): boolean {
  return ending.kind === "failure" && ["HISTORY_UNAVAILABLE", "NOT_ALLOWED"].includes(ending.failure.code);
}

const MOST_FAILURES = 3;
