import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { pino } from "pino";
import { renderAnswerText } from "../../adapters/terminal/answer-text.ts";
import { createAnswerView } from "../../src/chat/answer-view.ts";
import { createLanguageModel } from "../../src/model/create-models.ts";
import type { LanguageModel, SearchBackend } from "../../src/ports.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import type { Page, Report } from "../../src/types.ts";
import { type FakeModel, type FakeReply, type FakeRequest, startFakeModel } from "../helpers/fake-model-server.ts";
import { makePage } from "../helpers/pages.ts";
import { runResearch } from "../helpers/research-world.ts";

const opened: FakeModel[] = [];
afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

interface Script {
  /** The calls of each turn; then it finishes. Titles stand for the numbers of links. */
  turns: ({ search: string } | { click: string })[][];
  /** Titles in 【】 stand for numbers. */
  answer: string;
}

async function modelThat({ turns, answer }: Script): Promise<{ model: LanguageModel; fake: FakeModel }> {
  const fake = await startFakeModel({ respond: (request) => reply(request) });
  opened.push(fake);
  function reply({ messages }: FakeRequest): FakeReply {
    const shown = JSON.stringify(messages);
    const numberOf = (title: string): number => Number(new RegExp(`【(\\d+)†${title}†`).exec(shown)?.[1] ?? 0);
    if (/Now write, without tools|Not confirmed/.test(String(messages.at(-1)?.content)))
      return { text: answer.replace(/【([^】]+)】/g, (_, title: string) => `【${numberOf(title)}】`) };
    const calls = turns[messages.filter(({ role }) => role === "assistant").length] ?? [];
    if (calls.length === 0) return { calls: [{ name: "finish", arguments: {} }] };
    return {
      calls: calls.map((call) =>
        "search" in call
          ? { name: "search", arguments: { query: call.search } }
          : { name: "click", arguments: { link_id: numberOf(call.click) } },
      ),
    };
  }
  const endpoints = [
    { name: "fake", baseUrl: fake.baseUrl, apiKey: "sk-test-key-000000", kind: "compatible" as const },
  ];
  const models = [{ model: "fake-model", endpoint: "fake", contextTokens: 32_000, transport: "tools" as const }];
  const settings = { endpoints, models, contextTokens: 32_000 };
  return { model: await createLanguageModel(settings, { log: pino({ level: "silent" }), record: () => {} }), fake };
}

const shownIn = (report: Report): string[] => {
  const view = createAnswerView(report, "brief", null);
  return [renderAnswerText(view, { isTerminal: false }), renderMarkdownReport(report)];
};

const QUESTION = "How high is the Torre Alba tower in the harbour of Velm?";
const TOWERS = Object.fromEntries(
  [
    makePage(
      "https://a.example/tower",
      "Torre Alba one",
      "The tower Torre Alba in the harbour of Velm is 142 metres high.",
    ),
    makePage(
      "https://b.example/tower",
      "Torre Alba two",
      "In the harbour of Velm the tower Torre Alba is 151 metres high.",
    ),
  ].map((page) => [page.url, page]),
);
const READ_BOTH: Script["turns"] = [
  [{ search: "Torre Alba tower height" }, { search: "tower harbour Velm" }],
  [{ click: "Torre Alba one" }, { click: "Torre Alba two" }],
];

