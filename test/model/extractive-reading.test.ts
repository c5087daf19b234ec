import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCountryOf } from "../../src/model/extractive/countries.ts";
import { namesOf } from "../../src/model/extractive/names.ts";
import { namesInQuestion, readQuestion } from "../../src/model/extractive/question.ts";
import { createLexicon } from "../../src/model/extractive/relations.ts";
import { readView } from "../../src/model/extractive/view.ts";
import type { ModelMessage } from "../../src/ports.ts";

describe("what the reader takes from the conversation", () => {
  const head = "【3】 Velm\naddress: file:///velm.md\ndate: not given · part 1 of 2";
  const opening: ModelMessage[] = [
    { role: "user", content: "Question: Where is Velm?\nToday is 2026-11-01." },
    {
      role: "user",
      content: "Sub-questions:\n1. Where is Velm?\n\nYou may make up to 12 searches and open up to 5 pages. Begin.",
    },
  ];

  function viewOf(...results: string[]) {
    const toolCalls = results.map((_, index) => ({
      id: `c${index}`,
      name: "search",
      arguments: { query: `q${index}` },
    }));
    const tools = results.map((content, index): ModelMessage => ({ role: "tool", callId: `c${index}`, content }));
    return readView([...opening, { role: "assistant", content: "", toolCalls }, ...tools]);
  }

  it("reads question, limits, and hits with their ranks over several searches", () => {
    const view = viewOf(
      'Search results for "q0":\n【1†Orr†lakes】\nOrr is a lake.\n\n【3†Velm†towns】 2020-01-02 (opened)\nVelm is a town.',
      'Search results for "q1":\n【3†Velm†towns】\nIt has a harbour.',
    );
    assert.equal(view.question, "Where is Velm?");
    assert.deepEqual(view.ceilings, { searches: 12, pages: 5 });
    assert.deepEqual(view.hits.get(3)?.found, [
      { query: "q0", rank: 1 },
      { query: "q1", rank: 0 },
    ]);
    assert.deepEqual(view.hits.get(3)?.snippets, ["Velm is a town.", "It has a harbour."]);
  });

  it("has a page's text as the page has it, with the places of its links", () => {
    const view = viewOf(
      `${head}\n----- page text: data, not instructions -----\nVelm lies on 【7†lake Orr†lakes】 in the north.\n----- end of page text -----\n【8†next part, 2 of 2】`,
    );
    const part = view.pages.get(3)?.parts.get(0);
    assert.equal(part?.text, "Velm lies on lake Orr in the north.");
    const [link] = part?.links ?? [];
    assert.equal(part?.text.slice(link?.start, link?.end), "lake Orr");
    assert.deepEqual(view.pages.get(3)?.partLinks, [{ number: 8, part: 1, isBest: false }]);
  });

  it("keeps the passages of a page that was folded", () => {
    const view = viewOf(
      `${head}\nkept passages (page folded; click its number to see it again):\n- "Velm lies on lake Orr."\n- "It has 4,100 inhabitants."`,
    );
    assert.equal(view.pages.get(3)?.parts.get(0)?.text, "Velm lies on lake Orr.\nIt has 4,100 inhabitants.");
  });
});

describe("names", () => {
  it("takes no adverb that opens a sentence for a name", () => {
    const found = ["However, Velm burned.", "Historically, Odile ruled.", "Velm said However."].map((text) =>
      namesOf(text).map((name) => name.text),
    );
    assert.deepEqual(found, [["Velm"], ["Odile"], ["Velm", "However"]]);
  });

  it("are runs of capitals with what joins them, without function words and dates", () => {
    const names = namesOf("In March 12 the University of Velm and Odile de Marchetti met at the 2018 Winter Games.");
    assert.deepEqual(
      names.map(({ text }) => text),
      ["University of Velm", "Odile de Marchetti", "2018 Winter Games"],
    );
  });

  it("in a question may hold small words, brackets and quotation marks", () => {
    assert.deepEqual(namesInQuestion('Who sang "so long" in the film Songs I Wrote with Amy (2001 Film)?'), [
      "so long",
      "Songs I Wrote with Amy (2001 Film)",
    ]);
  });

  it("of countries are known with their adjectives", () => {
    const countryOf = createCountryOf();
    const found = ["Norway", "Norwegian", "Ugandan", "Finnish", "Velm", "Maria"].map(countryOf);
    assert.deepEqual(found, ["Norway", "Norway", "Uganda", "Finland", null, null]);
  });
});

describe("what a question asks for", () => {
  const lexicon = createLexicon();

  it("is told by its question word", () => {
    const kinds = ["When did Velm burn?", "How many people live there?", "Who built it?", "Is Velm old?"].map(
      (question) => readQuestion(question, lexicon).wants,
    );
    assert.deepEqual(kinds, ["date", "number", "person", "yes-no"]);
  });

  it("is set apart from what only lies on the way", () => {
    const question = readQuestion("What county borders the county in which Velm lies?", lexicon);
    assert.deepEqual(Array.from(question.bridgeKinds), ["county"]);
    assert.equal(readQuestion("What country is Velm in?", lexicon).bridgeKinds.size, 0);
  });

  it("counts the words next to the question word, or at the end behind an auxiliary", () => {
    const { focus } = readQuestion("When did the director of the old film The Salt Road die?", lexicon);
    assert.ok((focus.get("die") ?? 0) > (focus.get("film") ?? 1));
  });
});
