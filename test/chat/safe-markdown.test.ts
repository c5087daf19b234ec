import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { makeSafe } from "../../src/chat/safe-markdown.ts";

const SOURCE = "https://ok.example/a?x=1";

/** What a reader sees: without the invisible joiners. */
function visible(markdown: string): string {
  return makeSafe(markdown, [SOURCE]).replaceAll("\u2060", "");
}

describe("Markdown from foreign text", () => {
  it("keeps headings, lists, tables, code and citation marks as they are", () => {
    const markdown =
      '## Part\n\n- **bold** _it_ `code` [1][2]\n- snake_case 3*4*5\n\n| a | b |\n|---|---|\n| x [1] | — |\n\n```js\nfetch("https://evil.example/");\n```';
    assert.equal(makeSafe(markdown, []), markdown);
  });

  it("links to opened sources alone; other links become their words", () => {
    assert.equal(
      makeSafe(`[ok](${SOURCE}) and [bad](https://evil.example/?q=secret "t")`, [SOURCE]),
      `[ok](${SOURCE}) and bad`,
    );
    assert.equal(visible("[a][1]\n\n[1]: https://evil.example/"), "[a][1]");
    assert.equal(makeSafe("[x](javascript:alert(1)) [y](file:///etc/passwd)", []), "x y");
  });

  it("turns images into their description", () => {
    assert.equal(makeSafe("See ![a chart](https://evil.example/p.png?d=secret).", []), "See a chart.");
  });

  it("breaks bare addresses, domains and mentions without changing what is read", () => {
    for (const text of [
      "https://evil.example/path?q=1",
      "www.evil.example",
      "evil.example/x",
      "visit evil.example now",
      "<https://evil.example/>",
      "[[](https://evil.example/",
      "me@evil.example/x",
    ]) {
      const safe = makeSafe(text, []);
      assert.doesNotMatch(safe, /evil\.example|https:\/\//, text);
    }
    assert.equal(visible("@everyone <@U123> <@&456> <#C1>"), "@everyone <@U123> <@&456> <#C1>");
    assert.doesNotMatch(makeSafe("@everyone @here <!channel> <@U123> <@&456>", []), /@everyone|@here|<!|<@/);
  });

  it("leaves file names, versions and code words alone", () => {
    const text = "README.md and main.rs of v2.1.3 call Promise.all and process.env.";
    assert.equal(makeSafe(text, []), text);
  });

  it("shows inline HTML as code and drops comments", () => {
    assert.equal(makeSafe("It returns Promise<void>.<!-- ping --> Done", []), "It returns Promise`<void>`. Done");
    assert.equal(makeSafe("<div>\n<img src=x onerror=y>hello\n</div>", []), "hello");
  });

  it("never throws and never leaves a link to a stranger", () => {
    const piece = fc.constantFrom(
      "[",
      "](",
      ")",
      "<",
      ">",
      "!",
      "@here",
      "https://evil.example/",
      "`",
      "\n",
      "|",
      "*",
      "a ",
      "[1]: ",
      "【1】",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const safe = makeSafe(pieces.join(""), []);
        assert.doesNotMatch(safe.replace(/`[^`]*`|^ {4}.*$|```[\s\S]*?(?:```|$)/gm, ""), /\]\(https:\/\/evil/);
      }),
      { numRuns: 2_000 },
    );
  });
});
