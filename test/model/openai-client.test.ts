import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { type CompletionBody, createOpenAiClient, type Exchange } from "../../src/model/openai-client.ts";
import { type FakeModelOptions, type FakeReply, faults, startFakeModel } from "../helpers/fake-model-server.ts";
import { until } from "../helpers/until.ts";
import { endpointAt, KEY } from "./helpers.ts";

const body: CompletionBody = { model: "fake/model", messages: [{ role: "user", content: "Hello." }], stream: true };
const times = { idleMs: 10_000, totalMs: 20_000 };
const IMPATIENT_MS = 150;

async function ask(reply: FakeReply, options: FakeModelOptions = {}, changes: Partial<CompletionBody> = {}) {
  const fake = await startFakeModel({ script: [reply], ...options });
  try {
    const client = createOpenAiClient(endpointAt(fake.baseUrl));
    const neverEnds = reply.hang || reply.stall || reply.keepAliveMs !== undefined;
    const idleMs = neverEnds ? IMPATIENT_MS : times.idleMs;
    const signal = new AbortController().signal;
    const exchange = await client.complete({ ...body, ...changes }, { ...times, idleMs, signal });
    return { exchange, fake };
  } finally {
    await fake.close();
  }
}

async function exchangeFor(reply: FakeReply, changes: Partial<CompletionBody> = {}): Promise<Exchange> {
  return (await ask(reply, {}, changes)).exchange;
}

