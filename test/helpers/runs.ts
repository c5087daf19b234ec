import { randomUUID } from "node:crypto";
import type { ResearchRequest, Run } from "../../src/types.ts";

type RunDetails = Partial<Pick<Run, "id" | "state" | "createdAt">> & Partial<ResearchRequest>;

/** A queued run of a question; every field can be given. */
export function makeRun({ id = randomUUID(), state = "queued", createdAt, ...details }: RunDetails = {}): Run {
  const now = new Date().toISOString();
  const request: ResearchRequest = {
    question: "Which port does the collector listen on?",
    depth: "quick",
    form: "brief",
    language: null,
    asker: "test:ada",
    thread: { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" },
    requestedAt: now,
    ...details,
  };
  return { id, request, state, createdAt: createdAt ?? now };
}
