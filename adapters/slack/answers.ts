import type { Logger } from "pino";
import { summarize } from "../../src/chat/summary.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import type { MessageRef, Report, ThreadRef } from "../../src/types.ts";
import { answerContents, answerEndings, answerInFile } from "./answer-blocks.ts";
import { type AnswerPlan, MAX_BODY_CHARS, planAnswer } from "./answer-parts.ts";
import { SHAPE_REFUSED, slackErrorOf } from "./call-failure.ts";
import { summaryContents } from "./card-blocks.ts";
import type { Files } from "./files.ts";
import type { MessageContent } from "./limits.ts";
import type { Place, Posting, Tag } from "./posting.ts";
import { placeOf, type RunThreads } from "./run-threads.ts";
import type { Streams } from "./streams.ts";

export interface AnswersParts {
  posting: Posting;
  streams: Streams;
  threads: RunThreads;
  files: Files;
  renderReport(report: Report): string;
  log: Logger;
}

/** Finished answers, message by message; at the end the message in the channel becomes their summary. */
export interface Answers {
  readonly partChars: number;
  count(answer: AnswerView): number;
  post(thread: ThreadRef, answer: AnswerView, part: number, key: string): Promise<MessageRef>;
  /** What its messages are, for whoever shows them otherwise: each richest form first. */
  contents(answer: AnswerView): MessageContent[][];
}

export function createAnswers({ posting, streams, threads, files, renderReport, log }: AnswersParts): Answers {
  // The same answer comes once for each of its parts.
  const plans = new WeakMap<AnswerView, AnswerPlan>();

  function planOf(answer: AnswerView): AnswerPlan {
    const plan = plans.get(answer) ?? planAnswer(answer);
    plans.set(answer, plan);
    return plan;
  }

  /** Before the last message: whoever crashes in between does both again, and the edit can be repeated. */
  async function summarizeAbove(thread: ThreadRef, answer: AnswerView): Promise<void> {
    const known = threads.get(answer.runId);
    if (known === null || known.isRootOurs === false) return;
    const contents = summaryContents(answer.question, answer.asker, summarize(answer.body));
    try {
      await posting.update(placeOf(thread), known.threadTs, contents, { priority: "final", patienceMs: 10_000 });
    } catch (error) {
      // The answer itself is what counts; and where the thread is a person's there is nothing to summarize into.
      if (slackErrorOf(error) !== "cant_update_message") log.warn({ err: error }, "summary in the channel not posted");
    }
  }

  /** As a message; as a file, which its key finds again too, where Slack takes no form of it. */
  async function postWhole(place: Place, answer: AnswerView, part: number, tag: Tag): Promise<string> {
    try {
      return await posting.post(place, answerContents(answer, planOf(answer), part), tag, FINAL);
    } catch (error) {
      if (!SHAPE_REFUSED.has(slackErrorOf(error) ?? "")) throw error;
      log.warn({ err: error }, "answer goes into a file");
      return files.share(place, { key: tag.key, ...answerInFile(planOf(answer), part) });
    }
  }

  return {
    partChars: MAX_BODY_CHARS,
    count: (answer) => {
      const { parts, hasFile } = planOf(answer);
      return parts.length + (hasFile ? 1 : 0);
    },
    contents: (answer) => {
      const plan = planOf(answer);
      return plan.parts.map((_part, index) => answerContents(answer, plan, index));
    },
    post: async (thread, answer, part, key) => {
      const found = await threads.find(answer.runId, thread);
      const reference = { ...thread, threadId: found?.threadTs ?? thread.threadId };
      const plan = planOf(answer);
      const { parts } = plan;
      if (part === parts.length) {
        const id = await files.share(placeOf(reference), { key, content: renderReport(answer.report) });
        return { thread: reference, messageId: id };
      }
      if (parts[part]?.isLast) await summarizeAbove(reference, answer);
      const tag = { key, runId: answer.runId };
      const place = placeOf(reference);
      // Somebody waits for it there. Of a digest nobody does.
      const body = answer.asker === undefined ? null : (parts[part]?.body ?? null);
      const endings = answerEndings(answer, plan, part);
      const streamed = body === null ? null : await streams.post(place, body, endings, tag);
      const ts = streamed ?? (await postWhole(place, answer, part, tag));
      return { thread: { ...reference, threadId: reference.threadId ?? ts }, messageId: ts };
    },
  };
}

const FINAL = { priority: "final", patienceMs: 5_000 } as const;
