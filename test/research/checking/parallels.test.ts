import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import type { Source, Verdict } from "../../../src/types.ts";

const REGATTA = `Sandholm regatta

About 340 boats entered the Sandholm regatta and 312 reached the harbour. The club Vester won the youth cup at Fornes; the club Nyhavn lost the ladies' cup at Brede.
By 2018, 64 percent of crews sailed in dinghies and 36 percent in keelboats. The club, which had 910 members in 2006 and 1,240 in 2018, was led by Ole Montferrand.
The sail is hoisted within 0.4 s. The course was lengthened from 12 to 18 miles.
`;

const BRIDGE = `海门大桥

海门大桥由东川公司承建，总工程师周文海主持设计，共有1.5万名工人参加。
`;

/** Page, what is said of it, whether the page bears it out. */
const CASES: [string, string, Verdict][] = [
  [REGATTA, "About 340 boats entered the Sandholm regatta.", "supported"],
  [REGATTA, "312 boats reached the harbour.", "supported"],
  [REGATTA, "312 boats entered the Sandholm regatta.", "unsupported"],
  [REGATTA, "The club Nyhavn won the youth cup at Fornes.", "unsupported"],
  [REGATTA, "64 percent of crews sailed in dinghies.", "supported"],
  [REGATTA, "64 percent of crews sailed in keelboats.", "unsupported"],
  [REGATTA, "In 2018 the club had 1,240 members.", "supported"],
  [REGATTA, "The club had 1,240 members in 2006.", "unsupported"],
  [REGATTA, "The club was led by Ole Montferand.", "unsupported"],
  [REGATTA, "The sail is hoisted within 400 ms.", "supported"],
  [REGATTA, "The course was lengthened from 18 to 12 miles.", "unsupported"],
  [BRIDGE, "海门大桥由东川公司承建。", "supported"],
  [BRIDGE, "海门大桥由东山公司承建。", "unsupported"],
  [BRIDGE, "总工程师周文江主持设计。", "unsupported"],
];

describe("values and names that belong to something else", () => {
  for (const [page, statement, verdict] of CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(page, statement), verdict));
});

function verdictOn(text: string, statement: string): Verdict | undefined {
  const page: Source["page"] = {
    url: "https://example.org/",
    title: text.split("\n")[0] ?? "",
    text,
    parts: [{ start: 0, end: text.length, heading: null }],
    publishedAt: null,
    readAt: "2026-01-01T00:00:00Z",
    links: [],
    anchors: [],
  };
  const source: Source = { number: 1, hops: 0, foundBy: "search", query: null, page };
  return checkAnswer(`${statement} 【1】`, [source])[0]?.verdict;
}
