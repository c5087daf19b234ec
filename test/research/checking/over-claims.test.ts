import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const FERRY = `The Quay of Lindby

The ferry quay of Lindby burned down in 1931. The fishing fleet was sold to a firm in Torsund. A new quay was opened by the mayor in 1936 and the ferry got a second deck. The winter timetable was dropped on account of thick ice. The last ferry sailed in 1972.
Half of the nets were lost in the storm of 1921. All the boats lay in one basin. Some skippers suspected that the cheap tar may have been the reason why the sheds burned. The bell buoy sends a signal in fog. Two other quays have a crane.
The harbour master resigned in 1958. He had quarrelled with the pilots over their wages, and this led the board to close the pilot station.
`;

const ISLAND = `The Island of Skarvo

Skarvo is the largest island of the Torsund archipelago and has the tallest lighthouse in the county. At the time of its opening the Skarvo cable was the longest sea cable in service.
The catch of 1988 was the lowest since 1924. Ida Roth is best known for her rye bread. The top prize of 1984 went to the baker Ida Roth. The minimum, −21 degrees, was measured in 1942. Water costs 0.80 crowns up to ten barrels, 1.30 up to thirty and 2.10 above that.

| Village | Farms | Goats |
|---|---|---|
| Norby | 14 | 310 |
| Sorby | 22 | 190 |
| Vestby | 9 | 95 |
`;

const SURVEY = `The Orvale Survey

The Orvale survey is the work of Nils Harl. He set out in 1871 with the brig Dorne, which passed 40 km north of Skarn Island. No other vessel has surveyed the coast since.
Harl built two barges. The Tern, launched in 1880, sank in the bay in 1899. His second barge, the Gull, was sold in Maar.
The coast has 900 islets, of which 410 lie in the north, 300 in the east and 190 in the south. Its highest point is the Kell at 812 m. The station opened in 1874. Mud soundings are treated as if they were rock soundings.

Ways of sounding compared:

- Steel wire: fastest, least exact
- Lead line: slow but sure
`;

const ISLA = `La isla de Skarvo

La máxima, de 31 grados, se midió en 1959. El pueblo tiene una iglesia de madera de 1702.
`;

function verdictOf(text: string, statement: string): Verdict {
  return checkOne(statement, text).verdict;
}

const HELD: readonly (readonly [string, string, string])[] = [
  ["a cause in other words", FERRY, "The winter timetable was dropped because of thick ice."],
  [
    "a consequence in the next sentence's words",
    FERRY,
    "The pilot station was closed because the harbour master had quarrelled with the pilots.",
  ],
  ["things that are together rather than complete", FERRY, "The boats lay together, all in one basin."],
  ["what is left alone", FERRY, "In 1936 the mayor opened a new quay and did not leave the ferry alone."],
  ["a superlative within the same bounds", ISLAND, "In the Torsund archipelago Skarvo is the biggest island."],
  ["a superlative in another form", ISLAND, "Ida Roth won the first prize of 1984."],
  ["an extreme as a minimum", ISLAND, "The lowest value, −21 degrees, was measured in 1942."],
  ["an extreme that the figures of a list show", ISLAND, "The dearest water, above thirty barrels, costs 2.10 crowns."],
  ["an extreme that the column of a table shows", ISLAND, "Sorby is the village with the most farms, 22."],
  ["a bound that names no other place", ISLAND, "The lighthouse of Skarvo is the tallest in its county."],
  ["only as late as a date", SURVEY, "The station of the survey only opened in 1874."],
  ["only in a condition", SURVEY, "The steel wire is the fastest if you only want a quick result."],
  ["the first where the page has the second", SURVEY, "The first barge sank in the bay in 1899."],
  ["a mountain that is the highest point", SURVEY, "The highest mountain of the coast, the Kell, reaches 812 m."],
  ["any other in an equation", SURVEY, "Mud soundings are treated like any other soundings."],
  ["a superlative in an entry of a list", SURVEY, "Of the ways of sounding the steel wire is the fastest."],
  ["an extreme of a page in another language", ISLA, "The highest temperature, 31 degrees, was measured in 1959."],
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
  ["a cause that is only suspected", FERRY, "The sheds burned because of the cheap tar."],
  ["all where the page says half", FERRY, "Every net was lost in the storm of 1921."],
  ["always where the page names no rule", FERRY, "The bell buoy always sends a signal."],
  [
    "a superlative in the form of a comparison with none",
    FERRY,
    "No other quay of Lindby has as many cranes as the ferry quay.",
  ],
  ["a superlative within wider bounds", ISLAND, "Skarvo has the tallest lighthouse in Scandinavia."],
  [
    "a superlative of a thing with a part of its own within wider bounds",
    ISLAND,
    "Skarvo has the tallest lighthouse for ships in northern Scandinavia.",
  ],
  ["a superlative since a year made one of all history", ISLAND, "The catch of 1988 was the lowest in Nordic history."],
  ["a superlative for all time", ISLAND, "The Skarvo cable remains the longest sea cable ever in service."],
  ["only as a limit to a place", SURVEY, "Only the north of the coast has islets."],
  ["the first where its own sentence has the second", SURVEY, "Harl's first barge, the Gull, was sold in Maar."],
  ["the most of a part that is not the largest", SURVEY, "The largest number of islets, 300, lies in the east."],
  ["more than any other", SURVEY, "The coast of Orvale has more islets than any other coast."],
  ["a superlative of another entry", SURVEY, "Of the ways of sounding the lead line is the fastest."],
  ["an extreme that the table does not show", ISLAND, "With 190 goats, Sorby has the most goats."],
  ["a superlative of a page in another language", ISLA, "The village has the oldest church, built of wood in 1702."],
];

describe("what may be so by what the page does not say", () => {
  it("leaves a first in time in doubt", () =>
    assert.equal(verdictOf(FERRY, "The bell buoy was the first to send a signal in fog."), "weak"));
  it("lets what is only a limit pass", () =>
    assert.equal(verdictOf(FERRY, "A new quay was opened only by the mayor in 1936."), "supported"));
});

describe("what a statement claims beyond its page", () => {
  for (const [what, page, statement] of HELD)
    it(`lets ${what} stand`, () => assert.equal(verdictOf(page, statement), "supported"));
  for (const [what, page, statement] of CLAIMED)
    it(`objects to ${what}`, () => assert.equal(verdictOf(page, statement), "unsupported"));
});
