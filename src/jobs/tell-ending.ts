import { asRuminateError } from "../errors.ts";
import { type Delivering, endDelivery } from "../storage/leases.ts";
import type { MessageRef } from "../types.ts";
import { type Attempt, MAX_DEATHS } from "./attempt.ts";
import { postAnswer } from "./delivery.ts";
import type { Settlement } from "./queue.ts";
import { tellDigest } from "./tell-digest.ts";
import { isWorthWaiting, later } from "./try-later.ts";
import { isOutage } from "./until-database-answers.ts";

/**
 * Tells people how the run ended: the finished card, then the answer, or the words for a failure. What the platform does
 * not take is tried again for half an hour; then the report waits to be asked for.
 */
export async function tellEnding(attempt: Attempt, delivering: Delivering): Promise<Settlement> {
  const { lease, taken, log } = attempt;
  const { digest } = taken.run.request;
  if (digest !== undefined) return tellDigest(attempt, digest, delivering);
  const { ending, card, startedAt } = delivering;
  const endedTheProcess = taken.delivery !== null && taken.tries > MAX_DEATHS;
  try {
    if (card !== null) attempt.card.show(card);
    await attempt.card.flush();
    // Each try at telling it did: a plain sentence is the last thing to try.
    if (endedTheProcess) throw new Error("telling it ended the process each time");
    if (ending.kind === "report") await postAnswer(taken.run, ending.report, attempt.platform, attempt);
    else if (ending.failure.code !== "CANCELLED") await postSentence(attempt, "failure", ending.failure.message);
  } catch (error) {
    const reason = asRuminateError(error);
    if (reason.code === "LEASE_LOST" || isOutage(reason)) throw error;
    const elapsedMs = Date.now() - Date.parse(startedAt);
    if (!endedTheProcess && isWorthWaiting(reason, elapsedMs)) return later(attempt, reason, elapsedMs);
    log.error({ err: reason, errorCode: reason.code }, "ending not delivered");
    if (ending.kind === "report") await offerAnswer(attempt);
  }
  await lease.fenced((query) => endDelivery(query, lease));
  log.info({ ending: ending.kind }, "run ended");
  attempt.onEnd(taken.run, ending);
  return { kind: "ended" };
}

/** In the thread; to the asker alone where the thread takes nothing any more. */
async function offerAnswer(attempt: Attempt): Promise<void> {
  const { platform, taken, log } = attempt;
  const { asker } = taken.run.request;
  try {
    await postSentence(attempt, "ready", READY);
  } catch (error) {
    log.warn({ err: error }, "thread takes no words");
    await platform.notify(asker, READY).catch((failure: unknown) => {
      log.error({ err: failure }, "nobody could be told that the answer is ready");
    });
  }
}

function postSentence({ outbox, platform, taken }: Attempt, name: string, sentence: string): Promise<MessageRef> {
  const { id, request } = taken.run;
  const key = `${id}:${name}`;
  return outbox.post(request.thread, key, () => platform.postNote(request.thread, sentence, key));
}

const READY = "Your answer is ready, but it could not be posted. Ask me for it: write `answer` in this thread.";
