import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const PAGE = `Isolde Marn

Isolde Marn is a Brenish surveyor and film maker. Born in Port Ansel, she earned her Ph.D. in geology from the University of Carrick.
Tobias Crane, who ran her office, and others persuaded her, and in May 1971 she gave up her post at the survey to film full-time.
Working from a hut between Ridley Parish and Stoke Parish, she shot the film Grey Water, which won an Academy Award in 1979.
The film features the singers Alma Reyes, Harbour City tenor Paul Quill, and the Brenish choir leader Odo Lenz.

Battle of Lune

At Lune a Danish company charged the dike on foot, but stopped 30 metres in front of it.
The army was led by General Hugo Tarn.
Publisher head William T. Farrow bought the diary of the campaign in 1901.
`;

function verdictOf(statement: string): Verdict {
  return checkOne(statement, PAGE).verdict;
}

const PAIRS: readonly (readonly [string, string, string])[] = [
  [
    "whom a pronoun of the sentence takes up",
    "Isolde Marn gave up her post at the survey in May 1971 so that she could film full-time.",
    "Odo Lenz gave up his post at the survey in May 1971 so that he could film full-time.",
  ],
  [
    "who did something, beside where it was done",
    "Marn shot Grey Water from a hut between Ridley Parish and Stoke Parish.",
    "Marn shot Grey Water from a hut between Ridley Parish and Harbour City.",
  ],
  ["a prize by its nickname", "Grey Water won an Oscar in 1979.", "Grey Water won a Tony in 1979."],
  [
    "a degree without its points",
    "Marn has a PhD in geology from the University of Carrick.",
    "Marn has a PhD in geology from the University of Ridley.",
  ],
  [
    "a people behind a place",
    "At Lune the Danes charged the dike on foot.",
    "At Lune the Swedes charged the dike on foot.",
  ],
  [
    "a name with an initial in it",
    "Farrow, who headed the publisher, bought the diary of the campaign in 1901.",
    "Tarn, who headed the publisher, bought the diary of the campaign in 1901.",
  ],
];

describe("names that could stand in each other's place", () => {
  for (const [what, kept] of PAIRS)
    it(`finds ${what}`, () => {
      assert.equal(verdictOf(kept), "supported", kept);
    });

  for (const [what, , changed] of PAIRS)
    it(`sees another name put for ${what}`, () => {
      assert.equal(verdictOf(changed), "unsupported", changed);
    });
});
