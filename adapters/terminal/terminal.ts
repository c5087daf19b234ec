import { styleText } from "node:util";
import type { AnswerView, ChatHandlers, ChatPlatform, IncomingMessage } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import type { MessageRef, ProgressCard, ThreadRef } from "../../src/types.ts";
import { createLinePrinter, createLivePanel } from "./progress.ts";

export interface TerminalOptions {
  /** The question, as somebody would say it in a channel. */
  message: IncomingMessage;
  /** The answer goes here … */
  answers: NodeJS.WritableStream;
  /** … and progress here: drawn in place on a terminal, else as plain lines. */
  progress: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** What is written for a finished answer. */
  renderAnswer(answer: AnswerView): string;
}

/** One person at one terminal: a chat platform with a single thread. */
export function createTerminal({ message, answers, progress, renderAnswer }: TerminalOptions): ChatPlatform {
  const view = progress.isTTY ? createLivePanel(progress) : createLinePrinter(progress);
  const posted = new Map<string, MessageRef>();

  function post(thread: ThreadRef, key: string, write: () => void): MessageRef {
    const known = posted.get(key);
    if (known !== undefined) return known;
    write();
    const reference = { thread, messageId: key };
    posted.set(key, reference);
    return reference;
  }

  return {
    name: "terminal",
    limits: { answerPartChars: Number.POSITIVE_INFINITY, cardEditIntervalMs: progress.isTTY ? 80 : 0 },
    listen: (handlers: ChatHandlers) => {
      view.start(message.text);
      return handlers.onMessage(message);
    },
    postCard: async (thread, card, key) => post(thread, key, () => view.draw(card)),
    updateCard: async (_message, card: ProgressCard) => view.draw(card),
    countAnswerParts: () => 1,
    postAnswerPart: async (thread, answer, _part, key) => post(thread, key, () => answers.write(renderAnswer(answer))),
    postNote: async (thread, words, key) =>
      post(thread, key, () => progress.write(`${typeof words === "string" ? words : `You ${words.text}`}\n`)),
    placeKind: async () => "direct",
    postOffer: async (thread, offer, key) => post(thread, key, () => progress.write(`${offer.text}\n`)),
    isAdmin: async () => true,
    isGone: async () => false,
    findPosted: async (_thread, key) => posted.get(key) ?? null,
    notify: async (_person, words) => {
      const text = typeof words === "string" ? words : words.text;
      progress.write(`${progress.isTTY ? styleText("red", text) : text}\n`);
    },
    whisper: async (_person, answer) => void answers.write(renderAnswer(answer)),
    permalinkOf: async () => null,
    timeZoneOf: async () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    readThread: async () => ({ messages: [], hindrance: null }),
    history: async () => {
      throw new RuminateError("HISTORY_UNAVAILABLE", "Nothing is said in a terminal. Give it an export with --talk.");
    },
    close: async () => {},
  };
}
