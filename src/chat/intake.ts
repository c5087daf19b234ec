import type { Logger } from "pino";
import type { ChatHandlers, ChatPlatform, IncomingMessage, LinkedWords } from "../chat-ports.ts";
import { asRuminateError, RuminateError, userMessageFor } from "../errors.ts";
import type { AskedRequest, ResearchRequest, Run, ThreadRef } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import { type AllowList, isAllowed } from "./allow-list.ts";
import type { Ask } from "./ask.ts";
import { type OfferDesk, ONLY_ASKER } from "./busy-thread.ts";
import { type Command, parseCommand } from "./command.ts";
import type { DigestCommand } from "./digest-command.ts";
import { type DigestReplyParts, manageDigests } from "./digest-desk.ts";
import { readQuestion } from "./question.ts";
import { isSameChannel } from "./same-channel.ts";
import { digestRefusal, type SettingsDesk } from "./settings-desk.ts";
import { talkRequest } from "./talk-question.ts";
import type { TalkWish } from "./talk-wish.ts";

export interface IntakeParts {
  platform: ChatPlatform;
  allowed: AllowList;
  ask: Ask;
  /** The message is not taken any more, should it come yet; false when it came before. */
  refuse(message: Pick<IncomingMessage, "thread" | "messageId">): Promise<boolean>;
  runs: RunDesk;
  offers: OfferDesk;
  isAdmin: IsAdmin;
  digests: DigestReplyParts;
  settings: Pick<SettingsDesk, "of" | "describe" | "change">;
  log: Logger;
}

/** What can be asked of runs that are there. */
export interface RunDesk {
  /** Null when there is no such run that could be stopped. */
  openRun(runId: string): Promise<Run | null>;
  /** False when it has ended already. */
  stop(runId: string): Promise<boolean>;
  /** The run that this message became, or would have become. */
  runOf(message: Pick<IncomingMessage, "thread" | "messageId">): string;
  /** The newest run of the thread that is not at its end, of this asker or of anybody; or null. */
  latestOpen(thread: ThreadRef, asker: string | null): Promise<string | null>;
  /** Posts the newest answer of the thread once more; false when there is none. */
  repeatAnswer(message: IncomingMessage): Promise<boolean>;
  /** What the person, their channel and their workspace used, and what is left. */
  usage(who: Pick<ResearchRequest, "asker" | "thread">): Promise<string>;
  /** The person's own latest questions in this channel, with the way to their answers. */
  history(who: Pick<ResearchRequest, "asker" | "thread">): Promise<LinkedWords>;
  /** "1 at work, 2 wait (next place: 3)" in a sentence. */
  describe(asker: string): Promise<string>;
}

/**
 * The reception: words become commands or questions. A handler resolves when what it was told is safe, and rejects when
 * it is not, so that the platform sends it again.
 */
