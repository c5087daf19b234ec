import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { corruptions } from "../../eval/made-corruptions.ts";
import { paraphrase } from "../../eval/made-paraphrases.ts";
import { createRandom, makeSets } from "../../eval/made-statements.ts";

const PLACES = ["Orvale", "Tarn", "Lesko", "Brimley", "Dunmore", "Pelham", "Quarn", "Astor"];

const passages = PLACES.flatMap((place, index) =>
  ["Bridge", "Library", "Harbour"].map((thing, other) => ({
    title: `${place} ${thing}`,
    text:
      `The ${place} ${thing} was designed by Edith ${place} and opened on ${index + 3} May ${1880 + index * 3 + other}. ` +
      `During the great flood, the owners moved ${1_200 + index} books from ${place} to the hills near Mount ${thing}. ` +
      `The ${place} ${thing} is ${40 + index + other} kilometres from Upper ${place} and was one of the largest in the north. ` +
      `In ${1990 + index}, the council of ${place} sold it to the Alder Trust for ${index + 2} million dollars.`,
  })),
);

describe("statements made for the evaluation", () => {
  it("come out the same each time, so that two runs can be compared", () => {
    const make = () => makeSets(passages, { pages: 4, seed: 8 });
    assert.deepEqual(make(), make());
    assert.notDeepEqual(make(), makeSets(passages, { pages: 4, seed: 9 }));
  });

  it("are held out by page: no page of one half is in the other", () => {
    const [tune, heldOut] = makeSets(passages, { pages: 4, seed: 8 });
    const texts = new Set(tune?.pages.map(({ text }) => text));
    assert.equal(heldOut?.pages.length, 4);
    assert.equal(
      heldOut?.pages.some(({ text }) => texts.has(text)),
      false,
    );
  });

  it("cover each kind, the altered ones never standing in their page", () => {
    const sets = makeSets(passages, { pages: 4, seed: 8 });
    const rows = sets.flatMap(({ pages, statements }) =>
      statements.map((row) => ({ ...row, page: pages.find(({ page_id }) => page_id === row.page_id) })),
    );
    const kinds = new Set(rows.map(({ kind }) => kind));
    for (const { kind } of corruptions.filter((one) => one.kind !== "absent"))
      assert.ok(kinds.has(kind), `no statement of kind ${kind}`);
    for (const { statement, label, kind, page } of rows) {
      if (kind === "verbatim") assert.ok(page?.text.includes(statement));
      if (label === "unsupported") assert.equal(page?.text.includes(statement), false, statement);
    }
  });
});

describe("a true paraphrase", () => {
  it("changes the words and the order, not the matter", () => {
    const sentence = "In 1990, the council founded three schools during the war.";
    const put = paraphrase({ sentence, title: "", text: sentence }, () => 0.5);
    assert.equal(put, "The council established 3 schools in the course of the war in 1990.");
  });

  it("is not made where no rule fits", () => {
    const sentence = "The tower leans.";
    assert.equal(paraphrase({ sentence, title: "", text: sentence }, createRandom(1)), null);
  });
});
