import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { RuminateError } from "../../src/errors.ts";
import type { ModelSettings } from "../../src/model/model-settings.ts";
import type { ModelMessage } from "../../src/ports.ts";
import {
  type FakeModel,
  type FakeModelOptions,
  type FakeReply,
  faults,
  startFakeModel,
} from "../helpers/fake-model-server.ts";
import { until } from "../helpers/until.ts";
import { createTestChain, endpointAt, opening } from "./helpers.ts";

const started: FakeModel[] = [];
after(() => Promise.all(started.map((fake) => fake.close())));

async function start(options: FakeModelOptions): Promise<FakeModel> {
  const fake = await startFakeModel(options);
  started.push(fake);
  return fake;
}

/** For tests in which a model hangs: no reply that comes at all may take this long. */
const HASTY = { idleTimeoutMs: 1_000 };
const CALL = { calls: [{ id: "c1", name: "search", arguments: { query: "first ascent" } }] };
const LISTED = ["fake/model", "fake/second", "fake/third"].map((id) => ({
  id,
  context_length: 131_072,
  supported_parameters: ["tools"],
}));

/** Two models of one endpoint, each with its own replies in order. */
async function startPair(
  first: FakeReply[],
  second: FakeReply[],
  options: FakeModelOptions = {},
  settings: Partial<ModelSettings> = {},
) {
  const scripts: Record<string, FakeReply[]> = { "fake/model": [...first], "fake/second": [...second] };
  const fake = await start({
    models: LISTED,
    respond: ({ model }) => scripts[model]?.shift() ?? faults.status(400, "not in the script"),
    ...options,
  });
  const chain = await createTestChain([endpointAt(fake.baseUrl)], ["fake/model", "fake/second"], settings);
  return { fake, chain };
}

async function startOne(script: FakeReply[], options: FakeModelOptions = {}) {
  const fake = await start({ script, ...options });
  return { fake, chain: await createTestChain([endpointAt(fake.baseUrl)]) };
}

async function failureOf(promise: Promise<unknown>): Promise<RuminateError> {
  return promise.then(
    () => assert.fail("Expected a failure."),
    (error: RuminateError) => error,
  );
}

