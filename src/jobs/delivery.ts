import type { Logger } from "pino";
import { createAnswerView } from "../chat/answer-view.ts";
import { type CardUpdater, createCardUpdater } from "../chat/card-updater.ts";
import { foldProgress } from "../chat/progress-card.ts";
import type { AnswerView, ChatPlatform } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { MessageRef, ProgressCard, ProgressEvent, Report, Run, ThreadRef } from "../types.ts";

/** Posts each message once, whatever crashed before. The key names the message: "run:card", "run:answer:0". */
export interface Outbox {
  post(thread: ThreadRef, key: string, post: () => Promise<MessageRef>): Promise<MessageRef>;
}

/** For a platform that lives and dies with this process: there is nobody who could have posted before. */
export const DIRECT_OUTBOX: Outbox = { post: (_thread, _key, post) => post() };

/** The card of a run, in the chat and as it is meant to look by now. */
export interface LiveCard extends CardUpdater {
  emit(event: ProgressEvent): void;
  current(): ProgressCard;
}

/** Shows the card at once: posted when it is the first time, else edited. Of a digest nobody sees one. */
export function createLiveCard(
  run: Run,
  card: ProgressCard,
  { platform, outbox, log }: { platform: ChatPlatform; outbox: Outbox; log: Logger },
): LiveCard {
  const { thread, digest } = run.request;
  const key = cardKeyOf(run.id);
  async function open(first: ProgressCard) {
    let isNew = false;
    const message = await outbox.post(thread, key, () => {
      isNew = true;
      return platform.postCard(thread, first, key);
    });
    return { message, isNew };
  }
  const updater = createCardUpdater(platform, open, log);
  let current = card;
  const show = (next: ProgressCard): void => {
    current = next;
    if (digest === undefined) updater.show(next);
  };
  show(card);
  return { show, flush: updater.flush, current: () => current, emit: (event) => show(foldProgress(current, event)) };
}

export function cardKeyOf(runId: string): string {
  return `${runId}:card`;
}

/**
 * Posts the answer in its parts, in order, each recorded at once; parts that were posted before are left alone.
 *
 * @param round names the delivery: "" for the first one; who asks for the answer again gets one of its own
 */
export async function postAnswer(
  run: Run,
  report: Report,
  platform: ChatPlatform,
  { outbox, notice, round = "", heading }: { outbox: Outbox; notice: string | null; round?: string; heading?: string },
): Promise<void> {
  const { thread, form, asker, digest } = run.request;
  const view = createAnswerView(report, form, notice, heading);
  // A digest mentions nobody: its owner asked long ago.
  const answer = digest === undefined ? { ...view, asker } : view;
  await postParts(answer, `${run.id}:answer${round}`, thread, { platform, outbox });
}

/** @returns the first of its messages */
export async function postParts(
  answer: AnswerView,
  name: string,
  thread: ThreadRef,
  { platform, outbox }: { platform: ChatPlatform; outbox: Outbox },
): Promise<MessageRef> {
  const messages: MessageRef[] = [];
  const parts = platform.countAnswerParts(answer);
  for (let part = 0; part < parts; part += 1) {
    const key = `${name}:${part}`;
    messages.push(await outbox.post(thread, key, () => platform.postAnswerPart(thread, answer, part, key)));
  }
  const [first] = messages;
  if (first === undefined) throw new RuminateError("INTERNAL", "An answer became no message.");
  return first;
}