describe("createOpenAiClient", () => {
  it("puts a streamed reply together through comments, torn characters and a missing [DONE]", async () => {
    const text = "Grüße aus 東京 — 👩‍🔬, said the page.";
    for (const splitBytes of [1, 3, 1_000]) {
      const { turn, failure } = await exchangeFor({ text, comments: true, splitBytes, noDone: true });
      assert.equal(failure, null);
      assert.equal(turn.text, text);
      assert.equal(turn.finishReason, "stop");
    }
  });

  it("joins the pieces of parallel calls by index", async () => {
    const calls = [
      { id: "a", name: "search", arguments: { query: "a long enough query to be torn" } },
      { id: "b", name: "click", arguments: { link_id: 3 } },
    ];
    const { turn } = await exchangeFor({ text: "I look.", calls });
    assert.deepEqual(
      turn.calls.map(({ id, name, argumentsText }) => [id, name, JSON.parse(argumentsText)]),
      [
        ["a", "search", { query: "a long enough query to be torn" }],
        ["b", "click", { link_id: 3 }],
      ],
    );
  });

  it("tells calls apart that all come with index 0, or with the same id", async () => {
    const named = [
      { id: "a", name: "search", arguments: { query: "x" } },
      { id: "b", name: "search", arguments: { query: "y" } },
    ];
    const twins = named.map((call) => ({ ...call, id: "same" }));
    for (const calls of [named, twins]) {
      const { turn } = await exchangeFor({ calls, sameIndex: true });
      assert.deepEqual(
        turn.calls.map(({ argumentsText }) => argumentsText),
        ['{"query":"x"}', '{"query":"y"}'],
      );
    }
  });

  it("reads a whole reply from a server that does not stream, and one that was asked whole", async () => {
    const reply = { text: "Whole.", calls: [{ name: "finish", arguments: {} }], isWhole: true };
    for (const stream of [true, false]) {
      const { turn, failure } = await exchangeFor(reply, { stream });
      assert.equal(failure, null);
      assert.deepEqual([turn.text, turn.calls[0]?.name], ["Whole.", "finish"]);
    }
  });

  it("records who served: model, provider, generation, finish reasons, tokens and cost", async () => {
    const { turn } = await exchangeFor({
      text: "x",
      servedModel: "z-ai/glm-5.2",
      provider: "Z.AI",
      generationId: "gen-7",
      usage: {
        prompt_tokens: 900,
        completion_tokens: 40,
        prompt_tokens_details: { cached_tokens: 800 },
        completion_tokens_details: { reasoning_tokens: 30 },
        cost: 0.0012,
      },
    });
    assert.deepEqual([turn.model, turn.provider, turn.generationId], ["z-ai/glm-5.2", "Z.AI", "gen-7"]);
    assert.deepEqual(turn.usage, {
      promptTokens: 900,
      cachedTokens: 800,
      completionTokens: 40,
      reasoningTokens: 30,
      costUsd: 0.0012,
    });
  });

  it("keeps reasoning details as they came, an empty list included", async () => {
    const details = [{ type: "reasoning.encrypted", data: "AAAA", id: "r1", index: 0 }];
    assert.deepEqual((await exchangeFor({ text: "x", reasoningDetails: details })).turn.reasoning, {
      reasoning_details: details,
    });
    assert.deepEqual((await exchangeFor({ text: "x", reasoningDetails: [] })).turn.reasoning, {
      reasoning_details: [],
    });
  });

  it("counts a reply only when it has come to its end", async () => {
    const cases: [FakeReply, string, string][] = [
      [{ text: "half a sentence that goes on", cut: true }, "MODEL_UNAVAILABLE", "reply"],
      [{ calls: [{ name: "search", arguments: { query: "never whole" } }], cut: true }, "MODEL_UNAVAILABLE", "reply"],
      [{ text: "no end", finishReason: null }, "MODEL_BAD_REPLY", "reply"],
      [{ text: "half", midStreamError: { code: 502, message: "gone" } }, "MODEL_UNAVAILABLE", "model"],
      [{ text: "half", midStreamError: { code: "server_error", message: "gone" } }, "MODEL_UNAVAILABLE", "model"],
      [{ text: "x", finishReason: "error" }, "MODEL_UNAVAILABLE", "reply"],
      [{ text: "x", finishReason: "content_filter" }, "MODEL_REFUSED", "prompt"],
      [{ text: "some words, then silence", stall: true }, "MODEL_UNAVAILABLE", "model"],
      [{ hang: true }, "MODEL_UNAVAILABLE", "model"],
      [{ keepAliveMs: 40 }, "MODEL_UNAVAILABLE", "model"],
      [{ reset: true }, "MODEL_UNREACHABLE", "endpoint"],
      [{ status: 200, body: "data: {not json\n\n", contentType: "text/event-stream" }, "MODEL_BAD_REPLY", "reply"],
      [{ status: 200, body: "null", contentType: "application/json" }, "MODEL_UNAVAILABLE", "model"],
      [{ status: 200, body: { choices: [] } }, "MODEL_BAD_REPLY", "reply"],
    ];
    for (const [reply, code, scope] of cases) {
      const { failure } = await exchangeFor(reply);
      assert.deepEqual(
        [failure?.code, failure?.scope, failure?.isRetryable],
        [code, scope, code !== "MODEL_REFUSED"],
        JSON.stringify(reply),
      );
    }
  });

  it("ends a silent call after the idle time and closes its connection", async () => {
    const fake = await startFakeModel({ script: [{ text: "some words, then silence", stall: true }] });
    const client = createOpenAiClient(endpointAt(fake.baseUrl));
    const signal = new AbortController().signal;
    const { failure } = await client.complete(body, { ...times, idleMs: IMPATIENT_MS, signal });
    assert.equal(failure?.isTimeout, true);
    await until(() => fake.requests[0]?.isAborted, { what: "the connection is closed" });
    await fake.close();
  });

  it("lets a reply take longer than the idle time as long as it comes", async () => {
    const fake = await startFakeModel({ script: [{ text: "Slowly, but surely.", splitBytes: 150, pauseMs: 300 }] });
    const client = createOpenAiClient(endpointAt(fake.baseUrl));
    const signal = new AbortController().signal;
    const { turn, failure, latencyMs } = await client.complete(body, { idleMs: 900, totalMs: 20_000, signal });
    assert.deepEqual([failure, turn.text], [null, "Slowly, but surely."]);
    assert.ok(latencyMs > 900, "or this test tests nothing");
    await fake.close();
  });

  it("closes the connection when the caller stops, so that the provider can stop billing", async () => {
    const fake = await startFakeModel({ script: [{ text: "a long answer", stall: true }] });
    const controller = new AbortController();
    const client = createOpenAiClient(endpointAt(fake.baseUrl));
    const pending = client.complete(body, { idleMs: 5_000, totalMs: 5_000, signal: controller.signal });
    await until(() => fake.requests[0], { what: "a request arrives" });
    controller.abort();
    assert.equal((await pending).isAborted, true);
    await until(() => fake.requests[0]?.isAborted, { what: "the connection is closed" });
    await fake.close();
  });

  it("introduces itself to OpenRouter only, and sends no key to a server without one", async () => {
    const seen: Record<string, unknown>[] = [];
    for (const endpoint of [endpointAt(""), endpointAt("", { kind: "compatible", apiKey: null })]) {
      const fake = await startFakeModel({ script: [{ text: "x" }] });
      const client = createOpenAiClient({ ...endpoint, baseUrl: fake.baseUrl });
      await client.complete(body, { ...times, signal: new AbortController().signal });
      seen.push(fake.requests[0]?.headers ?? {});
      await fake.close();
    }
    assert.equal(seen[0]?.["x-openrouter-title"], "Ruminate");
    assert.equal(seen[0]?.authorization, `Bearer ${KEY}`);
    assert.equal(seen[1]?.["x-openrouter-title"], undefined);
    assert.equal(seen[1]?.authorization, undefined);
  });

  it("takes nothing about an account from the environment", async () => {
    const names = ["OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = "of-another-account";
    try {
      const { fake } = await ask({ text: "x" }, { apiKey: KEY });
      assert.equal(JSON.stringify(fake.requests[0]?.headers).includes("of-another-account"), false);
    } finally {
      names.forEach((name, index) => {
        if (before[index] === undefined) delete process.env[name];
        else process.env[name] = before[index];
      });
    }
  });

  it("says of an address where nothing listens that nothing listens there", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const client = createOpenAiClient(endpointAt(`http://127.0.0.1:${port}/v1`));
    const { failure } = await client.complete(body, { ...times, signal: new AbortController().signal });
    assert.equal(failure?.code, "MODEL_UNREACHABLE");
    assert.match(failure?.message ?? "", /cannot be reached: ECONNREFUSED/);
  });

  it("gives each reported error its code", async () => {
    const cases: [FakeReply, string, string][] = [
      [faults.wrongKey(), "MODEL_UNAUTHORIZED", "endpoint"],
      [faults.noCredit(), "MODEL_NO_CREDIT", "endpoint"],
      [
        { status: 429, body: { error: { message: "You exceeded your current quota", code: "insufficient_quota" } } },
        "MODEL_NO_CREDIT",
        "endpoint",
      ],
      [faults.moderated(), "MODEL_REFUSED", "prompt"],
      [faults.contextOverflow(), "MODEL_CONTEXT_OVERFLOW", "prompt"],
      [faults.status(413, "Payload too large"), "MODEL_CONTEXT_OVERFLOW", "prompt"],
      [faults.unknownModel("fake/model"), "MODEL_UNKNOWN", "model"],
      [faults.status(404, "No endpoints found for fake/model."), "MODEL_UNKNOWN", "model"],
      [faults.availability(404, "model_deprecated", false), "MODEL_UNKNOWN", "model"],
      [faults.availability(404, "privacy_restricted", false), "MODEL_UNKNOWN", "model"],
      [faults.availability(403, "region_restricted", false), "MODEL_UNAVAILABLE", "model"],
      [faults.availability(503, "some_code_of_next_year", true), "MODEL_UNAVAILABLE", "model"],
      [faults.html(200), "MODEL_UNREACHABLE", "reply"],
      [faults.html(404), "MODEL_UNREACHABLE", "endpoint"],
      [faults.html(502), "MODEL_UNAVAILABLE", "model"],
      [faults.errorIn200(429), "MODEL_UNAVAILABLE", "model"],
      [faults.errorIn200(402), "MODEL_NO_CREDIT", "endpoint"],
      [faults.errorIn200("server_error"), "MODEL_UNAVAILABLE", "model"],
      [{ status: 400, body: { error: "model 'x' not found, try pulling it first" } }, "MODEL_UNKNOWN", "model"],
      [{ status: 422, body: { detail: "Unprocessable" } }, "MODEL_BAD_REPLY", "model"],
      [
        { status: 400, body: { object: "error", message: "This model's maximum context length is 4096 tokens." } },
        "MODEL_CONTEXT_OVERFLOW",
        "prompt",
      ],
      ...[408, 429, 500, 502, 503, 504, 524, 529, 599].map((status): [FakeReply, string, string] => [
        faults.status(status),
        "MODEL_UNAVAILABLE",
        "model",
      ]),
    ];
    for (const [reply, code, scope] of cases) {
      const { failure } = await exchangeFor(reply);
      assert.deepEqual([failure?.code, failure?.scope], [code, scope], JSON.stringify(reply));
      if (code === "MODEL_UNAVAILABLE" && scope === "model") assert.equal(failure?.isRetryable, reply.status !== 403);
    }
  });

  it("reads Retry-After in seconds and as a date, and the window out of an overflow", async () => {
    assert.equal((await exchangeFor(faults.rateLimited(2))).failure?.retryAfterMs, 2_000);
    const date = { ...faults.rateLimited(), headers: { "retry-after": new Date(Date.now() + 60_000).toUTCString() } };
    const retryAfterMs = (await exchangeFor(date)).failure?.retryAfterMs ?? 0;
    assert.ok(retryAfterMs > 50_000 && retryAfterMs <= 60_000);
    assert.equal((await exchangeFor(faults.contextOverflow(8_192))).failure?.contextTokens, 8_192);
  });

  it("recognises what a server objects to, whoever words it", async () => {
    const cases: [number, string, string][] = [
      [404, 'No endpoints found that support tool use. Try disabling "search".', "text-transport"],
      [400, "registry.ollama.ai/library/gemma3:4b does not support tools", "text-transport"],
      [500, "tools param requires --jinja flag", "text-transport"],
      [400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', "text-transport"],
      [
        400,
        "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions.",
        "no-reasoning-effort",
      ],
      [400, "Unsupported parameter: 'max_tokens' is not supported with this model.", "other-limit-name"],
      [400, "max_tokens is too large: 32768. This model supports at most 16384 completion tokens", "lower-limit"],
      [400, "'messages.2' : for 'role:assistant' the property 'reasoning' is unsupported", "no-reasoning-passback"],
      [400, "'models' array must have 3 items or fewer. Invalid.", "no-fallbacks"],
      [422, "Extra inputs are not permitted: stream_options", "no-usage-option"],
    ];
    for (const [status, message, kind] of cases) {
      const { failure } = await exchangeFor(faults.status(status, message));
      assert.equal(failure?.adaptation?.kind, kind, message);
    }
  });
});
