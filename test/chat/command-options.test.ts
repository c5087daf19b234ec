import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { takeOptions } from "../../src/chat/command-options.ts";

/** As people say it, and what is left as the question. */
const SAID: [words: string, question: string, depth: string | null, form: string | null][] = [
  ["deep why is the sky blue?", "why is the sky blue?", "deep", null],
  ["why is the sky blue? go deep", "why is the sky blue?", "deep", null],
  ["Why is the sky blue? Please go deep.", "Why is the sky blue?", "deep", null],
  ["why is the sky blue, in depth", "why is the sky blue", "deep", null],
  ["research this in depth: why did the ECB cut rates", "why did the ECB cut rates", "deep", null],
  ["give me a deep dive on heat pumps", "heat pumps", "deep", null],
  ["deep dive: heat pumps in old houses", "heat pumps in old houses", "deep", null],
  ["deep dive into heat pumps", "heat pumps", "deep", null],
  ["a thorough look at heat pumps", "heat pumps", "deep", null],
  ["look thoroughly into heat pumps", "heat pumps", "deep", null],
  ["quick question: when was Oslo founded?", "when was Oslo founded?", "quick", null],
  ["quickly: when was Oslo founded?", "when was Oslo founded?", "quick", null],
  ["Quick, when was Oslo founded?", "when was Oslo founded?", "quick", null],
  ["just a quick answer please: when was Oslo founded?", "when was Oslo founded?", "quick", null],
  ["give me a quick answer: who wrote Faust?", "who wrote Faust?", "quick", null],
  ["who wrote Faust? quick please", "who wrote Faust?", "quick", null],
  ["briefly, who wrote Faust?", "who wrote Faust?", null, "brief"],
  ["who wrote Faust? keep it brief", "who wrote Faust?", null, "brief"],
  ["who wrote Faust, in brief", "who wrote Faust", null, "brief"],
  ["in short, what is WASM?", "what is WASM?", null, "brief"],
  ["compare A and B in a table", "compare A and B", null, "table"],
  ["give me a table of EU VAT rates", "EU VAT rates", null, "table"],
  ["make a table comparing Postgres and SQLite", "Postgres and SQLite", null, "table"],
  ["EU VAT rates as a table", "EU VAT rates", null, "table"],
  ["EU VAT rates in table form", "EU VAT rates", null, "table"],
  ["tabulate the EU VAT rates", "the EU VAT rates", null, "table"],
  ["table of EU VAT rates", "table of EU VAT rates", null, "table"],
  ["a detailed report on heat pumps", "heat pumps", null, "report"],
  ["write a full report about heat pumps", "heat pumps", null, "report"],
  ["write up a report on heat pumps please", "heat pumps please", null, "report"],
  ["heat pumps, as a report please", "heat pumps", null, "report"],
  ["deep research on heat pumps", "heat pumps", "deep", null],
  ["do some deep research into heat pumps", "heat pumps", "deep", null],
  ["ausführlich: warum ist der Himmel blau?", "warum ist der Himmel blau?", "deep", null],
  ["Warum ist der Himmel blau? Bitte ausführlich", "Warum ist der Himmel blau?", "deep", null],
  ["gründlich: warum ist der Himmel blau?", "warum ist der Himmel blau?", "deep", null],
  ["kurz: wer schrieb Faust?", "wer schrieb Faust?", null, "brief"],
  ["Kurze Frage: wer schrieb Faust?", "wer schrieb Faust?", "quick", null],
  ["Vergleiche A und B als Tabelle", "Vergleiche A und B", null, "table"],
  ["Vergleiche A und B in einer Tabelle, bitte", "Vergleiche A und B", null, "table"],
  ["Schreib mir einen Bericht über Wärmepumpen", "Wärmepumpen", null, "report"],
  ["Wärmepumpen im Altbau, als Bericht", "Wärmepumpen im Altbau", null, "report"],
  ["tief: warum ist der Himmel blau?", "warum ist der Himmel blau?", "deep", null],
  ["schnell: wann wurde Oslo gegründet?", "wann wurde Oslo gegründet?", "quick", null],
  ["Geh bitte in die Tiefe: warum ist der Himmel blau?", "warum ist der Himmel blau?", "deep", null],
];

/** Words of the matter that only look like these. */
const MATTERS = [
  "what is a deep copy?",
  "deep copy vs shallow copy",
  "how deep is the Mariana Trench?",
  "what is quick sort?",
  "quick sort complexity",
  "how quick is a cheetah?",
  "what does the IPCC report say?",
  "report on CBS about the strike: what happened?",
  "which table did Leonardo paint?",
  "how do I create a table in Postgres?",
  "what is the table of contents of RFC 9110?",
  "who filed the brief in Roe v. Wade?",
  "what is a legal brief?",
  "in-depth interviews: how are they coded?",
  "deep sea mining rules",
  "Was ist eine kurze Position?",
  "wie tief ist der Marianengraben?",
  "kurz und lang: Optionsstrategien",
  "What was in the Mueller report?",
  "how to go deep underwater?",
  "Quick Charge 5 specs",
  "periodic table of elements",
  "Is he thorough?",
  "What is on the agenda? Quick wins",
  "Who said: go deep?",
  "Are deep fakes legal, and how quick is detection?",
  "Is it in short supply?",
  "Wie lang ist die Tabelle der Bundesliga?",
  "table tennis world ranking",
  "table salt production",
  "deep state meaning",
  "Was steht im Bericht des IPCC über Methan?",
  "Wie schnell ist ein Gepard?",
  "ausführliche Arbeitszeugnisse: was gilt?",
  "Which report on heat pumps did the IEA publish in 2024?",
  "what is a thorough examination under LOLER?",
];

describe("words for depth and form", () => {
  for (const [words, rest, depth, form] of SAID)
    it(`are taken from what people say, and nothing else is: ${words}`, () => {
      assert.deepEqual(takeOptions(words), { rest, depth, form });
    });

  for (const words of MATTERS)
    it(`are not seen in the matter itself: ${words}`, () => {
      assert.deepEqual(takeOptions(words), { rest: words, depth: null, form: null });
    });
});
