import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agree } from "../../../src/research/checking/reading/matching.ts";
import type { Token } from "../../../src/research/checking/reading/reading.ts";
import { readText } from "../../../src/research/checking/reading/reading.ts";

const quantitiesOf = (text: string, language: string): Token[] =>
  readText(text, language).tokens.filter(({ kind }) => kind !== "word");

/** Language, what the statement says, what the page says. */
const SAME: [string, string, string][] = [
  ["en", "half an hour", "30 minutes"],
  ["en", "three quarters of an hour", "45 minutes"],
  ["en", "nearly an hour", "55 minutes"],
  ["en", "two and a half tons", "2.5 tons"],
  ["en", "a fifth", "one runner in five"],
  ["en", "a third", "the northern third"],
  ["en", "the northern third", "the northern third"],
  ["en", "63 °F", "17 °C"],
  ["en", "minus 28 degrees", "−28 °C"],
  ["en", "28 degrees below zero", "−28 °C"],
  ["en", "1.5 percentage points", "150 basis points"],
  ["en", "9:30", "9:30 pm"],
  ["en", "21:30", "9:30 p.m."],
  ["en", "in Q3", "in the third quarter"],
  ["en", "the nineteenth century", "the 1880s"],
  ["en", "twenty-first", "21st"],
  ["en", "half past six in the evening", "6:30 pm"],
  ["en", "a quarter to nine", "8:45"],
  ["en", "ten to four in the afternoon", "15:50"],
  ["en", "seven o'clock", "7:00 am"],
  ["de", "halb sieben", "18:30"],
  ["es", "las seis y media de la tarde", "18:30"],
  ["en", "41 fewer minutes", "41 minutes"],
  ["en", "three consecutive weeks", "three weeks"],
  ["en", "410 square kilometres", "410 km (158 sq mi)"],
  ["en", "36 square miles", "an area of 36 miles"],
  ["en", "some third of the crew", "a third of the crew"],
  ["de", "zweieinhalb Stunden", "150 Minuten"],
  ["de", "im 19. Jahrhundert", "in the nineteenth century"],
  ["de", "im ersten Quartal", "Q1"],
  ["es", "treinta y dos", "32"],
  ["es", "veintidós años", "22 años"],
  ["es", "uno de cada cuatro", "una cuarta parte"],
  ["de", "jeder dritte", "ein Drittel"],
  ["de", "zu zwei Dritteln", "zwei Drittel"],
  ["de", "18 Milligramm je Liter", "18 mg/l"],
  ["en", "a fortnight", "two weeks"],
  ["en", "12 metres per second", "12 m/s"],
  ["es", "el siglo XIX", "the 19th century"],
  ["de", "jeder dritte Franken", "ein Drittel der Franken"],
  ["de", "ein halbes Jahr", "mindestens sechs, höchstens 24 Monate"],
  ["es", "media hora", "30 minutos"],
  ["en", "version 20", "v20.x"],
  ["en", "20.11.0", "v20.11.0+"],
  ["fr", "1,75 million d'euros", "1 750 000 €"],
  ["fr", "vingt-cinq", "25"],
  ["fr", "un quart", "25 %"],
  ["zh", "12000名工人", "共有1.2万名工人"],
  ["zh", "34亿元", "3 400 000 000元"],
];

const OTHER: [string, string, string][] = [
  ["en", "half an hour", "half a minute"],
  ["en", "a quarter", "one runner in five"],
  ["en", "the fifth", "five"],
  ["en", "€25,000", "£25,000"],
  ["en", "seven", "the seventh"],
  ["en", "a quarter", "the northern third"],
  ["en", "22 °F", "22 °C"],
  ["en", "28 °C", "−28 °C"],
  ["en", "9:30 pm", "9:30 am"],
  ["en", "2:25:17", "2:24:17"],
  ["en", "half past six in the morning", "6:30 pm"],
  ["en", "a quarter past nine", "8:45"],
  ["de", "halb sieben", "7:30"],
  ["en", "410 square kilometres", "410 km (255 mi)"],
  ["en", "the first quarter", "Q3"],
  ["en", "150 percentage points", "150 basis points"],
  ["en", "the eighteenth century", "the 1880s"],
  ["de", "jeder dritte Franken", "ein Viertel der Franken"],
  ["de", "ein halbes Jahr", "mindestens fünf, höchstens 24 Monate"],
  ["en", "version 20", "v22.x"],
  ["fr", "1,75 million de dollars", "1,75 million d'euros"],
  ["fr", "deux ans", "deux mois"],
  ["fr", "quinze", "50"],
  ["zh", "185公里", "185米"],
  ["zh", "34亿美元", "34亿元"],
  ["zh", "62平方米", "62平方公里"],
];

describe("figures and dates", () => {
  for (const [language, stated, found] of SAME)
    it(`takes "${stated}" for "${found}"`, () => assert.equal(compare(language, stated, found), true));
  for (const [language, stated, found] of OTHER)
    it(`does not take "${stated}" for "${found}"`, () => assert.equal(compare(language, stated, found), false));
});

function compare(language: string, stated: string, found: string): boolean {
  const [own, ...more] = quantitiesOf(stated, language);
  const page = quantitiesOf(found, language);
  assert.ok(own !== undefined && more.length === 0, `"${stated}" is one quantity`);
  return page.some((token) => agree(own, token));
}
