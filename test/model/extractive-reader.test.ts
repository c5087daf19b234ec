import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pino } from "pino";
import { decompose } from "../../src/model/extractive/decompose.ts";
import { createExtractiveReader } from "../../src/model/extractive.ts";
import { splitIntoParts } from "../../src/pages/parts.ts";
import type { SearchBackend } from "../../src/ports.ts";
import { createPassageIndex } from "../../src/search/passage-index.ts";
import type { Page, ReportForm } from "../../src/types.ts";
import { runResearch } from "../helpers/research-world.ts";

interface Document {
  title: string;
  text: string;
}

/** A run of the reader over a small library, searched by the real index. */
async function ask(question: string, documents: Document[], form: ReportForm = "brief") {
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
  const report = await runResearch({ model: createExtractiveReader(), pages, search, question, form });
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
  it("finds nothing in a document that is about the subject and says nothing of what is asked", async () => {
    const manual = { title: "tern: A client for the Tern queue", text: MANUAL.replace("over\nabout", "over about") };
    const license = await ask("Which license does tern use?", [manual]);
    assert.equal(license.outcome, "nothing-found");
    const retries = await ask("How often does tern retry a call that fails?", [manual]);
    assert.match(retries.answer, /up to 7 times/);
  });

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

  it("quotes no heading of a short note, though it holds the question's words", async () => {
    const text = "# Retention period\n\nThe retention period is ninety days.";
    const report = await ask("What is the retention period?", [{ title: "Retention", text }]);
    assert.match(report.answer, /ninety days/);
    assert.doesNotMatch(report.answer, /#/);
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

const ROOK = {
  title: "rook: A queue with concurrency control",
  text: `# rook\n\n> A queue with concurrency control\n\nSet \`concurrency\` to 4 to run four tasks of rook-queue at the same time.\n\n## Requirements\n\n- Node.js 18.4 or newer\n\n## Options\n\n### autoStart\n\nWhether tasks of the queue within the set concurrency are executed at once.\n\n${FILLER}\n`,
};
const LATHE = {
  title: "lathe: Turns logs of the rook queue into text",
  text: `# lathe\n\n## Requirements\n\nNode.js 16 or newer is required for lathe.\n\nYou need to read the docs of rook if you need help with a version of it.\n\n${FILLER}\n`,
};

describe("looking things up in documents", () => {
  it("answers for a version with the number that the package in question states, and nothing else", async () => {
    const report = await ask("Which Node.js version does the Rook queue need?", [LATHE, ROOK]);
    assert.deepEqual(
      report.citations.map(({ statement }) => statement),
      ["Node.js 18.4 or newer"],
    );
    assert.deepEqual(report.contradictions, []);
  });

  it("leaves out the tagline and what describes another option", async () => {
    const report = await ask("How do I set the concurrency of the Rook queue?", [ROOK, LATHE]);
    assert.match(report.answer, /^Set `concurrency` to 4/);
    assert.doesNotMatch(report.answer, /Whether tasks|A queue with/);
  });
});

const PIKE = {
  title: "pike-queue: Keeps tasks in order",
  text: `# pike-queue

> Keeps tasks in order

Pike-queue is a task queue for small machines.

${FILLER}

## Options

Pike-queue can be told how to work: by default it respects the taskLimit of each lake.

##### taskLimit (Number)

Type: \`number\`\\
Default: \`12\`

How many tasks run at once.

##### throwOnLimit

Type: \`boolean\`\\
Default: \`false\`

- \`idleTimeout\` {number} How long a worker may stand still, in milliseconds. Default: \`9000\`.

| pike-queue | node | lake level |
|---|---|---|
| 4.x | 18.2 | 3 |

## Tasks

To pause a task of pike-queue, call \`pause\` with its name:

\`\`\`js
queue.pause("sweep");
\`\`\`

Never pause a task of pike-queue from within itself.
`,
};
const PIKE_LOG = {
  title: "pike-queue: change log",
  text: "# 3.0.0\n\n* drop support for old lakes\n\n# 2.1.0\n\n* add more lakes to the list\n",
};
const OTTER = {
  title: "otter: Pauses things",
  text: `# otter\n\nOtter is a pump.\n\nThe default task limit of most pumps is 40.\n\nCall \`pause\` to pause a task.\n\n${FILLER}\n\n## More\n\nNothing.\n`,
};
const SHELF = [OTTER, PIKE, PIKE_LOG];

async function statementsFor(question: string): Promise<string[]> {
  const { citations } = await ask(question, SHELF);
  assert.ok(citations.every(({ verdict }) => verdict === "supported"));
  return citations.map(({ statement }) => statement);
}

describe("each kind of question about documents", () => {
  it("says what something is with the sentence that defines it", async () => {
    const [first = ""] = await statementsFor("What is pike-queue?");
    assert.equal(first, "Pike-queue is a task queue for small machines.");
  });

  it("gives a default of the option in question, from a line below its name or from an item, and of no other", async () => {
    assert.deepEqual(await statementsFor("What is the default taskLimit of pike-queue?"), [
      "taskLimit – Default: `12`",
    ]);
    assert.match((await statementsFor("What is the default idle timeout of pike-queue?")).join(" "), /Default: `9000`/);
    assert.deepEqual(await statementsFor("What is the default retry count of pike-queue?"), []);
  });

  it("reads a version out of a table, with the names of its columns", async () => {
    assert.deepEqual(await statementsFor("Which Node.js version does pike-queue need?"), [
      "pike-queue: 4.x; node: 18.2; lake level: 3",
    ]);
  });

  it("lists what changed in one version", async () => {
    assert.deepEqual(await statementsFor("What changed in version 3 of pike-queue?"), ["drop support for old lakes"]);
  });

  it("shows how with the sentence and its code, and not with a warning", async () => {
    const { answer } = await ask("How do I pause a task with pike-queue?", SHELF);
    assert.match(answer, /^To pause a task of pike-queue, call `pause` with its name\. \[1\]\n\n```js\nqueue\.pause/);
    assert.doesNotMatch(answer, /Never/);
  });

  it("tells two things that are compared each by itself", async () => {
    const found = await statementsFor("What is the difference between pike-queue and otter?");
    assert.deepEqual(found.toSorted(), ["Otter is a pump.", "Pike-queue is a task queue for small machines."]);
  });

  it("does not answer for what no document names with what another one says", async () => {
    const report = await ask("How do I pause a task with pike-scheduler?", SHELF);
    assert.equal(report.outcome, "nothing-found");
    const log = await ask("What changed in version 3 of Grebe?", [
      ...SHELF,
      { ...PIKE_LOG, title: "teal: change log" },
    ]);
    assert.equal(log.outcome, "nothing-found");
  });

  it("does not say of the thing in question what nobody asked", async () => {
    assert.deepEqual(await statementsFor("Can pike-queue send emails?"), []);
  });
});

describe("the form of the answer", () => {
  const question = "How many sockets does the Tern client open, and does it retry a call that fails?";
  const documents = [{ title: "Tern client", text: MANUAL.replace("over\nabout", "over about") }, ...PASSAGES];

  it("gives a report a heading for each part of the question", async () => {
    const { answer, citations } = await ask(question, documents, "report");
    assert.match(
      answer,
      /^## How many sockets does the Tern client open\?\n\n.*one socket.* \[1\]\n\n## Does it retry [^\n]*\n\n.*up to 7 times/s,
    );
    assert.ok(citations.every(({ verdict }) => verdict === "supported"));
  });

  it("says under a heading that nothing was found for it", async () => {
    const { answer } = await ask(
      "How many sockets does the Tern client open, and which encryption does the Quokka messenger use?",
      documents,
      "report",
    );
    assert.match(answer, /one socket/);
    assert.match(answer, /## Which encryption [^\n]*\n\nI could not find this in the documents\.$/);
  });

  it("gives a table a row for each statement with its source, each checked", async () => {
    const { answer, citations } = await ask(question, documents, "table");
    const [head, , ...rows] = answer.split("\n");
    assert.equal(head, "| Source | Statement |");
    assert.ok(rows.length >= 2);
    for (const row of rows) assert.match(row, /^\| Tern client \| .+ \[\d+\] \|$/);
    assert.equal(citations.length, rows.length);
    assert.ok(citations.every(({ verdict }) => verdict === "supported"));
  });

  it("puts two-hop answers into a table too", async () => {
    const { answer } = await ask("Where was the director of the film The Salt Road born?", PASSAGES, "table");
    assert.match(answer, /\n\| Odile Marchetti \| [^|\n]*born in the harbour town of Velm[^|\n]* \[\d\] \|/);
  });
});

describe("parting a question", () => {
  it("of a comparison asks for each side too", () => {
    assert.deepEqual(decompose("Compare the heron and the stork."), [
      "Compare the heron and the stork.",
      "What is heron?",
      "What is stork?",
    ]);
  });

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
