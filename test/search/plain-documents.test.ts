import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cutPassages } from "../../src/search/cut-passages.ts";
import { plainMarkdown } from "../../src/search/plain-markdown.ts";
import { plainText } from "../../src/search/plain-text.ts";

describe("Markdown as text to search in", () => {
  it("keeps words and headings and loses badges, targets, comments, tags and tables of contents", () => {
    const { title, text } = plainMarkdown(
      [
        "[![build](https://x/b.svg)](https://x/ci)",
        '<h1 align="center">The <b>Queue</b></h1>',
        "<!-- hidden",
        "note -->",
        "- [Usage](#usage)",
        "See **the** [guide](https://x/guide) for `Promise<string>` &amp; more\\_info.",
        "| a | b |",
        "|---|---|",
        "[ref]: https://x/ref",
      ].join("\n"),
    );
    assert.equal(title, "The Queue");
    assert.equal(
      text.replace(/\n+/g, "\n").trim(),
      "# The Queue\nSee the guide for Promise<string> & more_info.\n| a | b |",
    );
  });

  it("finds the title in front matter, in the first heading or nowhere", () => {
    assert.equal(plainMarkdown('---\ntitle: "From above"\n---\n# Heading').title, "From above");
    assert.equal(plainMarkdown("Setext\n======\n\ntext").title, "Setext");
    assert.equal(plainMarkdown("## Opening\n\ntext\n\n# Later").title, "Opening");
    assert.equal(plainMarkdown("text\n\n## Section of it").title, null);
    assert.equal(plainMarkdown("```sh\n# a comment\n```\ntext").title, null);
  });

  it("leaves code as it is", () => {
    const code = "```html\n<b>**x**</b> [a](b)\n```";
    assert.equal(plainMarkdown(code).text, code);
  });

  it("comes to an end on a million characters of hostile text", { timeout: 60_000 }, () => {
    for (const piece of [
      "[",
      "![",
      "[a](",
      "<!--",
      "<a ",
      "*",
      "`",
      "# ",
      "|--",
      "\\",
      "[a]: ",
      "&",
      "---\n",
      "<h1>",
    ]) {
      const { title, text } = plainMarkdown(piece.repeat(1_000_000 / piece.length));
      assert.ok(cutPassages(text, title ?? "").every((passage) => passage.text.length <= 1_500));
    }
  });
});

describe("plain text to search in", () => {
  it("takes underlined lines as headings in the order of their marks", () => {
    const { title, text } = plainText("Manual\n======\n\nIntro.\n\nPumps\n-----\n\nDiesel.");
    assert.equal(title, "Manual");
    assert.match(text, /^# Manual$/m);
    assert.match(text, /^## Pumps$/m);
  });

  it("takes a short line that stands alone at the top as the title", () => {
    assert.equal(plainText("\nField notes\n\nWind.").title, "Field notes");
    assert.equal(plainText("It was a dark night.\n\nWind.").title, null);
    assert.equal(plainText("two lines\ntogether").title, null);
  });
});

describe("passages", () => {
  it("carry the headings above them, without the document's title", () => {
    const body = "Words of the section. ".repeat(40);
    const passages = cutPassages(
      `# Manual\n\n${body}\n\n## Pumps\n\n### Diesel\n\n${body}\n\n## Mills\n\n${body}`,
      "Manual",
    );
    assert.deepEqual(
      passages.map(({ heading }) => heading),
      ["", "Pumps", "Mills"],
    );
    assert.match(passages[1]?.text ?? "", /^Pumps\nDiesel\nWords/);
  });

  it("hold about 1,000 to 1,500 characters and together the whole text", () => {
    const paragraphs = Array.from({ length: 60 }, (_, number) =>
      `Paragraph ${number} ${"says something. ".repeat(number)}`.trim(),
    );
    const passages = cutPassages(paragraphs.join("\n\n"), "Title");
    const lengths = passages.map(({ text }) => text.length);
    assert.ok(Math.max(...lengths) <= 1_500);
    assert.ok(lengths.filter((length) => length < 400).length <= 2, lengths.join(" "));
    assert.equal(
      passages
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, " "),
      paragraphs.join(" "),
    );
  });

  it("gather short sections", () => {
    const log = Array.from({ length: 40 }, (_, number) => `## 1.0.${number}\n\n- a fix`).join("\n\n");
    assert.ok(cutPassages(log, "change log").length <= 2);
  });

  it("cut text without any border all the same", () => {
    assert.deepEqual(
      cutPassages("x".repeat(4_000), "").map(({ text }) => text.length),
      [1_500, 1_500, 1_000],
    );
    assert.ok(cutPassages("字".repeat(4_000), "").length === 3);
  });

  it("take no comment in code for a heading", () => {
    assert.deepEqual(cutPassages("# Title\n\n```sh\n# comment\nrun\n```", "Title"), [
      { heading: "", text: "# comment\nrun" },
    ]);
  });

  it("are made of the title where there is nothing else", () => {
    assert.deepEqual(cutPassages("# Only a title", "Only a title"), [{ heading: "", text: "Only a title" }]);
    assert.deepEqual(cutPassages(" \n ", "Nothing"), []);
  });
});
