import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { cleanParameters, jsonb } from "../../src/storage/sql-values.ts";

describe("values on their way to the database", () => {
  it("lose NUL characters and lone surrogates in text, also within arrays", () => {
    assert.deepEqual(cleanParameters(["a\0b", ["\ud800x"], 1, null]), ["a\ufffdb", ["\ufffdx"], 1, null]);
  });

  it("lose them in JSON, keys included, where the database would refuse the row", () => {
    const value = { "k\0": "a\0b", list: ["\udc00", "😀"] };
    assert.deepEqual(JSON.parse(jsonb(value)), { "k\ufffd": "a\ufffdb", list: ["\ufffd", "😀"] });
  });

  it("keep text that only looks like an escape", () => {
    const value = ["\\u0000", "\\\\u0000", "\\ud800", '\\"\\u0000', "\u0001"];
    assert.deepEqual(JSON.parse(jsonb(value)), value);
  });

  it("come back from JSON as they went, whatever well-formed text without NUL they hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!text.includes("\0"));
        assert.equal(JSON.parse(jsonb({ text })).text, text);
      }),
    );
  });

  it("become null where JSON has no word for them", () => {
    assert.equal(jsonb(undefined), "null");
  });
});
