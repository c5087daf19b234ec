import type { ModelCall } from "../../src/storage/usage.ts";

/** A call as it is recorded. */
export const CALL: ModelCall = {
  at: "2026-11-20T23:59:59.000Z",
  sessionId: "r1",
  purpose: "browse",
  endpoint: "openrouter.ai",
  model: "lab/small",
  servedModel: null,
  provider: null,
  generationId: null,
  outcome: "ok",
  errorCode: null,
  status: 200,
  promptTokens: 1000,
  cachedTokens: 400,
  completionTokens: 50,
  reasoningTokens: 20,
  costUsd: 0.25,
  isEstimated: false,
  latencyMs: 100,
};
