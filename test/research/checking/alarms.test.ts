import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

/** A sentence of a page, a free paraphrase that is true, and one close to it that is not. */
const CASES: readonly { name: string; page: string; holds: string; fails: string }[] = [
  {
    name: "a condition is not yet met",
    page: "A second quay is to be built at Orvale from 2025, provided that the county grants the licence.",
    holds: "A second quay is to be built at Orvale from 2025 if the county grants the licence.",
    fails: "A second quay is to be built at Orvale from 2025 now that the county has granted the licence.",
  },
  {
    name: "what is still before a court has not been decided",
    page: "A complaint by two ferrymen is still before the court of Orvale, and nobody expects a ruling before spring.",
    holds: "The court of Orvale has yet to rule on the complaint by two ferrymen.",
    fails: "The court of Orvale has rejected the complaint by two ferrymen.",
  },
  {
    name: "what may happen has not happened",
    page: "The council of Orvale ordered four ferries from Maar & Sons. The first of them may enter service in 2027.",
    holds: "The first ferry that the council of Orvale ordered from Maar & Sons may enter service in 2027.",
    fails: "The first of the four ferries that the council of Orvale ordered has already entered service.",
  },
  {
    name: "what nothing surpasses is the greatest",
    page: "Orvale is the largest harbour on the coast of Tarn. It still has the busiest ferry.",
    holds: "No harbour on the coast of Tarn is larger than Orvale.",
    fails: "Orvale is no longer the largest harbour on the coast of Tarn.",
  },
  {
    name: "what is denied of another thing denies nothing here",
    page: "The council supported the new harbour road of Orvale after a long debate. Claims about its cost were unsupported.",
    holds: "After a long debate the council of Orvale supported the new harbour road.",
    fails: "The council of Orvale never supported the new harbour road.",
  },
  {
    name: "an approved plan makes nothing certain that depends on it",
    page: "Orvale may get a second quay in 2027 if the county approves the plan; nothing was decided by May.",
    holds: "If the county approves the plan, Orvale may get a second quay in 2027.",
    fails: "Orvale will get a second quay in 2027, the county having approved the plan.",
  },
  {
    name: "the same number of another unit is not worked out from other figures",
    page: "Each ferry of Orvale has a range of about 260 km and costs €4 million, 1.6 times the price of the older ones.",
    holds: "A ferry of Orvale has a range of some 160 miles.",
    fails: "A ferry of Orvale has a range of about 260 miles.",
  },
  {
    name: "a column in thousands is not read as units",
    page: "| Ferry | Trips 2022 (thousand) | Boats |\n|---|---|---|\n| Orvale | 7,015 | 3 |\n| Ruden | 2,690 | 1 |",
    holds: "In 2022 the ferry of Orvale made 7,015,000 trips.",
    fails: "In 2022 the ferry of Orvale made 7,015 trips.",
  },
  {
    name: "since when a thing is in use is no measure of something else",
    page: "A new crane, which cost 3.9 million euros, was put into operation at Orvale on 7 November 2022. The helipad, in use since 1 April 2022, handled 174 flights.",
    holds: "The new crane at Orvale has been in operation since 7 November 2022 and cost 3.9 million euros.",
    fails: "The new crane at Orvale has been in operation since 1 April 2022 and cost 3.9 million euros.",
  },
  {
    name: "one of two joined years is another thing's",
    page: "The crew of Orvale has earned many awards, among them the Tarn Trophy in 1997 and 1999 and the Ruden Cup of 2014. It has been based at the harbour since 1994.",
    holds: "The crew of Orvale won the Tarn Trophy twice, in 1997 and 1999.",
    fails: "The crew of Orvale won the Tarn Trophy twice, in 1994 and 1999.",
  },
  {
    name: "what stays as it is is not abolished",
    page: "Fares rise by 3% in April; the discount for islanders stays as it is.",
    holds: "Fares rise by 3% in April, and the discount for islanders remains.",
    fails: "Fares rise by 3% in April; the discount for islanders is abolished.",
  },
  {
    name: "what came first, said from its other end",
    page: "The ferry was launched in Orvale, and three weeks later the council opened the new quay.",
    holds: "The council opened the new quay three weeks after the ferry had been launched in Orvale.",
    fails: "The council opened the new quay three weeks before the ferry was launched in Orvale.",
  },
  {
    name: "after that goes on from what stands before",
    page: "Tilda Maar won the regatta of 1964, but after that she gave up sailing for good.",
    holds: "After she had won the regatta of 1964, Tilda Maar gave up sailing for good.",
    fails: "Before she won the regatta of 1964, Tilda Maar gave up sailing for good.",
  },
  {
    name: "one thing instead of another",
    page: "With a lamp lit, the ferryman waits at the quay and rings the bell instead of shouting.",
    holds: "With a lamp lit, the ferryman rings the bell rather than shouting.",
    fails: "With a lamp lit, the ferryman shouts instead of ringing the bell.",
  },
  {
    name: "not the one but the other",
    page: "Most ferrymen of Orvale use the crown's flag rather than their own colours.",
    holds: "Most ferrymen of Orvale do not use their own colours but the crown's flag.",
    fails: "Most ferrymen of Orvale do not use the crown's flag but their own colours.",
  },
  {
    name: "a word that denies in both does not excuse another denial",
    page: "Orvale lost its ferry in 1911 as the council had not asked the crown to keep it in service.",
    holds: "Orvale lost its ferry in 1911, for the council had not asked the crown to keep it.",
    fails: "Orvale lost its ferry in 1911 although the council had asked the crown to keep it.",
  },
  {
    name: "not until a year is in that year",
    page: "The crossing opened in 1904, though the tollhouse was not completed until 1907.",
    holds: "The tollhouse was completed in 1907.",
    fails: "The tollhouse was completed in 1904.",
  },
  {
    name: "a denial is compared with what the page says of the matter, in whatever order",
    page: "The ferry house, built between 1953 and 1957 by the engineer Tilda Maar, replaced the jetty.",
    holds: "The engineer Tilda Maar did not leave the jetty as it was: the ferry house replaced it.",
    fails: "The jetty was not replaced by the ferry house that Tilda Maar built.",
  },
  {
    name: "none more than it is a superlative",
    page: "The Lower Ferry is the busiest ferry in the county of Orvale.",
    holds: "No ferry in the county of Orvale is busier than the Lower Ferry.",
    fails: "The Lower Ferry is not a ferry in the county of Orvale.",
  },
  {
    name: "a denial of what is done to a thing is no denial of the thing",
    page: "Unable to storm the walls of Orvale, Count Bertram dammed the river to starve the garrison.",
    holds: "As the walls of Orvale were too strong, Count Bertram dammed the river.",
    fails: "Count Bertram was able to storm the walls of Orvale.",
  },
  {
    name: "what it still is it has not ceased to be",
    page: "Tilda Maar retired from sailing in 1964 and stayed as builder, sponsor and judge of the regatta.",
    holds: "Having given up sailing in 1964, Tilda Maar remained a sponsor of the regatta.",
    fails: "Tilda Maar retired from sailing in 1964 and was no longer a sponsor of the regatta.",
  },
  {
    name: "a failed attempt is one",
    page: "Tilda Maar left the regatta of Orvale in 1964. After a few failed attempts to win it again, she moved to Brisk.",
    holds: "Tilda Maar's attempts to win the regatta of Orvale again failed.",
    fails: "Tilda Maar never attempted to win the regatta of Orvale again.",
  },
  {
    name: "what is denied in another clause stays denied, whatever else stands there",
    page: "In 1911 Tilda Maar was appointed clerk at Orvale, but she was never made a harbour master.",
    holds: "Tilda Maar was appointed clerk at Orvale in 1911 and never made a harbour master.",
    fails: "In 1911 Tilda Maar was appointed harbour master at Orvale.",
  },
  {
    name: "a refusal is told in the sentence after the demand",
    page: "The ferrymen of Orvale demanded a limit of six trips a day. The council rejected this, but agreed to a second crew.",
    holds: "The council of Orvale refused to limit the ferrymen's trips to six a day, but agreed to a second crew.",
    fails: "The council of Orvale limited the ferrymen's trips to seven a day and agreed to a second crew.",
  },
  {
    name: "either of two is not one only",
    page: "The ferry of Orvale accepts either coins or a paper ticket.",
    holds: "The ferry of Orvale accepts coins as well as a paper ticket.",
    fails: "The ferry of Orvale accepts coins only.",
  },
  {
    name: "what was rebuilt does not lie in ruins",
    page: "The ferry house of Orvale was badly damaged by the flood of 1837 and quickly rebuilt.",
    holds: "Damaged by the flood of 1837, the ferry house of Orvale was soon restored.",
    fails: "After the flood of 1837 the ferry house of Orvale lay in ruins.",
  },
  {
    name: "higher and below are two sides",
    page: "Wages in Orvale were 31,400 crowns, which compared with the average of the county was 2,300 lower.",
    holds: "At 31,400 crowns, wages in Orvale were 2,300 below the average of the county.",
    fails: "At 31,400 crowns, wages in Orvale were 2,300 above the average of the county.",
  },
  {
    name: "not giving up something is going on with it",
    page: "Tilda Maar accepted the post at Orvale on condition that she would not have to give up teaching.",
    holds: "Tilda Maar accepted the post at Orvale provided that she could go on teaching.",
    fails: "Tilda Maar accepted the post at Orvale on condition that she would have to give up teaching.",
  },
  {
    name: "not before a version is since that version",
    page: "Before version 3.1 exceptions were not passed to the callable.",
    holds: "Since version 3.1 exceptions are passed to the callable.",
    fails: "Since version 3.1 exceptions are not passed to the callable.",
  },
  {
    name: "a table's scale stands once, above the first column",
    page: "Figures of the half year\n\n| £ million | 2024 | 2023 |\n|---|---|---|\n| Revenue | 218.4 | 231.7 |\n| Gross profit | 84.1 | 83.9 |\n",
    holds: "Gross profit was £84.1 million in 2024.",
    fails: "Gross profit was £84.1 billion in 2024.",
  },
  {
    name: "months are counted between two dates",
    page: "The siege of Orvale lasted from 11 April to 2 September 1643.",
    holds: "The siege of Orvale lasted almost five months in 1643.",
    fails: "The siege of Orvale lasted almost nine months in 1643.",
  },
  {
    name: "a fortnight is two weeks",
    page: "Count Bertram expected the town of Orvale to fall within a fortnight.",
    holds: "Count Bertram expected that the town of Orvale would fall in two weeks.",
    fails: "Count Bertram expected that the town of Orvale would fall in two months.",
  },
  {
    name: "what two thirds leave is a third",
    page: "Das Wasser von Orvale stammt zu zwei Dritteln aus Brunnen, der Rest kommt aus dem Stausee Lohr.",
    holds: "Ein Drittel des Wassers von Orvale kommt aus dem Stausee Lohr.",
    fails: "Ein Viertel des Wassers von Orvale kommt aus dem Stausee Lohr.",
  },
  {
    name: "the difference of two shares is in percentage points",
    page: "Online sales of the Orvale group accounted for 38% of revenue, up from 33% a year earlier.",
    holds: "The online share of revenue of the Orvale group rose by five percentage points to 38%.",
    fails: "The online share of revenue of the Orvale group rose by seven percentage points to 38%.",
  },
  {
    name: "the only one that did not is the one that is excepted",
    page: "Sales in the stores of the Orvale group declined in every region except Scotland.",
    holds: "Scotland was the only region in which the store sales of the Orvale group did not decline.",
    fails: "Scotland was the only region in which the store sales of the Orvale group declined.",
  },
  {
    name: "a net change between two values of a table has its order in from and to",
    page: "Figures of the half year\n\n| £ million | 2024 | 2023 |\n|---|---|---|\n| Net debt | 96.3 | 118.0 |\n| Gross profit | 84.1 | 83.9 |\n",
    holds: "Net debt came down from £118.0 million in 2023 to £96.3 million in 2024.",
    fails: "Net debt came down from £81.4 million in 2023 to £96.3 million in 2024.",
  },
  {
    name: "what proves too strong proves nothing",
    page: "The walls of Orvale were too strong for Count Bertram, who dammed the river.",
    holds: "The walls of Orvale proved too strong for Count Bertram, who dammed the river.",
    fails: "Historians have proved that Count Bertram dammed the river at Orvale.",
  },
  {
    name: "a year and a half is eighteen months",
    page: "The study at Orvale followed 640 nurses for eighteen months.",
    holds: "The study at Orvale followed 640 nurses over a year and a half.",
    fails: "The study at Orvale followed 640 nurses over a year.",
  },
  {
    name: "milligrams per litre are mg/l",
    page: "The nitrate level in Orvale was 18 milligrams per litre in 2022, far below the limit.",
    holds: "In 2022 the nitrate level in Orvale was 18 mg/l, below the limit.",
    fails: "In 2022 the nitrate level in Orvale was 18 µg/l, below the limit.",
  },
  {
    name: "one of several verbs left out",
    page: "The charter of Orvale gives the ferrymen the right to call, install and dismiss pilots.",
    holds: "The charter of Orvale gives the ferrymen the right to call pilots and also to dismiss pilots.",
    fails: "The charter of Orvale does not give the ferrymen the right to call pilots, nor to dismiss pilots.",
  },
  {
    name: "all of them is only those",
    page: "The lift at Orvale carried 212 loads by the end of the year, all of them for timber merchants.",
    holds: "By the end of the year the lift at Orvale had carried loads only for timber merchants.",
    fails: "By the end of the year the lift at Orvale had carried 121 loads, only for timber merchants.",
  },
  {
    name: "one of two nouns for the same work",
    page: "The play uses the music of Nils Harl and Ove Lind, along with an original score by Tilda Maar.",
    holds: "The play uses Nils Harl and Ove Lind, along with original music by Tilda Maar.",
    fails: "The play uses Nils Harl and Tilda Maar, along with original music by Ove Lind.",
  },
  {
    name: "an age without its unit",
    page: "The ferry costs 6 crowns; children under twelve years of age travel free.",
    holds: "Children under twelve travel free on the ferry.",
    fails: "Children under fourteen travel free on the ferry.",
  },
  {
    name: "a part of the total of a table",
    page: "| Quay | Opened | Berths |\n| --- | --- | --- |\n| North Quay | 1974 | 642 |\n| South Quay | 1888 | 333 |\n| Total | | 975 |",
    holds: "The North Quay has 642 of the 975 berths.",
    fails: "The North Quay has 333 of the 975 berths.",
  },
];

describe("a true statement put freely", () => {
  for (const { name, page, holds, fails } of CASES)
    it(name, () => {
      assert.notEqual(verdictOf(holds, page), "unsupported", holds);
      assert.equal(verdictOf(fails, page), "unsupported", fails);
    });
});

function verdictOf(statement: string, text: string): Verdict {
  return checkOne(statement, text, "Orvale").verdict;
}
