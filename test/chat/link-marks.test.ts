import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linkMarks } from "../../src/chat/link-marks.ts";
import { parseMarkdown } from "../../src/chat/parse-markdown.ts";

const addressOf = (number: number) => (number <= 3 ? `https://example.org/${number}` : null);

describe("the marks of an answer", () => {
  it("lead to their sources, with the brackets kept around them", () => {
    assert.equal(
      linkMarks("Port 4317 [1][2].", addressOf),
      "Port 4317 [[1](https://example.org/1)][[2](https://example.org/2)].",
    );
  });

  it("are links of one number each for every reader of Markdown", () => {
    const links: unknown[] = [];
    JSON.stringify(parseMarkdown(linkMarks("A [1][2], **b [3]**\n\n| c [1] |\n|---|", addressOf)), (_key, value) => {
      if (value?.type === "link") links.push([value.url, value.children[0].value]);
      return value;
    });
    assert.deepEqual(links, [
      ["https://example.org/1", "1"],
      ["https://example.org/2", "2"],
      ["https://example.org/3", "3"],
      ["https://example.org/1", "1"],
    ]);
  });

  it("stay as they are in code and links, where they are escaped, and where no source has the number", () => {
    for (const text of ["`a[1]`", "```\nb[2]\n```", "[see [1] there](https://x.test)", "\\[1]", "[7]", "array[12]"])
      assert.equal(linkMarks(text, addressOf), text);
  });

  it("survive addresses with characters that would end the link", () => {
    const linked = linkMarks("Rust [1].", () => "https://en.wikipedia.org/wiki/Rust_(programming language)?q=<a>|b");
    assert.equal(linked, "Rust [[1](https://en.wikipedia.org/wiki/Rust_%28programming%20language%29?q=%3Ca%3E%7Cb)].");
  });
});
