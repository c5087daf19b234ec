import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type CheckOptions, checkRequest, type Refusal } from "./fake-model-checks.ts";
import { type FakeReply, sendReply, type UsageBase } from "./fake-model-replies.ts";

export type { FakeReply } from "./fake-model-replies.ts";
export { faults } from "./fake-model-replies.ts";

/** One chat completion request as it arrived. */
export interface FakeRequest {
  index: number;
  model: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach deep into foreign JSON
  body: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  messages: any[];
  headers: IncomingMessage["headers"];
  at: number;
  /** The client went away before the reply was complete. */
  isAborted: boolean;
}

export interface FakeModelOptions extends CheckOptions {
  /** Replies in order; one more request than replies is answered with 400 and noted in `problems`. */
  script?: FakeReply[];
  /** Instead of a script. */
  respond?: (request: FakeRequest, index: number) => FakeReply | Promise<FakeReply>;
  /** What /models lists: ids or whole entries; null = there is no /models. Default: the fake's one model. */
  models?: (string | Record<string, unknown>)[] | null;
  /** What /generation knows of a generation, once it was asked that often before; else it is not there. */
  generations?: Record<string, { after: number; data: Record<string, unknown> }>;
  /** How /models is answered instead. */
  modelsReply?: FakeReply;
}

export interface FakeModel {
  /** Up to and including /v1. */
  readonly baseUrl: string;
  /** Chat completion requests in the order of arrival, refused ones included. */
  readonly requests: FakeRequest[];
  /** The generations that were asked for, in order. */
  readonly generationRequests: readonly string[];
  /** How often /models was asked. */
  readonly modelsRequests: number;
  /** What a client did that no endpoint refuses, but that goes wrong: prefills, foreign reasoning. Assert it is []. */
  readonly problems: string[];
  openConnections(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A stand-in for OpenRouter and OpenAI-compatible servers over real HTTP, at least as strict as they are: it refuses
 * unknown roles and fields, tool messages without their call, a history with calls but no tools, and more.
 */
export async function startFakeModel(options: FakeModelOptions = {}): Promise<FakeModel> {
  const requests: FakeRequest[] = [];
  const problems: string[] = [];
  const issuedReasoning = new Map<string, Set<string>>();
  const generationRequests: string[] = [];
  let modelsRequests = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://fake").pathname;
    if (request.method === "GET" && path === "/v1/models") {
      modelsRequests += 1;
      return sendModels(response, options);
    }
    if (request.method === "GET" && path === "/v1/generation") {
      const id = new URL(request.url ?? "/", "http://fake").searchParams.get("id") ?? "";
      return sendReply(response, generationReply(id, options, generationRequests));
    }
    if (request.method !== "POST" || path !== "/v1/chat/completions") {
      return sendReply(response, { status: 404, body: "<html>Not Found</html>", contentType: "text/html" });
    }
    const body = JSON.parse(await readBody(request));
    const index = requests.length;
    const recorded: FakeRequest = {
      index,
      model: body.model,
      body,
      messages: body.messages ?? [],
      headers: request.headers,
      at: Date.now(),
      isAborted: false,
    };
    requests.push(recorded);
    response.on("close", () => {
      recorded.isAborted = !response.writableFinished;
    });
    const refusal = checkRequest(body, request.headers, { ...options, issuedReasoning, problems });
    if (refusal !== null) return sendRefusal(response, refusal);
    const reply = await chooseReply(recorded, options, problems);
    noteReasoning(reply, body.model, issuedReasoning);
    await sendReply(response, reply, { isStreamed: body.stream === true, model: body.model, usage: usageFor(body) });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      problems.push(`the fake itself failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    problems,
    generationRequests,
    get modelsRequests() {
      return modelsRequests;
    },
    openConnections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As OpenRouter: 404 until the record of a generation is written. */
function generationReply(id: string, { generations }: FakeModelOptions, asked: string[]): FakeReply {
  const known = generations?.[id];
  const before = asked.filter((earlier) => earlier === id).length;
  asked.push(id);
  if (known !== undefined && before >= known.after) return { status: 200, body: { data: { id, ...known.data } } };
  return { status: 404, body: { error: { message: `Generation ${id} not found`, code: 404 } } };
}

async function chooseReply(request: FakeRequest, options: FakeModelOptions, problems: string[]): Promise<FakeReply> {
  if (options.respond !== undefined) return options.respond(request, request.index);
  const reply = options.script?.[request.index];
  if (reply !== undefined) return reply;
  problems.push(`request ${request.index} was not in the script`);
  return { status: 400, body: { error: { message: "This request was not in the script.", code: 400 } } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function sendRefusal(response: ServerResponse, { status, message, code }: Refusal): Promise<void> {
  return sendReply(response, {
    status,
    body: { error: { message, code: code ?? status, type: "invalid_request_error" } },
  });
}

const DEFAULT_MODELS: Record<string, unknown>[] = [
  {
    id: "fake/model",
    context_length: 131_072,
    supported_parameters: ["tools", "tool_choice", "max_tokens"],
    pricing: { prompt: "0.000001", completion: "0.000003", input_cache_read: "0.0000002" },
    top_provider: { context_length: 131_072, max_completion_tokens: 32_768, is_moderated: false },
    expiration_date: null,
  },
];

function sendModels(response: ServerResponse, { models, modelsReply }: FakeModelOptions): Promise<void> {
  if (modelsReply !== undefined) return sendReply(response, modelsReply);
  if (models === null)
    return sendReply(response, { status: 404, body: { error: { message: "Not Found", code: 404 } } });
  const data = (models ?? DEFAULT_MODELS).map((model) => (typeof model === "string" ? { id: model } : model));
  return sendReply(response, { status: 200, body: { object: "list", data } });
}

/** By characters, as a server's own count would be; a test that needs exact numbers gives them. */
function usageFor({ messages, tools }: { messages: unknown; tools?: unknown }): UsageBase {
  return { promptTokens: Math.ceil((JSON.stringify(messages).length + JSON.stringify(tools ?? []).length) / 4) };
}

function noteReasoning(reply: FakeReply, model: string, issued: Map<string, Set<string>>): void {
  if (reply.reasoningDetails === undefined) return;
  const known = issued.get(model) ?? new Set();
  known.add(JSON.stringify(reply.reasoningDetails));
  issued.set(model, known);
}
