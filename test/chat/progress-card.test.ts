import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeDuration, foldProgress, newCard } from "../../src/chat/progress-card.ts";
import type { ProgressCard, ProgressEvent, Usage } from "../../src/types.ts";

const USAGE: Usage = {
  modelCalls: 3,
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  costUsd: 0.061,
  searches: 1,
  pages: 2,
  durationMs: 178_000,
};
const GATE = { score: 0.9, isPassed: true, gaps: [], rules: [] };

function fold(...events: ProgressEvent[]): ProgressCard {
  const start = newCard({ id: "r1", question: "Why?", depth: "standard", startedAt: "2026-11-23T08:00:00.000Z" });
  return events.reduce(foldProgress, start);
}

const RUN: ProgressEvent[] = [
  { type: "run-start", runId: "r1", question: "Why?", depth: "standard" },
  { type: "plan-end", plan: { subQuestions: [{ id: 1, text: "Why then?" }] } },
  { type: "search-start", query: "why" },
  { type: "search-end", query: "why", hits: 1 },
  { type: "page-start", url: "https://a.example/", title: "A" },
  { type: "page-end", number: 1, url: "https://a.example/", title: "A", part: 1, parts: 3 },
  { type: "page-error", url: "https://b.example/", title: "B", reason: "needs a login" },
  { type: "gate-end", verdict: GATE, attempt: 1 },
  { type: "write-start" },
  { type: "check-end", supported: 9, total: 11, willRevise: false },
  { type: "run-end", outcome: "answered", stopReason: "finished", usage: USAGE },
];

describe("the progress card", () => {
  it("tells real queries, pages and counts", () => {
    const card = fold(...RUN);
    assert.deepEqual(
      card.tasks.map(({ details }) => details),
      [
        ["Why then?"],
        ['"why": 1 result'],
        ["A (3 parts)", "B: needs a login"],
        ["90% of the rules held"],
        ["9 of 11 statements confirmed"],
      ],
    );
    assert.deepEqual(card.tasks[2]?.sources, [{ title: "A", url: "https://a.example/" }]);
  });

  it("tells apart what only a model's second opinion confirmed", () => {
    const card = fold({ type: "check-end", supported: 9, total: 11, byOpinion: 2, willRevise: false });
    assert.deepEqual(card.tasks.at(-1)?.details, [
      "9 of 11 statements confirmed, 2 of them only by a model's second opinion",
    ]);
  });

  it("counts the steps while it works and says what was used at the end", () => {
    assert.equal(fold(...RUN.slice(0, 2)).title, "Researching · 2 of 5");
    const card = fold(...RUN);
    assert.equal(card.title, "Done after 2 m 58 s · 2 pages · $0.06");
    assert.ok(card.tasks.every(({ status }) => status === "done"));
  });

  it("shows a stop as a stop, and marks what was running", () => {
    const card = fold(...RUN.slice(0, 5), {
      type: "run-end",
      outcome: "partial",
      stopReason: "cancelled",
      usage: USAGE,
    });
    assert.equal(card.state, "stopped");
    assert.match(card.title, /^Stopped after/);
    assert.equal(card.tasks[2]?.status, "failed");
  });

  it("says why the gate did not let the run end", () => {
    const verdict = {
      ...GATE,
      score: 0.5,
      isPassed: false,
      rules: [{ name: "coverage", held: false, weight: 1, reason: "No page on X." }],
    };
    assert.deepEqual(fold({ type: "gate-end", verdict, attempt: 1 }).tasks[3]?.details, [
      "50% of the rules held; not met: coverage",
    ]);
  });

  it("words durations for people", () => {
    assert.deepEqual([900, 12_400, 61_000].map(describeDuration), ["0.9 s", "12 s", "1 m 1 s"]);
  });
});
