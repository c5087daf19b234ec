import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scanPage } from "../../../src/research/checking/page/page-scan.ts";
import { unitsOf } from "../../../src/research/checking/page/page-units.ts";
import { collect, indexWords } from "../../../src/research/checking/page/page-words.ts";
import { stem } from "../../../src/words.ts";

function pageOf(text: string) {
  const { units } = unitsOf(text, "en");
  const words = indexWords(scanPage(text, units, "en"), "en");
  const unitsWith = (word: string) => collect(words, units.length, stem(word), []);
  return { text, units, unitsWith };
}

describe("the word lists of a page", () => {
  it("find a word in every sentence that has it, once each, in the order of the page", () => {
    const sentences = Array.from(
      { length: 3_000 },
      (_, at) => `Mill ${at} turned, and mill ${at} ground ${at % 7}x corn.`,
    );
    const { units, unitsWith } = pageOf(sentences.join(" "));
    assert.equal(units.length, 3_000);
    assert.deepEqual(unitsWith("ground").list, Array.from(units.keys()));
    assert.deepEqual(unitsWith("1234").list, [1_234]);
    assert.equal(unitsWith("1234").marks[1_234], 1);
    assert.deepEqual(unitsWith("5x").list.slice(0, 3), [5, 12, 19]);
  });

  it("find a word in all its forms: capitals, endings, and inside an identifier", () => {
    const { text, units, unitsWith } = pageOf(
      "Bridges fall here. The bridge stood long. A BRIDGE was sold. Call buildBridge to make one. The bridging loan.",
    );
    const found = unitsWith("bridge").list.map((unit) => text.slice(units[unit]?.start, units[unit]?.end));
    assert.deepEqual(found.toSorted(), [
      "A BRIDGE was sold.",
      "Bridges fall here.",
      "Call buildBridge to make one.",
      "The bridge stood long.",
      "The bridging loan.",
    ]);
  });

  it("find an identifier where all its parts stand", () => {
    const { unitsWith } = pageOf("Set retry.wrap to true here. The wrap is paper. You may retry it later.");
    assert.deepEqual(unitsWith("retry.wrap").list, [0]);
  });
});
