import type { CardTask, ProgressCard, ProgressEvent, Usage } from "../types.ts";
import { defuse } from "./defuse.ts";

/** The live plan of a run that has just been taken up. */
export function newCard(run: {
  id: string;
  question: string;
  depth: ProgressCard["depth"];
  startedAt: string;
}): ProgressCard {
  const tasks = TASKS.map(([id, title]): CardTask => ({ id, title, status: "pending", details: [], sources: [] }));
  return {
    runId: run.id,
    question: run.question,
    depth: run.depth,
    title: "Researching",
    state: "running",
    tasks,
    startedAt: run.startedAt,
  };
}

const TASKS = [
  ["plan", "Understand the question"],
  ["search", "Search"],
  ["read", "Read"],
  ["weigh", "Weigh the evidence"],
  ["write", "Write and check"],
] as const;

type TaskId = (typeof TASKS)[number][0];

/** The card after one more event. Pure: the same events give the same card, also after a restart. */
export function foldProgress(card: ProgressCard, event: ProgressEvent): ProgressCard {
  switch (event.type) {
    case "run-start":
      return withTask({ ...card, question: event.question, depth: event.depth }, "plan", { status: "running" });
    case "run-resume":
      return { ...card, title: "Resumed after a restart" };
    case "thread-end": {
      const understood = { ...card, question: event.question };
      const used = describeThread(event);
      return used === "" ? understood : addDetail(understood, "plan", used);
    }
    case "remark":
      return addDetail(card, "plan", `Note taken up: ${event.text}`);
    case "plan-end": {
      const before = card.tasks.find(({ id }) => id === "plan")?.details ?? [];
      const details = [...before, ...event.plan.subQuestions.map(({ text }) => defuse(text))];
      return withTask(card, "plan", { status: "done", details });
    }
    case "search-start":
      return withTask(card, "search", { status: "running" });
    case "search-end":
      return addDetail(card, "search", `"${event.query}": ${count(event.hits, "result")}`);
    case "search-error":
      return addDetail(card, "search", event.reason);
    case "page-start":
      return withTask(card, "read", { status: "running" });
    case "page-end": {
      const read = addDetail(card, "read", event.parts > 1 ? `${event.title} (${event.parts} parts)` : event.title);
      return addSource(read, { title: event.title, url: event.url });
    }
    case "page-error":
      return addDetail(card, "read", event.title === "" ? event.reason : `${event.title}: ${event.reason}`);
    case "gate-end": {
      const { score, isPassed, rules } = event.verdict;
      // The reasons are told to the model, as what to do next.
      const missing = rules.filter(({ held }) => !held).map(({ name }) => name);
      const verdict = `${Math.round(score * 100)}% of the rules held${isPassed ? "" : `; not met: ${missing.join(", ")}`}`;
      return withTask(addDetail(card, "weigh", verdict), "weigh", { status: isPassed ? "done" : "running" });
    }
    case "budget-low":
      return addDetail(card, "weigh", `80% of the ${event.ceiling} used`);
    case "budget-end":
      return addDetail(card, "weigh", `the ceiling on ${event.ceiling} is reached`);
    case "write-start": {
      const done = ["search", "read", "weigh"] as const;
      const read = done.reduce((folded, id) => withTask(folded, id, { status: "done" }), card);
      return withTask(read, "write", { status: "running" });
    }
    case "check-end": {
      const { supported, total, byOpinion = 0, willRevise } = event;
      const parts = [
        `${supported} of ${count(total, "statement")} confirmed`,
        opinionPart(byOpinion),
        willRevise ? "revising" : "",
      ];
      return addDetail(card, "write", parts.filter((part) => part !== "").join(", "));
    }
    case "run-end":
      return endCard(card, event);
  }
}

/** "Used 14 earlier messages, 1 earlier answer, 3 pages" */
function describeThread({ messages, answers, pages }: ProgressEvent & { type: "thread-end" }): string {
  const parts = [
    messages === 0 ? "" : count(messages, "earlier message"),
    answers === 0 ? "" : count(answers, "earlier answer"),
    pages === 0 ? "" : `${count(pages, "page")} read before`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Used ${parts.join(", ")}`;
}

function endCard(card: ProgressCard, { stopReason, usage }: ProgressEvent & { type: "run-end" }): ProgressCard {
  const isStopped = stopReason === "cancelled";
  const isFailed = stopReason === "model-failed";
  const status = isStopped || isFailed ? "failed" : "done";
  // What never began is not shown as if it were still to come.
  const begun = card.tasks.filter((task) => task.status !== "pending");
  const tasks = begun.map((task) => (task.status === "running" ? ({ ...task, status } as const) : task));
  const title = `${isStopped ? "Stopped" : isFailed ? "Ended early" : "Done"} after ${describeUsage(usage)}`;
  return { ...card, tasks, title, state: isStopped ? "stopped" : isFailed ? "failed" : "done" };
}

/** "2 m 58 s · 12 pages · $0.06" */
export function describeUsage({ durationMs, pages, costUsd }: Usage): string {
  const cost =
    costUsd === null || costUsd === 0 ? [] : [`$${costUsd < 0.01 ? costUsd.toFixed(4) : costUsd.toFixed(2)}`];
  return [describeDuration(durationMs), count(pages, "page"), ...cost].join(" · ");
}

export function describeDuration(durationMs: number): string {
  if (durationMs < 10_000) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** What no code confirmed is told apart; "" when nobody was asked, or nothing came of it. */
export function opinionPart(byOpinion: number): string {
  return byOpinion === 0 ? "" : `${byOpinion} of them only by a model's second opinion`;
}

function addDetail(card: ProgressCard, id: TaskId, detail: string): ProgressCard {
  const { details = [] } = card.tasks.find((candidate) => candidate.id === id) ?? {};
  const line = defuse(detail);
  return details.at(-1) === line ? card : withTask(card, id, { details: [...details, line] });
}

function addSource(card: ProgressCard, source: { title: string; url: string }): ProgressCard {
  const task = card.tasks.find(({ id }) => id === "read");
  return withTask(card, "read", { sources: [...(task?.sources ?? []), { ...source, title: defuse(source.title) }] });
}

function withTask(card: ProgressCard, id: TaskId, change: Partial<CardTask>): ProgressCard {
  const tasks = card.tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
  const done = tasks.filter(({ status }) => status === "done").length;
  return { ...card, tasks, title: `Researching · ${Math.min(done + 1, tasks.length)} of ${tasks.length}` };
}
