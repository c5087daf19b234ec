import assert from "node:assert/strict";
import { it } from "node:test";
import { pino } from "pino";
import { readerWith } from "../../eval/second-reader.ts";
import { createLanguageModel } from "../../src/model/create-models.ts";
import { checkAnswer } from "../../src/research/citations.ts";
import type { Source } from "../../src/types.ts";
import { startFakeModel } from "../helpers/fake-model-server.ts";
import { makePage } from "../helpers/pages.ts";

const TEXT = "The lighthouse of Torvik was built in 1861. A keeper lit the lamp each evening until 1974.";

it("the evaluation's reader judges statements as a second opinion in a run does, and counts what it cost", async (test) => {
  const opinions = [
    { statement: 1, verdict: "contradicted", words: [{ page: 1, text: "A keeper lit the lamp each evening" }] },
  ];
  const fake = await startFakeModel({
    script: [{ text: JSON.stringify({ opinions }), usage: { prompt_tokens: 900, completion_tokens: 40 } }],
  });
  test.after(() => fake.close());
  const model = await createLanguageModel(
    {
      endpoints: [{ name: "fake", baseUrl: fake.baseUrl, apiKey: "sk-test-key-000000", kind: "compatible" }],
      models: [{ model: "fake-model", endpoint: "fake", contextTokens: 16_000, transport: "tools" }],
      contextTokens: 16_000,
    },
    { log: pino({ level: "silent" }), record: () => {} },
  );
  const page = makePage("https://torvik.example/lighthouse", "Lighthouse of Torvik", TEXT);
  const source: Source = { number: 1, hops: 0, foundBy: "search", query: null, page };
  const statements = checkAnswer(
    "The lighthouse of Torvik was built in 1861 【1】. A keeper put the lamp out each evening until 1974 【1】.",
    [source],
  );
  const reader = readerWith(model);
  const judged = await reader.judge(statements, [source]);
  const [verbatim, altered] = statements;
  assert.ok(verbatim && altered);
  assert.equal(judged.has(verbatim), false);
  assert.equal((judged.get(altered) ?? altered).verdict, "unsupported");
  assert.equal(reader.cost().calls, 1);
  assert.ok(reader.cost().promptTokens > 0);
  assert.deepEqual(fake.problems, []);
});
