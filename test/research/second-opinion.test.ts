import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { pino } from "pino";
import { createLanguageModel } from "../../src/model/create-models.ts";
import type { LanguageModel } from "../../src/ports.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import { createMemoryJournal } from "../../src/research/recorder.ts";
import { isReadableStep } from "../../src/research/step-shapes.ts";
import type { ProgressEvent, Report, Verdict } from "../../src/types.ts";
import {
  type FakeModel,
  type FakeReply,
  type FakeRequest,
  faults,
  startFakeModel,
} from "../helpers/fake-model-server.ts";
import { type RunOptions, runResearch } from "../helpers/research-world.ts";

const SURE = "The marsh heron of Velm nests in April";
const WEAK = "In the freezing months the marsh heron of Velm swallows voles and carrion";
const WEAK_WITH_FIGURE = "During the frozen season a heron lives on about four voles";
const PASSAGE = "eats voles and dead fish";

const opened: FakeModel[] = [];

afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function modelWith(opinion: (page: number) => FakeReply): Promise<{ model: LanguageModel; fake: FakeModel }> {
  const fake = await startFakeModel({ respond: (request) => reply(request, opinion) });
  opened.push(fake);
  const endpoints = [
    { name: "fake", baseUrl: fake.baseUrl, apiKey: "sk-test-key-000000", kind: "compatible" as const },
  ];
  const models = [{ model: "fake-model", endpoint: "fake", contextTokens: 32_000, transport: "tools" as const }];
  const settings = { endpoints, models, contextTokens: 32_000 };
  return { model: await createLanguageModel(settings, { log: pino({ level: "silent" }), record: () => {} }), fake };
}

const isOpinionCall = ({ messages }: FakeRequest): boolean =>
  /^You compare statements/.test(messages[0]?.content ?? "");

function reply(request: FakeRequest, opinion: (page: number) => FakeReply): FakeReply {
  const { messages } = request;
  if (isOpinionCall(request)) {
    const asked = JSON.parse(messages[1]?.content ?? "") as { statements: { passages: { page: number }[] }[] };
    return opinion(asked.statements[0]?.passages[0]?.page ?? 0);
  }
  const shown = JSON.stringify(messages);
  const [heron, study] = ["Marsh heron", "Herons of Velm"].map((title) =>
    Number(new RegExp(`【(\\d+)†${title}†`).exec(shown)?.[1] ?? 0),
  );
  if (/Now write, without tools/.test(messages.at(-1)?.content ?? ""))
    return { text: `${SURE} 【${heron}】. ${WEAK} 【${heron}】. ${WEAK_WITH_FIGURE} 【${study}】.` };
  const turns = [
    [{ name: "search", arguments: { query: "marsh heron winter food" } }],
    [heron, study].map((link_id) => ({ name: "click", arguments: { link_id } })),
  ];
  return {
    calls: turns[messages.filter(({ role }) => role === "assistant").length] ?? [{ name: "finish", arguments: {} }],
  };
}

const say = (opinions: Record<string, unknown>[]): FakeReply => ({ text: JSON.stringify({ opinions }) });
const confirm = (page: number): FakeReply => say([{ statement: 1, verdict: "supported", page, passage: PASSAGE }]);

function run(model: LanguageModel, options: Partial<RunOptions> = {}): Promise<Report> {
  return runResearch({ model, depth: "quick", secondOpinion: { timeoutMs: 20_000 }, ...options });
}

function verdictOn(report: Report, statement: string): Verdict | undefined {
  return report.citations.find((citation) => citation.statement.startsWith(statement))?.verdict;
}

