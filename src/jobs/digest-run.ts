import { talkQuestion } from "../chat/talk-question.ts";
import { topicQuestion } from "../chat/topic-question.ts";
import type { Digest, DigestTask, ResearchRequest, Run } from "../types.ts";
import { uuidOf } from "./run-id.ts";

type DueTask = Pick<DigestTask, "dueAt" | "isLate" | "since" | "maxCostUsd"> & {
  /** Who alone sees it; null for the channel. */
  seenBy?: string | null;
};

/** The run of a due time. Its id comes from digest and time: made twice, it is one run. */
export function digestRun(
  digest: Digest,
  { dueAt, isLate, since, maxCostUsd, seenBy = null }: DueTask,
  now: number,
): Run {
  const { id, place, owner, options } = digest;
  const createdAt = new Date(now).toISOString();
  const { whenNothingNew } = options;
  const request: ResearchRequest = {
    ...materialOf(digest, since),
    depth: "standard",
    form: options.length === "brief" ? "short-digest" : "digest",
    language: null,
    asker: seenBy ?? owner,
    thread: place,
    requestedAt: createdAt,
    digest: {
      ...{ digestId: id, title: titleOf(digest), dueAt, isLate, since, whenNothingNew, maxCostUsd },
      ...(seenBy === null ? {} : { isPreview: true }),
    },
  };
  return { id: uuidOf(`digest ${id} ${dueAt}`), request, state: "queued", createdAt };
}

/** What a digest tells about, in words. */
export function titleOf({ topic, options }: Pick<Digest, "topic" | "options">): string {
  if (topic === null) return "this channel";
  return options.withTalk === true ? `this channel, and ${topic}` : topic;
}

function materialOf({ topic, options }: Digest, since: string) {
  const { researchesOpenQuestions, feeds, withTalk = false } = options;
  const asked = topic === null ? null : topicQuestion(topic, feeds);
  if (asked !== null && !withTalk) return { question: asked, since };
  const beside = asked === null ? {} : { beside: asked };
  return { ...talkQuestion("this channel", since), talk: { since, researchesOpenQuestions, ...beside } };
}
