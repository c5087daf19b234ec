import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RuminateError } from "../../src/errors.ts";
import { type FakeModelOptions, faults, startFakeModel } from "../helpers/fake-model-server.ts";
import { until } from "../helpers/until.ts";
import { createTestChain, endpointAt, type TestChain } from "./helpers.ts";

const listed = (id: string, more: Record<string, unknown> = {}) => ({ id, context_length: 128_000, ...more });

/** The room over one fake, closed again when the work is done. */
async function withFake<Result>(
  options: FakeModelOptions,
  work: (baseUrl: string, models: () => string[]) => Promise<Result>,
): Promise<Result> {
  const fake = await startFakeModel({ respond: () => ({ text: "x" }), ...options });
  try {
    return await work(fake.baseUrl, () => fake.requests.map(({ model }) => model));
  } finally {
    await fake.close();
  }
}

function messages({ logs }: TestChain): unknown[] {
  return logs.map(({ msg }) => msg);
}

describe("createLanguageModel", () => {
  it("makes a chain from an OpenRouter key alone, of the defaults that are still offered", async () => {
    const models = [listed("moonshotai/kimi-k2.6"), listed("deepseek/deepseek-v4-pro")];
    await withFake({ models }, async (baseUrl) => {
      const chain = await createTestChain([endpointAt(baseUrl)], []);
      assert.equal(chain.model.name, "moonshotai/kimi-k2.6 → deepseek/deepseek-v4-pro → ~z-ai/glm-latest");
      assert.equal(chain.model.contextTokens, 128_000);
      assert.ok(messages(chain).includes("default models are not offered any more"));
    });
  });

  it("makes a chain from an OpenAI key alone, with known windows and prices", async () => {
    const models = ["gpt-5.4", "gpt-5.6-terra", "gpt-5-mini", "text-embedding-4"];
    await withFake({ models, kind: "openai" }, async (baseUrl) => {
      const chain = await createTestChain([endpointAt(baseUrl, { kind: "openai", name: "openai" })], []);
      assert.equal(chain.model.name, "gpt-5.6-terra → gpt-5.4 → gpt-5-mini");
      assert.equal(chain.model.contextTokens, 272_000);
      const { usage } = await chain.complete();
      const dollars = (usage.promptTokens * 2.5 + usage.completionTokens * 15) / 1e6;
      assert.ok(Math.abs((usage.costUsd ?? 0) - dollars) < 1e-9);
    });
  });

  it("takes the model and its window from the list of a server of one's own", async () => {
    const models = [{ id: "bge-m3-embedding" }, { id: "qwen3-32b", max_model_len: 40_960 }];
    await withFake({ models, kind: "compatible" }, async (baseUrl, asked) => {
      const chain = await createTestChain([endpointAt(baseUrl, { kind: "compatible", apiKey: null })], []);
      assert.equal(chain.model.contextTokens, 40_960);
      await chain.complete();
      assert.deepEqual(asked(), ["qwen3-32b"]);
    });
  });

  it("warns that a window is only assumed, with a smaller one for Ollama, which cuts prompts in silence", async () => {
    await withFake({ models: [{ id: "llama", owned_by: "library" }, { id: "other" }] }, async (baseUrl) => {
      const endpoint = endpointAt(baseUrl, { kind: "compatible" });
      const ollama = await createTestChain([endpoint], ["llama"]);
      const other = await createTestChain([endpoint], ["other"]);
      assert.deepEqual([ollama.model.contextTokens, other.model.contextTokens], [8_192, 32_768]);
      assert.ok(messages(ollama).some((message) => /context window is not known/.test(String(message))));
    });
  });

  it("comes up without the list of models, and says so", async () => {
    for (const modelsReply of [faults.status(500), faults.html(), { reset: true } as const]) {
      await withFake({ modelsReply }, async (baseUrl) => {
        const chain = await createTestChain([endpointAt(baseUrl)], []);
        assert.equal((await chain.complete()).text, "x");
        assert.ok(messages(chain).includes("list of models could not be fetched"));
      });
    }
  });

  it("says where a model is looked for when an address lists none", async () => {
    await withFake({ models: null, kind: "compatible" }, async (baseUrl) => {
      await assert.rejects(
        createTestChain([endpointAt(baseUrl, { kind: "compatible" })], []),
        (error: RuminateError) => {
          return error.code === "MODEL_UNREACHABLE" && error.message.includes(baseUrl);
        },
      );
    });
  });

  it("warns of a model that will be withdrawn, and of a name that the endpoint does not have", async () => {
    const models = [listed("z-ai/glm-5.2", { expiration_date: "2026-12-31" }), listed("z-ai/glm-5.3")];
    await withFake({ models }, async (baseUrl) => {
      const chain = await createTestChain([endpointAt(baseUrl)], ["z-ai/glm-5.2:nitro", "zai/glm-5.3"]);
      const warnings = chain.logs.filter(({ level }) => level === 40);
      assert.deepEqual(
        warnings.map(({ msg, expiresOn, nearest }) => [msg, expiresOn ?? nearest]),
        [
          ["model will be withdrawn", "2026-12-31"],
          ["model is not in the endpoint's list", ["z-ai/glm-5.3", "z-ai/glm-5.2"]],
        ],
      );
    });
  });

  it("fetches the list again after a day, and not before", async () => {
    const fake = await startFakeModel({ respond: () => ({ text: "x" }) });
    const chain = await createTestChain([endpointAt(fake.baseUrl)]);
    await chain.complete();
    assert.equal(fake.modelsRequests, 1);
    chain.clock.advance(24 * 60 * 60 * 1_000);
    await chain.complete();
    await until(() => fake.modelsRequests === 2, { what: "the list is fetched again" });
    await fake.close();
  });

  it("looks for a model without an endpoint where it is listed", async () => {
    await withFake({ models: ["a"] }, (first) =>
      withFake({ models: ["b"] }, async (second, asked) => {
        const endpoints = [
          endpointAt(first, { kind: "compatible" }),
          endpointAt(second, { kind: "compatible", name: "other" }),
        ];
        await (await createTestChain(endpoints, ["b"])).complete();
        assert.deepEqual(asked(), ["b"]);
      }),
    );
  });

  it("refuses settings that cannot work, naming what is there", async () => {
    await withFake({}, async (baseUrl) => {
      const unknown = createTestChain([endpointAt(baseUrl)], [{ model: "x", endpoint: "locl" }]);
      await assert.rejects(unknown, /The model x names the endpoint "locl"; there are: openrouter\./);
      await assert.rejects(createTestChain([]), /at least one model endpoint/);
      await assert.rejects(createTestChain([endpointAt("not an address")]), /to be a web address/);
    });
  });

  it("hands OpenRouter the routing wishes, the models behind the first, and no more than three in all", async () => {
    const ids = ["a/1", "a/2", "a/3", "a/4"];
    const fake = await startFakeModel({ models: ids, respond: () => ({ text: "x" }) });
    const provider = { data_collection: "deny", zdr: true };
    const chain = await createTestChain([endpointAt(fake.baseUrl, { provider })], ids);
    await chain.complete();
    assert.deepEqual(fake.requests[0]?.body.provider, provider);
    assert.deepEqual(fake.requests[0]?.body.models, ["a/2", "a/3"]);
    await fake.close();
  });
});
