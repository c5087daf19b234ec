import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkAnswer, deliverAnswer, revisionNotes } from "../../src/research/citations.ts";
import type { Source } from "../../src/types.ts";

const PIECES = [
  "The bridge is 300 m long",
  "It was built in 1932 by Mary Holt",
  "宽城大桥长300米。",
  "الجسر طوله 300 متر.",
  " 【17】",
  "【17†300 m long】",
  "【3†",
  "【】",
  "[17]",
  "[^3]",
  "[3, 17]",
  "[99]",
  "[0]",
  "[17](https://example.org/17)",
  "[words](https://example.org/3)",
  "[x](https://evil.example)",
  "https://example.org/17",
  "<https://evil.example>",
  ". ",
  ".\n\n",
  "\n- ",
  "\n  - ",
  "\n1. ",
  "\n# ",
  "\n> ",
  "\n| a | b |\n|---|---|\n| c | ",
  " | ",
  "\n|---|---|\n",
  "`",
  "```\n",
  "~~~\n",
  "**",
  "\\",
  "[",
  "]",
  "(",
  ")",
  "]:",
  '"',
  "“long”",
  "\n\n## Sources\n\n- [17] https://example.org/17\n",
  "\u202e",
  "\ud800",
  "never ",
  "not 3.5% of €12 million on 12 May 1932",
];

const markdown = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12, unit: "grapheme" })), { maxLength: 30 })
  .map((pieces) => pieces.join(""));
const pageText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 20 })), { maxLength: 20 })
  .map((pieces) => pieces.join(" "));

function source(number: number, text: string): Source {
  const page = {
    url: `https://example.org/${number}`,
    title: `Page ${number}`,
    publishedAt: null,
    readAt: "2026-01-01T00:00:00Z",
    text,
  };
  return {
    number,
    hops: 0,
    foundBy: "search",
    query: null,
    page: { ...page, links: [], anchors: [], parts: [{ start: 0, end: text.length, heading: null }] },
  };
}

/** Without fenced blocks and code spans. */
function proseOf(answer: string): string {
  return answer
    .replace(/^[ >]{0,6}(`{3,}|~{3,})[^`\n]*$[\s\S]*?(?:^[ >]{0,6}\1[^`\n]*$|$(?![\s\S]))/gm, "")
    .replace(/(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\1(?!`)/g, "");
}

/** Marks as a reader sees them: outside code, not escaped. */
function marksOf(answer: string): number[] {
  const prose = proseOf(answer);
  return Array.from(prose.matchAll(/(?<!\\)\[\^?(\d{1,9})\](?!\()/g), ([, number]) => Number(number));
}

describe("checkAnswer and deliverAnswer on any answer and any page", () => {
  it("never throw, and give each statement its place in the answer", () => {
    fc.assert(
      fc.property(markdown, pageText, pageText, (answer, first, second) => {
        const sources = [source(17, first), source(3, second)];
        const statements = checkAnswer(answer, sources);
        for (const { start, end } of statements) assert.ok(start >= 0 && start <= end && end <= answer.length);
        for (const { evidence } of statements)
          for (const { number, passage } of evidence) {
            const text = number === 17 ? first : second;
            assert.equal(text.slice(passage.start, passage.end), passage.text);
          }
        deliverAnswer(answer, statements, sources);
        revisionNotes(statements, sources);
      }),
      { numRuns: 300 },
    );
  });

  it("leave no mark without a source, and number the sources 1 to k in order of appearance", () => {
    fc.assert(
      fc.property(markdown, pageText, (answer, text) => {
        const sources = [
          source(17, `${text} The bridge is 300 m long. It was built in 1932 by Mary Holt.`),
          source(3, text),
        ];
        const delivered = deliverAnswer(answer, checkAnswer(answer, sources), sources);
        const count = delivered.sources.length;
        const seen = [...new Set(marksOf(delivered.answer))];
        assert.deepEqual(
          delivered.sources.map(({ number }) => number),
          Array.from({ length: count }, (_, index) => index + 1),
        );
        for (const number of seen)
          assert.ok(number >= 1 && number <= count, `[${number}] of ${count} in ${JSON.stringify(delivered.answer)}`);
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
        );
        for (const { number } of delivered.citations) assert.ok(number >= 1 && number <= count);
        assert.doesNotMatch(proseOf(delivered.answer), /【\s*\d/);
      }),
      { numRuns: 300 },
    );
  });

  it("manage an answer of 40,000 characters and one long table", () => {
    const text = "The bridge is 300 m long. It was built in 1932 by Mary Holt.";
    const sources = [source(17, text)];
    const prose = "The bridge is 300 m long 【17】. It was built in 1933 by Mary Holt 【17】. ".repeat(560);
    const table = `| Name | Length | Built |\n|---|---|---|\n${"| Bridge | 300 m [17] | 1933 [17] |\n".repeat(1_000)}`;
    for (const answer of [prose, table]) {
      assert.ok(answer.length > 30_000);
      const statements = checkAnswer(answer, sources);
      const delivered = deliverAnswer(answer, statements, sources);
      assert.equal(delivered.removed, statements.length / 2);
      assert.equal(delivered.sources.length, 1);
    }
  });

  it("manage long runs of one sign, in the answer and in the page", () => {
    for (const sign of ["a", "1", "A. ", "No. ", "[", "【1†", "`", "|", "中", '"', "not "]) {
      const run = sign.repeat(Math.floor(40_000 / sign.length));
      const sources = [source(17, `${run}\n\nThe bridge is 300 m long.`)];
      const answer = `The bridge is 300 m long 【17】.\n\n${run}`;
      const statements = checkAnswer(answer, sources);
      assert.ok(statements.length > 0);
      assert.match(deliverAnswer(answer, statements, sources).answer, /^The bridge is 300 m long/);
    }
  });

  it("keep the shape of every table", () => {
    const cell = fc.constantFrom("300 m [17]", "400 m [17]", "1932", "x", "", "`a | b`", "[99]", "1933 【17】");
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const sources = [source(17, "The bridge is 300 m long. It was built in 1932 by Mary Holt.")];
        const lines = [
          "| Name | Length | Built |",
          "|---|---|---|",
          ...rows.map((cells) => `| ${cells.join(" | ")} |`),
        ];
        const { answer } = deliverAnswer(lines.join("\n"), checkAnswer(lines.join("\n"), sources), sources);
        const bars = (line: string): number => line.replace(/`[^`]*`/g, "").split("|").length;
        assert.deepEqual(
          answer.split("\n").map(bars),
          lines.map((line) => bars(line.trim())),
        );
      }),
      { numRuns: 100 },
    );
  });
});
