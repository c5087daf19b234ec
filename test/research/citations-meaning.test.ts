import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../src/research/citations.ts";
import type { Verdict } from "../../src/types.ts";

const MILL = `The mill at Ostrand

The mill at Ostrand was closed in 1962 because the river no longer carried enough water. A bid to turn it into a hotel failed to find backers in 1988.
No visitors were hurt in the fire of 2003, but some thirty people were taken to a school for the night. Most of the looms survived, since they had been lent to a museum.
Workers on early shifts were ill less often than colleagues on late shifts. Accidents were more frequent among men older than forty.
Herons have become rarer near the weir, while swallows have become more common. The guild asked for permission to use the tower; the town council refused.
Berta Sund was the sister of the last miller and a member of the Ostrand Guild. Damp walls were associated with a higher rent for the flats. It is unclear why the miller did not sell the barn. From 1931 until 1953 the smith Anders Roos lived in the barn as the third tenant.
Greta Lind designed the wheel, and Oskar Pell cast it. Some neighbours suspected that a faulty stove had caused the fire. The roof may be repaired next year.
Two kinds of gear exist: the bevel gear (BG), carrying loads as well, and the idle gear (IG), without any load. Gears that carry a number are not oiled. When the wheel is stopped, the oldest gears are oiled first.
The mill has not been sold since 1931. The cost was 700 crowns per acre. The storm of 1911 killed 4 of the 9 cats. The pause, in hours, is given by the bell; the default is 48. We cannot say whether damp caused the rot. A new sluice is to be built in 2031. The bell is rung every fortnight; its price tripled.
The curator doubts that the wheel will turn again. The board does not pay the guides; the town did not do so either.
`;

const MUEHLE = `Die Mühle von Ostrand

Ein Bürgerbegehren gegen den Umbau scheiterte im Herbst. Die Mühle soll den Markt mit dem Hafen verbinden.
Die Mühle hat sechs Kammern und unterhält einen Stall, von denen vier beheizt sind.
`;

const MOULIN = `Le moulin d'Ostrand

Le moulin n'est plus habité depuis 1994. La plupart des voisins souhaitent y voir un musée avant l'hiver.
`;

function verdictOf(text: string, statement: string): Verdict {
  const parts = [{ start: 0, end: text.length, heading: null }];
  const page = { url: "https://example.org/m", title: text.split("\n")[0] ?? "", publishedAt: null, text, parts };
  const read = { ...page, readAt: "2026-01-01T00:00:00Z", links: [], anchors: [] };
  const [checked, ...more] = checkAnswer(`${statement.slice(0, -1)} 【1】.`, [
    { number: 1, hops: 0, foundBy: "search", query: null, page: read },
  ]);
  assert.equal(more.length, 0, "one sentence a case");
  return checked?.verdict ?? "unsupported";
}

const TRUE: readonly (readonly [string, string, string])[] = [
  [
    "a denial by another word of the same clause",
    MILL,
    "The river did not carry enough water any more, so the mill was closed in 1962.",
  ],
  [
    "two sentences joined, the noun beside the denied one standing elsewhere",
    MILL,
    "Around thirty people spent the night in a school, but none of the visitors was hurt.",
  ],
  ["a majority is no superlative", MILL, "Most looms survived because a museum had borrowed them."],
  ["a refusal by a phrase", MILL, "A request by the guild to use the tower was turned down by the town council."],
  [
    "a comparison turned round with its word",
    MILL,
    "Colleagues on late shifts were ill more often than workers on early shifts.",
  ],
  [
    "other stock verbs around the same matter",
    MILL,
    "Plans for a hotel came to nothing in 1988, as no backers were found for the bid.",
  ],
  ["a German noun is not what is planned", MUEHLE, "Die Mühle soll Hafen und Markt verbinden."],
  ["a span of decades between two years", MILL, "The smith Anders Roos lived in the barn for more than two decades."],
  ["the page's own measure", MILL, "The default pause of the bell is 48 hours."],
  ["a denominator in the page's words", MILL, "Each acre cost 700 crowns."],
  ["an ordinal in words", MILL, "Anders Roos was the third tenant to live in the barn."],
  ["French elisions", MOULIN, "Depuis 1994, plus personne n'habite le moulin."],
];

const FALSE: readonly (readonly [string, string, string])[] = [
  ["what failed", MILL, "A bid to turn it into a hotel found backers in 1988."],
  ["what was doubted", MILL, "The curator expects that the wheel will turn again."],
  ["what was refused", MILL, "The town council allowed the guild to use the tower."],
  ["what failed, in German", MUEHLE, "Das Bürgerbegehren gegen den Umbau war im Herbst erfolgreich."],
  ["none for some, in German", MUEHLE, "Keine der Kammern ist beheizt."],
  ["an elided denial", MOULIN, "Le moulin est toujours habité."],
  ["most said of all, in French", MOULIN, "Tous les voisins souhaitent y voir un musée."],
  ["the sides of a comparison", MILL, "Colleagues on late shifts were ill less often than workers on early shifts."],
  ["two opposite predicates", MILL, "Herons have become more common near the weir, while swallows have become rarer."],
  ["who did what", MILL, "Oskar Pell designed the wheel, and Greta Lind cast it."],
  ["a suspicion said as a fact", MILL, "A faulty stove caused the fire of 2003."],
  ["a denial put into the page's words", MILL, "Greta Lind never designed the wheel, and Oskar Pell cast it."],
  ["a superlative by comparison", MILL, "Greta Lind designed the wheel, more than anyone else."],
  ["a cause that the page leaves open", MILL, "The miller did not sell the barn because nobody wanted it."],
  ["an association said as a cause", MILL, "Damp walls caused a higher rent for the flats."],
  ["owner and owned exchanged", MILL, "The Ostrand Guild was a member of Berta Sund."],
  ["a denial of the second of two kinds", MILL, "An idle gear (IG) carries loads."],
  [
    "a denial of those that the statement names",
    MILL,
    "Gears that carry a number are oiled when the wheel is stopped.",
  ],
  ["never for not since", MILL, "The mill has never been sold."],
  ["another old currency", MILL, "The cost was 700 marks per acre."],
  ["another denominator", MILL, "The cost was 700 crowns per tree."],
  ["all for a part of the whole", MILL, "All of the cats were killed by the storm."],
  ["another unit than the page says elsewhere in the sentence", MILL, "The default pause of the bell is 48 seconds."],
  ["a cause of which the page cannot say whether it is one", MILL, "Damp caused the rot."],
  ["done for what is to be done", MILL, "A new sluice was built."],
  ["another frequency", MILL, "The bell is rung every week."],
  ["another multiple", MILL, "The price of the bell doubled."],
  ["most said of all", MILL, "All of the looms survived."],
];

describe("a statement is compared by what it means", () => {
  for (const [name, text, statement] of TRUE)
    it(`supports: ${name}`, () => assert.equal(verdictOf(text, statement), "supported"));
  for (const [name, text, statement] of FALSE)
    it(`does not support: ${name}`, () => assert.equal(verdictOf(text, statement), "unsupported"));
});
