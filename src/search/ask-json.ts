import type { z } from "zod";
import { RuminateError } from "../errors.ts";
import { parseRetryAfter } from "../retry-after.ts";

export interface JsonQuestion {
  /** For messages, such as "Brave Search". */
  service: string;
  url: URL;
  headers?: Record<string, string>;
  /** Sent as JSON with POST; without one the question is a GET. */
  body?: unknown;
  /** What a status means to this service, where it is not the usual. */
  meanings?: Record<number, string>;
  /** How long the service asks to wait, where it does not use Retry-After. */
  waitMs?: (headers: Headers) => number | null;
  signal: AbortSignal;
}

/**
 * Asks a search service. For addresses that the operator configured, which may be private: pages go through the guarded
 * fetch. Rejects with SEARCH_UNAVAILABLE, whatever went wrong, or with `signal.reason`.
 */
export type AskJson = <Reply>(question: JsonQuestion, schema: z.ZodType<Reply>) => Promise<Reply>;

export interface AskJsonOptions {
  userAgent: string;
  maxReplyBytes?: number;
}

export function createAskJson({ userAgent, maxReplyBytes = 2 * 1024 * 1024 }: AskJsonOptions): AskJson {
  return async (question, schema) => {
    const response = await send(question, userAgent);
    if (!response.ok) throw refusal(question, response);
    const text = await textOf(response, question, maxReplyBytes);
    const reply = schema.safeParse(jsonOf(text, question.service));
    if (reply.success) return reply.data;
    throw unavailable(`${question.service} answered in an unexpected form.`, { isRetryable: true, cause: reply.error });
  };
}

export function unavailable(
  message: string,
  options: ConstructorParameters<typeof RuminateError>[2] = {},
): RuminateError {
  return new RuminateError("SEARCH_UNAVAILABLE", message, options);
}

async function send(question: JsonQuestion, userAgent: string): Promise<Response> {
  const { url, signal, body } = question;
  const headers: Record<string, string> = { "user-agent": userAgent, accept: "application/json", ...question.headers };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    // Redirects are not followed: they would carry the key to another host.
    return await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unavailable(`${question.service} cannot be reached.`, { isRetryable: true, cause: error });
  }
}

function refusal(question: JsonQuestion, response: Response): RuminateError {
  const { status, headers } = response;
  void response.body?.cancel();
  const usual: Record<number, string> = {
    401: "refused the key",
    402: "has no credit left on this account",
    403: "refused the request",
    429: "allows no more requests at the moment",
  };
  const isRedirect = status >= 300 && status < 400;
  const meaning = isRedirect
    ? "redirects; its final address is needed"
    : (question.meanings?.[status] ?? usual[status]);
  const waitMs = parseRetryAfter(headers.get("retry-after"), new Date()) ?? question.waitMs?.(headers) ?? null;
  return unavailable(`${question.service} ${meaning ?? "answered with an error"} (${status}).`, {
    isRetryable: status === 408 || status === 425 || status === 429 || status >= 500,
    details: { service: question.service, status },
    ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
  });
}

async function textOf(response: Response, question: JsonQuestion, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw unavailable(`${question.service} answered with more than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    question.signal.throwIfAborted();
    if (error instanceof RuminateError) throw error;
    throw unavailable(`${question.service} broke off its answer.`, { isRetryable: true, cause: error });
  }
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(text: string, service: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unavailable(`${service} answered with something other than JSON.`, { isRetryable: true, cause: error });
  }
}
