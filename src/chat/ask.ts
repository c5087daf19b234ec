import type { Logger } from "pino";
import type { ChatPlatform, IncomingMessage, PlaceKind } from "../chat-ports.ts";
import type { AskedRequest, Run } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import { makeOffer, type OfferDesk } from "./busy-thread.ts";

/** What became of a question. */
export type Admission =
  | { kind: "accepted"; runId: string }
  /** Another one is at work in its thread: nobody works on it until its asker has said what to do. */
  | { kind: "held"; runId: string; busy: Run }
  /** The same message came before, perhaps as another event. */
  | { kind: "repeated" }
  /** In words: what is used up, how much, and when it starts again. */
  | { kind: "refused"; reason: string };

export interface AskParts {
  platform: ChatPlatform;
  /**
   * Stores the question as a run that waits; held, where it may be and its thread is busy. Of two at the same moment one is
   * first. Rejects with DATABASE_UNAVAILABLE when nothing was stored in time.
   */
  accept(
    message: IncomingMessage,
    request: AskedRequest,
    options: { mayBeHeld: boolean; kind?: PlaceKind },
  ): Promise<Admission>;
  offers: OfferDesk;
  isAdmin: IsAdmin;
  log: Logger;
}

export type Ask = (message: IncomingMessage, request: AskedRequest) => Promise<Admission>;

/** Takes a question, however it was asked. Where its thread is busy, its asker is asked what to do with it. */
export function createAsk({ platform, accept, offers, isAdmin, log }: AskParts): Ask {
  /** What cannot be asked is decided as most people would: one after the other. */
  async function offer(runId: string, { asker, question, thread }: AskedRequest, busy: Run): Promise<void> {
    try {
      const made = await makeOffer({ runId, asker, question }, busy, isAdmin);
      await offers.asked(runId, await platform.postOffer(thread, made, `${runId}:offer`));
    } catch (error) {
      log.warn({ err: error, runId }, "choice not offered");
      await offers.release(runId, busy.id).catch((failure: unknown) => {
        log.error({ err: failure, runId }, "question not released");
      });
    }
  }

  return async (message, request) => {
    const mayBeHeld = request.talk === undefined && !isBeginning(message);
    const kind = await platform.placeKind(message.thread);
    const admission = await accept(message, request, { mayBeHeld, kind });
    log.info({ platform: platform.name, admission: admission.kind }, "question received");
    // Posted after the acknowledgement: Slack and Discord may take their time.
    if (admission.kind === "held") void offer(admission.runId, request, admission.busy);
    return admission;
  };
}

/** Does the conversation begin with this message? */
function isBeginning({ isReply, thread: { threadId }, messageId }: IncomingMessage): boolean {
  return isReply !== true && (threadId === null || threadId === messageId);
}
