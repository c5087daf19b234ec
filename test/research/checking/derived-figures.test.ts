import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

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

const ORCHARD = `Tessel Orchard

The Tessel Orchard was planted between 4 March 1922 and 30 May 1925. Its founder Olga Renn was born on 9 April 1888 and died on 2 January 1961.
Of the 84 old trees, 57 still bear fruit. The press house cost 48,000 crowns, of which the county paid a quarter.
In the storm of 14 August 2005 the wind felled 21 trees; they were replaced by 30 August 2005. Cider sales rose from 4,000 to 5,200 bottles.

All amounts are in thousands of euros.

| Item | 2022 | 2023 |
|---|---|---|
| Fruit | 1,840 | 2,115 |
| Cider | 610 | 575 |

| Plot | Length (miles) | Runs on v18.3.1+ |
|---|---|---|
| Upper | 2.5 | yes |
`;

const ORCHARD_CASES: [string, Verdict][] = [
  ["Olga Renn died at the age of 72.", "supported"],
  ["Olga Renn died at the age of 78.", "unsupported"],
  ["The orchard was planted over a little more than three years.", "supported"],
  ["The orchard was planted over a little more than five years.", "unsupported"],
  ["The county paid 12,000 crowns for the press house.", "supported"],
  ["The county paid 14,000 crowns for the press house.", "unsupported"],
  ["Within three weeks of the storm of August 2005 the felled trees had been replaced.", "supported"],
  ["About two thirds of the 84 old trees still bear fruit.", "supported"],
  ["About a third of the 84 old trees still bear fruit.", "unsupported"],
  ["Cider sales rose by 30%, from 4,000 to 5,200 bottles.", "supported"],
  ["Cider sales rose by 45%, from 4,000 to 5,200 bottles.", "unsupported"],
  ["Fruit brought in €2.115 million in 2023.", "supported"],
  ["Fruit brought in €2,115 in 2023.", "unsupported"],
  ["Fruit brought in €275,000 more in 2023.", "supported"],
  ["Cider brought in €1.84 million in 2022.", "unsupported"],
  ["The Upper plot has a length of 2.5 miles.", "supported"],
  ["The Upper plot has a length of 2.5 kilometres.", "unsupported"],
];

const FERRY = `Corve Ferry

The Corve Ferry earned $84.2 million on the northern crossing and $51.6 million on the southern one.
In 2014 the county offered €310 million for the harbour of Lund. The harbour of Lund owned ships worth €120 million when it was sold.
`;

const FERRY_CASES: [string, Verdict][] = [
  ["On the southern crossing the Corve Ferry earned $51.6 million and on the northern one $84.2 million.", "supported"],
  [
    "On the southern crossing the Corve Ferry earned $84.2 million and on the northern one $51.6 million.",
    "unsupported",
  ],
  [
    "The harbour of Lund, for which the county offered €310 million in 2014, owned ships worth €120 million.",
    "supported",
  ],
  [
    "The harbour of Lund, for which the county offered €120 million in 2014, owned ships worth €310 million.",
    "unsupported",
  ],
];

const MEETING = `Arle Ferry Board

The Arle Ferry Board dismissed its director on 12 March and chose Ann Holt, who took office two days later. Its crossing carried 1,840 passengers per person employed.
Ann Holt won the Severn Medal in 2008 and 2011. Of the expected 60,000 passengers 29,500 came in the first summer.

| Landing | Moorings |
|---|---|
| Arle | 14 |
| Combe | 9 |
| Dyne | 11 |
| Esk | 6 |
`;

const MEETING_CASES: [string, Verdict][] = [
  ["The board dismissed its director on 12 March, and Ann Holt took office on the 14th.", "supported"],
  ["The board dismissed its director on 12 March, and Ann Holt took office on the 17th.", "unsupported"],
  ["The crossing carried 1,840 passengers per head employed.", "supported"],
  ["The crossing carried 1,840 passengers per hour.", "unsupported"],
  ["Ann Holt won the Severn Medal twice, in 2008 and 2011.", "supported"],
  ["Only about half of the 60,000 expected passengers came in the first summer.", "supported"],
  ["Of the four landings, Arle has 14 moorings.", "supported"],
  ["Of the seven landings, Arle has 14 moorings.", "weak"],
];

