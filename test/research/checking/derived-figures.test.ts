import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import type { Source, Verdict } from "../../../src/types.ts";

const PAGE = `Hollin Reservoir

The town of Hollin had 5,420 inhabitants in 2001 and 4,810 in 2021. A count found 118 herons and 47 egrets at the reservoir.
The reservoir is 12 km long and 4 km wide. Aske won the boat race in 48:10, ahead of Dunn, who finished in 48:52.
The water is 5 °C in January and 19 °C in August. Its keeper is Dr. Leila Tamm, who was appointed in May 2016.
`;

const CASES: [string, Verdict][] = [
  ["Between 2001 and 2021 the town of Hollin lost 610 inhabitants.", "supported"],
  ["Between 2001 and 2021 the town of Hollin lost 720 inhabitants.", "unsupported"],
  ["A count found 165 herons and egrets altogether at the reservoir.", "supported"],
  ["A count found 156 herons and egrets altogether at the reservoir.", "unsupported"],
  ["Aske won the boat race 42 seconds ahead of Dunn.", "supported"],
  ["Aske won the boat race 24 seconds ahead of Dunn.", "unsupported"],
  ["From January to August the water warms by 14 °C.", "supported"],
  ["From January to August the water warms by 24 °C.", "unsupported"],
  ["Its keeper, Dr Tamm, was appointed in May 2016.", "supported"],
  ["Its keeper, Dr Timm, was appointed in May 2016.", "unsupported"],
];

describe("figures that a writer works out", () => {
  for (const [statement, verdict] of CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement), verdict));
});

function verdictOn(statement: string): Verdict | undefined {
  const source: Source = {
    number: 1,
    hops: 0,
    foundBy: "search",
    query: null,
    page: {
      url: "https://example.org/",
      title: "Hollin Reservoir",
      text: PAGE,
      parts: [{ start: 0, end: PAGE.length, heading: null }],
      publishedAt: null,
      readAt: "2026-01-01T00:00:00Z",
      links: [],
      anchors: [],
    },
  };
  return checkAnswer(`${statement} 【1】`, [source])[0]?.verdict;
}
