import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { unwrapLines } from "../../src/pages/unwrap-lines.ts";

describe("wrapped Markdown", () => {
  it("has each paragraph and each list item on one line", () => {
    assert.equal(
      unwrapLines("A heron\nstands in\n  the lake.\n\nIt waits."),
      "A heron stands in the lake.\n\nIt waits.",
    );
    assert.equal(unwrapLines("- one\n  goes on\n- two\n1. three\n   on"), "- one goes on\n- two\n1. three on");
    assert.equal(unwrapLines("  * one\n    goes on\n    and on.\n  * two"), "  * one goes on and on.\n  * two");
  });

  it("keeps the lines of code, tables, quotes, headings and hard breaks", () => {
    for (const text of [
      "```js\na\nb\n```\ntext",
      "    indented\n    code",
      "| a | b |\n|---|---|\n| 1 | 2 |",
      "> one\n> two",
      "# Heading\ntext",
      "one  \ntwo",
      "one\\\ntwo",
      "Title\n=====\ntext",
      "[a]: https://a.example/\n[b]: https://b.example/",
    ])
      assert.equal(unwrapLines(text), text);
  });
});
