import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseSiteOperators, withSiteOperators } from "../../src/search/site-operators.ts";

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
    for (const [query, text, allowed, blocked] of cases)
      assert.deepEqual(parseSiteOperators(query), { text, sites: { allowed, blocked } }, query);
  });

  it("search for the site's name when there are no other words", () => {
    assert.equal(parseSiteOperators("site:example.org").text, "example.org");
  });

  it("are written for services that know no other way, if they are few", () => {
    const allowed = ["a.org", "b.org"];
    assert.equal(withSiteOperators("tea", { allowed, blocked: ["c.org"] }), "tea site:a.org OR site:b.org");
    assert.equal(withSiteOperators("tea", { allowed: Array(5).fill("a.org"), blocked: [] }), "tea");
    assert.equal(withSiteOperators("tea", undefined), "tea");
  });
});
