import { UNLIMITED } from "../chat/quotas.ts";
import { completeRequest, resolveSettings } from "../chat/settings.ts";
import { talkQuestion } from "../chat/talk-question.ts";
import { topicQuestion } from "../chat/topic-question.ts";
import type { Queryable } from "../ports.ts";
import { readSettings } from "../storage/settings.ts";
import type { Digest, DigestTask, ResearchRequest, Run } from "../types.ts";
import { uuidOf } from "./run-id.ts";

type DueTask = Pick<DigestTask, "dueAt" | "isLate" | "since" | "maxCostUsd"> & {
  /** Who alone sees it; null for the channel. */
  seenBy?: string | null;
};

/**
 * The run of a due time. Its id comes from digest and time: made twice, it is one run. What is set for the owner and the
 * channel holds for it, too.
 */
export async function digestRun(
  query: Queryable,
  digest: Digest,
  { dueAt, isLate, since, maxCostUsd, seenBy = null }: DueTask,
  now: number,
): Promise<Run> {
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
  const [stored = []] = await readSettings(query, [request]);
  const completed = completeRequest(request, resolveSettings(stored, UNLIMITED));
  return { id: uuidOf(`digest ${id} ${dueAt}`), request: completed, state: "queued", createdAt };
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
