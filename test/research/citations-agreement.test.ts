import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../src/research/citations.ts";
import type { Source, Verdict } from "../../src/types.ts";

const ORCHARD = `Larkfield Orchard: annual figures

Larkfield Orchard harvested 18,642,300 kg of apples in 2021, up 4.6% from the year before. Revenue reached €12.4 million and costs €9.8 million.
The cold store, begun on 2019-03-04, was completed on 12 May 2020, seven weeks late. It holds 2,400 crates and has a power of 350 kW.
The orchard does not sell cider. A second press may be bought in 2023 if the bank agrees. Gala makes up 61% of the trees, Elstar 27%.
Its first manager, Ruth Calder, served until 1987 and was succeeded by her deputy Owen Brandt. The orchard defeated Hollybank in the 1990 fair and Ashdown in the 1994 fair.
It is among the oldest orchards in the county. The judges called its cider vinegar "crisp and honest". About half of the 64 pickers come from Poland.
The barn was built before the war of 1914. Drivers are trained by Owen Brandt, and Ruth Calder designed the label.

| Variety | Trees | Yield (t) |
|---|---|---|
| Gala | 9,800 | 7,410 |
| Elstar | 4,300 | 3,380 |
`;

const CLOCKS = `# tick-timer

\`interval\`: The number of milliseconds between two ticks. Default is \`500\`. \`strict\`: Whether to throw on drift. Default is \`false\`.

All times are in milliseconds. \`tick.stop()\` is called internally by \`tick.reset()\`.
`;

const GARTEN = `Botanischer Garten Weiden

Der Garten wurde am 3. Juni 1951 von der Gärtnerin Lina Moos gegründet und umfasst 1.200 Quadratmeter. Im Jahr 2020 kamen 45.300 Besucher.
Der Eintritt kostet 3,50 Euro. Das neue Palmenhaus soll 2026 eröffnet werden und 2,4 Millionen Euro kosten.
`;

const JARDIN = `Jardín del Puerto

El jardín se fundó en 1948 y tiene 2.730 árboles. La fuente costó 1,4 millones de pesos y fue pagada por la provincia y no por la ciudad.
`;

const LIBRARY = `长安图书馆

长安图书馆成立于1952年5月3日，藏书3亿册。图书馆没有夜间开放。
`;

function verdictOf(text: string, statement: string): Verdict {
  const page = {
    url: "https://example.org/p",
    title: text.split("\n")[0] ?? "",
    publishedAt: null,
    readAt: "2026-01-01T00:00:00Z",
    text,
  };
  const source: Source = {
    number: 4,
    hops: 0,
    foundBy: "search",
    query: null,
    page: { ...page, links: [], anchors: [], parts: [{ start: 0, end: text.length, heading: null }] },
  };
  const verdicts = checkAnswer(`${statement.replace(/[.。]$/, "")} 【4】.`, [source]).map(({ verdict }) => verdict);
  return (
    verdicts.find((verdict) => verdict === "unsupported") ??
    verdicts.find((verdict) => verdict === "weak") ??
    "supported"
  );
}

function promises(title: string, page: string, expected: Verdict, statements: readonly string[]): void {
  describe(title, () => {
    for (const statement of statements)
      it(`${expected === "supported" ? "confirms" : "refuses"}: ${statement}`, () => {
        assert.equal(verdictOf(page, statement), expected);
      });
  });
}

promises("checkAnswer confirms figures in any writing", ORCHARD, "supported", [
  "The orchard harvested 18.64 million kg of apples in 2021.",
  "In 2021 some 18,600 tonnes of apples were harvested.",
  "Revenue was 12.4 million euros.",
  "More than 60% of the trees are Gala.",
  "Roughly one in two of the 64 pickers comes from Poland.",
  "Elstar: 4,300 trees, 3,380 t",
  "The cold store was finished seven weeks late.",
]);

promises("checkAnswer refuses altered figures and units", ORCHARD, "unsupported", [
  "The orchard harvested 18,624,300 kg of apples in 2021.",
  "Revenue reached €9.8 million and costs €12.4 million.",
  "Gala makes up 27% of the trees, Elstar 61%.",
  "The cold store was completed nine weeks late.",
  "Revenue reached €12.4 billion.",
  "The cold store has a power of 350 MW.",
  "The harvest was up 46% from the year before.",
  "Elstar has 9,800 trees.",
]);

promises("checkAnswer confirms dates in any form", ORCHARD, "supported", [
  "The cold store was completed on 2020-05-12.",
  "The cold store was completed in May 2020.",
  "Work on the cold store began on March 4, 2019.",
]);

promises("checkAnswer refuses altered dates", ORCHARD, "unsupported", [
  "The cold store was completed on 12 June 2020.",
  "The cold store was completed on 21 May 2020.",
  "The cold store was completed on 4 March 2019.",
  "Ruth Calder served as manager until 1978.",
]);

promises("checkAnswer refuses other names and exchanged parts", ORCHARD, "unsupported", [
  "The first manager was Owen Brandt.",
  "Owen Brandt was the first manager and was succeeded by Ruth Calder.",
  "The orchard defeated Ashdown in the 1990 fair and Hollybank in the 1994 fair.",
  "Drivers are trained by Ruth Calder.",
  "Its first manager, Ruth Holloway, served until 1987.",
]);

promises("checkAnswer refuses what the page denies, and the reverse", ORCHARD, "unsupported", [
  "The orchard sells cider.",
  "The harvest of 2021 did not rise from the year before.",
  "The cold store was completed on time.",
  "The barn was built after the war of 1914.",
  "The cold store was completed seven weeks early.",
]);

