import { type ErrorCode, RuminateError } from "../errors.ts";

/** What went wrong in one try, with what a chain has to know to go on. */
export interface ModelFailure {
  code: ErrorCode;
  /** Without secrets, and fit for people where the code's own sentence is not enough. */
  message: string;
  scope: FailureScope;
  /** Would the same call have a chance later? */
  isRetryable: boolean;
  retryAfterMs: number | null;
  status: number | null;
  /** It took as long as a call may take: not to be repeated lightly. */
  isTimeout: boolean;
  /** What to change in the request, where the endpoint objects to a part of it. */
  adaptation: Adaptation | null;
  /** The model's real window, where the endpoint tells. */
  contextTokens: number | null;
  /** Sanitised; null where there is no error behind it. */
  cause: Error | null;
}

/**
 * What the failure says something about: the reply of this try, the model at this endpoint, the whole endpoint, the
 * prompt itself, only the dialect in which it was put, or only the limit of the reply's length.
 */
export type FailureScope = "reply" | "model" | "endpoint" | "prompt" | "dialect" | "length";

/** A change of dialect that an endpoint's complaint asks for. Each is made once for a model at an endpoint. */
export type Adaptation =
  | { kind: "text-transport" }
  | { kind: "no-reasoning-effort" }
  | { kind: "other-limit-name" }
  | { kind: "no-usage-option" }
  | { kind: "no-reasoning-passback" }
  | { kind: "no-fallbacks" }
  | { kind: "no-stream" }
  | { kind: "lower-limit"; maxOutputTokens: number };

export function failure(
  code: ErrorCode,
  message: string,
  scope: FailureScope,
  facts: Partial<Omit<ModelFailure, "code" | "message" | "scope">> = {},
): ModelFailure {
  return { code, message, scope, ...NOTHING_ELSE, ...facts };
}

const NOTHING_ELSE = {
  isRetryable: false,
  retryAfterMs: null,
  status: null,
  isTimeout: false,
  adaptation: null,
  contextTokens: null,
  cause: null,
} as const;

/** The failure as the error that leaves the room. */
export function errorOf(failed: ModelFailure, details: Record<string, unknown> = {}): RuminateError {
  const { code, message, isRetryable, retryAfterMs, status, contextTokens, cause } = failed;
  const facts = { status, ...(contextTokens === null ? {} : { contextTokens }), ...details };
  return new RuminateError(code, message, {
    isRetryable,
    details: facts,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(cause === null ? {} : { cause }),
  });
}
