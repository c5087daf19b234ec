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

Cast of Grey Water

The film stars Ada Finch as Morwen, Piet Lander as Osric, Lena Quist as Idun and Tom Arkell as Uffe Brand.
Osric is based on Henrik Falk, and the teacher, Mr. Colby, is based on Sten Ravn. Norland lies to the east, Sudby lies to the west.

Reader options

- \`keepOpen\` leaves the connection to the server open after the last message.
- \`readAll\` loads all attachments of a message before the message is handed on.
- If \`parseTimes\` is set, the times of a message are turned into Date objects. If \`joinParts\` is set, the parts of a message become one string.
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
  [
    "a player with her part",
    "Among the cast: Ada Finch (Morwen) and Lena Quist (Idun).",
    "Among the cast: Ada Finch (Morwen) and Lena Quist (Osric).",
  ],
  [
    "a model with its figure",
    "The teacher, Mr. Colby, was modelled on Sten Ravn.",
    "The teacher, Mr. Colby, was modelled on Henrik Falk.",
  ],
  ["a side with its place", "To the west one comes to Sudby.", "To the west one comes to Norland."],
  [
    "an option with what it does",
    "With `parseTimes` the times of a message come as Date objects.",
    "With `joinParts` the times of a message come as Date objects.",
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
