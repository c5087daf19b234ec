import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { textTables } from "../../src/chat/text-tables.ts";

const table = "| Tool | Year |\n| --- | ---: |\n| **Alpha** | 2020 |\n| 日本 | `x` |";
const rules = { keep: 0, maxRows: 100, maxColumns: 20, maxLineChars: 60 };

describe("tables where a platform shows none", () => {
  it("are drawn with aligned columns, wide characters counted as two", () => {
    assert.equal(
      textTables(`Before.\n\n${table}\n\nAfter.`, rules),
      "Before.\n\n```\nTool   Year\n─────  ────\nAlpha  2020\n日本   x\n```\n\nAfter.",
    );
  });

  it("become a list when a line would be too long, links and all", () => {
    const wide = "| Name | Link |\n|---|---|\n| Alpha | [a page of some length](https://example.org/1) |";
    assert.equal(
      textTables(wide, { ...rules, maxLineChars: 12 }),
      "- **Alpha** — Link: [a page of some length](https://example.org/1)",
    );
  });

  it("stay when there are few enough of them, and when they are small enough", () => {
    const two = `${table}\n\nand\n\n${table}`;
    assert.equal(textTables(two, { ...rules, keep: 2 }), two);
    assert.equal(textTables(two, { ...rules, keep: 1 }).startsWith(`${table}\n\nand\n\n\`\`\``), true);
    assert.doesNotMatch(textTables(table, { ...rules, keep: 1, maxRows: 2 }), /\|/);
  });
});
