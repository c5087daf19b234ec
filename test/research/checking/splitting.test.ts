import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import { makePage } from "../../helpers/pages.ts";

const source = {
  number: 3,
  page: makePage("https://example.org/3", "Page", "Nothing."),
  hops: 0,
  foundBy: "search" as const,
  query: null,
};
const split = (answer: string): string[] => checkAnswer(answer, [source]).map(({ statement }) => statement);
const numbers = (answer: string): number[][] => checkAnswer(answer, [source]).map((statement) => statement.numbers);

/** Each text stands for itself: its pieces, put together with blanks, are the answer. */
const WHOLE: Record<string, string[]> = {
  "abbreviations and dates": [
    "Dr. Smith met Prof. Jones at 5 p.m. on Jan. 3.",
    "It opened on Sept. 4, 2019, i.e. late.",
    "It cost approx. $3.5 million vs. 4.2 in the U.S. market, e.g. in Fig. 3.",
    "J. R. R. Tolkien wrote it.",
    "Smith et al. Found nothing.",
  ],
  "German abbreviations and ordinals": [
    "Es kostet z. B. 3,5 Mio. Euro bzw. ca. 4,2 Mrd. Dollar, ggf. Steuern.",
    "Das Werk wurde am 3. Mai 2019 eröffnet.",
    "Am 5. 12. 2019 kam er zum 1. FC Köln.",
    "Am 3. Spieltag gewann der 2. Vorsitzende, d. h. Karl d. Gr. im Spiel.",
    "Im Jahr 300 v. Chr. geschah es.",
  ],
  "Spanish abbreviations": [
    "El Sr. García y la Dra. López viven en EE. UU. desde 2019.",
    "¿Cuánto cobran?",
    "Cobran aprox. 3.500 euros, véase pág. 5.",
  ],
  "speech that goes on behind its own stop": [
    'He said "It works. We are done." and left at once.',
    "“Why? Nobody knows!” she asked them all.",
    "Yahoo! is a company of some size.",
    "Sie sagte: „Es geht. Wir sind fertig.“ am Ende des Tages.",
  ],
};

describe("statements", () => {
  for (const [what, sentences] of Object.entries(WHOLE))
    it(`keeps together: ${what}`, () => {
      assert.deepEqual(split(sentences.join(" ")), sentences);
    });

  it("cuts text without blanks, and gives an opening bracket to what it opens", () => {
    assert.deepEqual(split("桥长300米。它建于1932年！谁建的？"), ["桥长300米。", "它建于1932年！", "谁建的？"]);
    assert.deepEqual(split("橋は長いです。「高い。」と彼は言った。次です。"), [
      "橋は長いです。",
      "「高い。」と彼は言った。",
      "次です。",
    ]);
    assert.deepEqual(split("الجسر طويل. من بناه؟ لا أحد يعرف."), ["الجسر طويل.", "من بناه؟", "لا أحد يعرف."]);
  });

  it("asks short statements of a text without blanks for a source too", () => {
    const isFactual = (answer: string): boolean[] => checkAnswer(answer, [source]).map((each) => each.isFactual);
    assert.deepEqual(isFactual("桥长300米。它建于1932年！谁建的？简介。"), [true, true, false, false]);
  });

  it("lets a mark end a sentence where its full stop alone might not", () => {
    const answer = "It was sold to Acme Inc. 【3】 The price fell 【3】. It is 3 km 【3】. 5 of them agree 【3】.";
    assert.deepEqual(split(answer), ["It was sold to Acme Inc.", "The price fell.", "It is 3 km.", "5 of them agree."]);
    assert.deepEqual(numbers(answer), [[3], [3], [3], [3]]);
    assert.deepEqual(split("It names Smith et al. 【3】 as authors."), ["It names Smith et al. as authors."]);
  });

  it("reads lines that end in a mark or a hard break apart, and wrapped lines as one", () => {
    assert.deepEqual(split("a) the first thing 【3】\nb) the second thing 【3】\nand more of it"), [
      "a) the first thing",
      "b) the second thing and more of it",
    ]);
    assert.deepEqual(split("The first line  \nThe second line\ngoes on here"), [
      "The first line",
      "The second line goes on here",
    ]);
  });

  it("gives marks in front of sentences to what follows them", () => {
    assert.deepEqual(numbers("【3】The bridge is long. 【4】The toll is high."), [[3], [4]]);
    assert.deepEqual(numbers("[3] The bridge is long\n[4] The toll is high"), [[3], [4]]);
  });

  it("reads block quotations without their signs, paragraph by paragraph", () => {
    const answer = "A text before\n> The bridge\n> is long.\n>\n> The toll is high.\n> > Nobody pays.";
    assert.deepEqual(split(answer), ["A text before", "The bridge is long.", "The toll is high.", "Nobody pays."]);
  });

  it("takes underlined lines for headings", () => {
    const kinds = checkAnswer("The long heading of it all\n===\n\nThe text stands here now.", [source]);
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ["heading", "sentence"],
    );
  });

  it("reads no statement and no mark in a block that is code by its indent, but does in a list", () => {
    assert.deepEqual(numbers("The text is here 【3】.\n\n    x = y[3] 【3】\n\n    z【3】\n\nThe end is here."), [
      [3],
      [],
    ]);
    assert.deepEqual(numbers("- The item is here\n\n    It goes on 【3】."), [[], [3]]);
  });

  it("leaves escapes and tags of markup out of what is compared", () => {
    assert.deepEqual(split("It costs \\$5 or 3\\% of H<sub>2</sub>O, see `a\\$b`."), [
      "It costs $5 or 3% of H2O, see `a\\$b`.",
    ]);
  });
});

describe("marks as other systems write them", () => {
  for (const mark of [
    "［3］",
    "〔3〕",
    "【３】",
    "[[3]]",
    "[[3]](https://x.example)",
    "[[3](https://x.example)]",
    "\\[3\\]",
    "\\[3]",
    "[source 3]",
    "[Quelle: 3]",
    "【3†source】",
    "【3†L1-L9】",
    "<sup>[3]</sup>",
  ])
    it(`understands ${mark}`, () => {
      const [statement, ...more] = checkAnswer(`The bridge is long${mark}.`, [source]);
      assert.deepEqual([statement?.numbers, statement?.statement, more], [[3], "The bridge is long.", []]);
      assert.doesNotMatch(statement?.reason ?? "", /mark quotes/);
    });

  it("leaves escaped and named brackets alone that name no opened page", () => {
    assert.deepEqual(numbers("It is \\[9\\] and [source 9]."), [[]]);
  });
});
