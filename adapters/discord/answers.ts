import { ButtonStyle } from "discord.js";
import type { Logger } from "pino";
import { SAMPLES } from "../../src/chat/samples.ts";
import { summarize } from "../../src/chat/summary.ts";
import type { AnswerView, Note, Offer } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import type { MessageRef, ProgressCard, Report, ThreadRef } from "../../src/types.ts";
import { answerContents } from "./answer-view.ts";
import { cardContent, isOpen, rootContent, summaryContent } from "./card-view.ts";
import { DIRECT } from "./channels.ts";
import { button, buttonRow } from "./components.ts";
import { formatCustomId } from "./custom-id.ts";
import type { MessageContent } from "./limits.ts";
import type { Posting } from "./posting.ts";
import { inert, userIdOf } from "./private-words.ts";
import { wordsContent } from "./replies.ts";
import type { RunThread, RunThreads } from "./run-threads.ts";

export interface AnswersParts {
  posting: Posting;
  threads: RunThreads;
  renderReport(report: Report): string;
  log: Logger;
}

/** Everything that is said in the thread of a research, and in the reply that the thread hangs on. */
export function createAnswers({ posting, threads, renderReport, log }: AnswersParts) {
  const rendered = new WeakMap<AnswerView, MessageContent[]>();

  /** Rendering is work, and each part of an answer is asked for alone. */
  function contentsOf(answer: AnswerView): MessageContent[] {
    const known = rendered.get(answer) ?? answerContents(answer, renderReport);
    rendered.set(answer, known);
    return known;
  }

  /** @throws {RuminateError} POST_FAILED when it was never opened, or is gone */
  async function find(thread: ThreadRef): Promise<RunThread> {
    const found = await threads.find(thread);
    if (found !== null) return found;
    throw new RuminateError("POST_FAILED", "The thread of the research is not there.");
  }

  /** The message in the channel is no reason to fail: the thread has everything. */
  async function editRoot({ root }: RunThread, content: MessageContent): Promise<void> {
    if (root === null) return;
    await posting
      .edit(root.channelId, root.messageId, content, { isUrgent: true, key: root.key })
      .catch((error: unknown) => {
        log.warn({ err: error }, "reply in the channel not updated");
      });
  }

  return {
    find,
    contentsOf,
    count: (answer: AnswerView): number => contentsOf(answer).length,
    postCard: async (thread: ThreadRef, card: ProgressCard, key: string): Promise<MessageRef> => {
      const place = await threads.open(thread, card);
      const { id } = await posting.post(place.channelId, cardContent(card), { key, isSilent: true });
      await editRoot(place, rootContent(card));
      return { thread, messageId: id };
    },
    updateCard: async ({ thread, messageId }: MessageRef, card: ProgressCard): Promise<void> => {
      const place = await find(thread);
      const isUrgent = !isOpen(card);
      await posting.edit(place.channelId, messageId, cardContent(card), { isUrgent, key: null });
      if (isUrgent) await editRoot(place, rootContent(card));
    },
    /** The asker is told with the last part, and then the channel gets the answer in short. */
    postPart: async (thread: ThreadRef, answer: AnswerView, part: number, key: string): Promise<MessageRef> => {
      const place = answer.isBelow ? await threads.openOn(thread, answer.question) : await find(thread);
      const contents = contentsOf(answer);
      const content = contents[part];
      if (content === undefined) throw new RangeError(`Expected a part below ${contents.length}, got ${part}.`);
      if (part < contents.length - 1) {
        const { id } = await posting.post(place.channelId, content, { key });
        return { thread, messageId: id };
      }
      const mention = thread.workspaceId === DIRECT ? null : userIdOf(answer.asker);
      const { id } = await posting.post(place.channelId, mentioning(content, mention), { key, mention });
      const answerUrl = `https://discord.com/channels/${thread.workspaceId}/${place.channelId}/${id}`;
      const { question, asker, body } = answer;
      await editRoot(place, summaryContent({ question, asker, summary: summarize(body), answerUrl }));
      return { thread, messageId: id };
    },
    postOffer: async (thread: ThreadRef, { runId, text, choices }: Offer, key: string): Promise<MessageRef> => {
      const { channelId } = await find(thread);
      const buttons = choices.map(({ type, label }) => button(formatCustomId({ action: type, subject: runId }), label));
      const { components } = wordsContent(inert(text));
      const { id } = await posting.post(channelId, { components: [...components, buttonRow(buttons)] }, { key });
      return { thread, messageId: id };
    },
    postNote: async (thread: ThreadRef, words: string | Note, key: string): Promise<MessageRef> => {
      const { channelId } = await find(thread);
      const { id } = await posting.post(channelId, noteContent(typeof words === "string" ? { text: words } : words), {
        key,
      });
      return { thread, messageId: id };
    },
  };
}

function noteContent({ by, text, hasSamples = false }: Note): MessageContent {
  // A message that names nobody to be mentioned calls nobody: the name is only shown.
  const { components } = wordsContent(by === undefined ? inert(text) : `<@${userIdOf(by)}> ${inert(text)}`);
  if (!hasSamples) return { components };
  const own = button(formatCustomId({ action: "sample", subject: "own" }), "Ask a question", ButtonStyle.Primary);
  const samples = SAMPLES.map(({ label }, index) =>
    button(formatCustomId({ action: "sample", subject: String(index) }), label),
  );
  return { components: [...components, buttonRow([own, ...samples])] };
}

function mentioning(content: MessageContent, userId: string | null): MessageContent {
  if (userId === null) return content;
  return { ...content, components: [...wordsContent(`<@${userId}>`).components, ...content.components] };
}
