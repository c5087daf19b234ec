import type { Queryable } from "../ports.ts";

/** One request to a model, also a failed one. Texts are never kept. */
export interface ModelCall {
  at: string;
  /** The run's id; a call of no stored run is kept without one. */
  sessionId: string;
  purpose: string;
  endpoint: string;
  model: string;
  servedModel: string | null;
  provider: string | null;
  generationId: string | null;
  outcome: "ok" | "discarded" | "failed" | "aborted";
  errorCode: string | null;
  status: number | null;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
  isEstimated: boolean;
  latencyMs: number;
}

export interface DayUsage {
  /** 2026-11-22, UTC. */
  day: string;
  model: string;
  calls: number;
  failedCalls: number;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  /** Of the calls whose price is known; null when none is. */
  costUsd: number | null;
  unpricedCalls: number;
}

export interface ModelUptime {
  endpoint: string;
  model: string;
  calls: number;
  /** Share of calls that were answered, 0 to 1, of those that tell: neither stopped by us nor refused for our fault. */
  uptime: number | null;
  medianLatencyMs: number | null;
  p95LatencyMs: number | null;
  lastFailureAt: string | null;
}

export interface UsageStore {
  record(call: ModelCall): Promise<void>;
  /** Newest day first. `since` is an ISO time. */
  byDay(since: string): Promise<DayUsage[]>;
  uptime(since: string): Promise<ModelUptime[]>;
}

export function createUsageStore(database: Queryable): UsageStore {
  return {
    record: async (call) => {
      await database.query(INSERT, [
        call.sessionId,
        call.purpose,
        call.endpoint,
        call.model,
        call.servedModel,
        call.provider,
        call.generationId,
        call.outcome,
        call.errorCode,
        call.status,
        call.promptTokens,
        call.cachedTokens,
        call.completionTokens,
        call.reasoningTokens,
        call.costUsd,
        call.isEstimated,
        call.latencyMs,
        call.at,
      ]);
    },
    byDay: (since) => database.query<DayUsage>(BY_DAY, [since]),
    uptime: (since) => database.query<ModelUptime>(UPTIME, [since, FAULTS_OF_THE_MODEL]),
  };
}

// Unknown keys, empty accounts, refused questions and overlong prompts say nothing about a model being up.
const FAULTS_OF_THE_MODEL = ["MODEL_UNREACHABLE", "MODEL_UNAVAILABLE", "MODEL_BAD_REPLY"];

const INSERT = `insert into model_calls (run_id, purpose, endpoint, model, served_model, provider, generation_id, outcome,
    error_code, status, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, cost_usd, is_estimated,
    latency_ms, created_at)
  values ((select id from runs where id = $1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;
const BY_DAY = `select (created_at at time zone 'UTC')::date as day, coalesce(served_model, model) as model,
    count(*) as calls, count(*) filter (where outcome in ('failed', 'discarded')) as "failedCalls",
    sum(prompt_tokens) as "promptTokens", sum(cached_tokens) as "cachedTokens",
    sum(completion_tokens) as "completionTokens", sum(cost_usd) as "costUsd",
    count(*) filter (where cost_usd is null) as "unpricedCalls"
  from model_calls where created_at >= $1 group by 1, 2 order by 1 desc, 2`;
const UPTIME = `with told as (
    select *, outcome = 'ok' as is_up,
      outcome = 'discarded' or (outcome = 'failed' and error_code = any($2::text[])) as is_down
    from model_calls where created_at >= $1
  )
  select endpoint, model, count(*) as calls,
    count(*) filter (where is_up)::double precision / nullif(count(*) filter (where is_up or is_down), 0) as uptime,
    percentile_cont(0.5) within group (order by latency_ms) filter (where is_up) as "medianLatencyMs",
    percentile_cont(0.95) within group (order by latency_ms) filter (where is_up) as "p95LatencyMs",
    max(created_at) filter (where is_down) as "lastFailureAt"
  from told group by 1, 2 order by 1, 2`;
