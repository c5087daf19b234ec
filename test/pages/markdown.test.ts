import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { linksOf, readAs } from "./read-as.ts";

const read = (source: string) => readAs("text/markdown", source, "file:///docs/guide/start.md");

describe("Reading Markdown", () => {
  it("turns every kind of link into its words, with an absolute address", async () => {
    const content = await read(
      [
        'See [the *API*](../api.md#top "API"), [`Map`](<https://example.org/a b>), [guide][g], [Notes] and [notes][].',
        "Or <https://example.org/auto>, https://example.org/bare_(x)., and <a href='https://example.org/html'>HTML</a>.",
        "",
        "[g]: https://example.org/guide",
        "[notes]: notes.md 'All of them'",
      ].join("\n"),
    );
    assert.equal(
      content.text,
      "See the API, `Map`, guide, Notes and notes. Or https://example.org/auto, https://example.org/bare_(x)., and HTML.",
    );
    assert.deepEqual(linksOf(content), [
      ["the API", "file:///docs/api.md#top"],
      ["`Map`", "https://example.org/a%20b"],
      ["guide", "https://example.org/guide"],
      ["Notes", "file:///docs/guide/notes.md"],
      ["notes", "file:///docs/guide/notes.md"],
      ["https://example.org/auto", "https://example.org/auto"],
      ["https://example.org/bare_(x)", "https://example.org/bare_(x)"],
      ["HTML", "https://example.org/html"],
    ]);
  });

  it("drops links to places in the page, to the root of the machine, and to nothing", async () => {
    const content = await read("[up](#top), [root](/etc/passwd), [run](javascript:alert(1)), [a task] and [ ] a box.");
    assert.deepEqual(content.links, []);
    assert.equal(content.text, "up, root, run, [a task] and [ ] a box.");
  });

  it("drops badges, keeps what other pictures are said to show", async () => {
    const { text, links } = await read(
      "[![Build](https://img.shields.io/x.svg)](https://ci.example)\n![coverage](https://codecov.io/y.svg)\n\n![Output by year](plot.png)",
    );
    assert.equal(text, "Output by year");
    assert.deepEqual(links, []);
  });

  it("keeps code exactly, in fences and in lines", async () => {
    const code = "```sh\n# [not](a-link) **nor** <b>this</b>\n<!-- kept -->\n```";
    const { text } = await read(`Run \`npm *run* [x](y)\` first.\n\n${code}\n\n~~~\n[still](code)\n~~~`);
    assert.equal(text, `Run \`npm *run* [x](y)\` first.\n\n${code}\n\n~~~\n[still](code)\n~~~`);
  });

  it("takes off the marks of emphasis and leaves stars that are none", async () => {
    const { text } = await read(
      "**Bold**, *so*, __so__, _and_ ~~old~~ but 2 * 3 * 4, **kwargs, snake_case_name and \\*this\\*.",
    );
    assert.equal(text, "Bold, so, so, and old but 2 * 3 * 4, **kwargs, snake_case_name and *this*.");
  });

  it("reads HTML in Markdown as a renderer would show it", async () => {
    const { text, links } = await read(
      `<h1 align="center"><img src="logo.png" alt="Zephyr grid"></h1>\n<p>A <b>fast</b>&nbsp;grid &amp; more,<br>as <a href="https://example.org/">told</a>.</p>\n\nUse \`Array<string>\` or Array<string>.`,
    );
    assert.equal(text, "# Zephyr grid\n\nA fast grid & more,\nas told.\n\nUse `Array<string>` or Array<string>.");
    assert.equal(links.length, 1);
  });

  it("drops what a rendered page does not show", async () => {
    const { text } = await read(
      "---\ntitle: x\n---\nSeen.\n\n<!-- secret\n\nsecret -->\n<div style='display: none'>secret</div><p hidden>secret\n\n<script>secret</script>\n[//]: # (secret)\nEnd.",
    );
    assert.match(text, /^Seen\.\s+End\.$/);
  });

  it("takes title and date from the front matter, else the first heading", async () => {
    const matter = await read("---\ntitle: 'Power: a guide'\ndate: 2013-02-01\n---\n\n# Other\n\nText.");
    assert.deepEqual([matter.title, matter.publishedAt], ["Power: a guide", "2013-02-01T00:00:00.000Z"]);
    const underlined = await read("[top](x.md)\n\nPower `guide`\n======\n\nText.\n\nMore\n---\n\nText.");
    assert.equal(underlined.title, "Power guide");
    assert.match(underlined.text, /^top\n\n# Power `guide`\n\nText\.\n\n## More\n\nText\.$/);
    assert.equal((await read("Only text.")).title, "");
  });

  it("keeps tables and lists as they are written", async () => {
    const source = "| a | b |\n| - | - |\n| 1 | 2 |\n\n* one\n* two\n  1. inner\n\n---\n\nText.";
    assert.equal((await read(source)).text, source);
  });

  it("does not slow down on marks that never end", async () => {
    for (const piece of [
      "[",
      "![",
      "[a](",
      "`a``",
      "<!--",
      "**a ",
      "_",
      "<div hidden>",
      "[a]: ",
      "\\",
      "&",
      "<a href=",
    ]) {
      const source = piece.repeat(20_000);
      const { text } = await read(source);
      assert.ok(text.length <= source.length + 1, piece);
    }
  });
});
