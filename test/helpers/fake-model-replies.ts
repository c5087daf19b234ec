import type { ServerResponse } from "node:http";

/** What the fake answers: a turn of a model, or anything else that an endpoint may send. */
export interface FakeReply {
  // ── the turn ──
  text?: string;
  reasoning?: string;
  reasoningDetails?: unknown[];
  /** `arguments` as an object, or as the text that is sent. */
  calls?: { id?: string; name: string; arguments: unknown }[];
  /** Default: by what the turn holds. Null = the reply ends without one. */
  finishReason?: string | null;
  /** Null = none is sent. */
  usage?: Record<string, unknown> | null;
  servedModel?: string;
  provider?: string;
  generationId?: string;
  // ── the way it is sent ──
  /** Also for a request with `stream: true`. */
  isWhole?: boolean;
  /** Keep-alive comments between the events. */
  comments?: boolean;
  /** Bytes per write, so that characters and events are torn apart. */
  splitBytes?: number;
  /** Between the writes. */
  pauseMs?: number;
  noDone?: boolean;
  /** Every delta of a call has index 0, as some servers send. */
  sameIndex?: boolean;
  delayMs?: number;
  // ── faults ──
  /** Accepts and never answers. */
  hang?: true;
  /** Sends keep-alive comments at this interval and never answers. */
  keepAliveMs?: number;
  /** Sends the first half and then nothing. */
  stall?: true;
  /** Sends the first half and closes the socket. */
  cut?: true;
  /** Closes the socket before any answer. */
  reset?: true;
  /** Sends the first half, then this as an error event, then ends. */
  midStreamError?: Record<string, unknown>;
  /** Another status, with `body` as it is. */
  status?: number;
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
}

/** The faults that endpoints are known for, by name. */
export const faults = {
  rateLimited: (retryAfterSeconds?: number): FakeReply => ({
    status: 429,
    body: { error: { message: "Rate limit exceeded", code: 429 } },
    headers: retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
  }),
  status: (status: number, message = "Provider returned error"): FakeReply => ({
    status,
    body: { error: { message, code: status } },
  }),
  availability: (status: number, code: string, retryable: boolean): FakeReply => ({
    status,
    body: { error: { message: code, error_type: code, http_status: status, availability: { code, retryable } } },
  }),
  html: (status = 200): FakeReply => ({
    status,
    body: "<!doctype html><title>Sign in</title>",
    contentType: "text/html; charset=utf-8",
  }),
  errorIn200: (code: number | string, message = "Upstream failed"): FakeReply => ({
    status: 200,
    body: { error: { message, code } },
  }),
  noTools: (): FakeReply => ({
    status: 404,
    body: { error: { message: "No endpoints found that support tool use. Try another model.", code: 404 } },
  }),
  contextOverflow: (limit = 8192): FakeReply => ({
    status: 400,
    body: {
      error: {
        message: `This endpoint's maximum context length is ${limit} tokens. However, you requested more.`,
        code: 400,
        metadata: { error_type: "context_length_exceeded" },
      },
    },
  }),
  wrongKey: (): FakeReply => ({ status: 401, body: { error: { message: "No auth credentials found", code: 401 } } }),
  noCredit: (): FakeReply => ({ status: 402, body: { error: { message: "Insufficient credits", code: 402 } } }),
  moderated: (): FakeReply => ({
    status: 403,
    body: {
      error: {
        message: "Your input was flagged",
        code: 403,
        metadata: { reasons: ["violence"], flagged_input: "…", provider_name: "Fake", model_slug: "fake/model" },
      },
    },
  }),
  unknownModel: (model: string): FakeReply => ({
    status: 400,
    body: { error: { message: `${model} is not a valid model ID`, code: 400 } },
  }),
  hang: (): FakeReply => ({ hang: true }),
  empty: (): FakeReply => ({ text: "" }),
} as const;

export interface UsageBase {
  promptTokens: number;
}

interface SendOptions {
  isStreamed: boolean;
  model: string;
  usage: UsageBase;
}

const PLAIN: SendOptions = { isStreamed: false, model: "fake/model", usage: { promptTokens: 0 } };

export async function sendReply(response: ServerResponse, reply: FakeReply, options = PLAIN): Promise<void> {
  if (reply.hang) return;
  if (reply.keepAliveMs !== undefined) {
    keepAlive(response, reply.keepAliveMs);
    return;
  }
  if (reply.reset) {
    response.destroy();
    return;
  }
  if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  if (reply.status !== undefined) return sendBody(response, reply);
  if (options.isStreamed && !reply.isWhole) return sendStream(response, reply, options);
  const message = { role: "assistant", ...messageOf(reply) };
  const choice = { index: 0, message, finish_reason: finishOf(reply), native_finish_reason: finishOf(reply) };
  const body = {
    ...envelope(reply, options),
    object: "chat.completion",
    choices: [choice],
    ...usageOf(reply, options),
  };
  sendBody(response, { ...reply, status: 200, body });
}

function keepAlive(response: ServerResponse, everyMs: number): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const timer = setInterval(() => response.write(": OPENROUTER PROCESSING\n\n"), everyMs);
  response.on("close", () => clearInterval(timer));
}

function sendBody(response: ServerResponse, { status = 200, body, contentType, headers }: FakeReply): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": contentType ?? (isText ? "text/plain" : "application/json"),
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

