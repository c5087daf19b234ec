import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const CLUB = `The Harrow Lions

The Harrow Lions are a rowing club on the lake of Venn. They were founded in 1902 by the brewer Amos Tilney.

1911 regatta

In the 1911 regatta the club entered the oarsman Peter Lomax out of Brockley with the third boat. In 1910 it had entered Henry Vance with the first boat.
The engineer Walter Reiss stood as candidate for the Canal League with the miller Joan Petty as his deputy; he was kept out of the public debates. Edwin Moss was the candidate of the Harbour Union and sat on the council.

Long Water

Long Water is the second book of the poet Ivo Stanning. It was printed in Dunmore in 1931. It was also the last work that he published with the Arden Press.

Blue Shore

Blue Shore is a play by the same author, first acted in 1934. Its songs are by fellow Dunmore native Cyril Haye. The Dunmore Institute of Music paid for the costumes.
It is often taken for Grey Shore, a farce which Haye wrote with his son. The title has been changed from Grey Tide: A Farce to Blue Shore in later prints.

Hull

The boats were built at the yard of Ole Brandt in Tromle; the last one left the yard in 1938. The ferry Tern was a Norlund boat, built by the Maas Company.
`;

function verdictOf(statement: string): Verdict {
  return checkOne(statement, CLUB).verdict;
}

const PAIRS: readonly (readonly [string, string, string])[] = [
  [
    "a name that stands in the sentence beside it",
    "With its third boat the club entered Peter Lomax of Brockley in the regatta of 1911.",
    "With its third boat the club entered Henry Vance of Brockley in the regatta of 1911.",
  ],
  [
    "the subject of a pronoun within the sentence",
    "Walter Reiss, who stood for the Canal League, could not take part in the public debates.",
    "Edwin Moss, who stood for the Canal League, could not take part in the public debates.",
  ],
  [
    "the work that a pronoun stands for",
    "Long Water would be his last work with the Arden Press.",
    "Blue Shore would be his last work with the Arden Press.",
  ],
  [
    "a name behind an apposition with another name",
    "Blue Shore has songs by Cyril Haye.",
    "Blue Shore has songs by Ivo Stanning.",
  ],
  [
    "the builder of what belongs to another",
    "The Tern was a ferry which the Maas Company built for Norlund.",
    "The Tern was a ferry which Norlund built for the Maas Company.",
  ],
];

describe("where a name of the statement stands in the page", () => {
  for (const [what, right, wrong] of PAIRS) {
    it(`accepts ${what}`, () => assert.equal(verdictOf(right), "supported"));
    it(`notices another name for ${what}`, () => assert.notEqual(verdictOf(wrong), "supported"));
  }

  it("lets a pronoun or the club's title stand for the name", () => {
    assert.equal(verdictOf("The Harrow Lions go back to 1902 and to the brewer Amos Tilney."), "supported");
    assert.equal(verdictOf("Long Water came out in Dunmore in 1931."), "supported");
  });

  it("takes first letters for the name, over its small words", () =>
    assert.equal(verdictOf("The DIM paid for the costumes of the play."), "supported"));

  it("lets a clause about a name come from another sentence than the rest", () =>
    assert.equal(verdictOf("In 1938 the last boat, built by Ole Brandt of Tromle, left the yard."), "supported"));
});
