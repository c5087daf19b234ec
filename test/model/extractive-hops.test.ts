import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { howItFits } from "../../src/model/extractive/hop-words.ts";
import { type Hop, hopsOf } from "../../src/model/extractive/hops.ts";
import { namesInQuestion } from "../../src/model/extractive/question.ts";
import { createLexicon } from "../../src/model/extractive/relations.ts";
import { stem } from "../../src/words.ts";

/** The question with each hop in brackets inside the one that needs it. */
function nested(question: string): string {
  const show = ({ words, inner }: Hop): string =>
    [...words.map(({ text }) => text), ...inner.map((hop) => `[${show(hop)}]`)].join(" ");
  const whole = hopsOf(question, namesInQuestion(question), createLexicon()).at(-1);
  assert.ok(whole !== undefined);
  return show(whole);
}

describe("the hops of a question", () => {
  const cases = [
    [
      "a clause",
      "Which river flows through the town in which Odile Marchetti was born?",
      "river flows [town Odile Marchetti born]",
    ],
    [
      "a possessive",
      "What is the native language of Odile Marchetti's main editor?",
      "[native language [Odile Marchetti main editor]]",
    ],
    [
      "a phrase inside a clause",
      "When did the country where the composer of Salt Road was a citizen join Orr?",
      "join Orr [country citizen [composer Salt Road]]",
    ],
    [
      "a clause inside a clause",
      "When did the country where the city where Odile Marchetti was born is located leave Orr?",
      "leave Orr [country located [city Odile Marchetti born]]",
    ],
    [
      "a clause without a pronoun",
      "How many bridges are in the city Odile Marchetti died in?",
      "many bridges [city Odile Marchetti died]",
    ],
    [
      "a participle",
      "When did the country containing Velm leave the Orr Empire?",
      "leave Orr Empire [country containing Velm]",
    ],
    [
      "a clause ended by a comma",
      "In the region where Velm lies, who built the tower?",
      "built tower [region Velm lies]",
    ],
    ["nothing nested", "Where is Velm?", "Velm"],
  ] as const;
  for (const [what, question, expected] of cases)
    it(`takes apart ${what}`, () =>
      assert.equal(nested(question).replace(/^\[(.*)\]$/, "$1"), expected.replace(/^\[(.*)\]$/, "$1")));

  it("ends, whatever it is given", () => {
    for (const odd of ["", "?", "the the the which which", "of of 's 's", "the city the city the city ".repeat(200)])
      assert.ok(hopsOf(odd, namesInQuestion(odd), createLexicon()).length > 0);
  });

  it("tells whether a name is of the kind that a hop asks for", () => {
    const velm = { text: "Velm", before: "in", isCountry: false };
    assert.equal(howItFits(stem("city"), velm), 1);
    assert.equal(howItFits(stem("country"), velm), -1);
    assert.equal(howItFits(stem("director"), { text: "Odile Marchetti", before: "by", isCountry: false }), 1);
    assert.equal(howItFits(stem("director"), { text: "France", before: "by", isCountry: true }), -1);
    assert.equal(howItFits("", velm), 0);
  });
});
