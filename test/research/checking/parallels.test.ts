import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const REGATTA = `Sandholm regatta

About 340 boats entered the Sandholm regatta and 312 reached the harbour. The club Vester won the youth cup at Fornes; the club Nyhavn lost the ladies' cup at Brede.
By 2018, 64 percent of crews sailed in dinghies and 36 percent in keelboats. The club, which had 910 members in 2006 and 1,240 in 2018, was led by Ole Montferrand.
The treasurer is since 2015 the sailmaker Asta Lindgren, the chairman of the youth section the former pilot Bror Halvard.
The cup was given by the widow Carin Munk of Brede, while the bell was cast by Didrik Osk from bronze; the clubhouse burned in 1961, but the trophies were saved by the cook Edla Prytz.
Harbours that close in winter include Tarvik, Norland (depth 4.5 m) and Osby, Sorland (depth 2.5 m). The prizes went to Falk (118 points), Grete Ost (97 points) and Holm (64 points).
The choir sang in Alden (12 May), Brockley (14 May) and Carrow (19 May).
The sail is hoisted within 0.4 s. The course was lengthened from 12 to 18 miles.
`;

const BRIDGE = `海门大桥

海门大桥由东川公司承建，总工程师周文海主持设计，共有1.5万名工人参加。
`;

const LIBRARY = `Stavnes Library

Loans brought in 4.2 million kroner, the grant of the county 9.6 million and the sale of old books 0.7 million. Outlays came to 14.1 million, 3.2% less than the 14.6 million of 2021.
The reading room opened on 3 March 1931, and the children's wing was added on 9 October 1958. The union voted for longer hours 70 percent of the time and for higher pay 30 percent of the time.
Readers borrow 12 to 18 volumes in winter, rising to 25 volumes before the holidays, which last from June. The bookbinder Ole Rand was hired in 1946 and left in 1961.
The magazine Folio gives 81 points for the printed catalogue and 84 points for the one on the web. The tower was first planned to reach 62 m in 1928 and ended at 54 m.
Its oldest hall has 240 seats on the ground floor (gallery: 90).
On the open day 58 readers were lent blue lamps and 73 red ones.
`;

const LIBRARY_CASES: [string, Verdict][] = [
  ["The county's grant brought 9.6 million kroner, more than loans (4.2 million).", "supported"],
  ["The county's grant brought 4.2 million kroner, less than loans (9.6 million).", "unsupported"],
  ["The sale of old books brought in 0.7 million kroner.", "supported"],
  ["The sale of old books brought in 4.2 million kroner.", "unsupported"],
  ["Outlays fell by 3.2% to 14.1 million.", "supported"],
  ["The children's wing was added in October 1958.", "supported"],
  ["The children's wing was added on 3 March 1931.", "unsupported"],
  ["The union voted for higher pay 30% of the time and for longer hours 70% of the time.", "supported"],
  ["The union voted for higher pay 70% of the time and for longer hours 30% of the time.", "unsupported"],
  ["Before the holidays readers borrow 25 volumes.", "supported"],
  ["Ole Rand, the bookbinder, left in 1961.", "supported"],
  ["Ole Rand, the bookbinder, left in 1946.", "unsupported"],
  ["Folio gives the web catalogue 84 points.", "supported"],
  ["Folio gives the printed catalogue 84 points.", "unsupported"],
  ["The tower ended at 54 m, lower than the 62 m first planned in 1928.", "supported"],
  ["The tower ended at 62 m, higher than the 54 m first planned in 1928.", "unsupported"],
  ["73 readers got red lamps and 58 got blue ones.", "supported"],
  ["73 readers got lamps, red ones.", "supported"],
  ["58 readers got red lamps and 73 got blue ones.", "unsupported"],
  ["58 readers were lent red lamps.", "unsupported"],
];

/** Page, what is said of it, whether the page bears it out. */
const CASES: [string, string, Verdict][] = [
  [REGATTA, "About 340 boats entered the Sandholm regatta.", "supported"],
  [REGATTA, "312 boats reached the harbour.", "supported"],
  [REGATTA, "312 boats entered the Sandholm regatta.", "unsupported"],
  [REGATTA, "The club Nyhavn won the youth cup at Fornes.", "unsupported"],
  [REGATTA, "Treasurer since 2015 is the sailmaker Asta Lindgren.", "supported"],
  [REGATTA, "Treasurer since 2015: the former pilot Bror Halvard.", "unsupported"],
  [REGATTA, "The former pilot Bror Halvard chairs the youth section.", "supported"],
  [REGATTA, "The bell of bronze was cast by Didrik Osk.", "supported"],
  [REGATTA, "Edla Prytz, the cook, saved the trophies when the clubhouse burned.", "supported"],
  [REGATTA, "Didrik Osk saved the trophies when the clubhouse burned.", "unsupported"],
  [REGATTA, "Osby, with a depth of 2.5 m, is among the harbours that close in winter.", "supported"],
  [REGATTA, "Tarvik, with a depth of 2.5 m, is among the harbours that close in winter.", "unsupported"],
  [REGATTA, "Of the prizes, one went to Holm with 64 points.", "supported"],
  [REGATTA, "Of the prizes, one went to Falk with 64 points.", "unsupported"],
  [REGATTA, "On 14 May the choir sang in Brockley.", "supported"],
  [REGATTA, "On 12 May the choir sang in Brockley.", "unsupported"],
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

describe("the part of the sentence that a figure or date belongs to", () => {
  for (const [statement, verdict] of LIBRARY_CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(LIBRARY, statement), verdict));
});

describe("values and names that belong to something else", () => {
  for (const [page, statement, verdict] of CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(page, statement), verdict));
});

function verdictOn(text: string, statement: string): Verdict {
  return checkOne(statement, text).verdict;
}
