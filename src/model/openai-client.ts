import OpenAI, { APIError } from "openai";
import { classifyStatus } from "./classify-status.ts";
import { classifyBrokenStream, classifyConnection, classifyTimeout } from "./classify-transport.ts";
import { failure, type ModelFailure } from "./errors.ts";
import { createSecretHider } from "./hide-secrets.ts";
import type { EndpointSettings } from "./model-settings.ts";
import { readEvents, readText } from "./read-events.ts";
import { createTurnReader, type Turn } from "./read-turn.ts";
import { replyFetch } from "./reply-fetch.ts";
import { type CallTimes, createWatchdog, type Watchdog } from "./watchdog.ts";

/** A chat completion request as it is sent. */
export interface CompletionBody {
  model: string;
  messages: unknown[];
  stream: boolean;
  [field: string]: unknown;
}

/** What came of one request. `turn` holds what arrived, also of a reply that failed: it may have been paid for. */
export interface Exchange {
  turn: Turn;
  failure: ModelFailure | null;
  /** The caller's signal ended it. */
  isAborted: boolean;
  latencyMs: number;
  firstByteMs: number | null;
}

/** One endpoint: sends a request once, reads the reply whole. No retries here. */
export interface OpenAiClient {
  /** Never rejects: what goes wrong is part of the exchange. */
  complete(body: CompletionBody, options: CallTimes & { signal: AbortSignal }): Promise<Exchange>;
  /** Rejects with what went wrong; for questions whose failure is a warning. */
  get(path: string, options: { timeoutMs: number }): Promise<unknown>;
}

export function createOpenAiClient(endpoint: EndpointSettings): OpenAiClient {
  const sdk = createSdk(endpoint);
  const hide = createSecretHider([endpoint.apiKey]);

  async function complete(body: CompletionBody, options: CallTimes & { signal: AbortSignal }): Promise<Exchange> {
    const startedAt = performance.now();
    const watchdog = createWatchdog(options);
    const reader = createTurnReader();
    const target = { endpoint: endpoint.name, baseUrl: endpoint.baseUrl, model: body.model };
    let firstByteMs: number | null = null;
    let failed: ModelFailure | null = null;
    try {
      const response = await sdk
        .post("/chat/completions", { body, signal: AbortSignal.any([options.signal, watchdog.signal]) })
        .asResponse();
      firstByteMs = performance.now() - startedAt;
      reader.turn.generationId = response.headers.get("x-generation-id");
      failed = await readReply(response, { add: reader.add, watchdog, target });
      failed ??= failureOfTurn(reader.turn, target);
    } catch (error) {
      const kind = watchdog.expired();
      if (kind !== null) failed = classifyTimeout(kind === "idle" ? options.idleMs : options.totalMs, kind, target);
      else failed = classifyThrown(error, firstByteMs !== null, target);
    } finally {
      watchdog.stop();
    }
    const latencyMs = performance.now() - startedAt;
    const failure = failed === null ? null : hideIn(failed, hide);
    return { turn: reader.turn, failure, isAborted: options.signal.aborted, latencyMs, firstByteMs };
  }

  async function get(path: string, { timeoutMs }: { timeoutMs: number }): Promise<unknown> {
    try {
      return await sdk.get(path, { timeout: timeoutMs });
    } catch (error) {
      throw new Error(hide(error instanceof Error ? error.message : String(error)));
    }
  }

  return { complete, get };
}

/** Endpoints echo keys, also inside streams; whatever is told of a failure goes through here. */
function hideIn(failed: ModelFailure, hide: (text: string) => string): ModelFailure {
  const cause = failed.cause === null ? null : new Error(hide(failed.cause.message));
  return { ...failed, message: hide(failed.message), cause };
}

interface Target {
  endpoint: string;
  baseUrl: string;
  model: string;
}

// Without a page of its own an app is listed by its title. facts/rumination-and-openrouter.md, B13.
const APP_HEADERS = { "HTTP-Referer": "http://localhost", "X-OpenRouter-Title": "Ruminate" };