async function sendStream(response: ServerResponse, reply: FakeReply, options: SendOptions): Promise<void> {
  const events = eventsOf(reply, options);
  const isBroken = reply.cut || reply.stall || reply.midStreamError !== undefined;
  const sent = isBroken ? events.slice(0, Math.ceil(events.length / 2)) : events;
  const error = reply.midStreamError;
  if (error !== undefined) {
    const choices = [{ index: 0, delta: { content: "" }, finish_reason: "error" }];
    sent.push(JSON.stringify({ ...envelope(reply, options), error, choices }));
  }
  const comment = reply.comments ? ": OPENROUTER PROCESSING\n\n" : "";
  const text = comment + sent.map((event) => `data: ${event}\n\n${comment}`).join("");
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "x-generation-id": reply.generationId ?? "gen-fake",
    ...reply.headers,
  });
  await write(response, Buffer.from(text, "utf8"), reply);
  if (reply.stall) return;
  if (reply.cut) response.destroy();
  else response.end();
}

async function write(
  response: ServerResponse,
  bytes: Buffer,
  { splitBytes = bytes.length, pauseMs = 0 }: FakeReply,
): Promise<void> {
  for (let start = 0; start < bytes.length; start += splitBytes) {
    response.write(bytes.subarray(start, start + splitBytes));
    // A turn of the event loop each, so that the pieces arrive as pieces.
    await new Promise((resolve) => (pauseMs === 0 ? setImmediate(resolve) : setTimeout(resolve, pauseMs)));
  }
}

const PIECE_CHARS = 16;

function eventsOf(reply: FakeReply, options: SendOptions): string[] {
  const deltas = deltasOf(reply).map((delta) => [{ index: 0, delta, finish_reason: null }]);
  const end = { index: 0, delta: {}, finish_reason: finishOf(reply), native_finish_reason: finishOf(reply) };
  const choices: unknown[][] = [...deltas, ...(finishOf(reply) === null ? [] : [[end]])];
  const head = { ...envelope(reply, options), object: "chat.completion.chunk" };
  const events = choices.map((list) => JSON.stringify({ ...head, choices: list }));
  if (reply.usage !== null) events.push(JSON.stringify({ ...head, choices: [], ...usageOf(reply, options) }));
  if (!reply.noDone) events.push("[DONE]");
  return events;
}

function deltasOf(reply: FakeReply): Record<string, unknown>[] {
  const reasoning = (reply.reasoning ?? "").match(/.{1,16}/gsu) ?? [];
  const text = (reply.text ?? "").match(/.{1,16}/gsu) ?? [];
  return [
    { role: "assistant", content: "" },
    ...reasoning.map((piece) => ({ reasoning: piece })),
    ...(reply.reasoningDetails === undefined ? [] : [{ reasoning_details: reply.reasoningDetails }]),
    ...text.map((piece) => ({ content: piece })),
    ...(reply.calls ?? []).flatMap((call, order) => callDeltas(call, order, reply.sameIndex ? 0 : order)),
  ];
}

type FakeCall = NonNullable<FakeReply["calls"]>[number];

function callDeltas(call: FakeCall, order: number, index: number): Record<string, unknown>[] {
  const text = argumentsText(call);
  const pieces = Array.from({ length: Math.ceil(text.length / PIECE_CHARS) }, (_, piece) =>
    text.slice(piece * PIECE_CHARS, (piece + 1) * PIECE_CHARS),
  );
  const first = { index, id: idOf(call, order), type: "function", function: { name: call.name, arguments: "" } };
  const rest = pieces.map((piece) => ({ index, function: { arguments: piece } }));
  return [first, ...rest].map((piece) => ({ tool_calls: [piece] }));
}

function messageOf(reply: FakeReply): Record<string, unknown> {
  const calls = reply.calls?.map((call, order) => ({
    id: idOf(call, order),
    type: "function",
    function: { name: call.name, arguments: argumentsText(call) },
  }));
  return {
    content: reply.text ?? null,
    ...(reply.reasoning === undefined ? {} : { reasoning: reply.reasoning }),
    ...(reply.reasoningDetails === undefined ? {} : { reasoning_details: reply.reasoningDetails }),
    ...(calls === undefined ? {} : { tool_calls: calls }),
  };
}

// Unlike a counter this makes ids that repeat from turn to turn, as some providers do.
function idOf({ id }: FakeCall, order: number): string {
  return id ?? `call_${order}`;
}

function argumentsText(call: FakeCall): string {
  return typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments);
}

function finishOf({ finishReason, calls }: FakeReply): string | null {
  return finishReason === undefined ? (calls === undefined ? "stop" : "tool_calls") : finishReason;
}

function envelope({ servedModel, provider, generationId }: FakeReply, { model }: SendOptions): Record<string, unknown> {
  return { id: generationId ?? "gen-fake", model: servedModel ?? model, provider: provider ?? "Fake", created: 1 };
}

function usageOf(reply: FakeReply, { usage }: SendOptions): Record<string, unknown> {
  if (reply.usage === null) return {};
  const written = JSON.stringify(messageOf(reply)).length;
  const completion = Math.ceil(written / 4);
  const counted = { prompt_tokens: usage.promptTokens, completion_tokens: completion };
  return { usage: { ...counted, total_tokens: usage.promptTokens + completion, ...reply.usage } };
}
