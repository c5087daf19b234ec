import type { Logger } from "pino";
import type { MessageRef, ProgressCard, ThreadRef } from "../../src/types.ts";
import { slackErrorOf } from "./call-failure.ts";
import { isOpen, planContents, rootContents } from "./card-blocks.ts";
import type { Posting, SendOptions } from "./posting.ts";
import { placeOf, type RunThread, type RunThreads, rootKey } from "./run-threads.ts";
import type { Sessions } from "./sessions.ts";

export interface CardsParts {
  posting: Posting;
  threads: RunThreads;
  sessions: Sessions;
  log: Logger;
}

/** The live plan of each run, in its thread; and, where a command asked, the message in the channel above it. */
export interface Cards {
  post(thread: ThreadRef, card: ProgressCard, key: string): Promise<MessageRef>;
  update(message: MessageRef, card: ProgressCard): Promise<void>;
  /** Milliseconds between two edits of one card that leave every other card its share. */
  editIntervalMs(): number;
}

export function createCards({ posting, threads, sessions, log }: CardsParts): Cards {
  // By run: the state that the message in the channel shows.
  const shown = new Map<string, ProgressCard["state"]>();
  const active = new Set<string>();

  async function openThread(thread: ThreadRef, card: ProgressCard): Promise<RunThread> {
    if (thread.threadId !== null) return { threadTs: thread.threadId, isRootOurs: false };
    // Found before when somebody asked whether the card stands already: then the root does, and the plan does not.
    const known = threads.get(card.runId);
    if (known !== null) return known;
    const tag = { key: rootKey(card.runId), runId: card.runId };
    const ts = await posting.post(placeOf(thread), rootContents(card), tag, FIRST);
    return { threadTs: ts, isRootOurs: true };
  }

  async function updateRoot(message: MessageRef, card: ProgressCard): Promise<void> {
    const known = threads.get(card.runId);
    const { threadId } = message.thread;
    if (threadId === null || known?.isRootOurs === false || shown.get(card.runId) === card.state) return;
    const isOurs = known?.isRootOurs === true;
    try {
      await posting.update(placeOf(message.thread), threadId, rootContents(card), optionsFor(card));
      threads.set(card.runId, { threadTs: threadId, isRootOurs: true });
      note(card);
    } catch (error) {
      const isOthers = SOMEBODY_ELSES.has(slackErrorOf(error) ?? "");
      if (isOthers && !isOurs) threads.set(card.runId, { threadTs: threadId, isRootOurs: false });
      else log.warn({ err: error, runId: card.runId }, "message in the channel not updated");
    }
  }

  function note({ runId, state }: ProgressCard): void {
    if (isFinal(state)) shown.delete(runId);
    else shown.set(runId, state);
  }

  function countActive(card: ProgressCard): void {
    if (isOpen(card)) active.add(card.runId);
    else active.delete(card.runId);
  }

  return {
    post: async (thread, card, key) => {
      countActive(card);
      const opened = await openThread(thread, card);
      threads.set(card.runId, opened);
      if (opened.isRootOurs) note(card);
      const reference = { ...thread, threadId: opened.threadTs };
      const tag = { key, runId: card.runId };
      const ts = await posting.post(placeOf(reference), planContents(card), tag, FIRST);
      sessions.begin(reference, card);
      return { thread: reference, messageId: ts };
    },
    update: async (message, card) => {
      countActive(card);
      const { threadId } = message.thread;
      if (threadId !== null && threads.get(card.runId) === null)
        threads.set(card.runId, { threadTs: threadId, isRootOurs: null });
      if (isOpen(card)) sessions.goOn(message.thread);
      else sessions.end(message.thread);
      // The answer puts its summary there; until then it would be edited twice.
      if (card.state !== "done") await updateRoot(message, card);
      await posting.update(placeOf(message.thread), message.messageId, planContents(card), optionsFor(card));
    },
    editIntervalMs: () => Math.max(LEAST_INTERVAL_MS, active.size * SHARE_MS),
  };
}

const FIRST: SendOptions = { priority: "final" };
const LEAST_INTERVAL_MS = 3_000;
// 36 edits a minute for the whole workspace: each run gets one every 1.7 s times the number of runs.
const SHARE_MS = 1_700;
/** The message at the top of the thread is a person's, or is not there any more. */
const SOMEBODY_ELSES: ReadonlySet<string> = new Set(["cant_update_message", "message_not_found", "edit_window_closed"]);

function isFinal(state: ProgressCard["state"]): boolean {
  return state !== "queued" && state !== "running";
}

/** How a run ended is worth waiting for; in between, the next state comes soon. */
function optionsFor(card: ProgressCard): SendOptions {
  return isOpen(card) ? { priority: "state", patienceMs: 15_000 } : { priority: "final", patienceMs: 30_000 };
}
