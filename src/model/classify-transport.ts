import { APIConnectionError } from "openai";
import { failure, type ModelFailure } from "./errors.ts";

export interface TransportTarget {
  endpoint: string;
  baseUrl: string;
  model: string;
}

/** The connection failed before a reply began: refused, no such host, bad certificate, reset. */
export function classifyConnection(error: unknown, { endpoint, baseUrl }: TransportTarget): ModelFailure {
  const reason = reasonOf(error);
  const isCertificate = /CERT|SELF_SIGNED|SSL|TLS/i.test(reason);
  const message = `${endpoint} (${baseUrl}) cannot be reached: ${reason}. Is it running, and is the address right?`;
  // A server that restarts or a name that does not resolve for a minute comes back; a bad certificate stays.
  return failure("MODEL_UNREACHABLE", message, "endpoint", { isRetryable: !isCertificate, cause: causeOf(error) });
}

/** A reply that began and then broke off. */
export function classifyBrokenStream(error: unknown, { endpoint, model }: TransportTarget): ModelFailure {
  const message = `${model} at ${endpoint} broke off in the middle of its reply: ${reasonOf(error)}.`;
  return failure("MODEL_UNAVAILABLE", message, "reply", { isRetryable: true, cause: causeOf(error) });
}

/** Nothing came for too long, or the whole call took too long. */
export function classifyTimeout(afterMs: number, kind: "idle" | "total", target: TransportTarget): ModelFailure {
  const what = kind === "idle" ? "sent nothing" : "was not done";
  const message = `${target.model} at ${target.endpoint} ${what} for ${Math.round(afterMs / 1_000)} s.`;
  return failure("MODEL_UNAVAILABLE", message, "model", { isRetryable: true, isTimeout: true });
}

/** The innermost system code, or the innermost message: "ECONNREFUSED", "terminated". */
function reasonOf(error: unknown): string {
  let reason = "unknown reason";
  for (let current = error, depth = 0; current instanceof Error && depth < 6; current = current.cause, depth++) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === "string") return code;
    if (!(current instanceof APIConnectionError)) reason = current.message;
  }
  return reason;
}

/** A plain error without what the SDK hangs on its own: requests and headers stay out of logs. */
function causeOf(error: unknown): Error {
  const cause = new Error(reasonOf(error));
  if (error instanceof Error) cause.name = error.name;
  return cause;
}
