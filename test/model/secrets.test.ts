import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import type { RuminateError } from "../../src/errors.ts";
import { createSecretHider } from "../../src/model/hide-secrets.ts";
import { createOpenAiClient } from "../../src/model/openai-client.ts";
import { type FakeReply, startFakeModel } from "../helpers/fake-model-server.ts";
import { createTestChain, endpointAt, KEY } from "./helpers.ts";

const echo = `You sent Authorization: Bearer ${KEY}`;

describe("the API key", () => {
  it("is in no error, no log line and no record, whatever an endpoint echoes", async () => {
    const error = { message: echo, code: 500, metadata: { raw: echo } };
    const replies: FakeReply[] = [
      ...[400, 401, 402, 403, 404, 413, 429, 500].map((status) => ({ status, body: { error } })),
      { status: 400, body: { error: echo } },
      { status: 400, body: { detail: [{ msg: echo }] } },
      { status: 500, body: echo },
      { status: 401, body: `<html>${echo}</html>`, contentType: "text/html" },
      { status: 200, body: { error } },
      { status: 200, body: echo, contentType: "text/event-stream" },
      { status: 200, body: `data: ${echo}\n\n`, contentType: "text/event-stream" },
      { text: "half", midStreamError: error },
      { reset: true },
    ];
    for (const reply of replies) {
      const fake = await startFakeModel({ respond: () => reply, modelsReply: { status: 401, body: { error } } });
      const chain = await createTestChain([endpointAt(fake.baseUrl)]);
      const thrown: RuminateError = await chain.complete().then(
        () => assert.fail("Expected a failure."),
        (failed) => failed,
      );
      const told = inspect([thrown, thrown.cause, thrown.details, chain.records], { depth: 12, showHidden: true });
      assert.equal(told.includes(KEY), false, `error after ${JSON.stringify(reply)}`);
      assert.equal(JSON.stringify(chain.logs).includes(KEY), false, `log after ${JSON.stringify(reply)}`);
      assert.ok(fake.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
      await fake.close();
    }
  });

  it("is refused before it is used when it cannot be a header, without being shown", async () => {
    const broken = endpointAt("http://127.0.0.1:9/v1", { apiKey: `${KEY}\nX-Other: 1` });
    await assert.rejects(createTestChain([broken]), (error: RuminateError) => {
      return error.code === "CONFIG_INVALID" && !inspect(error).includes(KEY);
    });
    const signal = new AbortController().signal;
    const client = createOpenAiClient(broken);
    const body = { model: "m", messages: [], stream: true };
    const exchange = await client.complete(body, { signal, idleMs: 1_000, totalMs: 1_000 });
    assert.equal(inspect(exchange, { depth: 12 }).includes(KEY), false);
  });

  it("is not taken from an address", async () => {
    const endpoint = endpointAt("https://user:hunter2hunter2@models.example/v1");
    await assert.rejects(createTestChain([endpoint]), (error: RuminateError) => {
      return error.code === "CONFIG_INVALID" && !inspect(error).includes("hunter2");
    });
  });

  it("is hidden also when only its shape is known", () => {
    const hide = createSecretHider([null]);
    assert.equal(
      hide("Incorrect API key provided: sk-proj-****abcd. Bearer abcdefgh"),
      "Incorrect API key provided: [hidden]. Bearer [hidden]",
    );
    assert.equal(hide("https://user:pass@host/v1 does not answer"), "https://[hidden]@host/v1 does not answer");
  });
});
