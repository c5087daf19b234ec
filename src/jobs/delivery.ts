import type { Logger } from "pino";
import { createAnswerView } from "../chat/answer-view.ts";
import { type CardUpdater, createCardUpdater } from "../chat/card-updater.ts";
import type { ChatPlatform, ProgressCard } from "../ports.ts";
import type { MessageRef, Report, Run, ThreadRef } from "../types.ts";

/** Posts each message once, whatever crashed before. The key names the message: "run:card", "run:answer:0". */
export interface Outbox {
  post(thread: ThreadRef, key: string, post: () => Promise<MessageRef>): Promise<MessageRef>;
}

/** For a platform that lives and dies with this process: there is nobody who could have posted before. */
export const DIRECT_OUTBOX: Outbox = { post: (_thread, _key, post) => post() };

/** The live card of a run: posted once, found again after a restart, then edited. */
export function createRunCard(run: Run, platform: ChatPlatform, outbox: Outbox, log: Logger): CardUpdater {
  const { thread } = run.request;
  const key = `${run.id}:card`;
  async function open(card: ProgressCard) {
    let isNew = false;
    const message = await outbox.post(thread, key, () => {
      isNew = true;
      return platform.postCard(thread, card, key);
    });
    return { message, isNew };
  }
  return createCardUpdater(platform, open, log);
}

/**
 * Posts the answer in its parts, in order, each recorded at once; parts that were posted before are left alone.
 *
 * @param round 0 for the first delivery; a person who asks for the answer again gets the next one
 */
export async function postAnswer(
  run: Run,
  report: Report,
  platform: ChatPlatform,
  { outbox, notice, round = 0 }: { outbox: Outbox; notice: string | null; round?: number },
): Promise<void> {
  const { thread, form } = run.request;
  const answer = createAnswerView(report, form, notice);
  const parts = platform.countAnswerParts(answer);
  for (let part = 0; part < parts; part += 1) {
    const key = `${run.id}:answer:${round === 0 ? "" : `${round}:`}${part}`;
    await outbox.post(thread, key, () => platform.postAnswerPart(thread, answer, part, key));
  }
}
