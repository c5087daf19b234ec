import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isPlainLine, plainSentencesOf, sentencesOf } from "../src/words.ts";

const SIGNS = [...".?!.?!'\"()[]{} \t  aBcD12,;:-/\\@#$%^&*_+=|<>`~", "foo", "Bar", "Dr", "3rd"];

/** The same numbers every time: a failure can be looked into. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("sentences", () => {
  it("cuts plain ASCII where Intl.Segmenter cuts it", () => {
    const random = createRandom(8);
    const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
    for (let round = 0; round < 20_000; round += 1) {
      const line = Array.from({ length: 12 }, () => SIGNS[Math.floor(random() * SIGNS.length)]).join("");
      assert.ok(isPlainLine(line));
      const expected = Array.from(segmenter.segment(line), ({ segment, index }) => ({ segment, index }));
      assert.deepEqual(plainSentencesOf(line), expected, JSON.stringify(line));
    }
  });

  it("keeps abbreviations, initials, figures and what goes on with a small letter together", () => {
    const text = 'Dr. Lee of the U.S. team ran 1.2 km. "Well done!" said J. Smith. Then (see p. 4) nothing. End';
    assert.deepEqual(
      sentencesOf(text).map((sentence) => sentence.text),
      ["Dr. Lee of the U.S. team ran 1.2 km.", '"Well done!" said J. Smith.', "Then (see p. 4) nothing.", "End"],
    );
  });
});