describe("createModelChain", () => {
  it("gives text, calls, tokens, cost and the model that served", async () => {
    const usage = { prompt_tokens: 500, completion_tokens: 20, cost: 0.002 };
    const { fake, chain } = await startOne([{ ...CALL, text: "Let me look.", usage, servedModel: "fake/model-0711" }]);
    const reply = await chain.complete();
    assert.deepEqual(reply.toolCalls, [{ id: "c1", name: "search", arguments: { query: "first ascent" } }]);
    assert.deepEqual([reply.text, reply.stopReason, reply.model], ["Let me look.", "tool-calls", "fake/model-0711"]);
    assert.deepEqual(reply.usage, { promptTokens: 500, cachedTokens: 0, completionTokens: 20, costUsd: 0.002 });
    assert.equal(reply.discarded, null);
    assert.deepEqual(fake.problems, []);
    assert.equal(fake.requests[0]?.body.session_id, "run-1");
  });

  it("reckons the cost by the catalogue's prices where the endpoint tells none", async () => {
    const { chain } = await startOne([{ text: "x", usage: { prompt_tokens: 1_000, completion_tokens: 100 } }]);
    assert.equal((await chain.complete()).usage.costUsd, 1_000 * 0.000001 + 100 * 0.000003);
  });

  it("asks what a reply that broke off did cost, once more when that is not known yet", async () => {
    const data = { total_cost: 0.0123, native_tokens_prompt: 640, native_tokens_completion: 31, tokens_prompt: 600 };
    const broken = { text: "half of an answer that goes on", cut: true, generationId: "gen-broken" } as const;
    const generations = { "gen-broken": { after: 1, data } };
    const { fake, chain } = await startOne([broken, { text: "Whole." }], { generations });
    const reply = await chain.complete();
    assert.deepEqual(reply.discarded, { promptTokens: 640, cachedTokens: 0, completionTokens: 31, costUsd: 0.0123 });
    assert.deepEqual(fake.generationRequests, ["gen-broken", "gen-broken"]);
    const [first] = chain.records;
    assert.deepEqual([first?.outcome, first?.isEstimated, first?.costUsd], ["failed", false, 0.0123]);
  });

  it("goes on with an estimate of what a broken reply did cost where nobody knows it", async () => {
    const { fake, chain } = await startOne([{ text: "half of an answer that", cut: true }, { text: "Whole." }]);
    assert.equal((await chain.complete()).text, "Whole.");
    assert.equal(fake.generationRequests.length, 2);
    assert.equal(chain.records[0]?.isEstimated, true);
    const other = await start({ script: [{ text: "half of an answer that", cut: true }, { text: "Whole." }] });
    const elsewhere = await createTestChain([endpointAt(other.baseUrl, { kind: "compatible" })]);
    assert.equal((await elsewhere.complete()).text, "Whole.");
    assert.deepEqual(other.generationRequests, []);
  });

  it("outlives three failures of a server in a row with four requests", async () => {
    const { fake, chain } = await startOne([
      faults.status(500),
      faults.status(502),
      faults.status(529),
      { text: "Here." },
    ]);
    assert.equal((await chain.complete()).text, "Here.");
    assert.equal(fake.requests.length, 4);
    assert.deepEqual(chain.clock.slept, [500, 1_000, 2_000]);
    assert.deepEqual(
      chain.records.map(({ outcome, errorCode, status }) => [outcome, errorCode, status]),
      [
        ["failed", "MODEL_UNAVAILABLE", 500],
        ["failed", "MODEL_UNAVAILABLE", 502],
        ["failed", "MODEL_UNAVAILABLE", 529],
        ["ok", null, 200],
      ],
    );
  });

  it("asks no earlier than Retry-After says", async () => {
    const { chain } = await startOne([faults.rateLimited(2), { text: "Here." }]);
    await chain.complete();
    assert.deepEqual(chain.clock.slept, [2_000]);
  });

  it("waits no longer than 45 seconds in all, however often it is asked to", async () => {
    const fake = await start({ respond: () => faults.rateLimited(12) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    assert.equal((await failureOf(chain.complete())).code, "MODEL_UNAVAILABLE");
    assert.deepEqual(chain.clock.slept, [12_000, 12_000, 12_000]);
  });

  it("does not sleep for ten minutes: it says when to come back", async () => {
    const { fake, chain } = await startOne([faults.rateLimited(600)]);
    const error = await failureOf(chain.complete());
    assert.deepEqual([error.code, error.isRetryable, error.retryAfterMs], ["MODEL_UNAVAILABLE", true, 600_000]);
    await failureOf(chain.complete());
    assert.equal(fake.requests.length, 1);
    assert.deepEqual(chain.clock.slept, []);
  });

  it("goes on with the next model for every kind of failure of the first", async () => {
    const failures: FakeReply[] = [
      faults.rateLimited(600),
      faults.status(500),
      faults.status(529),
      faults.hang(),
      { text: "half of an answer that goes on", cut: true },
      { text: "half", midStreamError: { code: 502, message: "gone" } },
      faults.errorIn200(503),
      faults.html(),
      faults.empty(),
      { text: "", reasoning: "Only thinking." },
      { text: "no end", finishReason: null },
      faults.moderated(),
      faults.unknownModel("fake/model"),
      faults.availability(404, "no_endpoints", false),
    ];
    for (const failure of failures) {
      const { fake, chain } = await startPair([failure, failure, failure], [{ text: "Second." }], {}, HASTY);
      const reply = await chain.complete();
      assert.deepEqual([reply.text, reply.model], ["Second.", "fake/second"], JSON.stringify(failure));
      assert.deepEqual(fake.problems, []);
    }
  });

  it("leaves a model that hangs at once, and later ones do not wait for it again", async () => {
    const hang = faults.hang();
    const { fake, chain } = await startPair([hang, hang], [{ text: "1" }, { text: "2" }, { text: "3" }], {}, HASTY);
    for (let call = 0; call < 3; call++) await chain.complete();
    assert.deepEqual(
      fake.requests.map(({ model }) => model),
      ["fake/model", "fake/second", "fake/second", "fake/second"],
    );
  });

  it("opens after failures in a row, lets one probe through after a while and closes on success", async () => {
    const bad = faults.status(503);
    const good = { text: "x" };
    const { fake, chain } = await startPair([bad, bad, bad, bad, bad, good, good], Array(20).fill(good));
    const models = () => fake.requests.splice(0).map(({ model }) => model.slice(5));
    await chain.complete();
    await chain.complete();
    assert.deepEqual(models(), ["model", "model", "second", "model", "model", "second"]);
    await chain.complete();
    assert.deepEqual(models(), ["second"]);
    chain.clock.advance(15_000);
    await Promise.all([chain.complete(), chain.complete()]);
    assert.deepEqual(models().sort(), ["model", "second", "second"]);
    chain.clock.advance(31_000);
    await chain.complete();
    await chain.complete();
    assert.deepEqual(models(), ["model", "model"]);
  });

  it("stays open for a model that fails now and then", async () => {
    const fake = await start({ respond: (_, index) => (index % 2 === 0 ? faults.status(500) : { text: "x" }) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    for (let call = 0; call < 10; call++) await chain.complete();
    assert.deepEqual(chain.clock.slept, Array(10).fill(500));
  });

  it("asks for a slug that is gone no more than once an hour", async () => {
    const gone = faults.availability(404, "no_endpoints", false);
    const { fake, chain } = await startPair([gone, gone], Array(4).fill({ text: "x" }));
    for (let call = 0; call < 3; call++) await chain.complete();
    chain.clock.advance(60 * 60_000);
    await chain.complete();
    assert.equal(fake.requests.filter(({ model }) => model === "fake/model").length, 2);
  });

  it("says within a minute that nobody answers, and asks at most once in 15 seconds from then on", async () => {
    const fake = await start({ respond: () => faults.status(503) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    const error = await failureOf(chain.complete());
    assert.deepEqual([error.code, error.isRetryable], ["MODEL_UNAVAILABLE", true]);
    const waited = chain.clock.slept.reduce((sum, ms) => sum + ms, 0);
    assert.ok(waited < 60_000, `waited ${waited} ms`);
    fake.requests.length = 0;
    for (let call = 0; call < 10; call++) await failureOf(chain.complete());
    assert.ok(fake.requests.length <= 1 + (chain.clock.slept.reduce((sum, ms) => sum + ms, 0) - waited) / 15_000);
  });

  it("stops at once for a wrong key, and tries it no more than once a minute", async () => {
    const { fake, chain } = await startPair([], [], { respond: () => faults.wrongKey() });
    const error = await failureOf(chain.complete());
    assert.deepEqual([error.code, error.isRetryable], ["MODEL_UNAUTHORIZED", false]);
    await failureOf(chain.complete());
    assert.equal(fake.requests.length, 1);
    chain.clock.advance(61_000);
    await failureOf(chain.complete());
    assert.equal(fake.requests.length, 2);
    assert.equal(chain.logs.filter(({ level }) => level === 50).length, 2);
  });

  it("goes on with another endpoint when the key of the first is refused", async () => {
    const first = await start({ respond: () => faults.noCredit() });
    const second = await start({ respond: () => ({ text: "From the other." }) });
    const endpoints = [endpointAt(first.baseUrl), endpointAt(second.baseUrl, { name: "other", kind: "compatible" })];
    const chain = await createTestChain(endpoints, ["fake/model", { model: "fake/model", endpoint: "other" }]);
    assert.equal((await chain.complete()).text, "From the other.");
  });

  it("gives the code of each failure that waiting does not mend", async () => {
    const cases: [FakeReply, string][] = [
      [faults.noCredit(), "MODEL_NO_CREDIT"],
      [faults.moderated(), "MODEL_REFUSED"],
      [faults.contextOverflow(), "MODEL_CONTEXT_OVERFLOW"],
      [faults.unknownModel("fake/model"), "MODEL_UNKNOWN"],
      [faults.html(), "MODEL_UNREACHABLE"],
      [faults.html(404), "MODEL_UNREACHABLE"],
    ];
    for (const [reply, code] of cases) {
      const fake = await start({ respond: () => reply });
      const chain = await createTestChain([endpointAt(fake.baseUrl)]);
      const error = await failureOf(chain.complete());
      assert.deepEqual([error.code, error.isRetryable], [code, false]);
      assert.ok(fake.requests.length <= 4, code);
    }
  });

  it("names what the endpoint offers when a slug is gone", async () => {
    const fake = await start({ models: LISTED, respond: () => faults.unknownModel("fake/modell") });
    const chain = await createTestChain([endpointAt(fake.baseUrl)], ["fake/modell"]);
    assert.match(
      (await failureOf(chain.complete())).message,
      /does not offer the model fake\/modell\. It offers fake\/model/,
    );
    assert.ok(
      chain.logs.some(({ msg, nearest }) => /not in the endpoint's list/.test(String(msg)) && Array.isArray(nearest)),
    );
  });

  it("tells an overflow at once and learns the window, unless another model's is larger", async () => {
    const { fake, chain } = await startOne([faults.contextOverflow(8_192)]);
    assert.equal((await failureOf(chain.complete())).code, "MODEL_CONTEXT_OVERFLOW");
    assert.equal(fake.requests.length, 1);
    assert.equal(chain.model.contextTokens, 8_192);

    const same = await startPair([faults.contextOverflow(8_192)], []);
    assert.equal((await failureOf(same.chain.complete())).code, "MODEL_CONTEXT_OVERFLOW");
    assert.equal(same.fake.requests.length, 1, "the other model's window is no larger");

    const pair = await start({
      respond: ({ model }) => (model === "fake/small" ? faults.contextOverflow(8_192) : { text: "It fits." }),
    });
    const entries = [
      { model: "fake/small", endpoint: null, contextTokens: 16_000 },
      { model: "fake/large", endpoint: null, contextTokens: 128_000 },
    ];
    const mixed = await createTestChain([endpointAt(pair.baseUrl)], entries);
    assert.equal((await mixed.complete()).text, "It fits.");
  });

  it("plans for the smallest window of the chain, and for no more than was allowed", async () => {
    const fake = await start({ models: [...LISTED.slice(0, 1), { id: "fake/small", max_model_len: 32_768 }] });
    const endpoints = [endpointAt(fake.baseUrl)];
    assert.equal((await createTestChain(endpoints, ["fake/model", "fake/small"])).model.contextTokens, 32_768);
    const limited = await createTestChain(endpoints, ["fake/model"], { contextTokens: 20_000 });
    assert.equal(limited.model.contextTokens, 20_000);
  });

  it("changes to the text transport when the model has no tools, and stays there", async () => {
    const text = 'I will look.\n{"name": "search", "arguments": {"query": "x"}}';
    const fake = await start({ hasNoTools: true, respond: () => ({ text }) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    for (let call = 0; call < 2; call++) {
      const reply = await chain.complete();
      assert.deepEqual([reply.text, reply.toolCalls[0]?.name], ["I will look.", "search"]);
    }
    assert.deepEqual(
      fake.requests.map(({ body }) => body.tools !== undefined),
      [true, false, false],
    );
    assert.deepEqual(chain.clock.slept, []);
  });

  it("changes the transport for calls that are under way at the same time as well", async () => {
    const fake = await start({ hasNoTools: true, respond: () => ({ text: '{"name":"finish","arguments":{}}' }) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    const replies = await Promise.all([chain.complete(), chain.complete(), chain.complete()]);
    assert.deepEqual(
      replies.map(({ toolCalls }) => toolCalls[0]?.name),
      ["finish", "finish", "finish"],
    );
  });

  it("uses the text transport from the start when the catalogue lists no tools", async () => {
    const models = [{ id: "fake/model", context_length: 32_000, supported_parameters: ["max_tokens", "stop"] }];
    const fake = await start({
      hasNoTools: true,
      models,
      respond: () => ({ text: '{"name":"finish","arguments":{}}' }),
    });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    assert.equal((await chain.complete()).toolCalls[0]?.name, "finish");
    assert.equal(fake.requests.length, 1);
  });

  it("drives a self-hosted Rumination in the dialect of its chat template", async () => {
    const replies = ['Plan first.</think>{"name": "search", "arguments": {"query": "x"}}', "Done.</think># Report"];
    const fake = await start({
      isRaw: true,
      kind: "compatible",
      models: null,
      script: replies.map((text) => ({ text })),
    });
    const entry = { model: "rumination", endpoint: null, transport: "raw", contextTokens: 32_000 } as const;
    const chain = await createTestChain([endpointAt(fake.baseUrl, { kind: "compatible" })], [entry]);
    const first = await chain.complete();
    const messages: ModelMessage[] = [
      ...opening,
      { role: "assistant", content: first.text, toolCalls: first.toolCalls },
      { role: "tool", callId: first.toolCalls[0]?.id ?? "", content: "【0†Everest†host】" },
      { role: "user", content: "Now write." },
    ];
    const second = await chain.complete({ messages, toolChoice: "none" });
    assert.equal(second.text, "# Report");
    assert.deepEqual(
      fake.requests[1]?.messages.map(({ role }) => role),
      ["user", "assistant", "observation", "user"],
    );
  });

  it("learns what else a model objects to, and asks without it", async () => {
    const complaints = [
      "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions.",
      "max_tokens is too large: 1024. This model supports at most 512 completion tokens",
      "Extra inputs are not permitted: stream_options",
    ];
    const fake = await start({
      kind: "openai",
      respond: (_, index) => (complaints[index] === undefined ? { text: "x" } : faults.status(400, complaints[index])),
    });
    const chain = await createTestChain([endpointAt(fake.baseUrl, { kind: "openai" })]);
    await chain.complete();
    const { body } = fake.requests[3] ?? {};
    assert.deepEqual(
      [body.reasoning_effort, body.max_completion_tokens, body.stream_options],
      ["none", 512, undefined],
    );
  });

  it("asks again after an empty reply with a reminder, and gives up after four", async () => {
    const { fake, chain } = await startOne([faults.empty(), { text: "", reasoning: "Hm." }, { text: "Now." }]);
    assert.equal((await chain.complete()).text, "Now.");
    assert.match(fake.requests[1]?.messages.at(-1).content, /last reply was empty or broke off/);
    const silent = await startOne(Array(4).fill(faults.empty()));
    assert.equal((await failureOf(silent.chain.complete())).code, "MODEL_BAD_REPLY");
    assert.deepEqual(silent.fake.problems, []);
  });

  it("never makes a call that was cut off: it gives more room once, then says that the reply is cut off", async () => {
    const cut = { calls: [{ name: "search", arguments: '{"query": "half a que' }], finishReason: "length" };
    const cured = await startOne([cut, CALL, CALL]);
    assert.equal((await cured.chain.complete()).toolCalls.length, 1);
    await cured.chain.complete();
    assert.deepEqual(
      cured.fake.requests.map(({ body }) => body.max_completion_tokens),
      [1_024, 2_048, 2_048],
    );
    const hopeless = await startOne([cut, cut]);
    const reply = await hopeless.chain.complete();
    assert.deepEqual([reply.stopReason, reply.toolCalls], ["length", []]);
    assert.deepEqual(
      hopeless.chain.records.map(({ outcome }) => outcome),
      ["discarded", "ok"],
    );
  });

  it("takes the added room back when the prompt does not fit beside it", async () => {
    const cut = { text: "and so on", finishReason: "length" };
    const { fake, chain } = await startOne([cut, faults.contextOverflow(9_000), cut]);
    assert.equal((await chain.complete()).stopReason, "length");
    assert.deepEqual(
      fake.requests.map(({ body }) => body.max_completion_tokens),
      [1_024, 2_048, 1_024],
    );
  });

  it("asks Claude to cache, and sends no protocol where there are no tools", async () => {
    const models = [{ id: "anthropic/claude", context_length: 200_000, supported_parameters: ["max_tokens"] }];
    const fake = await start({ models, respond: () => ({ text: "Condensed." }) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)], ["anthropic/claude"]);
    await chain.complete({ tools: [], toolChoice: "none", purpose: "condense" });
    assert.deepEqual(fake.requests[0]?.body.cache_control, { type: "ephemeral" });
    assert.deepEqual(fake.requests[0]?.messages, [
      { role: "system", content: "You are a careful researcher." },
      { role: "user", content: "Question: who climbed it first?" },
    ]);
  });

  it("gives no more room than the window has", async () => {
    const cut = { text: "and so on", finishReason: "length" };
    const fake = await start({ script: [cut] });
    const entry = { model: "fake/model", endpoint: null, contextTokens: 1_200 };
    const chain = await createTestChain([endpointAt(fake.baseUrl)], [entry]);
    assert.equal((await chain.complete()).stopReason, "length");
  });

  it("counts what failed tries cost beside the reply's own tokens", async () => {
    const usage = { prompt_tokens: 700, completion_tokens: 30, cost: 0.001 };
    const { chain } = await startOne([
      { text: "", usage },
      { text: "x", usage },
    ]);
    const reply = await chain.complete();
    assert.equal(reply.usage.promptTokens, 700);
    assert.deepEqual(reply.discarded, { promptTokens: 700, cachedTokens: 0, completionTokens: 30, costUsd: 0.001 });
  });

  it("takes calls that come with finish reason stop", async () => {
    const { chain } = await startOne([{ ...CALL, finishReason: "stop" }]);
    assert.equal((await chain.complete()).stopReason, "tool-calls");
  });

  it("takes markup that leaked into the text as the call that it is, and never as the answer", async () => {
    const leak = "<tool_call>search\n<arg_key>query</arg_key>\n<arg_value>x</arg_value>\n</tool_call>";
    const browsing = await startOne([{ text: leak }]);
    assert.deepEqual((await browsing.chain.complete()).toolCalls[0]?.arguments, { query: "x" });
    const writing = await startOne([{ text: leak }, { text: "The answer." }]);
    const reply = await writing.chain.complete({ toolChoice: "none", purpose: "write" });
    assert.deepEqual([reply.text, reply.toolCalls], ["The answer.", []]);
  });

  it("makes ids of calls unique in the turn and in the run", async () => {
    const call = { id: "call_0", name: "search", arguments: { query: "x" } };
    const { fake, chain } = await startOne([{ calls: [call, call] }, { calls: [call] }, { text: "x" }]);
    const messages: ModelMessage[] = [...opening];
    for (let turn = 0; turn < 3; turn++) {
      const reply = await chain.complete({ messages: [...messages] });
      messages.push({ role: "assistant", content: reply.text, toolCalls: reply.toolCalls });
      for (const { id } of reply.toolCalls) messages.push({ role: "tool", callId: id, content: "Nothing." });
    }
    const ids = messages.flatMap((message) => (message.role === "tool" ? [message.callId] : []));
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual(fake.problems, []);
  });

  it("passes reasoning back untouched to its model and drops it after a change of model", async () => {
    const details = [{ type: "reasoning.text", text: "Let me think.", signature: "sig", index: 0 }];
    const { fake, chain } = await startPair(
      [{ ...CALL, reasoningDetails: details }, CALL, faults.rateLimited(60)],
      [CALL],
    );
    const first = await chain.complete();
    assert.equal(fake.requests[0]?.body.models?.[0], "fake/second");
    const messages: ModelMessage[] = [
      ...opening,
      { role: "assistant", content: "", toolCalls: first.toolCalls, providerState: first.providerState },
      { role: "tool", callId: first.toolCalls[0]?.id ?? "", content: "Nothing." },
    ];
    await chain.complete({ messages });
    await chain.complete({ messages });
    const sent = fake.requests.slice(1).map(({ model, messages: wire }) => [model, wire[2].reasoning_details]);
    assert.deepEqual(sent, [
      ["fake/model", details],
      ["fake/model", details],
      ["fake/second", undefined],
    ]);
    assert.equal(fake.requests[1]?.body.models, undefined, "the gateway may not hand the reasoning on either");
    assert.deepEqual(fake.problems, []);
  });

  it("stops passing reasoning back to a server that objects to it", async () => {
    const complaint = "'messages.2' : for 'role:assistant' the property 'reasoning_details' is unsupported";
    const { fake, chain } = await startOne([
      { ...CALL, reasoningDetails: [{ type: "reasoning.text", text: "Hm." }] },
      faults.status(400, complaint),
      CALL,
    ]);
    const { toolCalls, providerState } = await chain.complete();
    const messages: ModelMessage[] = [
      ...opening,
      { role: "assistant", content: "", toolCalls, providerState },
      { role: "tool", callId: "c1", content: "Nothing." },
    ];
    await chain.complete({ messages });
    assert.deepEqual(
      fake.requests.slice(1).map(({ messages: wire }) => "reasoning_details" in wire[2]),
      [true, false],
    );
  });

  it("ends with the caller's own reason when it is stopped, while it waits and while a model answers", async () => {
    const reason = new Error("stopped by the asker");
    const aborted = AbortSignal.abort(reason);
    const { fake, chain } = await startOne([{ text: "long", stall: true }]);
    assert.equal(await failureOf(chain.complete({}, aborted)), reason);
    const controller = new AbortController();
    const pending = failureOf(chain.complete({}, controller.signal));
    await until(() => fake.requests[0], { what: "a request arrives" });
    controller.abort(reason);
    assert.equal(await pending, reason);
    assert.deepEqual(
      chain.records.map(({ outcome, errorCode }) => [outcome, errorCode]),
      [["aborted", null]],
    );
  });

  it("serves purposes with the models that are meant for them", async () => {
    const fake = await start({ models: LISTED, respond: () => ({ text: "x" }) });
    const entries = [
      { model: "fake/model", endpoint: null, purposes: ["write", "revise"] as ("write" | "revise")[] },
      { model: "fake/second", endpoint: null },
    ];
    const chain = await createTestChain([endpointAt(fake.baseUrl)], entries);
    await chain.complete({ purpose: "browse" });
    await chain.complete({ purpose: "write" });
    assert.deepEqual(
      fake.requests.map(({ model }) => model),
      ["fake/second", "fake/model"],
    );
  });

  it("gives a model that hung only a short probe while others can answer, and a lone slow one more time", async () => {
    const { chain } = await startPair([faults.hang(), faults.hang()], Array(4).fill({ text: "x" }), {}, HASTY);
    await chain.complete();
    chain.clock.advance(16_000);
    await chain.complete();
    const latencies = chain.records.filter(({ outcome }) => outcome === "failed").map(({ latencyMs }) => latencyMs);
    assert.equal(latencies.length, 2);
    assert.ok((latencies[1] ?? 0) < (latencies[0] ?? 0), `hung for ${latencies.join(" and ")} ms`);
    const slow = await start({
      respond: (_, index) => (index === 0 ? faults.hang() : { text: "At last.", delayMs: 1_300 }),
    });
    const alone = await createTestChain([endpointAt(slow.baseUrl)], ["fake/model"], HASTY);
    assert.equal((await alone.complete()).text, "At last.");
  });

  it("goes on when a record cannot be stored", async () => {
    const { chain, fake } = await startOne([{ text: "x" }]);
    chain.records.push = () => {
      throw new Error("database gone");
    };
    assert.equal((await chain.complete()).text, "x");
    assert.equal(fake.requests.length, 1);
    assert.ok(chain.logs.some(({ msg }) => msg === "model call could not be recorded"));
  });
});
