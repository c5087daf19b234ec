import type { ActionReply, ActionSource, ChatAction, ChatHandlers } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { Depth, Report, ResearchRequest, Run } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import { type AllowList, isAllowed } from "./allow-list.ts";
import type { Ask } from "./ask.ts";
import { choose, isChoice, type OfferDesk } from "./busy-thread.ts";
import { readQuestion } from "./question.ts";
import { isSameChannel } from "./same-channel.ts";

export interface ActionsParts {
  allowed: AllowList;
  ask: Ask;
  runs: { find(id: string): Promise<StoredRun | null> };
  feedback: { keep(opinion: Opinion): Promise<void> };
  offers: OfferDesk;
  isAdmin: IsAdmin;
}

type StoredRun = Run & { report: Report | null };

export interface Opinion {
  runId: string;
  person: string;
  rating: 1 | -1;
  reason: string | null;
}

/** What the buttons under an answer do. A run of another channel is as good as none: what was said there stays there. */
export function createActions({
  allowed,
  ask,
  runs,
  feedback,
  offers,
  isAdmin,
}: ActionsParts): ChatHandlers["onAction"] {
  async function askAgain(run: Run, change: Partial<ResearchRequest>, source: ActionSource): Promise<ActionReply> {
    const { eventId, person: asker, thread } = source;
    const requestedAt = new Date().toISOString();
    const request: ResearchRequest = { ...askedByPeople(run.request), ...change, asker, thread, requestedAt };
    const text = request.question;
    // The button stands under an answer.
    const message = { eventId, messageId: eventId, thread, asker, text, sentAt: requestedAt, isReply: true };
    const admission = await ask(message, request);
    return admission.kind === "refused" ? { kind: "words", text: admission.reason } : { kind: "done" };
  }

  /** What people said in a channel is no evidence: a question about a digest of it stands beside the digest's own words. */
  function askOn(run: StoredRun, text: string, source: ActionSource): Promise<ActionReply> {
    if (run.request.talk !== undefined)
      return askAgain(asQuestion(run), { question: followUp(text, run.request.question) }, source);
    const { subQuestions: _theirs, ...request } = run.request;
    const question = readQuestion(text);
    return askAgain({ ...run, request }, { question, follows: { kind: "answer", runId: run.id } }, source);
  }

  async function act(action: ChatAction, run: StoredRun, source: ActionSource): Promise<ActionReply> {
    switch (action.type) {
      case "redo":
        return askAgain(run, standing(run, "anew"), source);
      case "deeper":
        return askAgain(run, { ...standing(run, "again"), depth: DEEPER[run.request.depth] }, source);
      case "follow-up":
        return askOn(run, action.text, source);
      case "download":
        return run.report === null ? words("This research has no report.") : { kind: "file", report: run.report };
      case "remove":
        return source.person === run.request.asker ? DONE : words("Only the person who asked can delete the answer.");
      case "feedback":
        await feedback.keep({ ...action, person: source.person });
        return words("Thank you. This is kept with the research.");
      case "note":
      case "queue":
      case "replace":
        return choose(action.type, run, { person: source.person, desk: offers, isAdmin });
    }
  }

  return async (action, source) => {
    if (!isAllowed(allowed, { thread: source.thread, asker: source.person }))
      return words("You may not use this here.");
    const run = await runs.find(action.runId);
    // A question that waits for a decision has no answer that the other buttons could stand under.
    const isOffer = isChoice(action);
    if (run === null || !isSameChannel(run.request.thread, source.thread) || (run.state === "offered" && !isOffer))
      return words("This research is not kept any more.");
    try {
      return await act(action, run, source);
    } catch (error) {
      const isAskers = error instanceof RuminateError && error.code.startsWith("QUESTION_");
      if (!isAskers) throw error;
      return words("Write what you want to know, in at most a few paragraphs.");
    }
  };
}

/** What was due on a timetable is a question like any other once somebody asks it again. */
function askedByPeople({ digest, ...request }: ResearchRequest): ResearchRequest {
  return request;
}

const DONE: ActionReply = { kind: "done" };
const DEEPER: Record<Depth, Depth> = { quick: "standard", standard: "deep", deep: "deep" };

function words(text: string): ActionReply {
  return { kind: "words", text };
}

/** A question that follows on a digest is one of its own. */
function asQuestion(run: Run): Run {
  const { talk, subQuestions, ...request } = run.request;
  return talk === undefined ? run : { ...run, request: { ...request, form: "brief" } };
}

/** The new question with the one that it follows, so that it stands alone. */
function followUp(text: string, earlier: string): string {
  return readQuestion(
    `${readQuestion(text)}\n\n(This follows on the question: ${earlier.slice(0, 600).toWellFormed()})`,
  );
}

/** The question as it was understood: it stands alone, whatever is said in the thread by now. */
function standing({ id, request, report }: StoredRun, kind: "again" | "anew"): Partial<ResearchRequest> {
  return request.talk === undefined
    ? { question: report?.question ?? request.question, follows: { kind, runId: id } }
    : {};
}
