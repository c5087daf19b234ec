import type { ResearchRequest, ThreadRef } from "../types.ts";

/** What a digest of a channel's talk asks. The words of the parts are those by which such messages are found again. */
export function talkQuestion(
  channelName: string,
  since: string | null,
): Required<Pick<ResearchRequest, "question" | "subQuestions">> {
  const when = since === null ? "" : ` since ${DAY.format(new Date(since))}`;
  return {
    question: `What was said in ${channelName}${when}: decisions, open questions, who asked whom for what, and news?`,
    subQuestions: [
      "Decisions: what was decided, agreed, chosen, approved or settled, or will be done?",
      "Open questions: who asked what, and was it answered?",
      "Requests and promises: who asked whom to do what, who will do it, by when?",
      "News: what was released, deployed, shipped, broken, failed, fixed, finished or measured?",
    ],
  };
}

/** What a digest of a talk is made for. There is one place: what was said there is told there and nowhere else. */
export interface TalkDigest {
  thread: ThreadRef;
  /** Platform-qualified. */
  asker: string;
  requestedAt: string;
  /** Only what was said after that moment. */
  since: string;
  isBrief?: boolean;
  researchesOpenQuestions?: boolean;
}

/** A digest of the talk of a channel as a request: a run like any other, whose answer goes to its thread. */
export function talkRequest({ thread, asker, requestedAt, since, ...wish }: TalkDigest): ResearchRequest {
  const { isBrief = false, researchesOpenQuestions = false } = wish;
  return {
    ...talkQuestion("this channel", since),
    depth: "standard",
    form: isBrief ? "short-digest" : "digest",
    language: null,
    asker,
    thread,
    requestedAt,
    talk: { since, researchesOpenQuestions },
  };
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