export function createIntake({
  platform,
  allowed,
  ask,
  refuse,
  runs,
  offers,
  isAdmin,
  digests,
  settings,
  log,
}: IntakeParts): Pick<ChatHandlers, "onMessage" | "onCancel" | "onWithdraw"> {
  const reply = (message: IncomingMessage, words: string | LinkedWords): Promise<void> =>
    platform.notify(message.asker, words, message.thread).catch((error: unknown) => {
      log.warn({ err: error, platform: platform.name }, "reply not delivered");
    });

  async function hearQuestion(message: IncomingMessage, command: Command & { kind: "question" }): Promise<void> {
    const { thread, asker, sentAt: requestedAt } = message;
    const { depth, form } = command;
    const question = readQuestion(command.text);
    const alone: AskedRequest = { question, depth, form, language: null, asker, thread, requestedAt };
    await take(message, message.isReply === true ? { ...alone, follows: { kind: "thread" } } : alone);
  }

  function tellTalk({ thread, asker, ...message }: IncomingMessage, wish: TalkWish): Promise<void> {
    return take({ thread, asker, ...message }, talkRequest({ thread, asker, requestedAt: message.sentAt, ...wish }));
  }

  async function take(message: IncomingMessage, request: AskedRequest): Promise<void> {
    const admission = await ask(message, request);
    if (admission.kind === "refused") await reply(message, admission.reason);
  }

  async function stop(message: IncomingMessage): Promise<void> {
    const { thread, asker } = message;
    const own = await runs.latestOpen(thread, asker);
    const runId = own ?? (await runs.latestOpen(thread, null));
    if (runId === null) return reply(message, NOTHING_AT_WORK);
    if (own === null && !(await isAdmin(asker, thread))) return reply(message, ONLY_ASKER);
    if (!(await runs.stop(runId))) await reply(message, NOTHING_AT_WORK);
  }

  async function manage(message: IncomingMessage, command: DigestCommand): Promise<string> {
    const { thread, asker } = message;
    const set = await settings.of({ asker, thread });
    const isLook = command.kind === "list" || command.kind === "help" || command.kind === "history";
    const refusal = isLook
      ? null
      : await digestRefusal(set, { asker, thread, kind: await platform.placeKind(thread) }, isAdmin);
    if (refusal !== null) return refusal;
    // The zone of the person who makes it, unless the words name another.
    const own = command.kind === "create" ? (set.timeZone ?? (await platform.timeZoneOf(asker))) : null;
    const parts = { ...digests, timeZone: own ?? digests.timeZone };
    return manageDigests(command, { place: thread, person: asker, event: runs.runOf(message) }, parts);
  }

  async function hear(message: IncomingMessage): Promise<void> {
    if (!isAllowed(allowed, message))
      throw new RuminateError(
        "NOT_ALLOWED",
        "Whoever runs me did not allow me to answer you here. Ask them to add this channel, or you, to those that I answer.",
      );
    const command = parseCommand(message.text, new Date(message.sentAt));
    switch (command.kind) {
      case "question":
        return hearQuestion(message, command);
      case "digest":
        return reply(message, await manage(message, command.command));
      case "talk":
        return tellTalk(message, command.wish);
      case "stop":
        return stop(message);
      case "answer":
        if (!(await runs.repeatAnswer(message))) await reply(message, "There is no answer in this thread yet.");
        return;
      case "status":
        return reply(message, await runs.describe(message.asker));
      case "usage":
        return reply(message, await runs.usage(message));
      case "history":
        return reply(message, await runs.history(message));
      case "settings":
        if (command.change === null) return reply(message, await settings.describe(message));
        return reply(message, await settings.change(message, command.change));
      case "help":
        return reply(message, HELP);
    }
  }

  return {
    onMessage: async (message) => {
      try {
        await hear(message);
      } catch (error) {
        const reason = asRuminateError(error);
        if (!ANSWERS.has(reason.code)) throw error;
        await reply(message, userMessageFor(reason));
      }
    },
    onCancel: async (runId, { person, thread }) => {
      const run = await runs.openRun(runId);
      // One of another channel is as good as none.
      if (run === null || !isSameChannel(run.request.thread, thread)) return platform.notify(person, ENDED, thread);
      if (run.request.asker !== person && !(await isAdmin(person, thread)))
        return platform.notify(person, ONLY_ASKER, thread);
      if (!(await runs.stop(runId))) await platform.notify(person, ENDED, thread);
    },
    onWithdraw: async (message) => {
      // Nothing says that a question is told before its deletion.
      if (await refuse(message)) return;
      const runId = runs.runOf(message);
      if (!(await offers.drop(runId))) await runs.stop(runId);
    },
  };
}

const ENDED = "This research has ended already, or is not kept any more: there is nothing to stop.";
const NOTHING_AT_WORK = "Nothing is at work here. `status` tells how your questions stand everywhere.";

/** Failures that are the asker's to mend. Everything else is ours: the message is not acknowledged. */
const ANSWERS: ReadonlySet<string> = new Set([
  "QUESTION_EMPTY",
  "QUESTION_TOO_LONG",
  "NOT_ALLOWED",
  "TIMETABLE_INVALID",
  "AMOUNT_INVALID",
]);

const HELP = `Ask me a question; I search, read and answer with checked sources.
- \`deep: …\` reads more, \`quick: …\` less; \`table: …\` compares, \`report: …\` writes at length
- \`summarise this channel since Monday\` tells what was decided, asked and promised here, with links to the messages; add \`and research the open questions\` to have them looked up
- \`digest every weekday at 9: news about …\` tells this channel what is new, \`digests\` lists what is told here
- in a thread I understand you by what was said and answered there; while I am at work, buttons ask what to do with a further question
- \`stop\` ends your research in this thread with what was found; admins may stop anybody's
- \`status\` tells how your questions stand, \`answer\` posts the newest answer again
- \`usage\` tells what was used and what is left, \`history\` your latest questions here
- \`settings\` tells what is set, \`settings depth deep\` sets what you want from now on`;
