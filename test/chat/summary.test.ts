import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summarize } from "../../src/chat/summary.ts";

describe("the summary of an answer", () => {
  it("is its first two sentences, without marks, headings and markup", () => {
    const answer = "# Ports\n\nThe **collector** listens on port 4317 [1]. It speaks gRPC [2][3]. More follows [1].";
    assert.equal(summarize(answer), "The collector listens on port 4317. It speaks gRPC.");
  });

  it("is one sentence when two would be too long, and never longer than asked for", () => {
    assert.equal(summarize(`Short one. Long ${"long ".repeat(100)}end.`, 80), "Short one.");
    assert.ok(summarize(`${"word ".repeat(200)}.`, 80).length <= 80);
  });

  it("takes the first points where an answer begins with a list", () => {
    assert.equal(summarize("- Alpha is fast [1].\n- Beta is small [2].\n- Gamma."), "Alpha is fast. Beta is small.");
  });
});
