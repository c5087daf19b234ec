import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findContradictions } from "../../src/research/contradictions.ts";
import { createPageIndexes } from "../../src/research/passages.ts";
import type { Source } from "../../src/types.ts";
import { makePage } from "../helpers/pages.ts";

const QUESTION = "How high is the Torre Alba tower in the harbour of Velm?";

function source(number: number, text: string, title = "Torre Alba"): Source {
  return { number, page: makePage(`https://${number}.example/`, title, text), hops: 0, foundBy: "search", query: null };
}

function values(...texts: string[]): string[][] {
  const found = findContradictions(
    texts.map((text, index) => source(index + 1, text)),
    [QUESTION],
    createPageIndexes(),
  );
  return found.map(({ claims }) => claims.map(({ value }) => value));
}

describe("finding contradictions", () => {
  it("sees two heights of the same tower", () => {
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm is 142 metres high.",
        "In the harbour of Velm the tower Torre Alba is 151 metres high.",
      ),
      [["142 metres", "151 metres"]],
    );
  });

  it("sees two dates of the same event, in whatever form", () => {
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm was opened on 3 May 1931.",
        "In the harbour of Velm the tower Torre Alba was opened on May 3, 1931.",
        "The tower Torre Alba in the harbour of Velm was opened in June 1932.",
      ),
      [["3 May 1931", "June 1932"]],
    );
  });

  it("finds the figure that differs among several of other units", () => {
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm is 142 metres high and has 36 floors.",
        "In the harbour of Velm the tower Torre Alba is 151 metres high with its 36 floors.",
      ),
      [["142 metres", "151 metres"]],
    );
  });

  it("calls a count by what both sources count, and a number by what stands before it in both", () => {
    assert.deepEqual(
      values(
        "The harbour of Velm by the Torre Alba tower owns 14 electric buses.",
        "By the Torre Alba tower the harbour of Velm owns twelve electric buses today.",
      ),
      [["14 electric buses", "twelve electric buses"]],
    );
    assert.deepEqual(
      values(
        "The harbour of Velm by the Torre Alba tower needs version 18.4.",
        "By the Torre Alba tower the harbour of Velm needs version 20.",
      ),
      [["version 18.4", "version 20"]],
    );
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm cost €3.2 million.",
        "In the harbour of Velm the tower Torre Alba cost 3,400,000 euros.",
      ),
      [["€3.2 million", "3,400,000 euros"]],
    );
  });

  it("takes the same length, sum or share in another unit or rounding for the same", () => {
    const pairs = [
      ["is 2.5 km long", "is 2,500 metres long"],
      ["cost €3.2 million", "cost about 3,200,000 euros"],
      ["weighs more than 1,400 tons", "weighs 1,420 tons"],
    ] as const;
    for (const [one, other] of pairs)
      assert.deepEqual(
        values(
          `The tower Torre Alba in the harbour of Velm ${one}.`,
          `In the harbour of Velm the tower Torre Alba ${other}.`,
        ),
        [],
        other,
      );
  });

  it("does not set figures of different times against each other", () => {
    assert.deepEqual(
      values(
        "In 2019 the tower Torre Alba in the harbour of Velm had 1,200 visitors.",
        "In 2020 the tower Torre Alba in the harbour of Velm had 1,900 visitors.",
      ),
      [],
    );
  });

  it("names every source that says otherwise", () => {
    const texts = [142, 151, 142, 149].map(
      (height) => `The tower Torre Alba in the harbour of Velm is ${height} metres high.`,
    );
    assert.deepEqual(values(...texts), [["142 metres", "151 metres", "149 metres"]]);
  });

  it("takes the same figure in another spelling for the same", () => {
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm weighs 1,420 tons.",
        "In the harbour of Velm the tower Torre Alba weighs 1420 tons.",
      ),
      [],
    );
  });

  it("lets two packages have figures of their own", () => {
    const titles = ["rook: Torre Alba for Node", "lathe: Torre Alba for browsers"];
    const figures = titles.map((title, index) =>
      source(index, `The tower Torre Alba in the harbour of Velm is ${140 + index} metres high.`, title),
    );
    const [rook, lathe] = figures;
    assert.ok(rook && lathe);
    const count = (...pair: Source[]) => findContradictions(pair, [QUESTION], createPageIndexes()).length;
    assert.equal(count(rook, lathe), 0);
    assert.equal(count(rook, { ...lathe, page: { ...lathe.page, title: rook.page.title } }), 1);
  });

  it("does not compare figures with other units or of other things", () => {
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm is 142 metres high.",
        "The tower Torre Alba in the harbour of Velm has 36 floors.",
      ),
      [],
    );
    assert.deepEqual(
      values(
        "The tower Torre Alba in the harbour of Velm is 142 metres high.",
        "The lighthouse Faro Nero near the airport of Velm is 31 metres high.",
      ),
      [],
    );
  });

  it("does not set pages on other subjects against each other", () => {
    const sources = [
      source(1, "In the harbour of Velm the tower needs version 18 or newer."),
      source(2, "In the harbour of Velm the tower needs version 16 or newer.", "The crane"),
    ];
    assert.deepEqual(findContradictions(sources, [QUESTION], createPageIndexes()), []);
  });

  it("does not set two things of a like name against each other", () => {
    const pairs = [
      [
        "Torre Alba (1969 tower)",
        "Torre Alba is a 1969 tower in the harbour of Velm.",
        "Torre Alba (2010 tower)",
        "Torre Alba is a 2010 tower in the harbour of Velm.",
      ],
      [
        "Torre Alba, Norra",
        "The tower in the harbour of Velm was named Torre Alba in 1838.",
        "Torre Alba, Sorra",
        "The tower in the harbour of Sorra near Velm was named Torre Alba in 1833.",
      ],
    ] as const;
    const question = "When was the tower Torre Alba of Norra in the harbour of Velm named?";
    for (const [title, text, otherTitle, otherText] of pairs) {
      const sources = [source(1, text, title), source(2, otherText, otherTitle)];
      assert.deepEqual(findContradictions(sources, [question], createPageIndexes()), [], title);
    }
    const [, one, , other] = pairs[1];
    const sites = [
      source(1, one, "Torre Alba - Visit Velm"),
      source(2, other.replace("Sorra near ", ""), "Torre Alba | Guide"),
    ];
    assert.equal(findContradictions(sites, [question], createPageIndexes()).length, 1, "two sites on one tower");
  });

  it("does not set a source against itself", () => {
    const text =
      "The tower Torre Alba in the harbour of Velm is 142 metres high. The tower Torre Alba in the harbour of Velm is 99 metres high.";
    assert.deepEqual(values(text), []);
  });
});
