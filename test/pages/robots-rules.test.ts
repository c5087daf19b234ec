import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRobots } from "../../src/pages/robots-rules.ts";

const allows = (text: string, path: string) =>
  parseRobots(text, "Ruminate").isAllowed(new URL(path, "https://www.example.com"));

describe("robots rules", () => {
  it("lets the longest matching rule decide, and allowing win between equals", () => {
    const text = "User-agent: *\nDisallow: /shop\nAllow: /shop/help\nDisallow: /same\nAllow: /same";
    assert.equal(allows(text, "/shop/cart"), false);
    assert.equal(allows(text, "/shop/help/returns"), true);
    assert.equal(allows(text, "/same"), true);
    assert.equal(allows(text, "/other"), true);
  });

  it("takes the groups that name us instead of those for everyone", () => {
    const text = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: ruminate/2.0\nDisallow: /private\n";
    assert.equal(allows(text, "/page"), true);
    assert.equal(allows(text, "/private/page"), false);
  });

  it("joins several groups for one robot", () => {
    const text =
      "User-agent: ruminate\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Ruminate\nDisallow: /b";
    assert.deepEqual(
      ["/a", "/b", "/c"].map((path) => allows(text, path)),
      [false, false, true],
    );
  });

  it("knows wildcards and the end mark", () => {
    const text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?session=\nDisallow: /exact$\nDisallow: /a*b*c$";
    assert.deepEqual(
      [
        "/x/file.pdf",
        "/x/file.pdf?v=1",
        "/p?a=1&session=2",
        "/p?session=2",
        "/exact",
        "/exactly",
        "/aXbXc",
        "/aXbXcX",
      ].map((path) => allows(text, path)),
      [false, true, true, false, false, true, false, true],
    );
  });

  it("compares paths however their letters are escaped", () => {
    const text = "User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /straße\nDisallow: /%7Ejoe\nDisallow: /a%2fb";
    assert.deepEqual(
      ["/café", "/caf%c3%a9/x", "/stra%C3%9Fe", "/~joe", "/a%2Fb", "/a/b"].map((path) => allows(text, path)),
      [false, false, false, false, false, true],
    );
  });

  it("reads untidy files: comments, byte order mark, old line ends, unknown lines, an empty rule", () => {
    const text =
      "\ufeff# hello\r\nSitemap: https://x/s.xml\rUSER-AGENT : * # all\r\nCrawl-delay: 3\r\ndisallow:/no # reason\r\nDisallow:\r\nnonsense";
    assert.equal(allows(text, "/no"), false);
    assert.equal(allows(text, "/yes"), true);
  });

  it("allows everything without a group that fits, and always robots.txt itself", () => {
    assert.equal(allows("User-agent: other\nDisallow: /", "/page"), true);
    assert.equal(allows("Disallow: /", "/page"), true);
    assert.equal(allows("<!doctype html><p>not found", "/page"), true);
    assert.equal(allows("User-agent: *\nDisallow: /", "/robots.txt"), true);
  });

  it("stays quick on patterns made to be slow", () => {
    const text = `User-agent: *\nDisallow: /${"*a".repeat(50_000)}$`;
    assert.equal(allows(text, `/${"a".repeat(8000)}b`), true);
  });
});
