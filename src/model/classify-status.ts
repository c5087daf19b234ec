import { adaptationFor, CONTEXT_OVERFLOW, TOOLS_UNSUPPORTED } from "./adaptation-for.ts";
import { failure, type ModelFailure } from "./errors.ts";
import { type ErrorFacts, readErrorBody } from "./read-error-body.ts";

/** An error as an endpoint reported it: as a status, inside a 200 reply, or in the middle of a stream. */
export interface ReportedError {
  status: number;
  /** The `error` object, or what was found in its place. */
  body: unknown;
  /** From the Retry-After header. */
  retryAfterMs: number | null;
  /** "openrouter", for messages. */
  endpoint: string;
  baseUrl: string;
  model: string;
}

/**
 * What a reported error means. Status first, then the stable types and availability codes of OpenRouter, then the words
 * that self-hosted servers use. Sources: facts/rumination-and-openrouter.md, B7, B8; the servers' own messages beside each rule.
 */
export function classifyStatus(reported: ReportedError): ModelFailure {
  const error = readErrorBody(reported.body);
  const retryAfterMs = reported.retryAfterMs ?? error.retryAfterMs;
  const facts = { status: reported.status, retryAfterMs: null as number | null };
  const said = `${reported.model} at ${reported.endpoint} answered ${reported.status}${error.message === "" ? "" : `: ${error.message}`}`;
  const { status } = reported;

  const adaptation = status < 500 || TOOLS_UNSUPPORTED.test(error.words) ? adaptationFor(error.words, status) : null;
  if (adaptation !== null) return failure("MODEL_BAD_REPLY", said, "dialect", { ...facts, adaptation });
  if (status === 413 || TOO_LARGE.test(error.words) || (CONTEXT_OVERFLOW.test(error.words) && status !== 429)) {
    return failure("MODEL_CONTEXT_OVERFLOW", said, "prompt", { ...facts, contextTokens: windowIn(error) });
  }
  if (status === 402 || NO_CREDIT.test(error.words)) return failure("MODEL_NO_CREDIT", said, "endpoint", facts);
  if (status === 401) return unauthorized(reported, facts);
  if (status !== 404 && error.availability === null && MODERATION.test(error.words))
    return failure("MODEL_REFUSED", said, "prompt", facts);
  if (status === 403) return classifyForbidden(reported, error, said);
  if (error.isHtml && status < 500) return wrongAddress(reported, facts);
  if (isUnknownModel(status, error)) return unknownModel(reported, facts);
  if (status === 404 || status === 405) return wrongAddress(reported, facts);
  if (isPassing(status, error)) {
    return failure("MODEL_UNAVAILABLE", said, "model", { ...facts, isRetryable: true, retryAfterMs });
  }
  return failure("MODEL_BAD_REPLY", said, "model", facts);
}

// OpenAI, 429: "Request too large for … on tokens per min: Limit 30000, Requested 41000". Waiting does not help.
const TOO_LARGE = /request too large for/i;
// OpenAI answers an empty account with 429 insufficient_quota.
const NO_CREDIT =
  /insufficient_(?:quota|credits|balance|funds)|billing_|exceeded your current quota|insufficient (?:credits|balance|funds)/i;
const MODERATION = /moderation|flagged|content[_ ](?:policy|filter)|safety system|guardrail/i;

function windowIn({ words, window }: ErrorFacts): number | null {
  if (window !== null) return window;
  const named = /(?:maximum context length|context (?:length|window|size))\D{0,30}?(\d[\d,]{2,})/i.exec(words)?.[1];
  return named === undefined ? null : Number(named.replaceAll(",", ""));
}

function unauthorized({ endpoint, baseUrl }: ReportedError, facts: { status: number }): ModelFailure {
  return failure("MODEL_UNAUTHORIZED", `${endpoint} (${baseUrl}) refused the API key. Check it.`, "endpoint", facts);
}

/** 403 is a moderated prompt, a region, or a key without the right. */
function classifyForbidden(reported: ReportedError, error: ErrorFacts, said: string): ModelFailure {
  const facts = { status: reported.status };
  if (error.availability !== null || /region|country|territory/i.test(error.words)) {
    return failure("MODEL_UNAVAILABLE", said, "model", facts);
  }
  const isAboutKey = /\bkey\b|permission|access|authori[sz]|credential|forbidden/i.test(error.words);
  if (isAboutKey) return unauthorized(reported, facts);
  return failure("MODEL_REFUSED", said, "prompt", facts);
}

function wrongAddress({ endpoint, baseUrl, status }: ReportedError, facts: { status: number }): ModelFailure {
  const message = `${endpoint}: ${baseUrl} does not speak the OpenAI protocol (it answered ${status}). Check the base URL; it usually ends in /v1.`;
  return failure("MODEL_UNREACHABLE", message, "endpoint", facts);
}

function unknownModel({ endpoint, model }: ReportedError, facts: { status: number }): ModelFailure {
  return failure("MODEL_UNKNOWN", `${endpoint} does not offer the model ${model}.`, "model", facts);
}

const GONE = new Set([
  "model_not_found",
  "no_endpoints",
  "model_deprecated",
  "model_unavailable_upstream",
  "privacy_restricted",
  "constraint_filtered",
  "free_variant_ended",
  "wrong_endpoint",
]);

function isUnknownModel(status: number, { words, availability, message }: ErrorFacts): boolean {
  if (availability !== null && GONE.has(availability.code)) return true;
  if (status !== 404 && status !== 400) return false;
  return (
    /model_not_found|no endpoints (?:found|available)|not a valid model|invalid model/i.test(words) ||
    /\bmodel\b.{0,120}(?:not exist|not found|not available|deprecated|no longer)/i.test(message)
  );
}

const PASSING_STATUS = new Set([408, 409, 425, 429]);

/** Also for codes and statuses that do not exist yet: what says of itself that it may be retried, may be retried. */
function isPassing(status: number, { availability }: ErrorFacts): boolean {
  if (availability !== null) return availability.retryable;
  return PASSING_STATUS.has(status) || status >= 500;
}
