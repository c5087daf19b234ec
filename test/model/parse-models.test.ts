import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RuminateError } from "../../src/errors.ts";
import { parseModels } from "../../src/model/parse-models.ts";

describe("parseModels", () => {
  it("reads slugs in their order, with and without an endpoint", () => {
    assert.deepEqual(
      parseModels(" z-ai/glm-5.2, llama3.1:8b@local ,\n~z-ai/glm-latest:nitro,,@cf/meta/llama-3,@cf/x@edge"),
      [
        { model: "z-ai/glm-5.2", endpoint: null },
        { model: "llama3.1:8b", endpoint: "local" },
        { model: "~z-ai/glm-latest:nitro", endpoint: null },
        { model: "@cf/meta/llama-3", endpoint: null },
        { model: "@cf/x", endpoint: "edge" },
      ],
    );
  });

  it("reads options behind semicolons", () => {
    assert.deepEqual(parseModels("rumination@local; transport=raw; context=32k; for=browse+write; effort=low"), [
      {
        model: "rumination",
        endpoint: "local",
        transport: "raw",
        contextTokens: 32_000,
        purposes: ["browse", "write"],
        effort: "low",
      },
    ]);
  });

  it("says which entry is wrong and what was expected", () => {
    const cases: [string, RegExp][] = [
      ["a,b c", /"b c": expected a model name without spaces/],
      ["a@", /"a@": expected the name of an endpoint behind the @/],
      ["a;transport=smoke", /expected transport= with one of tools, text, raw, got "smoke"/],
      ["a;context=2k", /at least 4000 tokens, such as 32768 or 32k, got "2k"/],
      ["a;context=much", /got "much"/],
      ["a;for=browse+sleep", /for= with one of .*, got "sleep"/],
      ["a;colour=red", /behind the semicolon, got "colour=red"/],
      [";transport=raw", /expected a model name/],
      ["a,b,a", /"a": expected each model once/],
    ];
    for (const [text, expected] of cases) {
      assert.throws(
        () => parseModels(text),
        (error: RuminateError) => {
          assert.equal(error.code, "CONFIG_INVALID");
          assert.match(error.message, expected);
          return true;
        },
      );
    }
  });

  it("either reads a list or refuses it in words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        try {
          assert.ok(parseModels(text).every(({ model }) => model !== ""));
        } catch (error) {
          assert.ok(error instanceof RuminateError && error.code === "CONFIG_INVALID");
        }
      }),
    );
  });
});
