import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CheckedStatement, checkAnswer } from "../../../src/research/citations.ts";

const PAGE = `The Orvale ferries

On 17 March 2023 the board ordered 14 electric boats of the type Heron from the Brant yard. The first of them may enter service in late 2025.
Plans are underway to build a 57 km canal connecting the older docks of Hede and Maar.
An objection by two clubs is still before the court of Corran.
The pier, which may be visited in summer, was built in 1907.`;

function check(statement: string): CheckedStatement | undefined {
  const page = { url: "https://example.org/f", title: "The Orvale ferries", publishedAt: null, text: PAGE, parts: [] };
  const read = { ...page, readAt: "2026-01-01T00:00:00Z", links: [], anchors: [] };
  return checkAnswer(`${statement} 【1】`, [{ number: 1, hops: 0, foundBy: "search", query: null, page: read }])[0];
}

describe("what is still open on the page", () => {
  for (const statement of [
    "Of the 14 electric boats of the type Heron, ordered on 17 March 2023, the first have already entered service.",
    "The 57 km canal connecting the docks of Hede and Maar has been completed.",
  ])
    it(`is not said as done: ${statement}`, () => assert.equal(check(statement)?.verdict, "unsupported"));

  for (const statement of [
    "Of the 14 electric boats of the type Heron, ordered on 17 March 2023, the first may enter service in late 2025.",
    "A 57 km canal connecting the docks of Hede and Maar is planned.",
    "The pier was built in 1907.",
  ])
    it(`may be said as open, and what is done beside it as done: ${statement}`, () =>
      assert.equal(check(statement)?.verdict, "supported"));
});
