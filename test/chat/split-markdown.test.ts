import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseMarkdown } from "../../src/chat/parse-markdown.ts";
import { splitMarkdown } from "../../src/chat/split-markdown.ts";

const paragraph = (words: number, word = "word") => Array.from({ length: words }, () => word).join(" ");

describe("splitting a long answer", () => {
  it("leaves what fits in one part as it is", () => {
    const answer = "# Title\n\nSome *words* with a [link](https://example.org).\n\n- one\n- two";
    assert.deepEqual(splitMarkdown(answer, 1_000), [answer]);
  });

  it("cuts at headings rather than in the middle of a section", () => {
    const sections = ["A", "B", "C"].map((name) => `## ${name}\n\n${paragraph(20)}\n\n${paragraph(20)}`);
    const parts = splitMarkdown(sections.join("\n\n"), 450);
    assert.deepEqual(parts, [sections.slice(0, 2).join("\n\n"), sections[2]]);
  });

  it("keeps a heading together with what follows it", () => {
    const parts = splitMarkdown(`${paragraph(40)}\n\n## Next\n\n${paragraph(40)}`, 230);
    assert.match(parts[1] ?? "", /^## Next\n\nword/);
  });

  it("closes a code fence at the cut and opens it again with its language", () => {
    const code = `\`\`\`ts\n${Array.from({ length: 60 }, (_, line) => `const value${line} = ${line};`).join("\n")}\n\`\`\``;
    const parts = splitMarkdown(code, 400);
    assert.ok(parts.length > 2);
    for (const part of parts) {
      const { children } = parseMarkdown(part);
      assert.deepEqual(
        children.map((node) => (node.type === "code" ? node.lang : node.type)),
        ["ts"],
      );
    }
    const lines = parts.flatMap((part) => part.split("\n").filter((line) => line.startsWith("const")));
    assert.equal(lines.length, 60);
  });

  it("never cuts a table that fits, and repeats the head of one that does not", () => {
    const head = "| name | value |\n| --- | --- |";
    const rows = Array.from({ length: 40 }, (_, row) => `| row ${row} | ${row * row} |`);
    const small = `${head}\n${rows.slice(0, 5).join("\n")}`;
    assert.ok(splitMarkdown(`${paragraph(50)}\n\n${small}\n\n${paragraph(50)}`, 300).includes(small));
    const parts = splitMarkdown(`${head}\n${rows.join("\n")}`, 300);
    for (const part of parts) assert.ok(part.startsWith(head));
    assert.equal(parts.join("\n").match(/\| row /g)?.length, 40);
  });

  it("never cuts inside a link", () => {
    const link = "[the documentation of it all](https://example.org/a/very/long/address/with-many-words)";
    const text = Array.from({ length: 30 }, () => `some words and ${link}`).join(" ");
    for (const limit of [120, 150, 200, 333]) {
      const parts = splitMarkdown(text, limit);
      assert.equal(parts.join(" ").match(/\[the documentation of it all\]\(https:[^)]*with-many-words\)/g)?.length, 30);
    }
  });

  it("loses no word and exceeds no limit, whatever the answer is made of", () => {
    const block = fc.oneof(
      fc.integer({ min: 1, max: 80 }).map((words) => paragraph(words, "żółć")),
      fc.integer({ min: 1, max: 6 }).map((level) => `${"#".repeat(level)} heading`),
      fc.integer({ min: 1, max: 30 }).map((items) => Array.from({ length: items }, () => "- item 😀 text").join("\n")),
      fc.integer({ min: 1, max: 30 }).map((lines) => `\`\`\`\n${paragraph(lines, "code\n")}\n\`\`\``),
      fc.integer({ min: 1, max: 30 }).map((rows) => `| a | b |\n|---|---|\n${paragraph(rows, "| cell | cell |\n")}`),
      fc.integer({ min: 1, max: 400 }).map((size) => "長".repeat(size)),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), fc.integer({ min: 80, max: 900 }), (blocks, limit) => {
        const parts = splitMarkdown(blocks.join("\n\n"), limit);
        for (const part of parts) assert.ok(part.length <= limit, `${part.length} > ${limit}`);
        const count = (text: string, word: string) => text.split(word).length - 1;
        const [before, after] = [blocks.join("\n"), parts.join("\n")];
        for (const word of ["żółć", "heading", "item", "長"]) assert.equal(count(after, word), count(before, word));
        for (const part of parts) assert.ok(part.isWellFormed());
      }),
      { numRuns: 60 },
    );
  });
});
