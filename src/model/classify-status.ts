import { z } from "zod";
import { type Adaptation, failure, type ModelFailure } from "./errors.ts";

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

interface ErrorFacts {
  message: string;
  /** All that may carry a hint: message, upstream's message, types and codes. */
  words: string;
  availability: { code: string; retryable: boolean } | null;
  retryAfterMs: number | null;
  isHtml: boolean;
  /** llama.cpp names its window. */
  window: number | null;
}

const availabilityBody = z.object({
  code: z.string().nullish(),
  retryable: z.boolean().nullish(),
  retry_after: z.number().nullish(),
});
const loose = z.union([z.string(), z.number()]).nullish().catch(null);
// Only the fields that are used; a field of another type counts as absent, an error must not fail on its own form.
const errorBody = z.object({
  message: z.string().nullish().catch(null),
  code: loose,
  type: loose,
  error_type: loose,
  n_ctx: z.number().nullish().catch(null),
  is_html: z.boolean().nullish().catch(null),
  availability: availabilityBody.nullish().catch(null),
  metadata: z
    .object({ error_type: loose, raw: z.unknown().optional(), reasons: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

// Long enough for every message that was seen; a whole page of HTML says no more.
const MAX_MESSAGE_CHARS = 400;

function readErrorBody(body: unknown): ErrorFacts {
  const parsed = errorBody.safeParse(typeof body === "string" ? { message: body } : body);
  if (!parsed.success) return NOTHING_SAID;
  const { message, code, type, error_type, metadata, availability, n_ctx, is_html } = parsed.data;
  const raw = typeof metadata?.raw === "string" ? metadata.raw : JSON.stringify(metadata?.raw ?? "");
  const moderation = metadata?.reasons ? "moderation" : "";
  const words = [message, code, type, error_type, metadata?.error_type, availability?.code, raw, moderation].join(" ");
  return {
    message: (message ?? "").replace(/\s+/g, " ").trim().slice(0, MAX_MESSAGE_CHARS),
    words: words.slice(0, 4 * MAX_MESSAGE_CHARS),
    availability: availability?.code ? { code: availability.code, retryable: availability.retryable ?? false } : null,
    retryAfterMs: availability?.retry_after == null ? null : availability.retry_after * 1_000,
    isHtml: is_html ?? false,
    window: n_ctx ?? null,
  };
}

const NOTHING_SAID: ErrorFacts = {
  message: "",
  words: "",
  availability: null,
  retryAfterMs: null,
  isHtml: false,
  window: null,
};

// OpenRouter: "No endpoints found that support tool use". Ollama: "… does not support tools". llama.cpp: "tools param
// requires --jinja flag" and "Unsupported param: tools", both with 500. vLLM: "\"auto\" tool choice requires
// --enable-auto-tool-choice". LiteLLM: "does not support parameters: ['tools']".
const TOOLS_UNSUPPORTED =
  /support(?:s|ing)? tool|not support (?:tools|function)|tools? (?:param|use|calling).{0,30}(?:requires|not supported|unsupported)|unsupported param\w*:? ?\W{0,3}tools|tool choice requires|not support parameters: \[[^\]]*tools/i;
// OpenAI, gpt-5.4 and later: "Function tools with reasoning_effort are not supported … set reasoning_effort to 'none'".
const EFFORT_AND_TOOLS = /reasoning_effort|unsupported.{0,20}effort/i;
const OBJECTS =
  /unsupported|not supported|unrecognized|unknown|unexpected|not permitted|not allowed|extra inputs|invalid/i;

function adaptationFor(words: string, status: number): Adaptation | null {
  // The limit first: OpenAI says "max_tokens is too large: … supports at most 16384 completion tokens".
  const most = /max\w*_tokens.{0,120}(?:at most|less than or equal to|maximum(?: value)?(?: of)?|<=) ?(\d+)/i.exec(
    words,
  );
  if (most !== null && !CONTEXT_OVERFLOW.test(words)) return { kind: "lower-limit", maxOutputTokens: Number(most[1]) };
  if (EFFORT_AND_TOOLS.test(words) && OBJECTS.test(words)) return { kind: "no-reasoning-effort" };
  if (TOOLS_UNSUPPORTED.test(words)) return { kind: "text-transport" };
  if (status === 401 || status === 402 || status === 403 || status === 429 || !OBJECTS.test(words)) return null;
  if (/max_(?:completion_)?tokens/i.test(words)) return { kind: "other-limit-name" };
  if (/stream_options|include_usage/i.test(words)) return { kind: "no-usage-option" };
  if (/reasoning(?:_content|_details)?\b/i.test(words)) return { kind: "no-reasoning-passback" };
  if (/'?models'? array|\bfallback/i.test(words)) return { kind: "no-fallbacks" };
  if (/\bstream(?:ing)?\b/i.test(words)) return { kind: "no-stream" };
  return null;
}

// OpenAI and vLLM: context_length_exceeded, "maximum context length is N tokens". llama.cpp: exceed_context_size_error.
// Anthropic: "prompt is too long". Google: "exceeds the maximum number of tokens".
const CONTEXT_OVERFLOW =
  /context_length|context[ _](?:length|window|size)|maximum (?:prompt|input) length|prompt is too long|input is too long|too many (?:input )?tokens|exceeds the (?:maximum|available) (?:number of tokens|context)/i;
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
