import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import type { Verdict } from "../../../src/types.ts";

const FERRY = `The Quay of Lindby

The ferry quay of Lindby burned down in 1931. The fishing fleet was sold to a firm in Torsund. A new quay was opened by the mayor in 1936 and the ferry got a second deck. The winter timetable was dropped on account of thick ice. The last ferry sailed in 1972.
The harbour master resigned in 1958. He had quarrelled with the pilots over their wages, and this led the board to close the pilot station.
`;

function verdictOf(text: string, statement: string): Verdict {
  const parts = [{ start: 0, end: text.length, heading: null }];
  const page = { url: "https://example.org/o", title: text.split("\n")[0] ?? "", publishedAt: null, text, parts };
  const read = { ...page, readAt: "2026-01-01T00:00:00Z", links: [], anchors: [] };
  const [checked, ...more] = checkAnswer(`${statement.slice(0, -1)} 【1】.`, [
    { number: 1, hops: 0, foundBy: "search", query: null, page: read },
  ]);
  assert.equal(more.length, 0, "one sentence a case");
  return checked?.verdict ?? "unsupported";
}

const HELD: readonly (readonly [string, string, string])[] = [
  ["a cause in other words", FERRY, "The winter timetable was dropped because of thick ice."],
  [
    "a consequence in the next sentence's words",
    FERRY,
    "The pilot station was closed because the harbour master had quarrelled with the pilots.",
  ],
];

const CLAIMED: readonly (readonly [string, string, string])[] = [
  [
    "a cause between two sentences that only follow each other",
    FERRY,
    "The fishing fleet was sold to a firm in Torsund because the ferry quay had burned down.",
  ],
  [
    "a cause between two things that one sentence merely tells",
    FERRY,
    "Thanks to the new quay opened by the mayor, the ferry got a second deck.",
  ],
  [
    "a cause picked out by the form of the sentence",
    FERRY,
    "It was the burning of the ferry quay that made the fishing firm in Torsund buy the fleet.",
  ],
];

describe("what a statement claims beyond its page", () => {
  for (const [what, page, statement] of HELD)
    it(`lets ${what} stand`, () => assert.equal(verdictOf(page, statement), "supported"));
  for (const [what, page, statement] of CLAIMED)
    it(`objects to ${what}`, () => assert.equal(verdictOf(page, statement), "unsupported"));
});
