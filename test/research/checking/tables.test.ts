import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const PAGE = `Olmen Tramways: figures for 2023

Olmen Tramways employed 212 people at the end of 2023. The depot at Kell was painted in May 2023.

Table 1. Journeys by line

| Line | Opened | 2022 (thousand) | 2023 (thousand) | On time |
| --- | --- | --- | --- | --- |
| Harbour Line | 1911 | 4,120 | 4,530 | 91% |
| Abbey Line | 1926 | 2,310 | 2,280 | 88% |
| Garden Line | 1954 | 1,045 | 1,260 | 95% |

Table 2. Accounts (million euros)

| Item | 2022 | 2023 |
| --- | --- | --- |
| Fares | 11.2 | 12.7 |
| Grants | 6.4 | 5.9 |
| Wages | 9.8 | 10.6 |

Complaints by quarter

| Quarter | Complaints | Route length (nautical miles) |
| --- | --- | --- |
| Jan–Mar 2023 | 84 | 12.5 |
| Apr–Jun 2023 | 61 | 12.5 |
| Jul–Sep 2023 | 47 | 13.1 |
| Oct–Dec 2023 | 92 | 13.1 |

Signals of the cab

| Signal | Meaning |
| --- | --- |
| 4 | the doors are open |
| 5 | the brakes are worn |

Staff wait ten weeks for a new uniform; drivers wait sixteen weeks. Of the €7.9 million, €3.4 million went to the depot and €1.5 million to the tracks. Accidents fell from 14 to 9.
`;

const CASES: readonly (readonly [string, string, Verdict])[] = [
  ["a superlative of a column", "The Harbour Line was the busiest, with 4.53 million journeys in 2023.", "supported"],
  [
    "the wrong row's superlative",
    "The Garden Line was the busiest, with 1.26 million journeys in 2023.",
    "unsupported",
  ],
  ["the lowest of a column", "The Abbey Line had the worst record: 88% on time.", "supported"],
  ["the oldest by a year", "The Harbour Line, the oldest of the three lines, opened in 1911.", "supported"],
  ["a row that is not the oldest", "The Garden Line, the oldest of the three lines, opened in 1954.", "unsupported"],
  [
    "a superlative in each part",
    "The Garden Line, with 95% on time, was the most punctual line and the Abbey Line, with 88%, the least punctual one.",
    "supported",
  ],
  [
    "the wrong row in one of the parts",
    "The Garden Line, with 95% on time, was the most punctual line and the Harbour Line, with 91%, the least punctual one.",
    "unsupported",
  ],
  [
    "growth in one part, a share in the other",
    "The Harbour Line gained the most, 410,000 journeys, yet the Abbey Line was the least punctual with 88% on time.",
    "supported",
  ],
  ["the only row that fell", "The Abbey Line was the only line that lost passengers.", "supported"],
  ["a row that did not fall", "The Garden Line was the only line that lost passengers.", "unsupported"],
  ["the strongest growth, worked out", "The Garden Line recorded the strongest growth, to 1.26 million.", "supported"],
  ["not the strongest growth", "The Abbey Line recorded the strongest growth, to 2.28 million.", "unsupported"],
  ["rows counted by the way they go", "Journeys rose on two of the three lines.", "supported"],
  ["rows counted wrongly", "Journeys rose on all three lines.", "unsupported"],
  ["a way turned round", "Journeys on the Abbey Line rose from 2,280,000 to 2,310,000.", "unsupported"],
  [
    "from and to in the order of the years",
    "Journeys on the Abbey Line fell from 2,310,000 to 2,280,000.",
    "supported",
  ],
  ["a verb against the two values", "Wages fell to 10.6 million euros in 2023.", "unsupported"],
  ["the caption's scale", "Grants came to €5.9 million in 2023, against €6.4 million the year before.", "supported"],
  ["another scale than the caption's", "Grants came to 5.9 billion euros in 2023.", "unsupported"],
  ["the value of another year", "Grants came to €6.4 million in 2023.", "unsupported"],
  ["the value of another row", "Grants came to €10.6 million in 2023.", "unsupported"],
  ["a difference of two columns", "Fares brought in 12.7 million euros, 1.5 million more than in 2022.", "supported"],
  ["a wrong difference", "Fares brought in 12.7 million euros, 2.5 million more than in 2022.", "unsupported"],
  ["a quarter by its months", "In the third quarter of 2023 there were 47 complaints.", "supported"],
  [
    "months by their names",
    "From October to December 2023 there were 92 complaints, the most of the year.",
    "supported",
  ],
  ["another quarter's value", "In the second quarter of 2023 there were 47 complaints.", "unsupported"],
  ["the unit of a head", "In the third quarter of 2023 the route was 13.1 kilometres long.", "unsupported"],
  ["words of another row", "Signal 5 means that the doors are open.", "unsupported"],
  [
    "a comparison the table does not make",
    "The Abbey Line sold more monthly tickets than the Garden Line.",
    "unsupported",
  ],
  ["a unit written once", "Staff wait ten weeks for a new uniform, drivers sixteen.", "supported"],
  ["m for million", "Of the €7.9m, 3.4m went to the depot and 1.5m to the tracks.", "supported"],
  ["a small difference of two given figures", "There were five fewer accidents (9, after 14).", "supported"],
];

describe("statements on tables", () => {
  for (const [name, statement, verdict] of CASES)
    it(`judge ${name}`, () => assert.equal(verdictOn(statement), verdict));
});

function verdictOn(statement: string): Verdict {
  return checkOne(statement, PAGE).verdict;
}
