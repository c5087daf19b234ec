import type { ResearchRequest } from "../types.ts";

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

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
