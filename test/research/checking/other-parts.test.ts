import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

const WORKS = `The Corran works

A boat of the Corran works sank in 1907; 6 of the 23 people aboard were saved. A fare of sixpence was charged for a sheep and a shilling for a person.
Ewes on the upper field had fewer lambs than ewes on the shore in the first year but as many in the third. Visitors named the loom as the noisiest machine and the kettle as the oldest one.
Nests per acre were most frequent in gorse (7.2) and least frequent in heath (1.3); bracken had 3.8.
The lathe was added in 1911 and is made of brass. The press is a copy and may be taken away. It weighs 900 kg.
Chief engineer Ada Munro said that the price of coal was a burden. She was praised by the surveyor Colin Baird.
Flora Grant paid for the kiln and Hugh Lennox was the first manager. The rival firm Tarbet accused the works of theft in 1912; the court acquitted the works in May 1915.
The present kiln was planned by Edgar Wylie and fired by his brother Thomas Wylie. The firm has owned the yard since 1911 and rents the shed to a choir. The shed roof was sold in May 1933 to the trader Brodie.
Chief clerk Nan Orr left early. She was followed by the accountant Guy Tait. His niece Ellen Grieve followed him as cashier.
A brick oven of nine metres, built by Pell, replaced the pit. A second lathe is planned for 2031. The patent on the loom was held by the bank; Tait was paid nothing.
Swallows are most frequent in barns (4.1) and least frequent at old sluices (0.4); stone weirs had 1.2. With log = "brief" a line is printed if the run ends. The tower stands on Mount Calder; Grieve studied in Hawick.
Bills are now written on cards instead of slates. Checks of weight have moved from the office into the yard. The saw of 1934 was dismantled in 1975.
The chimney was mended with money from the county, while the parish paid for the gate. In 1968 the county wanted to close the yard, but a petition prevented it.
Her successor Aldo Ferri gave up brass. Private indexes may require a pass. The shop is open on Wednesdays.
A club, which the baker Rory Innes founded in 1920, has given concerts since 1926.
`;

function verdictOf(statement: string): Verdict {
  return checkOne(statement, WORKS).verdict;
}

const PAIRS: readonly (readonly [string, string, string])[] = [
  [
    "a part of a whole",
    "6 of the 23 people aboard were saved in 1907.",
    "23 of the 6 people aboard were saved in 1907.",
  ],
  [
    "two words exchanged in their slots",
    "A fare of sixpence was charged for a sheep and a shilling for a person.",
    "A fare of a shilling was charged for a sheep and sixpence for a person.",
  ],
  [
    "the value of what is contrasted",
    "Ewes on the upper field had fewer lambs than ewes on the shore in the first year.",
    "Ewes on the upper field had fewer lambs than ewes on the shore in the third year.",
  ],
  ["a figure in brackets", "Bracken had 3.8 nests per acre.", "Bracken had 7.2 nests per acre."],
  ["whose title it is", "Ada Munro was the chief engineer.", "Colin Baird was the chief engineer."],
  ["who was what", "Hugh Lennox was the first manager.", "Flora Grant was the first manager."],
  ["the date of the event", "The court acquitted the works in 1915.", "The court acquitted the works in 1912."],
  ["since when", "The club has given concerts since 1926.", "The club has given concerts since 1920."],
  [
    "two brothers",
    "Edgar Wylie planned the kiln, and Thomas Wylie fired it.",
    "Thomas Wylie planned the kiln, and Edgar Wylie fired it.",
  ],
  ["to whom it is rented", "The firm rents the shed to a choir.", "The choir rents the shed to the firm."],
  [
    "to whom it was sold",
    "The shed roof was sold to Brodie in 1933.",
    "Brodie sold the shed roof to the firm in 1933.",
  ],
  ["whom she was followed by", "Guy Tait followed Nan Orr.", "Nan Orr followed Guy Tait."],
  ["what replaced what", "A brick oven replaced the pit.", "The brick oven was replaced by the pit."],
  ["what is yet to be done", "A second lathe is planned.", "A second lathe has been installed."],
  [
    "where something is least frequent",
    "Swallows are least frequent at old sluices.",
    "Swallows are least frequent in stone weirs.",
  ],
  ["a name made of two", "The tower stands on Mount Calder.", "The tower stands on Mount Hawick."],
  ["who did it in the other clause", "The parish paid for the gate.", "The county paid for the gate."],
  ["what was only wanted", "In 1968 the county wanted to close the yard.", "In 1968 the county closed the yard."],
  ["whose successor", "Aldo Ferri gave up brass.", "Nan Orr succeeded Aldo Ferri."],
  ["what is only possible", "Private indexes may require a pass.", "Private indexes require a pass."],
  ["a day of the week for every day", "The shop is open on Wednesdays.", "The shop is open every day."],
];

describe("what a statement says belongs to the part of which the page says it", () => {
  for (const [name, held, altered] of PAIRS)
    it(name, () => assert.deepEqual([verdictOf(held), verdictOf(altered)], ["supported", "unsupported"]));
});

