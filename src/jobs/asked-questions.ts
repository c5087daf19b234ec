import { wallTime } from "../chat/timetable/describe-timetable.ts";
import type { ChatPlatform, QuestionLine } from "../chat-ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { findPlaces } from "../storage/deliveries.ts";
import { createRunStore, type RunSummary } from "../storage/runs.ts";
import type { ResearchRequest } from "../types.ts";
import { cleanLine } from "../untrusted.ts";

export interface AskedQuestionsParts {
  database: OpenDatabase;
  platform: Pick<ChatPlatform, "permalinkOf" | "timeZoneOf">;
  /** Of whom nobody knows it. */
  timeZone: string;
}

/**
 * What this person asked, newest first, with the way to each answer: in this channel, or anywhere in this workspace where
 * `channelId` is empty. The latter is for their eyes alone.
 */
export async function askedQuestions(
  { asker, thread: { platform, workspaceId, channelId } }: Pick<ResearchRequest, "asker" | "thread">,
  zoneSet: string | null,
  parts: AskedQuestionsParts,
): Promise<QuestionLine[]> {
  const isEverywhere = channelId === "";
  const found = await createRunStore(parts.database).listRecent({
    limit: isEverywhere ? MOST_LOOKED_AT : MOST_SHOWN,
    asker,
    isQuestion: true,
    ...(isEverywhere ? {} : { thread: { platform, workspaceId, channelId, threadId: null } }),
  });
  const runs = found
    .filter(({ request: { thread } }) => thread.platform === platform && thread.workspaceId === workspaceId)
    .slice(0, MOST_SHOWN);
  const timeZone = zoneSet ?? (await parts.platform.timeZoneOf(asker)) ?? parts.timeZone;
  const places = await findPlaces(
    parts.database,
    runs.map(({ id }) => id),
  );
  return Promise.all(
    runs.map(async (run) => {
      const place = places.get(run.id);
      return {
        question: cleanLine(run.request.question, MAX_QUESTION_CHARS),
        state: stateOf(run),
        at: wallTime(run.createdAt, timeZone),
        url: place === undefined ? null : await parts.platform.permalinkOf(place),
      };
    }),
  );
}

function stateOf({ state, outcome, failure }: RunSummary): string {
  switch (state) {
    case "offered":
      return "waits for your choice";
    case "queued":
      return "waiting";
    case "failed":
      return failure?.code === "CANCELLED" ? "stopped" : "failed";
    case "running":
    case "delivering":
      return "at work";
    case "done":
      return outcome === null ? "done" : OUTCOMES[outcome];
  }
}

const OUTCOMES = { answered: "answered", partial: "answered in part", "nothing-found": "nothing found" } as const;
const MOST_SHOWN = 10;
// A person's workspaces share this list.
const MOST_LOOKED_AT = 50;
const MAX_QUESTION_CHARS = 150;
