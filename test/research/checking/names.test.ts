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

Voyages of the Tern

The survey ship Tern had the painter Jarl Moen on board. Under her first captain she confirmed five new islands: Alsey, Corra, Dunna, Ferra and Holm.
The Royal Society's medal went to the Tern twice, in 1881 and 1884. On 11 January 1890 Tveit reached her best rank, fourth in the fleet. The Norish sailor Tveit retired in 1902.

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
    "a name in an aside of which another sentence tells",
    "The Tern, with Jarl Moen on board, received the medal of the Royal Society twice, in 1881 and 1884.",
    "The Tern, with Odo Lenz on board, received the medal of the Royal Society twice, in 1881 and 1884.",
  ],
  [
    "some of those that a colon enumerates",
    "The Tern confirmed five new islands, Dunna and Holm among them.",
    "The Tern confirmed five new islands, Dunna and Lune among them.",
  ],
  [
    "somebody by the country",
    "On 11 January 1890 the Norish first reached fourth in the fleet.",
    "On 11 January 1890 the Danes first reached fourth in the fleet.",
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

const FIRM = `Gießerei Ahlbach

Die Gießerei Ahlbach wurde 1911 gegründet. Die Leiterin Dr. Ute Brenner sprach nach der Feier von einem guten Jahr. Der Kämmerer Jost Halm war verreist.
`;

describe("names that could stand in each other's place", () => {
  for (const [what, kept] of PAIRS)
    it(`finds ${what}`, () => {
      assert.equal(verdictOf(kept), "supported", kept);
    });

  for (const [what, , changed] of PAIRS)
    it(`sees another name put for ${what}`, () => {
      assert.equal(verdictOf(changed), "unsupported", changed);
    });

  it("takes what somebody is for no part of a German name", () => {
    const about = (who: string): Verdict =>
      checkOne(`Die ${who} sprach nach der Feier von einem guten Jahr.`, FIRM).verdict;
    assert.deepEqual(["Gießereichefin Ute Brenner", "Gießereichefin Ute Halm"].map(about), [
      "supported",
      "unsupported",
    ]);
  });
});
