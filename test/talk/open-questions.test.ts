import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openQuestionsIn, withFindings } from "../../src/talk/open-questions.ts";
import type { Citation, ReportSource } from "../../src/types.ts";
import { makeReport } from "../helpers/runs.ts";

function cited(number: number, statement: string): Citation {
  return { number, statement, passage: null, url: `https://acme.example/${number}`, verdict: "supported", reason: "" };
}

function source(number: number, url: string): ReportSource {
  return { number, title: url, url, publishedAt: null, readAt: "2026-11-22T10:00:00.000Z" };
}

describe("the open questions of a digest", () => {
  it("are those that it calls open, without label and author", () => {
    const citations = [
      cited(1, 'Open: Ana Lindt: "Which port does the collector listen on?"'),
      cited(2, "Open: Ben asked whether the collector speaks HTTP."),
      cited(3, 'Asked: Ana Lindt: "Who has the key?"'),
      cited(4, 'Decided: Ben: "We open a branch."'),
    ];
    assert.deepEqual(openQuestionsIn({ citations }), [
      "Which port does the collector listen on?",
      "Ben asked whether the collector speaks HTTP.",
    ]);
  });

  it("are answered below it, in one numbering and one list of sources", () => {
    const digest = makeReport("run", {
      answer: "- **Open:** Which port? [1]",
      citations: [cited(1, "Open: Which port?")],
      sources: [source(1, "https://acme.example/1")],
    });
    const report = makeReport("run", {
      answer: "It is 4317 [1][2], see [1](https://example.org).",
      citations: [cited(1, "It is 4317."), cited(2, "It is 4317.")],
      sources: [source(1, "https://example.org/a"), source(2, "https://example.org/b")],
      queries: ["port"],
    });
    const nothing = makeReport("run", { outcome: "nothing-found", answer: "I found nothing." });
    const whole = withFindings(digest, [
      { question: "Which port?", report },
      { question: "Why?", report: nothing },
    ]);
    assert.equal(
      whole.answer,
      "- **Open:** Which port? [1]\n\n**Looked up: Which port?**\n\nIt is 4317 [2][3], see [1](https://example.org).\n\n**Looked up: Why?**\n\nNothing reliable was found on this.",
    );
    assert.deepEqual(
      whole.sources.map(({ number, url }) => [number, url]),
      [
        [1, "https://acme.example/1"],
        [2, "https://example.org/a"],
        [3, "https://example.org/b"],
      ],
    );
    assert.deepEqual(
      whole.citations.map(({ number }) => number),
      [1, 2, 3],
    );
    assert.equal(whole.usage.costUsd, 0.75);
    assert.deepEqual(whole.queries, ["port"]);
  });
});
