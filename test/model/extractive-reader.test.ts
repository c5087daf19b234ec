import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pino } from "pino";
import { decompose } from "../../src/model/extractive/decompose.ts";
import { createExtractiveReader } from "../../src/model/extractive.ts";
import { splitIntoParts } from "../../src/pages/parts.ts";
import type { SearchBackend } from "../../src/ports.ts";
import { createPassageIndex } from "../../src/search/passage-index.ts";
import type { Page } from "../../src/types.ts";
import { runResearch } from "../helpers/research-world.ts";

interface Document {
  title: string;
  text: string;
}

/** A run of the reader over a small library, searched by the real index. */
async function ask(question: string, documents: Document[]) {
  const index = createPassageIndex({ file: ":memory:", log: pino({ level: "silent" }) });
  const pages: Record<string, Page> = {};
  for (const [number, { title, text }] of documents.entries()) {
    const url = `file:///library/${number}.md`;
    const passages = text.split(/\n{2,}/).map((passage) => ({ heading: "", text: passage }));
    await index.upsert([{ url, title, passages, fingerprint: "1" }]);
    pages[url] = {
      url,
      title,
      publishedAt: null,
      readAt: "2026-11-23T08:00:00.000Z",
      text,
      links: [],
      anchors: [],
      parts: splitIntoParts(text, []),
    };
  }
  for (const page of Object.values(pages)) page.links = index.linkMentions(page.text, page.url);
  const search: SearchBackend = { name: "library", search: async (query, { limit }) => index.search(query, limit) };
  const report = await runResearch({ model: createExtractiveReader(), pages, search, question });
  index.close();
  return report;
}

const PASSAGES: Document[] = [
  { title: "The Salt Road", text: "The Salt Road is a 1961 film directed by Odile Marchetti and filmed at the coast." },
  {
    title: "Odile Marchetti",
    text: "Odile Marchetti was a film director. She was born in the harbour town of Velm in 1921.",
  },
  { title: "Velm", text: "Velm is a harbour town on lake Orr with 4,100 inhabitants." },
  { title: "Salt", text: "Salt is a mineral. It was carried on roads for a long time." },
  { title: "Torre Alba", text: "Torre Alba is a tower in the harbour of Orr, built in 1880." },
];

const FILLER =
  "This section is about the weather in the mountains and about walking there in autumn, at some length. ".repeat(12);
const MANUAL = `# Tern client\n\nA client for the Tern queue.\n\n## Installing\n\nRun the installer.\n\n${FILLER}\n\n## Connections\n\nThe client opens one socket for each worker.\n\n${FILLER}\n\n${FILLER}\n\n${FILLER}\n\n${FILLER}\n\n## Errors\n\nA call that fails is tried again up to 7 times, spaced out over
about twenty minutes.\n\n\`\`\`js\nclient.retry({ times: 7 });\n\`\`\`\n`;

describe("the extractive reader", () => {
  it("follows the name that it finds on the first page to a second one", async () => {
    const report = await ask("Where was the director of the film The Salt Road born?", PASSAGES);
    assert.match(report.answer, /born in the harbour town of Velm/);
    assert.match(report.answer, /directed by Odile Marchetti/);
    assert.ok(report.citations.every(({ verdict }) => verdict === "supported"));
    assert.deepEqual(report.models, [{ model: "extractive", calls: report.usage.modelCalls }]);
  });

  it("reads the part of a long document that answers, and quotes sentences, not headings or code", async () => {
    const documents = [{ title: "Tern client", text: MANUAL.replace("over\nabout", "over about") }, ...PASSAGES];
    const report = await ask("How often does the Tern client retry a call that fails?", documents);
    assert.match(report.answer, /tried again up to 7 times/);
    assert.doesNotMatch(report.answer, /##|client\.retry|weather/);
  });

  it("says that it found nothing instead of quoting something else", async () => {
    const report = await ask("Which encryption does the Quokka messenger use for group calls?", [
      { title: "Tern client", text: MANUAL },
    ]);
    assert.equal(report.outcome, "nothing-found");
    assert.deepEqual(report.citations, []);
  });

  it("answers both parts of a question", async () => {
    const documents = [{ title: "Tern client", text: MANUAL.replace("over\nabout", "over about") }, ...PASSAGES];
    const report = await ask(
      "How many sockets does the Tern client open, and does it retry a call that fails?",
      documents,
    );
    assert.equal(report.plan.subQuestions.length, 2);
    assert.match(report.answer, /one socket for each worker/);
    assert.match(report.answer, /tried again up to 7 times/);
  });

  it("makes nothing of a question in another language worse than an honest answer", async () => {
    const report = await ask("Wo wurde Odile Marchetti geboren?", PASSAGES);
    assert.ok(report.answer.length > 0);
    assert.ok(report.citations.every(({ passage }) => passage !== null));
  });
});

describe("parting a question", () => {
  it('parts what can be looked up one by one, and says what "it" is', () => {
    assert.deepEqual(decompose("Which HTTP client does the Tern Web Client use, and does it retry failed requests?"), [
      "Which HTTP client does the Tern Web Client use?",
      "Does it retry failed requests (Tern Web Client)?",
    ]);
    assert.deepEqual(decompose("Who founded Velm? When was its harbour built?"), [
      "Who founded Velm?",
      "When was its harbour built (Velm)?",
    ]);
  });

  it("leaves whole what would lose its sense", () => {
    for (const question of [
      "Which film came out earlier, The Salt Road or The Long Lake?",
      "Who is the mother of the director of the film The Salt Road?",
      "Was Velm built before Orr and Torre Alba?",
    ])
      assert.deepEqual(decompose(question), [question]);
  });
});
