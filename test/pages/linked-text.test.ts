import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { joinPieces, linkBareAddresses, resolveLink, squeezeBlankLines } from "../../src/pages/linked-text.ts";
import { cleanText } from "../../src/untrusted.ts";

const pieces = fc.array(
  fc.record({
    text: fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "<|im_",
        "start|>",
        "[IN",
        "ST]",
        "【7†",
        "\u200c",
        "\u0301",
        "\u1161",
        "가",
        "e",
        " \r",
        "\n",
        "<th",
        "ink>",
      ),
    ),
    url: fc.option(fc.constant("https://example.org/")),
  }),
  { maxLength: 12 },
);

describe("Pieces of a page", () => {
  it("become one clean text in which every link still stands over its own words", () => {
    fc.assert(
      fc.property(pieces, (list) => {
        const { text, links } = joinPieces(list);
        assert.equal(cleanText(text), text);
        let from = 0;
        for (const { start, end } of links) {
          assert.ok(start >= from && end > start && end <= text.length);
          from = end;
        }
        const words = list.filter(({ url }) => url !== null).map((piece) => cleanText(piece.text));
        const expected = words.filter((each) => each.trim() !== "");
        assert.equal(links.length, expected.length);
        for (const [index, { start, end }] of links.entries()) assert.equal(end - start, expected[index]?.length);
      }),
      { numRuns: 500 },
    );
  });

  it("keep the places of anchors", () => {
    const { text, anchors } = joinPieces([
      { text: "one\u200b ", url: null, anchor: "page 1" },
      { text: "two", url: null, anchor: "page 2" },
    ]);
    assert.deepEqual(anchors, [
      { start: 0, label: "page 1" },
      { start: 4, label: "page 2" },
    ]);
    assert.equal(text, "one two");
  });

  it("lose empty lines in a row, also where pieces meet", () => {
    const squeezed = squeezeBlankLines([
      { text: "\n\na  \n\n", url: null },
      { text: "b", url: "https://example.org/" },
      { text: "\n\n\n", url: null },
      { text: "\n# \n\nc\n\n", url: null },
    ]);
    assert.equal(squeezed.map(({ text }) => text).join(""), "a\n\nb\n\nc");
  });

  it("link the addresses in a text without the punctuation around them", () => {
    const found = linkBareAddresses("(see https://example.org/a_(b), http://x.example/?q=1.) ftp://no https://").filter(
      ({ url }) => url,
    );
    assert.deepEqual(
      found.map(({ text }) => text),
      ["https://example.org/a_(b)", "http://x.example/?q=1"],
    );
  });

  it("never lead from the web to files, nor from files to the root of the machine", () => {
    assert.equal(resolveLink("file:///etc/passwd", "https://example.org/"), null);
    assert.equal(resolveLink("file:///etc/passwd", "file:///docs/a.md"), null);
    assert.equal(resolveLink("/etc/passwd", "file:///docs/a.md"), null);
    assert.equal(resolveLink("b.md#x", "file:///docs/a.md"), "file:///docs/b.md#x");
    assert.equal(resolveLink("//other.example/x", "https://example.org/"), "https://other.example/x");
  });
});
