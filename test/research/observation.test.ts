import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { observe, rankParts } from "../../src/research/observation.ts";
import { createSourceList } from "../../src/research/source-list.ts";
import { makePage } from "../helpers/pages.ts";

const QUESTION = "What does the grey heron eat in winter?";

function hits(...urls: string[]) {
  const hit = (url: string) => ({ title: `Title of ${url}`, url, snippet: `Snippet of ${url}`, publishedAt: null });
  return { kind: "hits", query: "heron", hits: urls.map(hit) } as const;
}

describe("what the model sees", () => {
  it("says beside the results which search services are not asked at the moment", () => {
    const note = "Not asked at the moment: brave (resting for another 30 s). Left: wikipedia.";
    const { full, stub } = observe({ ...hits("https://a.example/1"), note }, createSourceList(QUESTION), [QUESTION]);
    assert.match(full, /^Search results for "heron": \(Not asked at the moment: brave .*Left: wikipedia\.\)\n【1†/);
    assert.ok(!stub.includes("brave"), "what is past is not kept");
    const nothing = observe({ ...hits(), note }, createSourceList(QUESTION), [QUESTION]).full;
    assert.match(nothing, /nothing found\..*Left: wikipedia\./);
  });

  it("numbers search hits on through all searches of a run", () => {
    const sources = createSourceList(QUESTION);
    const first = observe(hits("https://a.example/1", "https://b.example/2"), sources, [QUESTION]);
    assert.match(first.full, /【1†Title of https:\/\/a.example\/1†a.example】\nSnippet of/);
    const second = observe(hits("https://b.example/2", "https://c.example/3"), sources, [QUESTION]);
    assert.match(second.full, /【2†/);
    assert.match(second.full, /【3†Title of https:\/\/c.example\/3†c.example】/);
  });

  it("shows a page with its number, address, date, part and numbered links", () => {
    const sources = createSourceList(QUESTION);
    observe(hits("https://a.example/heron"), sources, [QUESTION]);
    const text = "The [[grey heron|https://a.example/grey]] eats [[fish|https://fish.example/]].";
    const page = makePage("https://a.example/heron", "Heron", text, "2026-05-01T00:00:00.000Z");
    const { full } = observe({ kind: "page", from: 1, page }, sources, [QUESTION]);
    assert.match(full, /^【1】 Heron\naddress: https:\/\/a.example\/heron\ndate: 2026-05-01 · part 1 of 1/);
    assert.match(full, /The 【2†grey heron】 eats 【3†fish†fish.example】\./);
  });

  it("shows one part of a long page, with links to the next and to the best parts", () => {
    const sources = createSourceList(QUESTION);
    sources.offer("https://a.example/heron", "Heron", { hops: 0, foundBy: "search" });
    const filler = "Nothing of interest stands here.\n-----\n";
    const page = makePage(
      "https://a.example/heron",
      "Heron",
      `Start.\n-----\n${filler}${filler}In winter the grey heron will eat voles.`,
    );
    const { full } = observe({ kind: "page", from: 1, page }, sources, [QUESTION]);
    assert.match(full, /part 1 of 4/);
    assert.doesNotMatch(full, /voles/);
    assert.match(full, /parts that match the question: 【2†part 4】/);
    assert.match(full, /【3†next part, 2 of 4】/);
    const last = observe({ kind: "part", source: 1, part: 3 }, sources, [QUESTION]);
    assert.match(last.full, /part 4 of 4/);
    assert.match(last.full, /voles/);
    assert.doesNotMatch(last.full, /next part/);
    assert.match(last.full, /【\d+†first part, 1 of 4】/);
    assert.doesNotMatch(full, /first part/);
  });

  it("opens a long page where the search result's snippet stands", () => {
    const sources = createSourceList(QUESTION);
    const hit = {
      title: "Heron",
      url: "https://a.example/h",
      snippet: "…In winter the grey heron will eat voles…",
      publishedAt: null,
    };
    observe({ kind: "hits", query: "heron", hits: [hit] }, sources, [QUESTION]);
    const page = makePage(hit.url, "Heron", "Start.\n-----\nIn winter the grey heron will eat voles.\n-----\nEnd.");
    assert.match(observe({ kind: "page", from: 1, page }, sources, [QUESTION]).full, /part 2 of 3/);
  });

  it("keeps the verbatim passages that bear on the question when a page is folded", () => {
    const sources = createSourceList(QUESTION);
    observe(hits("https://a.example/heron"), sources, [QUESTION]);
    const page = makePage(
      "https://a.example/heron",
      "Heron",
      `${"Lakes are wet. ".repeat(50)}In winter the grey heron will eat voles.`,
    );
    const { stub, line } = observe({ kind: "page", from: 1, page }, sources, [QUESTION]);
    assert.match(stub, /- "In winter the grey heron will eat voles\."/);
    assert.ok(stub.length < 400);
    assert.ok(line.length <= 120);
  });

  it("does not let the link of a page to itself take a number", () => {
    const sources = createSourceList(QUESTION);
    observe(hits("https://a.example/heron"), sources, [QUESTION]);
    const page = makePage("https://a.example/heron", "Heron", "See [[above|https://a.example/heron#top]].");
    assert.match(observe({ kind: "page", from: 1, page }, sources, [QUESTION]).full, /See above\./);
  });

  it("ranks parts by the rare terms of the question", () => {
    const page = makePage(
      "https://a.example/",
      "",
      "The heron stands.\n-----\nThe heron waits.\n-----\nIn winter the heron eats.",
    );
    assert.equal(rankParts(page, QUESTION)[0], 2);
  });
});
