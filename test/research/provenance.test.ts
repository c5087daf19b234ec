import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import type { Report } from "../../src/types.ts";

const REPORT: Report = {
  runId: "run-1",
  question: "How long is the bridge?",
  outcome: "answered",
  stopReason: "finished",
  answer: "The bridge is 300 m long [1].",
  citations: [
    {
      number: 1,
      statement: "The bridge is 300 m long.",
      passage: { text: "The Alder Bridge is 300 m long.", start: 10, end: 41 },
      url: "https://example.org/bridge",
      verdict: "supported",
      reason: "",
    },
  ],
  uncited: ["The bridge is painted green."],
  removed: 2,
  sources: [
    {
      number: 1,
      title: "Alder <Bridge>",
      url: "https://example.org/bridge",
      publishedAt: "2024-02-03T00:00:00Z",
      readAt: "2026-03-01T10:00:00Z",
    },
  ],
  gate: {
    score: 0.75,
    isPassed: true,
    rules: [{ name: "coverage", held: true, weight: 1, reason: "2 of 2 answered." }],
    gaps: ["Who paid?"],
  },
  gaps: ["Who paid?"],
  contradictions: [
    {
      about: "length of the bridge",
      claims: [
        { number: 1, value: "300 m", passage: "is 300 m long", url: "https://example.org/bridge" },
        { number: null, value: "310 m", passage: "measures 310 m", url: "https://other.example/b" },
      ],
    },
  ],
  plan: { subQuestions: [] },
  queries: ["alder bridge length"],
  models: [{ model: "test/model", calls: 3 }],
  usage: {
    modelCalls: 3,
    promptTokens: 1,
    cachedTokens: 0,
    completionTokens: 1,
    costUsd: null,
    searches: 1,
    pages: 1,
    durationMs: 5,
  },
  finishedAt: "2026-03-01T10:05:00Z",
};

describe("renderMarkdownReport", () => {
  const text = renderMarkdownReport(REPORT);

  it("begins with the question and the answer", () => {
    assert.ok(text.startsWith("# How long is the bridge?\n\nThe bridge is 300 m long [1].\n"));
  });

  it("shows for each statement the page's words, its title, address and the day it was read", () => {
    assert.match(text, /- \[1\] The bridge is 300 m long\.\n {2}> The Alder Bridge is 300 m long\./);
    assert.match(
      text,
      /Alder \\<Bridge\\>: <https:\/\/example\.org\/bridge#:~:text=The%20Alder%20Bridge%20is%20300%20m%20long\.>, read 2026-03-01/,
    );
  });

  it("names the page of a PDF beside its title", () => {
    const url = "/docs/bridge.pdf";
    const citations = REPORT.citations.map((citation) => ({
      ...citation,
      ...{ url, passage: { text: "300 m long", start: 1, end: 11, anchor: "page 7" } },
    }));
    assert.match(
      renderMarkdownReport({ ...REPORT, citations }),
      /Bridge\\>, page 7: `\/docs\/bridge\.pdf`, read 2026-03-01/,
    );
  });

  it("shows where sources disagree and what was not found", () => {
    assert.match(
      text,
      /## Sources disagree\n\n- length of the bridge\n {2}- 300 m: “is 300 m long” \[1\] <https:\/\/example\.org\/bridge#:~:text=is%20300%20m%20long>\n {2}- 310 m: “measures 310 m” <https:\/\/other\.example\/b#/,
    );
    assert.match(text, /## Not found\n\n- Who paid\?/);
  });

  it("leaves these blocks out when there is nothing to say", () => {
    const plain = renderMarkdownReport({ ...REPORT, contradictions: [], gaps: [] });
    assert.doesNotMatch(plain, /Sources disagree|Not found/);
  });

  it("says what was checked, with the gate's score and rules", () => {
    assert.match(
      text,
      /1 of 2 statements were confirmed by code in the stored text of the pages; 2 that failed were removed\./,
    );
    assert.match(text, /Evidence score 75%:\n\n- Held: coverage\. 2 of 2 answered\./);
    assert.match(text, /- The bridge is painted green\.\n {2}- \*\*No source is named for this\.\*\*/);
  });

  it("does not let foreign text act as Markdown", () => {
    const [citation] = REPORT.citations;
    assert.ok(citation);
    const hostile = { ...citation, passage: { text: "a [link](https://evil.example)\n# b | <img>", start: 0, end: 1 } };
    assert.match(
      renderMarkdownReport({ ...REPORT, citations: [hostile] }),
      /> a \\\[link\\\]\(https:\/\/evil\.example\) \\# b \\\| \\<img\\>/,
    );
  });
});
