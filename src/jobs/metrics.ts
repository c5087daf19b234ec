import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Admission } from "../chat/ask.ts";
import type { Ending } from "../storage/leases.ts";
import type { Run } from "../types.ts";

/** What a server counts, for Prometheus. */
export interface Metrics {
  /** A question was dealt with, or could not be stored. */
  question(result: Admission["kind"] | "failed", seconds: number): void;
  runEnded(run: Run, ending: Ending): void;
  modelCall(call: { model: string; outcome: string; costUsd: number | null }): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** @param runs asked at each scrape */
export function createMetrics(runs: () => Promise<{ waiting: number; active: number }>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const questions = new Histogram({
    name: "ruminate_question_seconds",
    help: "From a message's arrival to its being stored, by result",
    labelNames: ["result"],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  const ended = new Histogram({
    name: "ruminate_run_seconds",
    help: "From the question to its answer in the thread, by outcome and depth",
    labelNames: ["outcome", "depth"],
    buckets: [10, 30, 60, 120, 300, 600, 1200, 3600],
    registers,
  });
  const calls = new Counter({
    name: "ruminate_model_calls_total",
    help: "Requests to models, failed ones included",
    labelNames: ["model", "outcome"],
    registers,
  });
  const cost = new Counter({
    name: "ruminate_model_cost_dollars_total",
    help: "What models cost, as far as prices are known",
    labelNames: ["model"],
    registers,
  });
  new Gauge({
    name: "ruminate_runs",
    help: "Runs that wait and runs at work, in all processes",
    labelNames: ["state"],
    registers,
    async collect() {
      const { waiting, active } = await runs();
      this.set({ state: "waiting" }, waiting);
      this.set({ state: "active" }, active);
    },
  });
  return {
    question: (result, seconds) => questions.observe({ result }, seconds),
    runEnded: ({ request, createdAt }, ending) => {
      const outcome = ending.kind === "report" ? ending.report.outcome : "failed";
      ended.observe({ outcome, depth: request.depth }, Math.max(0, Date.now() - Date.parse(createdAt)) / 1000);
    },
    modelCall: ({ model, outcome, costUsd }) => {
      calls.inc({ model, outcome });
      if (costUsd !== null) cost.inc({ model }, costUsd);
    },
    text: () => registry.metrics(),
  };
}
