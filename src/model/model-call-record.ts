import type { ErrorCode } from "../errors.ts";
import type { ModelPurpose } from "../ports.ts";
import type { Transport } from "./model-settings.ts";

/**
 * One request to an endpoint, also a failed one: what usage per day and uptime per model are counted from. Holds no
 * texts. A `complete()` of the chain leaves one record for each try.
 */
export interface ModelCallRecord {
  /** When the request was sent. */
  at: string;
  sessionId: string;
  purpose: ModelPurpose;
  endpoint: string;
  /** The slug that was asked for. */
  model: string;
  /** The model that served, where the endpoint says so. */
  servedModel: string | null;
  /** Who ran it, where the endpoint is a gateway that says so. */
  provider: string | null;
  generationId: string | null;
  transport: Transport;
  /** `discarded`: paid for, but not usable, and asked again. `aborted`: the caller's signal. */
  outcome: "ok" | "discarded" | "failed" | "aborted";
  errorCode: ErrorCode | null;
  /** HTTP status, or the one inside a 200 reply; null when none came. */
  status: number | null;
  finishReason: string | null;
  nativeFinishReason: string | null;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
  /** The endpoint gave no counts: they were estimated from the length of the texts. */
  isEstimated: boolean;
  /** From the request to the last byte. */
  latencyMs: number;
  /** From the request to the first byte of the reply; null when none came. */
  firstByteMs: number | null;
}

/** Stores a record somewhere. Must not block; what it throws is logged and goes no further. */
export type RecordModelCall = (call: ModelCallRecord) => void;