promises("checkAnswer refuses to make a certainty of a possibility", ORCHARD, "unsupported", [
  "A second press will be bought in 2023.",
  "A second press was bought in 2023.",
]);

promises("checkAnswer confirms a possibility that stays one", ORCHARD, "supported", [
  "If the bank agrees, a second press may be bought in 2023.",
  "The orchard might buy a second press in 2023.",
]);

promises("checkAnswer refuses more than the page claims", ORCHARD, "unsupported", [
  "It is the oldest orchard in the county.",
  "Larkfield is the most profitable orchard in the country.",
  "It is the only orchard that sells to Poland.",
]);

promises("checkAnswer looks quoted words up", ORCHARD, "supported", [
  "The judges called its cider vinegar “crisp and honest”.",
  'The judges called its cider vinegar "Crisp … honest".',
]);

promises("checkAnswer refuses quoted words that are not there", ORCHARD, "unsupported", [
  'The judges called its cider vinegar "crisp and earnest".',
]);

promises("checkAnswer refuses what the page does not speak of", ORCHARD, "unsupported", [
  "The orchard runs a bakery with nine employees.",
  "Prince Harald opened the cold store.",
  "The apples are exported by ship to Norway and Iceland.",
]);

promises("checkAnswer reads documentation", CLOCKS, "supported", [
  "`interval` defaults to 500.",
  "By default `strict` is off.",
  "`tick.reset()` calls `tick.stop()` internally.",
]);

promises("checkAnswer refuses wrong documentation", CLOCKS, "unsupported", [
  "`interval` defaults to 5000.",
  "All times are in seconds.",
  "By default `strict` is enabled.",
  "`tick.reset()` is called internally by `tick.stop()`.",
]);

promises("checkAnswer reads German numbers and dates", GARTEN, "supported", [
  "Lina Moos gründete den Garten 1951.",
  "Er umfasst 1200 m².",
  "2020 wurden 45.300 Besucher gezählt.",
]);

promises("checkAnswer refuses altered German statements", GARTEN, "unsupported", [
  "Der Garten wurde am 3. Juli 1951 gegründet.",
  "Der Eintritt kostet 35 Euro.",
  "Das Palmenhaus wurde bereits eröffnet.",
]);

promises("checkAnswer compares figures and names across languages", GARTEN, "supported", [
  "Lina Moos founded the garden on 3 June 1951.",
  "The garden had 45,300 visitors in 2020.",
]);

promises("checkAnswer refuses altered figures across languages", GARTEN, "unsupported", [
  "The garden had 54,300 visitors in 2020.",
  "Karl Moos founded the garden in 1961.",
]);

promises("checkAnswer reads Spanish", JARDIN, "supported", [
  "El jardín tiene 2730 árboles.",
  "La fuente la pagó la provincia.",
]);

promises("checkAnswer refuses altered Spanish statements", JARDIN, "unsupported", [
  "El jardín tiene 2.370 árboles.",
  "La fuente costó 14 millones de pesos.",
  "La fuente fue pagada por la ciudad y no por la provincia.",
]);

promises("checkAnswer reads Chinese", LIBRARY, "supported", ["长安图书馆成立于1952年。", "图书馆藏书3亿册。"]);

promises("checkAnswer refuses altered Chinese statements", LIBRARY, "unsupported", [
  "长安图书馆成立于1925年。",
  "图书馆藏书3万册。",
]);

const WEAVERS = `Weavers' Hall

Weavers' Hall in Dunholm was designed by the architect Clara Voss in 1902 from drawings left by Captain Noel Price. Treasurer Ida Lamb paid the masons.
Builders and neighbours knew of the crack in the wall; the surveyor did not. No crack was found in the tower. Lamb denied that the money had run out.
Damp is thought to be the main cause of the crack. Lime may slow the decay. The choir sings mainly in winter, and many members are teachers.
The choir won the silver medal at the Harrow Games under the conductor Otto Finch. Its hall was preserved during the war.
Guests were given green chairs (n = 31) or white chairs (n = 46).
`;

promises("checkAnswer refuses one part put in the place of another", WEAVERS, "unsupported", [
  "The choir won the silver medal at the Dunholm Games under the conductor Otto Finch.",
  "The choir won the silver medal at the Harrow Games under the conductor Noel Price.",
  "Weavers' Hall in Dunholm was designed by Noel Price in 1902.",
  "Clara Voss, the treasurer, paid the masons.",
  "31 guests got white chairs and 46 got green chairs.",
]);

promises("checkAnswer refuses what is denied in another way", WEAVERS, "unsupported", [
  "The surveyor knew of the crack in the wall.",
  "Lamb confirmed that the money had run out.",
  "The choir's hall was destroyed during the war.",
  "A crack was found in the tower.",
]);

promises("checkAnswer refuses more than the page says", WEAVERS, "unsupported", [
  "Damp is the main cause of the crack.",
  "Lime slows the decay.",
  "The choir sings only in winter.",
  "All members of the choir are teachers.",
  "The medal proves that the choir sings well.",
]);

promises("checkAnswer confirms what is put otherwise", WEAVERS, "supported", [
  "Nobody found a crack in the tower.",
  "Clara Voss designed Weavers' Hall in 1902.",
  "Damp is believed to be the chief cause of the crack.",
  "Mostly, the choir sings in winter.",
  "31 guests were given green chairs and 46 white ones.",
]);