const MILL = `Quarr Mill

Tomas Quarr (4 May 1871 – 9 January 1933) was an English miller and collector of songs. He learned his trade in Dorset.
Esk Mill was his first. For his songs the county of Dorset awarded him its silver medal on 11 September 1933.
The mill draws half of its power from the river, 8% from the sun and the rest from the grid.
Quarr is one of six mills in the county. With 2,140 visitors in 2019 it was the smallest of the six mills.
A museum beside it was opened by the mayor of Esk in 2004, with 30,000 to 80,000 visitors hoped for annually.
Its exhibition of songs was renewed twice. Children like the great wheel best, as the guides of the house report.
The museum had 14,810 visitors in 2015.

Staff at the end of the year

| Group | 2021 | 2022 |
|---|---|---|
| Millers | 148 | 131 |
| Drivers | 52 | 66 |
`;

const MILL_CASES: [string, Verdict][] = [
  ["The county awarded Quarr its silver medal on 11 September 1933, some eight months after his death.", "supported"],
  ["The county awarded Quarr its silver medal on 11 September 1933, some three months after his death.", "unsupported"],
  ["Power of the mill: 50% river, 8% sun, the remaining 42% grid.", "supported"],
  ["Power of the mill: 50% river, 8% sun, the remaining 48% grid.", "unsupported"],
  ["In 2019 Quarr, with 2,140 visitors, was smaller than the county's five other mills.", "supported"],
  ["In 2019 Quarr, with 2,140 visitors, was smaller than the county's seven other mills.", "unsupported"],
  ["With its 2015 turnout the song museum managed only about half of the 30,000 that had been hoped for.", "supported"],
  [
    "With its 2015 turnout the song museum managed only about a quarter of the 30,000 that had been hoped for.",
    "unsupported",
  ],
  ["At the end of 2022 there were 17 fewer millers than a year earlier.", "supported"],
  ["At the end of 2022 there were 12 fewer millers than a year earlier.", "unsupported"],
  ["Drivers made up 66 of the 197 staff at the end of 2022.", "supported"],
  ["Drivers made up 66 of the 187 staff at the end of 2022.", "unsupported"],
];

const LINE = `Lund Line

In 1952 the Lund Line opened its first route, to Arle. Four years later the Norse Company took a quarter of its shares.
The director Ida Brask resigned on 9 June 2010. Two months later the clerk Per Holm left the company as well.
In 2015 the line won the county's prize for punctuality. On 6 May the mayor opened its new lock at Esk.
`;

const LINE_CASES: [string, Verdict][] = [
  ["The Norse Company took a quarter of the shares in 1956.", "supported"],
  ["The Norse Company took a quarter of the shares in 1959.", "unsupported"],
  ["The clerk Per Holm left the company in August 2010.", "supported"],
  ["The clerk Per Holm left the company in October 2010.", "unsupported"],
  ["On 6 May 2015 the mayor opened the new lock at Esk.", "supported"],
  ["On 6 May 2010 the mayor opened the new lock at Esk.", "unsupported"],
];

describe("dates that count from the sentence before", () => {
  for (const [statement, verdict] of LINE_CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement, "Lund Line", LINE), verdict));
});

describe("figures worked out from what the statement itself names", () => {
  for (const [statement, verdict] of MILL_CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement, "Quarr Mill", MILL), verdict));
});

describe("figures that follow from what the page lists and dates", () => {
  for (const [statement, verdict] of MEETING_CASES)
    it(`calls "${statement}" ${verdict}`, () =>
      assert.equal(verdictOn(statement, "Arle Ferry Board", MEETING), verdict));
});

describe("two figures that have changed places", () => {
  for (const [statement, verdict] of FERRY_CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement, "Corve Ferry", FERRY), verdict));
});

describe("figures worked out from dates, shares and tables", () => {
  for (const [statement, verdict] of ORCHARD_CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement, "Tessel Orchard", ORCHARD), verdict));
});

describe("figures that a writer works out", () => {
  for (const [statement, verdict] of CASES)
    it(`calls "${statement}" ${verdict}`, () => assert.equal(verdictOn(statement), verdict));
});

function verdictOn(statement: string, title = "Hollin Reservoir", text = PAGE): Verdict {
  return checkOne(statement, text, title).verdict;
}
