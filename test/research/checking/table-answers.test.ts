import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import type { Source, Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";
import { makePage } from "../../helpers/pages.ts";

const PAGE = `Vessen Orchards: figures for 2022

Vessen Orchards sold 9,410 tonnes of fruit in 2022 (2021: 8,870). The legal limit for residues is 30 units. There were 42 seasonal workers (2021: 57), and the harvest began on 4 August.

Harvest by orchard

| Orchard | Planted | Area (ha) | 2021 (t) | 2022 (t) | Residues |
| --- | --- | --- | --- | --- | --- |
| Alder Hill | 1962 | 120 | 3,200 | 3,560 | 22 |
| Birk Farm | 1988 | 85 | 2,450 | 2,690 | 34 |
| Corrie | 2007 | 64 | 1,980 | 1,870 | 18 |
| Dunmoor | 1975 | 40 | 1,240 | 1,290 | 27 |

Tractors in the test

| Tractor | Price | Weight | Power | Grade | Ploughing | Refuelling | Tank left |
| --- | --- | --- | --- | --- | --- | --- | --- |
| Mantis 40 | €21,400 | 1,450 kg | 29 kW | 1.9 | 6.1 h | 126 min | 22% |
| Oxen | €26,900 | 1,720 kg | 38 kW | 1.4 | 4.7 h | 90 min | 40% |
| Pike | €18,300 | 1,390 kg | 26 kW | 2.6 | 8.2 h | 85 min | 61% |

Sales by quarter

| Quarter | Share sold abroad |
| --- | --- |
| Q1 2022 | 41.2% |
| Q2 2022 | 44.6% |
| Q3 2022 | 39.8% |
| Q4 2022 | 47.5% |
`;

/** Each true sentence with altered ones. */
const CASES: readonly (readonly [string, string, ...string[]])[] = [
  [
    "the difference of two years with its direction",
    "Birk Farm harvested 240 tonnes more in 2022 than in 2021.",
    "Birk Farm harvested 240 tonnes less in 2022 than in 2021.",
    "Birk Farm harvested 260 tonnes more in 2022 than in 2021.",
  ],
  [
    "growth of two rows in one sentence",
    "Alder Hill grew by 11.3% to 3,560 tonnes, ahead of Birk Farm, which grew by 9.8% to 2,690 tonnes.",
    "Alder Hill grew by 9.8% to 3,560 tonnes, ahead of Birk Farm, which grew by 11.3% to 2,690 tonnes.",
    "Alder Hill grew by 11.3% to 3,560 tonnes, behind Birk Farm, which grew by 9.8% to 2,690 tonnes.",
    "Alder Hill shrank by 11.3% to 3,560 tonnes, ahead of Birk Farm, which grew by 9.8% to 2,690 tonnes.",
  ],
  [
    "the gap between two rows",
    "The Oxen costs €5,500 more than the Mantis 40.",
    "The Oxen costs €5,500 less than the Mantis 40.",
    "The Oxen costs €6,500 more than the Mantis 40.",
  ],
  [
    "two columns divided",
    "Dunmoor, with 1,290 tonnes on 40 hectares, harvested about 32 tonnes per hectare, more than any other of the four orchards.",
    "Dunmoor, with 1,290 tonnes on 40 hectares, harvested about 38 tonnes per hectare, more than any other of the four orchards.",
    "Dunmoor, with 1,290 tonnes on 40 hectares, harvested about 32 tonnes per hectare, less than any other of the four orchards.",
  ],
  [
    "a column added up",
    "Together all four orchards harvested 9,410 tonnes in 2022, and Corrie 1,870 of them.",
    "Together all four orchards harvested 9,810 tonnes in 2022, and Corrie 1,870 of them.",
  ],
  [
    "the only row beyond a limit",
    "Only Birk Farm, with 34, was above the limit of 30.",
    "Only Dunmoor, with 27, was above the limit of 30.",
    "Only Birk Farm, with 34, was below the limit of 30.",
  ],
  [
    "the other rows, counted",
    "Corrie fell to 1,870 tonnes; the other three orchards grew.",
    "Corrie fell to 1,870 tonnes; the other two orchards grew.",
    "Corrie fell to 1,870 tonnes; the other three orchards fell.",
  ],
  [
    "ranks by what the words measure",
    "The Pike is the lightest at 1,390 kg and the cheapest at €18,300.",
    "The Pike is the heaviest at 1,390 kg and the cheapest at €18,300.",
    "The Pike is the lightest at 1,390 kg and the dearest at €18,300.",
  ],
  [
    "a second place",
    "The Mantis 40 is the second cheapest tractor at €21,400.",
    "The Mantis 40 is the cheapest tractor at €21,400.",
  ],
  [
    "quarters of which the noun is said once",
    "The share sold abroad was 41.2% in the first quarter, 44.6% in the second and 39.8% in the third.",
    "The share sold abroad was 41.2% in the first quarter, 39.8% in the second and 44.6% in the third.",
  ],
  [
    "a difference, which is not the value of another column in another unit",
    "The Pike ploughed for 8.2 hours, 2.1 hours longer than the Mantis 40.",
    "The Pike ploughed for 8.2 hours, 2.1 hours shorter than the Mantis 40.",
    "The Mantis 40 ploughed for 6.1 hours, 2.1 hours longer than the Oxen.",
  ],
  [
    "the only row that goes one way, with by how much",
    "Corrie was the only orchard that lost, 110 tonnes less than in 2021.",
    "Corrie was the only orchard that gained, 110 tonnes less than in 2021.",
  ],
  [
    "who needed the least time",
    "The Oxen ploughed fastest, in 4.7 hours.",
    "The Oxen ploughed slowest, in 4.7 hours.",
    "The Pike ploughed fastest, in 8.2 hours.",
  ],
  [
    "what a share leaves",
    "On the Oxen more than half of the tank was not left.",
    "On the Pike more than half of the tank was not left.",
  ],
  [
    "a figure beside the superlative, before a head that has one of its words",
    "Alder Hill is the largest with 3,560 tonnes in 2022, about 38% of the total of 9,410.",
    "Alder Hill is the largest with 3,560 tonnes in 2022, about 48% of the total of 9,410.",
  ],
  [
    "figures that go the way that is told",
    "The share sold abroad rose from 41.2% in the first quarter to 44.6% in the second.",
    "The share sold abroad fell from 41.2% in the first quarter to 44.6% in the second.",
  ],
  [
    "a value with the year before in brackets",
    "The number of seasonal workers fell by 15 to 42.",
    "The number of seasonal workers rose by 15 to 42.",
  ],
  ["now and before", "There were 42 instead of 57 seasonal workers.", "There were 57 instead of 42 seasonal workers."],
];

describe("conclusions over the rows and columns of a table", () => {
  for (const [name, holds, ...fail] of CASES) {
    it(`are borne out: ${name}`, () => assert.equal(verdictOn(holds), "supported", holds));
    for (const statement of fail)
      it(`are told apart from altered ones: ${name}: ${statement}`, () =>
        assert.equal(verdictOn(statement), "unsupported", statement));
  }
});

function verdictOn(statement: string): Verdict {
  return checkOne(statement, PAGE).verdict;
}

describe("a sentence of several parts, each with a mark of its own", () => {
  const source: Source = {
    number: 1,
    hops: 0,
    foundBy: "search",
    query: null,
    page: makePage("https://example.org/v", "Vessen Orchards", PAGE),
  };
  const check = (statement: string): Verdict | undefined => checkAnswer(statement, [source])[0]?.verdict;
  const rest = ", and picking started on 4 August 【1†the harvest began on 4 August】.";

  it("holds when a table bears out one part and prose another", () =>
    assert.equal(
      check(`Corrie was the only orchard that harvested less 【1†Corrie | 2007 | 64 | 1,980 | 1,870】${rest}`),
      "supported",
    ));
  it("does not hold when the table contradicts one part", () =>
    assert.equal(
      check(`Dunmoor was the only orchard that harvested less 【1†Dunmoor | 1975 | 40 | 1,240 | 1,290】${rest}`),
      "unsupported",
    ));
  it("is compared to its end, behind the last mark too", () =>
    assert.equal(
      check(
        "Corrie fell to 1,870 tonnes 【1†Corrie | 2007 | 64 | 1,980 | 1,870】, and picking started on 4 August 【1†the harvest began on 4 August】 under the direction of Hanna Lorentz.",
      ),
      "unsupported",
    ));
});
