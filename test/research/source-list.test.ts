import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSourceList } from "../../src/research/source-list.ts";
import { makePage } from "../helpers/pages.ts";

const SEARCH = { hops: 0, foundBy: "search" } as const;

function linked(hops: number) {
  return { hops, foundBy: "link" } as const;
}

describe("the number space of a run", () => {
  it("gives each address one number, however it is spelled, and never restarts", () => {
    const sources = createSourceList("What is a heron?");
    assert.equal(sources.offer("https://birds.example/heron", "Heron", SEARCH), 1);
    assert.equal(sources.offer("https://birds.example/egret", "Egret", SEARCH), 2);
    assert.equal(sources.offer("https://www.birds.example/heron/?utm_source=mail#top", "Heron", linked(1)), 1);
    assert.equal(sources.offerPart(1, 3), 3);
    assert.equal(sources.offerPart(1, 3), 3);
    assert.deepEqual(sources.target(3), { kind: "part", number: 3, source: 1, part: 3 });
    assert.equal(sources.target(4), null);
  });

  it("opens a page under the number of its link, also after a redirect", () => {
    const sources = createSourceList("What is a heron?");
    sources.offer("https://birds.example/h", "Heron", SEARCH);
    const page = makePage("https://birds.example/heron", "Heron", "A heron is a bird.");
    const { source, isCopy } = sources.add(1, "https://birds.example/h", page);
    assert.deepEqual([source.number, isCopy], [1, false]);
    assert.equal(sources.openedAs("https://birds.example/heron"), 1);
    assert.equal(sources.openedAs("https://birds.example/h"), 1);
  });

  it("takes the same text under another address for the source that is already there", () => {
    const sources = createSourceList("What is a heron?");
    sources.offer("https://a.example/heron", "Heron", SEARCH);
    sources.offer("https://b.example/heron", "Heron", SEARCH);
    sources.add(1, "https://a.example/heron", makePage("https://a.example/heron", "Heron", "A heron is a bird."));
    const copy = sources.add(
      2,
      "https://b.example/heron",
      makePage("https://b.example/heron", "Heron", "A heron is a bird."),
    );
    assert.deepEqual([copy.source.number, copy.isCopy, sources.sources.length], [1, true, 1]);
  });

  it("opens only addresses that were shown or that the asker wrote", () => {
    const sources = createSourceList("Is nodejs.org newer than https://docs.example/a?x=1 (see there)?");
    sources.offer("https://birds.example/heron", "Heron", SEARCH);
    assert.equal(sources.claim("https://birds.example/heron"), null);
    assert.equal(sources.claim("https://nodejs.org/"), null);
    assert.equal(sources.claim("https://docs.example/a?x=1"), null);
    for (const url of [
      "https://nodejs.org/leak",
      "https://docs.example/a?x=2",
      "https://birds.example/heron?q=secret",
      "no address",
    ])
      assert.match(sources.claim(url) ?? "", /did not come from/, url);
  });

  it("follows at most five links to one host and three hops from a search hit", () => {
    const sources = createSourceList("What is a heron?");
    for (const letter of ["a", "b", "c", "d", "e"]) {
      const url = `https://spy.example/${letter}`;
      sources.offer(url, letter, linked(1));
      assert.equal(sources.claim(url), null);
    }
    sources.offer("https://spy.example/f", "f", linked(1));
    assert.match(sources.claim("https://spy.example/f") ?? "", /5 pages of spy.example/);
    sources.offer("https://far.example/", "far", linked(4));
    assert.match(sources.claim("https://far.example/") ?? "", /more than 3 links away/);
  });

  it("does not count search hits and local files against the cap", () => {
    const sources = createSourceList("What is a heron?");
    for (let index = 0; index < 8; index++) {
      const web = `https://birds.example/${index}`;
      sources.add(sources.offer(web, "hit", SEARCH), web, makePage(web, "hit", `Hit ${index}.`));
      const file = `file:///notes/${index}.md`;
      sources.add(sources.offer(file, "note", linked(1)), file, makePage(file, "note", `Note ${index}.`));
    }
    sources.offer("https://birds.example/next", "next", linked(1));
    sources.offer("file:///notes/next.md", "next", linked(1));
    assert.equal(sources.claim("https://birds.example/next"), null);
    assert.equal(sources.claim("file:///notes/next.md"), null);
  });
});
