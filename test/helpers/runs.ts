import { randomUUID } from "node:crypto";
import type { Report, ResearchRequest, Run } from "../../src/types.ts";

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

/** A finished report of one sentence; every field can be given. */
export function makeReport(runId: string, details: Partial<Report> = {}): Report {
  return {
    runId,
    question: "Which port does the collector listen on?",
    outcome: "answered",
    stopReason: "finished",
    answer: "It listens on port 4317 [1].",
    citations: [],
    uncited: [],
    removed: 0,
    sources: [],
    gate: { score: 1, isPassed: true, rules: [], gaps: [] },
    gaps: [],
    contradictions: [],
    plan: { subQuestions: [] },
    queries: [],
    models: [],
    usage: {
      modelCalls: 1,
      promptTokens: 10,
      cachedTokens: 0,
      completionTokens: 5,
      costUsd: 0.25,
      searches: 1,
      pages: 1,
      durationMs: 100,
    },
    finishedAt: "2026-11-22T10:00:00.000Z",
    ...details,
  };
}