const FAMILY = `The Harlan ferries

The Harlan ferries were set up by Jonas Harlan, whose uncle was the shipwright Piet Moor. The line was purchased by Selby Lines in 2004. Its only tenant at the quay is Dorne Shipping.
Ines Roth headed the office from 1990. She was taught by Ferdinand Kopp and handed over to Mara Lind in 2001. Lind is the daughter of the pilot Ove Lind.
The Tarn is a tributary of the Velle. In tonnage the line is second in the county, behind Astra Ferries. Astra Ferries belongs to the Norden group; its boats are run by Kestrel.
In 1951 the older boats were leased to the island of Ruden and later reverted to the Gull company.
`;

const CONVERSES: readonly (readonly [string, string, string])[] = [
  ["an uncle", "The uncle of Jonas Harlan was Piet Moor.", "Jonas Harlan was the uncle of Piet Moor."],
  ["who came later", "Mara Lind took over from Ines Roth in 2001.", "Ines Roth took over from Mara Lind in 2001."],
  ["who was taught", "Ines Roth was a pupil of Ferdinand Kopp.", "Ferdinand Kopp was a pupil of Ines Roth."],
  ["a river and the one it joins", "The Tarn flows into the Velle.", "The Velle flows into the Tarn."],
  [
    "the subject of a sentence before",
    "Astra Ferries is ahead of the Harlan ferries in tonnage.",
    "Astra Ferries is second in tonnage, behind the Harlan ferries.",
  ],
  [
    "an owner and somebody else in charge",
    "The Norden group owns Astra Ferries, and Kestrel runs the boats.",
    "Kestrel owns Astra Ferries, and the Norden group runs the boats.",
  ],
  [
    "to whom it was let and to whom it went back",
    "The older boats were leased to Ruden and returned to the Gull company.",
    "The older boats were leased to the Gull company and returned to Ruden.",
  ],
];

const YARD = `The Orvale yard

The foreman subsequently burned the plans of two boats (Gull and Tern) and later sold the tools. In 1931 the crew voted in favour (82%) of joining the Kestrel union. Mara Lind was paid by the club in 1946.
Dorne Shipping is a line established by Astra Ferries and the Maar group Selby Lines and is wholly owned by Astra Ferries Holding. Nils Harl, first buried in Lindby, was reinterred in Skarn.
The Kestrel name had become free when the Tern crew sold the Kestrel.
The yard casts about ten new bells each year. The new slipway is a preview.
`;

const SIDES: readonly (readonly [string, string, string])[] = [
  ["how and when", "He later burned the plans of two boats.", "The plans of two boats later burned the foreman."],
  [
    "by how many",
    "In 1931 the crew voted by 82% to join the Kestrel union.",
    "In 1931 the crew was voted by the union.",
  ],
  [
    "an enumeration before the owner",
    "Dorne Shipping, which Astra Ferries set up together with Selby Lines, now belongs entirely to Astra Ferries Holding.",
    "Astra Ferries, set up together with Selby Lines, now belongs entirely to Dorne Shipping.",
  ],
  [
    "where somebody was buried",
    "Nils Harl was buried in Lindby at first; later he was moved to Skarn.",
    "Mara Lind was buried in Lindby at first; later she was moved to Skarn.",
  ],
  ["how often", "The yard casts about ten new bells each year.", "The yard casts about ten new bells each month."],
  ["what is only tried out", "The new slipway is only a preview.", "The new slipway is stable."],
  ["who was paid", "In 1946 the club paid Mara Lind.", "In 1946 Mara Lind paid the club."],
];

describe("who did what to whom", () => {
  for (const [name, held, altered] of SIDES)
    it(name, () => {
      assert.notEqual(checkOne(held, YARD).verdict, "unsupported", held);
      assert.equal(checkOne(altered, YARD).verdict, "unsupported", altered);
    });
});

describe("a relation is told from either of its sides", () => {
  for (const [name, held, altered] of CONVERSES)
    it(name, () => {
      const verdicts = [held, altered].map((statement) => checkOne(statement, FAMILY).verdict);
      assert.deepEqual(verdicts, ["supported", "unsupported"]);
    });
  it("in another language", () => {
    const page = `Die Sternwarte\n\nDie Sternwarte gehörte der Familie Amsel, die sie 1931 an die Stadt Lohr verkaufte. Leiterin ist seit 2014 Petra Wolf, die auf Emil Kranz folgte.\n`;
    const verdicts = [
      "The Amsel family sold the observatory to the town of Lohr.",
      "Sale of the observatory to the Amsel family, by the town of Lohr.",
      "Petra Wolf löste Emil Kranz als Leiter ab.",
      "Emil Kranz löste Petra Wolf an der Spitze der Sternwarte ab.",
    ].map((statement) => checkOne(statement, page).verdict);
    assert.deepEqual(verdicts, ["supported", "unsupported", "supported", "unsupported"]);
  });
});
