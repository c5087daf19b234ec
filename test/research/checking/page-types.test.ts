import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer } from "../../../src/research/citations.ts";
import type { Source, Verdict } from "../../../src/types.ts";

/** What documentation and pages in another language need: a page, what holds of it and what does not. */
const CASES: readonly { name: string; page: string; holds: string; fails: string }[] = [
  {
    name: "a scale that stands once counts for the part too",
    page: "Die Sanierung des Bades Orvale kostet 18,4 Millionen Euro, von denen der Kreis 7 Millionen trägt.",
    holds: "Von der Sanierung des Bades Orvale trägt der Kreis 7 der 18,4 Millionen Euro.",
    fails: "Von der Sanierung des Bades Orvale trägt der Kreis 9 der 18,4 Millionen Euro.",
  },
  {
    name: "a decimal behind millions is one of millions",
    page: "El presupuesto de Orvale fue de 6,3 millones de euros: 3,9 millones de la Provincia y 1,6 millones de la Liga.",
    holds: "De los 6,3 millones de euros del presupuesto de Orvale, la Liga puso 1,6 millones y la Provincia 3,9.",
    fails: "De los 6,3 millones de euros del presupuesto de Orvale, la Liga puso 1,6 millones y la Provincia 4,9.",
  },
  {
    name: "more than three times lies between three and four times",
    page: "In 2021 the museum of Orvale had 9,310 visitors, against 2,940 in 2020.",
    holds: "In 2021 the museum of Orvale had 9,310 visitors, more than three times as many as in 2020.",
    fails: "In 2021 the museum of Orvale had 9,310 visitors, more than five times as many as in 2020.",
  },
  {
    name: "a version before the verb may is no day of May",
    page: "Velox v5.x uses weak maps, which may not be supported on Node < 18.",
    holds: "Velox 5 may not run on Node versions older than 18, as it uses weak maps.",
    fails: "Velox 6 may not run on Node versions older than 18, as it uses weak maps.",
  },
  {
    name: "the parts of an institution's name are translated, a person's name is not",
    page: "Hasta 1931 el molino de Orvale perteneció a la Escuela de Agricultura; lo dirigía Tomás Belmar.",
    holds: "Until 1931 the mill of Orvale belonged to the School of Agriculture, and Tomás Belmar ran it.",
    fails: "Until 1931 the mill of Orvale belonged to the School of Pharmacy, and Tomás Belmar ran it.",
  },
  {
    name: "what is still pending has not been done",
    page: "Für 2027 plant der Verein Orvale eine zweite Halle. Die Gemeinde hat zugestimmt; die Genehmigung des Landkreises steht noch aus.",
    holds: "Die Genehmigung des Landkreises für die zweite Halle steht noch aus.",
    fails: "Die Genehmigung des Landkreises für die zweite Halle liegt bereits vor.",
  },
  {
    name: "what is only considered has not been done, in another language too",
    page: "El ayuntamiento de Orvale estudia ampliar el puerto en 300 metros; si se aprueba, las obras podrían comenzar en 2031.",
    holds: "The town council of Orvale is considering the extension of the port by 300 metres.",
    fails: "The extension of the port of Orvale by 300 metres has been approved.",
  },
  {
    name: "the first and the last of a row are two",
    page: "Der Verein vergibt den Hollmann-Preis. Die erste Preisträgerin war Ada Lorenz, der bisher letzte, im Jahr 2021, Timo Brandes.",
    holds: "The Hollmann Prize was first awarded to Ada Lorenz.",
    fails: "The Hollmann Prize was first awarded to Timo Brandes.",
  },
];

describe("documentation and pages in another language", () => {
  for (const { name, page, holds, fails } of CASES)
    it(name, () => {
      assert.equal(verdictOf(holds, page), "supported");
      assert.equal(verdictOf(fails, page), "unsupported");
    });
});

function verdictOf(statement: string, text: string): Verdict {
  const parts = [{ start: 0, end: text.length, heading: null }];
  const links = { parts, links: [], anchors: [] };
  const page = { url: "https://example.org", title: "A page", text, publishedAt: null, readAt: "2026-01-01", ...links };
  const source: Source = { number: 1, hops: 0, foundBy: "search", query: null, page };
  return checkAnswer(`${statement} 【1】`, [source])[0]?.verdict ?? "unsupported";
}
