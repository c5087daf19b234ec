import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseOperators, withLanguageInWords, withSiteOperators } from "../../src/search/query-operators.ts";

describe("site operators", () => {
  it("become domain rules, and leave the words", () => {
    const cases: [string, string, string[], string[]][] = [
      ["site:example.org tea trade", "tea trade", ["example.org"], []],
      ["tea site:https://www.Example.org/path trade", "tea trade", ["example.org"], []],
      ["tea (site:a.org OR site:b.org)", "tea", ["a.org", "b.org"], []],
      ["site:a.org OR site:b.org OR tea", "tea", ["a.org", "b.org"], []],
      ["tea -site:bad.org", "tea", [], ["bad.org"]],
      ["tea SITE: gov", "tea", ["gov"], []],
      ["site:*.gov.uk tea OR coffee", "tea OR coffee", ["gov.uk"], []],
      ["the website:x of parasite:y", "the website:x of parasite:y", [], []],
    ];
    for (const [query, text, allowed, blocked] of cases) {
      const asked = parseOperators(query);
      assert.deepEqual([asked.text, asked.sites], [text, { allowed, blocked }], query);
    }
  });

  it("search for the site's name when there are no other words", () => {
    assert.equal(parseOperators("site:example.org").text, "example.org");
  });

  it("are written for services that know no other way, if they are few", () => {
    const allowed = ["a.org", "b.org"];
    assert.equal(withSiteOperators("tea", { allowed, blocked: ["c.org"] }), "tea site:a.org OR site:b.org");
    assert.equal(withSiteOperators("tea", { allowed: Array(5).fill("a.org"), blocked: [] }), "tea");
    assert.equal(withSiteOperators("tea", undefined), "tea");
  });
});

describe("operators for date and language", () => {
  it("become wishes, and leave the words", () => {
    const wishes = (query: string) => {
      const { text, since, isNewestFirst, language } = parseOperators(query);
      return [text, since?.slice(0, 10) ?? null, isNewestFirst, language];
    };
    const cases: [string, unknown[]][] = [
      ["tea prices after:2026-01-31", ["tea prices", "2026-01-31", false, null]],
      ["after:2026 tea sort:date", ["tea", "2026-01-01", true, null]],
      ["tea lang:de SORT:Newest", ["tea", null, true, "de"]],
      ["tea language:pt-BR since: 2025-06", ["tea", "2025-06-01", false, "pt-br"]],
      ["tea after:tomorrow after:2026-99", ["tea after:tomorrow after:2026-99", null, false, null]],
      [
        "sort:size of the slang:de or thereafter:2026-01-01",
        ["sort:size of the slang:de or thereafter:2026-01-01", null, false, null],
      ],
    ];
    for (const [query, expected] of cases) assert.deepEqual(wishes(query), expected, query);
  });

  it("are said in words to services that have no parameter for a language", () => {
    assert.equal(withLanguageInWords("tea", "de"), "tea (in German)");
    assert.equal(withLanguageInWords("tea", null), "tea");
  });
});