describe("a report that can be trusted", () => {
  it("sends the model back to sources that disagree, and tells readers who says what", async () => {
    const { model, fake } = await modelThat({
      turns: [...READ_BOTH, [], [{ search: "Torre Alba official height" }]],
      answer: "The tower Torre Alba in the harbour of Velm is 151 metres high 【Torre Alba two】.",
    });
    const report = await runResearch({ model, pages: TOWERS, question: QUESTION, depth: "quick" });
    assert.match(JSON.stringify(fake.requests.at(-1)?.messages), /settles it: 142 metres 【\d+】, 151 metres 【\d+】/);
    assert.equal(report.queries.at(-1), "Torre Alba official height");
    assert.deepEqual(
      report.contradictions.map(({ claims }) => claims.map(({ number, value, url }) => [number, value, url])),
      [
        [
          [null, "142 metres", "https://a.example/tower"],
          [1, "151 metres", "https://b.example/tower"],
        ],
      ],
    );
    const [terminal = "", file = ""] = shownIn(report);
    assert.match(terminal, /Sources disagree\*\*\n- .*142 metres \(a\.example\) \/ 151 metres \[1\]/);
    assert.match(terminal, /Evidence score 100%: 7 of 7 rules held/);
    assert.match(file, /151 metres: “In the harbour.*” \[1\] <https:\/\/b\.example\/tower#:~:text=/);
    assert.match(file, /Held: disagreement\. Sources disagree on .*; looked into by 1 search\./);
    assert.doesNotMatch(terminal + file, /【/);
  });

  it("checks against the text that the model read, and says that the page read later differs", async () => {
    const address = "https://a.example/tower";
    const [first = "", second = ""] = [142, 151].map(
      (high) => `The tower Torre Alba in the harbour of Velm is ${high} metres high.`,
    );
    const pages: Record<string, Page> = {
      "https://a.example/old-name": makePage(address, "Torre Alba", first),
      "https://a.example/new-name": { ...makePage(address, "Torre Alba", second), readAt: "2026-11-23T08:05:00.000Z" },
    };
    const search: SearchBackend = {
      name: "two names",
      search: async () =>
        Object.keys(pages).map((url, index) => ({ title: `Name ${index}`, url, snippet: "", publishedAt: null })),
    };
    const { model, fake } = await modelThat({
      turns: [[{ search: "Torre Alba tower height" }], [{ click: "Name 0" }], [{ click: "Name 1" }]],
      answer:
        "The tower Torre Alba in the harbour of Velm is 142 metres high 【Name 0】. It is 151 metres high 【Name 0】.",
    });
    const report = await runResearch({ model, pages, search, question: QUESTION, depth: "quick" });
    const read = JSON.stringify(fake.requests.at(-1)?.messages);
    assert.match(read, /already opened\. Its page has changed since/);
    assert.ok(!read.includes(second), "the model never read the second text");
    assert.deepEqual(
      report.citations.map(({ verdict, statement }) => [verdict, /142/.test(statement)]),
      [["supported", true]],
    );
    assert.equal(report.sources[0]?.changedAt, "2026-11-23T08:05:00.000Z");
    const [terminal = "", file = ""] = shownIn(report);
    assert.match(terminal, /\[1\] had changed when read once more: what is said rests on the first reading/);
    assert.match(file, /Read again 2026-11-23 08:05 UTC, its text was another/);
  });

  it("says nothing of changes when the page was the same", async () => {
    const { model } = await modelThat({
      turns: [...READ_BOTH, [{ click: "Torre Alba one" }], [{ search: "Torre Alba official height" }]],
      answer: "The tower Torre Alba in the harbour of Velm is 151 metres high 【Torre Alba two】.",
    });
    const report = await runResearch({ model, pages: TOWERS, question: QUESTION, depth: "quick" });
    assert.equal(report.sources[0]?.changedAt, undefined);
    assert.doesNotMatch(shownIn(report).join(), /had changed|Read again/);
  });

  it("says why there is no answer when nothing that was written could be confirmed", async () => {
    const { model } = await modelThat({
      turns: [...READ_BOTH, [{ search: "Torre Alba official height" }]],
      answer: "The mayor of Velm was born in 1874 【Torre Alba one】.",
    });
    const report = await runResearch({ model, pages: TOWERS, question: QUESTION, depth: "quick" });
    assert.equal(report.outcome, "nothing-found");
    assert.match(report.answer, /2 pages were read\. The model wrote an answer, but nothing in it could be confirmed/);
    assert.doesNotMatch(report.answer, /1874/);
  });

  it("names what the answer speaks of no gap, though the pages are in another language", async () => {
    const { model } = await modelThat({
      turns: READ_BOTH,
      answer: "Der Turm Torre Alba ist 142 Meter hoch 【Torre Alba one】.",
    });
    const question = "wie hoch ist der turm torre alba";
    const report = await runResearch({ model, pages: TOWERS, question, depth: "quick" });
    assert.deepEqual(report.gaps, []);
  });
});