/** The SDK without its retries, its log and its own reading of the environment: another account's ids stay at home. */
function createSdk(endpoint: EndpointSettings): OpenAI {
  return new OpenAI({
    baseURL: endpoint.baseUrl,
    apiKey: endpoint.apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: "off",
    // The watchdog ends calls; the SDK's own limit must only be no shorter.
    timeout: 3_600_000,
    fetch: replyFetch,
    defaultHeaders: {
      ...(endpoint.apiKey === null ? { Authorization: null } : {}),
      ...(endpoint.kind === "openrouter" ? APP_HEADERS : {}),
    },
  });
}

// Two orders of magnitude above a long report; a reply beyond it is a server gone wild.
const MAX_REPLY_BYTES = 8 * 1024 * 1024;

/** Reads a streamed or a whole reply into the reader, whichever the server sent. Null when it could be read. */
async function readReply(
  response: Response,
  { add, watchdog, target }: { add: (chunk: unknown) => void; watchdog: Watchdog; target: Target },
): Promise<ModelFailure | null> {
  watchdog.touch();
  const type = response.headers.get("content-type") ?? "";
  if (/\bhtml\b/i.test(type)) {
    await response.body?.cancel();
    return htmlReply(target);
  }
  if (response.body === null) return null;
  if (/\bjson\b/i.test(type)) {
    add(JSON.parse(await readText(response.body, { onBytes: watchdog.touch, maxBytes: MAX_REPLY_BYTES })));
    return null;
  }
  for await (const data of readEvents(response.body, { onBytes: watchdog.touch, maxBytes: MAX_REPLY_BYTES })) {
    if (data.trim() === "[DONE]") break;
    add(JSON.parse(data));
  }
  return null;
}

function htmlReply({ endpoint, baseUrl }: Target): ModelFailure {
  const message = `${endpoint}: ${baseUrl} answered with a web page instead of JSON. Check the base URL; it usually ends in /v1.`;
  return failure("MODEL_UNREACHABLE", message, "reply", { status: 200 });
}

/** A reply counts only when it came to its end: with a finish reason, and without an error inside. */
function failureOfTurn(turn: Turn, target: Target): ModelFailure | null {
  if (turn.error !== null) {
    // An error inside a 200 without a number is the provider's: OpenRouter reports those as 502.
    const status = turn.error.status ?? 502;
    return classifyStatus({ ...target, status, body: turn.error.body, retryAfterMs: null });
  }
  const name = `${target.model} at ${target.endpoint}`;
  if (turn.finishReason === "content_filter" || (turn.refusal !== "" && turn.text === "")) {
    return failure("MODEL_REFUSED", `${name} refused to answer.`, "prompt", { status: 200 });
  }
  const isRetryable = true;
  if (turn.finishReason === "error") {
    return failure("MODEL_UNAVAILABLE", `${name} ended its reply with an error.`, "reply", {
      isRetryable,
      status: 200,
    });
  }
  if (turn.finishReason !== null) return null;
  return failure("MODEL_BAD_REPLY", `${name} ended its reply without a finish reason.`, "reply", {
    isRetryable,
    status: 200,
  });
}

function classifyThrown(error: unknown, hasBegun: boolean, target: Target): ModelFailure {
  if (error instanceof APIError && error.status !== undefined) {
    const retryAfterMs = readRetryAfter(error.headers);
    return classifyStatus({ ...target, status: error.status, body: error.error, retryAfterMs });
  }
  if (error instanceof SyntaxError || error instanceof RangeError) {
    const message = `${target.model} at ${target.endpoint} sent a reply that could not be read.`;
    return failure("MODEL_BAD_REPLY", message, "reply", { isRetryable: true, status: 200 });
  }
  return hasBegun ? classifyBrokenStream(error, target) : classifyConnection(error, target);
}

/** Seconds, or a date. */
function readRetryAfter(headers: Headers | undefined): number | null {
  const value = headers?.get("retry-after");
  if (value == null) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
