import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { splitIntoParts } from "../../src/pages/parts.ts";
import type { PageLink, PagePart } from "../../src/types.ts";
import { estimateTokens } from "../../src/words.ts";

const sentence = "The grid delivered 4.2 terawatt hours and the auditor confirmed the figure in spring. ";

describe("splitIntoParts", () => {
  it("leaves a short page whole", () => {
    assert.deepEqual(splitIntoParts("# Title\n\nA line.", []), [{ start: 0, end: 16, heading: "Title" }]);
  });

  it("gives an empty page one empty part", () => {
    assert.deepEqual(splitIntoParts("", []), [{ start: 0, end: 0, heading: null }]);
  });

  it("covers any text without gaps, in order, and never cuts a character in two", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3000 }),
      fc.string({ unit: "grapheme", minLength: 500, maxLength: 3000 }),
      fc.constantFrom("", "## Heading", "```", "| a | b |", sentence.repeat(40), "x".repeat(9000), "😀".repeat(4000)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join("\n").toWellFormed();
        const parts = splitIntoParts(text, []);
        assertCovers(parts, text);
        for (const { start, end } of parts) assert.ok(text.slice(start, end).isWellFormed());
      }),
      { numRuns: 150 },
    );
  });

  it("keeps every part near 1,200 tokens, links counted at ten each", () => {
    const words = Array.from({ length: 3000 }, (_, index) => `word${index}`);
    const text = words.join(" ");
    let position = 0;
    const links = words.map((word): PageLink => {
      const start = position;
      position += word.length + 1;
      return { start, end: start + word.length, url: "https://example.org/" };
    });
    const parts = splitIntoParts(text, links);
    assertCovers(parts, text);
    for (const part of parts) {
      const inside = links.filter((link) => link.start >= part.start && link.end <= part.end).length;
      const tokens = estimateTokens(text.slice(part.start, part.end)) + 10 * inside;
      assert.ok(tokens <= 1360, `expected at most 1,360 tokens, got ${tokens}`);
    }
    const cutLinks = links.filter((link) => parts.some(({ end }) => end > link.start && end < link.end));
    assert.deepEqual(cutLinks, []);
  });

  it("cuts a single line of 600,000 characters, also one without a space", () => {
    for (const text of [sentence.repeat(7000).slice(0, 600_000), "a".repeat(600_000), "格".repeat(600_000)]) {
      const parts = splitIntoParts(text, []);
      assertCovers(parts, text);
      const most = Math.max(...parts.map(({ start, end }) => estimateTokens(text.slice(start, end))));
      assert.ok(most <= 1350, `expected at most 1,350 tokens, got ${most}`);
      assert.ok(parts.length < 1100, `got ${parts.length} parts`);
    }
  });

  it("prefers to cut before headings and names each part after the nearest heading above", () => {
    const section = (name: string) => `## ${name}\n\n${sentence.repeat(45)}\n\n`;
    const text = ["One", "Two", "Three"].map(section).join("");
    const parts = splitIntoParts(text, []);
    assert.deepEqual(
      parts.map(({ start, heading }) => [
        text
          .slice(start, start + 8)
          .trim()
          .split("\n")[0],
        heading,
      ]),
      [
        ["## One", "One"],
        ["## Two", "Two"],
        ["## Three", "Three"],
      ],
    );
  });

  it("names the section that a part in its middle belongs to", () => {
    const text = `# Report\n\n## Supply\n\n${`${sentence.repeat(20)}\n\n`.repeat(12)}`;
    const parts = splitIntoParts(text, []);
    assert.ok(parts.length > 3);
    assert.deepEqual(new Set(parts.slice(1).map(({ heading }) => heading)), new Set(["Supply"]));
  });

  it("keeps code and tables whole when they fit into a part", () => {
    const code = `\`\`\`sh\n${"# not a heading\nnpm run check\n\n".repeat(60)}\`\`\``;
    const table = `| year | TWh |\n| --- | --- |\n${"| 2012 | 4.2 |\n".repeat(150)}`;
    for (const block of [code, table.trimEnd()]) {
      const text = `${`${sentence.repeat(10)}\n\n`.repeat(4)}${block}\n\n${`${sentence.repeat(10)}\n\n`.repeat(4)}`;
      const parts = splitIntoParts(text, []);
      assertCovers(parts, text);
      const holding = parts.filter(({ start, end }) => text.slice(start, end).includes(block));
      assert.equal(holding.length, 1, `cut into ${parts.length} parts`);
    }
  });

  it("cuts a table that is too long between its rows", () => {
    const text = `| year | TWh |\n| --- | --- |\n${"| 2012 | 4.2 and some words more |\n".repeat(900)}`;
    const parts = splitIntoParts(text, []);
    assert.ok(parts.length > 3);
    for (const { start } of parts) assert.equal(text.charAt(start), "|");
  });

  it("leaves no heading alone at the end of a part", () => {
    const text = `${sentence.repeat(56)}\n\n## Next\n\n${sentence.repeat(56)}\n`;
    for (const { start, end } of splitIntoParts(text, [])) {
      assert.doesNotMatch(text.slice(start, end).trimEnd(), /## Next$/);
    }
  });
});

function assertCovers(parts: PagePart[], text: string): void {
  assert.ok(parts.length > 0);
  assert.equal(parts[0]?.start, 0);
  assert.equal(parts.at(-1)?.end, text.length);
  for (const [index, part] of parts.entries()) {
    if (index > 0) assert.equal(part.start, parts[index - 1]?.end);
    assert.ok(part.end > part.start || text === "", `part ${index} is empty`);
  }
}
