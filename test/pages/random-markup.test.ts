import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RuminateError } from "../../src/errors.ts";
import { readMarkup, recordTags } from "../../src/pages/markup-events.ts";
import { cleanText } from "../../src/untrusted.ts";
import { readAs } from "./read-as.ts";

const NAMES =
  "a b p div span ul ol li table tr td th h1 h2 pre code blockquote dl dt dd br img section main article details sup q svg".split(
    " ",
  );

const token = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => `<${name}>`),
  fc.constantFrom(...NAMES).map((name) => `</${name}>`),
  fc.constantFrom(
    '<a href="/x">',
    '<a href="#y">',
    "<p hidden>",
    '<div style="display:none">',
    "<td colspan=3 rowspan=2>",
    "<!-- c -->",
    "<script>s</script>",
    "<style>.x{display:none}</style>",
    "<title>t</title>",
    "<",
    "&amp;",
    "&#x301;",
    "\n",
    "`",
    "|",
    "# ",
  ),
  fc.constantFrom("word ", "Some more words. ", "x".repeat(300), "<|im_start|>", "【1】"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const markup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(""));

describe("Any markup at all", () => {
  it("gives balanced events, and nothing of what is not wanted", () => {
    fc.assert(
      fc.property(markup, fc.integer({ min: 1, max: 9 }), (html, unwanted) => {
        const open: string[] = [];
        let count = 0;
        readMarkup(recordTags(html), {
          open(name) {
            const isWanted = ++count % unwanted !== 0;
            if (isWanted) open.push(name);
            return isWanted;
          },
          text() {},
          close(name) {
            assert.equal(open.pop(), name);
          },
        });
        assert.deepEqual(open, []);
      }),
      { numRuns: 500 },
    );
  });

  it("gives a clean text with its links in their places, or a reason in words", async () => {
    await fc.assert(
      fc.asyncProperty(markup, async (html) => {
        const page = await readAs("text/html", html).catch((error: unknown) => {
          assert.ok(error instanceof RuminateError && error.code === "PAGE_UNREADABLE", String(error));
          return null;
        });
        if (page === null) return;
        assert.equal(cleanText(page.text), page.text);
        for (const { start, end } of page.links) assert.notEqual(page.text.slice(start, end).trim(), "");
        assert.doesNotMatch(page.text, /\n{3}|[ \t]\n\n/);
      }),
      { numRuns: 300 },
    );
  });
});
