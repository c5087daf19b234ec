import OpenAI, { APIError } from "openai";
import { RuminateError } from "../errors.ts";
import { classifyStatus } from "./classify-status.ts";
import {
  classifyBrokenStream,
  classifyConnection,
  classifyTimeout,
  type TransportTarget,
} from "./classify-transport.ts";
import { failure, type ModelFailure } from "./errors.ts";
import { createSecretHider } from "./hide-secrets.ts";
import type { EndpointSettings } from "./model-settings.ts";
import { readReply } from "./read-reply.ts";
import { createTurnReader, type Turn } from "./read-turn.ts";
import { replyFetch } from "./reply-fetch.ts";
import { type CallTimes, createWatchdog } from "./watchdog.ts";

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
  /** Rejects with what went wrong, MODEL_UNAUTHORIZED where the key was refused; for questions whose failure is a warning. */
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
      failed = await readReply(response, reader, { watchdog, target });
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
      const { message } = classifyThrown(error, false, {
        endpoint: endpoint.name,
        baseUrl: endpoint.baseUrl,
        model: "",
      });
      const isRefused = error instanceof APIError && (error.status === 401 || error.status === 403);
      if (isRefused) throw new RuminateError("MODEL_UNAUTHORIZED", hide(message));
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

// Without a page of its own an app is listed by its title. facts/rumination-and-openrouter.md, B13.
const APP_HEADERS = { "HTTP-Referer": "http://localhost", "X-OpenRouter-Title": "Ruminate" };

/**
 * The SDK without its retries and its log, and without the ids and keys that it would take from the environment: those
 * of one account must not travel to another endpoint. (It still reads OPENAI_CUSTOM_HEADERS; that cannot be turned off.)
 */
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

function classifyThrown(error: unknown, hasBegun: boolean, target: TransportTarget): ModelFailure {
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