describe("a second opinion", () => {
  it("is not asked for unless it is wanted", async () => {
    const { model, fake } = await modelWith(confirm);
    const report = await runResearch({ model, depth: "quick" });
    assert.deepEqual(
      [SURE, WEAK, WEAK_WITH_FIGURE].map((each) => verdictOn(report, each)),
      ["supported", "weak", "weak"],
    );
    assert.deepEqual(fake.requests.filter(isOpinionCall), []);
  });

  it("confirms a weak statement with words that stand in the page, in one call, and is told apart", async () => {
    const { model, fake } = await modelWith(confirm);
    const events: ProgressEvent[] = [];
    const report = await run(model, { events });
    const citation = report.citations.find(({ statement }) => statement.startsWith(WEAK));
    assert.deepEqual(
      [citation?.verdict, citation?.passage?.text, citation?.isSecondOpinion],
      ["supported", PASSAGE, true],
    );
    assert.equal(report.usage.modelCalls, fake.requests.length);
    assert.equal(fake.requests.filter(isOpinionCall).length, 1);
    const checks = events.flatMap((event) => (event.type === "check-end" ? [[event.supported, event.byOpinion]] : []));
    assert.deepEqual(checks.at(-1), [2, 1]);
    const markdown = renderMarkdownReport(report);
    assert.match(markdown, /1 of 3 statements were confirmed by code .*, 1 more by a second opinion of the model/);
    assert.match(markdown, /Confirmed by a second opinion of the model, with these words of the page/);
    assert.deepEqual(fake.problems, []);
  });

  it("is not asked about what code confirmed, nor about figures", async () => {
    const { model, fake } = await modelWith((page) =>
      say([1, 2, 3].map((statement) => ({ statement, verdict: "supported", page, passage: PASSAGE }))),
    );
    const report = await run(model);
    const asked = JSON.stringify(fake.requests.find(isOpinionCall)?.messages[1]);
    assert.match(asked, /voles and carrion/);
    assert.doesNotMatch(asked, /The marsh heron of Velm nests|frozen season/);
    assert.equal(verdictOn(report, WEAK_WITH_FIGURE), "weak");
  });

  it("takes a statement out that it refutes", async () => {
    const { model } = await modelWith(() => say([{ statement: 1, verdict: "unsupported" }]));
    const report = await run(model);
    assert.doesNotMatch(report.answer, /carrion/);
    assert.match(report.answer, /nests in April/);
    assert.equal(report.removed, 1);
  });

  const useless: Record<string, (page: number) => FakeReply> = {
    "words that do not stand in the page": (page) =>
      say([{ statement: 1, verdict: "supported", page, passage: "eats voles and much carrion" }]),
    "words too few to say anything": (page) => say([{ statement: 1, verdict: "supported", page, passage: "voles" }]),
    "a page that the statement does not name": (page) =>
      say([{ statement: 1, verdict: "supported", page: page + 1, passage: PASSAGE }]),
    "another verdict": (page) => say([{ statement: 1, verdict: "certain", page, passage: PASSAGE }]),
    "a statement that was not asked about": (page) => say([{ statement: 7, verdict: "unsupported", page }]),
    "no JSON": () => ({ text: "The first statement is supported." }),
    "a refusal": () => faults.status(400, "no"),
    "a reply torn off": () => ({ text: '{"opinions": [{"statement": 1, "verdict": "supp' }),
  };
  for (const [what, opinion] of Object.entries(useless))
    it(`leaves the verdicts as they were after ${what}`, async () => {
      const { model, fake } = await modelWith(opinion);
      const report = await run(model);
      assert.equal(verdictOn(report, WEAK), "weak");
      assert.equal(fake.requests.filter(isOpinionCall).length, 1);
    });

  it("leaves the verdicts as they were when it comes too late, and is not waited for again", async () => {
    const { model, fake } = await modelWith(() => ({ hang: true }));
    const journal = createMemoryJournal();
    const report = await run(model, { journal, secondOpinion: { timeoutMs: 100 } });
    assert.equal(verdictOn(report, WEAK), "weak");
    const { length } = fake.requests;
    assert.equal((await run(model, { journal })).answer, report.answer);
    assert.equal(fake.requests.length, length);
  });

  it("is kept in the journal: a run that is taken up again does not pay for it twice", async () => {
    const { model, fake } = await modelWith(confirm);
    const journal = createMemoryJournal();
    const first = await run(model, { journal });
    const { length } = fake.requests;
    const steps = await journal.load("run-1");
    const step = steps.at(-1);
    assert.equal(step?.kind, "check");
    assert.ok(isReadableStep(step));
    assert.ok(!isReadableStep({ ...step, result: {} }));
    const second = await run(model, { journal });
    assert.deepEqual([second.citations, second.usage.modelCalls], [first.citations, first.usage.modelCalls]);
    assert.equal(fake.requests.length, length);
  });

  it("is not asked for when the run has reached its ceiling", async () => {
    const { model, fake } = await modelWith(confirm);
    const report = await run(model, { ceilings: { turns: 4 } });
    assert.equal(verdictOn(report, WEAK), "weak");
    assert.deepEqual(fake.requests.filter(isOpinionCall), []);
  });
});
