import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { pino } from "pino";
import { RuminateError } from "../../src/errors.ts";
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

/** Word for word, sure, weak, and what code cannot tell from an invention. */
const VERBATIM = "It nests in April";
const SURE = "The marsh heron of Velm eats voles and dead fish in winter";
const WEAK = "In the freezing months the marsh heron of Velm swallows voles and carrion";
const WEAK_WITH_FIGURE = "During the frozen season a heron lives on about four voles";
const UNSUPPORTED = "Rodents and carcasses nourish the marsh heron while snow lies";
const FOOD = "the marsh heron of Velm eats voles and dead fish";
const DAILY = "each marsh heron will eat about four voles a day in winter";

const opened: FakeModel[] = [];

afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

interface Asked {
  pages: { page: number; title: string }[];
  statements: { number: number; pages: number[]; statement: string }[];
}

type Opine = (asked: Asked, call: number) => FakeReply;

interface World {
  /** The statements that the model writes, and after a revision those that it writes then; the study's begin with "During". */
  answer?: readonly string[];
  revised?: readonly string[];
  contextTokens?: number;
}

async function modelWith(opine: Opine, world: World = {}): Promise<{ model: LanguageModel; fake: FakeModel }> {
  let calls = 0;
  const fake = await startFakeModel({
    respond: (request) => (isOpinionCall(request) ? opine(askedIn(request), ++calls) : reply(request, world)),
  });
  opened.push(fake);
  const { contextTokens = 32_000 } = world;
  const endpoints = [
    { name: "fake", baseUrl: fake.baseUrl, apiKey: "sk-test-key-000000", kind: "compatible" as const },
  ];
  const models = [{ model: "fake-model", endpoint: "fake", contextTokens, transport: "tools" as const }];
  const settings = { endpoints, models, contextTokens };
  return { model: await createLanguageModel(settings, { log: pino({ level: "silent" }), record: () => {} }), fake };
}

const isOpinionCall = ({ messages }: FakeRequest): boolean =>
  /^You compare statements/.test(messages[0]?.content ?? "");
const askedIn = ({ messages }: FakeRequest): Asked => JSON.parse(messages[1]?.content ?? "");
const opinionCalls = ({ requests }: FakeModel): Asked[] => requests.filter(isOpinionCall).map(askedIn);
const statementsAsked = (fake: FakeModel): string[] =>
  opinionCalls(fake).flatMap(({ statements }) => statements.map(({ statement }) => statement.replace(/\.$/, "")));
const revisions = ({ requests }: FakeModel): string[] =>
  requests.flatMap(({ messages }) => {
    const last = messages.at(-1)?.content ?? "";
    return isRevision(last) ? [last] : [];
  });
const isRevision = (prompt: string): boolean => /Not confirmed/.test(prompt);

function reply({ messages }: FakeRequest, { answer = [VERBATIM, SURE, WEAK], revised = answer }: World): FakeReply {
  const shown = JSON.stringify(messages);
  const [heron, study] = ["Marsh heron", "Herons of Velm"].map((title) =>
    Number(new RegExp(`【(\\d+)†${title}†`).exec(shown)?.[1] ?? 0),
  );
  const written = (some: readonly string[]): FakeReply => ({
    text: some.map((one) => `${one} 【${one.startsWith("During") ? study : heron}】.`).join(" "),
  });
  const last = messages.at(-1)?.content ?? "";
  if (isRevision(last)) return written(revised);
  if (/Now write, without tools/.test(last)) return written(answer);
  const turns = [
    [{ name: "search", arguments: { query: "marsh heron winter food" } }],
    [heron, study].map((link_id) => ({ name: "click", arguments: { link_id } })),
  ];
  return {
    calls: turns[messages.filter(({ role }) => role === "assistant").length] ?? [{ name: "finish", arguments: {} }],
  };
}

type Said = { verdict: string; words?: string; part?: string };

/** Says of each statement that begins so what is said of it here, and of all others that it is unclear. */
function opining(said: Record<string, Said>): Opine {
  return ({ statements }) => ({
    text: JSON.stringify({
      opinions: statements.map(({ number, pages, statement }) => {
        const [, { words, ...rest } = { verdict: "unclear" } as Said] =
          Object.entries(said).find(([begin]) => statement.startsWith(begin)) ?? [];
        return { statement: number, ...rest, ...(words ? { words: [{ page: pages[0], text: words }] } : {}) };
      }),
    }),
  });
}

const silent = opining({});

function run(model: LanguageModel, options: Partial<RunOptions> = {}): Promise<Report> {
  return runResearch({ model, depth: "quick", secondOpinion: { about: "all", timeoutMs: 20_000 }, ...options });
}

const ONLY_WEAK = { secondOpinion: { about: "weak", timeoutMs: 20_000 } } as const;

function verdictOn(report: Report, statement: string): Verdict | undefined {
  return report.citations.find((citation) => citation.statement.startsWith(statement))?.verdict;
}

describe("a second opinion", () => {
  it("is not asked for unless it is wanted", async () => {
    const { model, fake } = await modelWith(silent, { answer: [VERBATIM, SURE, WEAK, WEAK_WITH_FIGURE] });
    const report = await runResearch({ model, depth: "quick" });
    assert.deepEqual(
      [VERBATIM, SURE, WEAK, WEAK_WITH_FIGURE].map((each) => verdictOn(report, each)),
      ["supported", "supported", "weak", "weak"],
    );
    assert.deepEqual(opinionCalls(fake), []);
  });

  it("confirms weak statements with words that stand in the page, in one call, and is told apart", async () => {
    const opine = opining({
      [WEAK]: { verdict: "confirmed", words: FOOD },
      [WEAK_WITH_FIGURE]: { verdict: "confirmed", words: DAILY },
    });
    const { model, fake } = await modelWith(opine, { answer: [VERBATIM, SURE, WEAK, WEAK_WITH_FIGURE] });
    const events: ProgressEvent[] = [];
    const report = await run(model, { events, ...ONLY_WEAK });
    assert.deepEqual(statementsAsked(fake).sort(), [WEAK_WITH_FIGURE, WEAK].sort());
    const citation = report.citations.find(({ statement }) => statement.startsWith(WEAK));
    assert.deepEqual(
      [citation?.verdict, citation?.passage?.text, citation?.isSecondOpinion],
      ["supported", FOOD, true],
    );
    assert.equal(verdictOn(report, WEAK_WITH_FIGURE), "supported");
    assert.equal(report.usage.modelCalls, fake.requests.length);
    assert.equal(opinionCalls(fake).length, 1);
    const checks = events.flatMap((event) => (event.type === "check-end" ? [[event.supported, event.byOpinion]] : []));
    assert.deepEqual(checks, [[4, 2]]);
    const markdown = renderMarkdownReport(report);
    assert.match(markdown, /2 of 4 statements were confirmed by code .*, 2 more by a second opinion of the model/);
    assert.match(markdown, /Confirmed by a second opinion of the model, with these words of the page/);
    assert.deepEqual(fake.problems, []);
  });

  it("is asked about everything that does not stand in the page word for word, where all is wanted", async () => {
    const { model, fake } = await modelWith(silent, { answer: [VERBATIM, SURE, WEAK, UNSUPPORTED] });
    await run(model);
    assert.deepEqual(statementsAsked(fake).sort(), [SURE, WEAK, UNSUPPORTED].sort());
  });

  it("saves a statement that it confirms from revision", async () => {
    const opine = opining({ [UNSUPPORTED]: { verdict: "confirmed", words: FOOD } });
    const { model, fake } = await modelWith(opine, { answer: [VERBATIM, UNSUPPORTED] });
    const report = await run(model);
    assert.equal(verdictOn(report, UNSUPPORTED), "supported");
    assert.deepEqual(revisions(fake), []);
  });

  it("sends a statement to revision that it refutes, and is asked again only about what is new", async () => {
    const opine = opining({ [SURE]: { verdict: "contradicted", words: FOOD } });
    const world = { answer: [VERBATIM, SURE, WEAK], revised: [VERBATIM, WEAK_WITH_FIGURE, WEAK] };
    const { model, fake } = await modelWith(opine, world);
    const report = await run(model);
    assert.match(revisions(fake).join(), /eats voles and dead fish in winter.*\n.*A second opinion: the page says "/);
    assert.deepEqual(
      opinionCalls(fake).map(({ statements }) => statements.length),
      [2, 1],
    );
    assert.equal(verdictOn(report, SURE), undefined);
  });

  it("takes a statement out that it refutes, where the revision keeps it", async () => {
    const opine = opining({ [WEAK]: { verdict: "missing", part: "carrion" } });
    const { model } = await modelWith(opine);
    const report = await run(model);
    assert.doesNotMatch(report.answer, /carrion/);
    assert.match(report.answer, /nests in April/);
    assert.equal(report.removed, 1);
  });

  const useless: Record<string, Opine> = {
    "another verdict": opining({ [WEAK]: { verdict: "certain", words: FOOD } }),
    "a statement that was not asked about": () => ({ text: '{"opinions": [{"statement": 7, "verdict": "unclear"}]}' }),
    "no JSON": () => ({ text: "The first statement is supported." }),
    "a refusal": () => faults.status(400, "no"),
    "a reply torn off": () => ({ text: '{"opinions": [{"statement": 1, "verdict": "conf' }),
  };
  for (const [what, opine] of Object.entries(useless))
    it(`leaves the verdicts as they were after ${what}`, async () => {
      const { model, fake } = await modelWith(opine);
      const report = await run(model);
      assert.deepEqual(
        [SURE, WEAK].map((each) => verdictOn(report, each)),
        ["supported", "weak"],
      );
      assert.equal(opinionCalls(fake).length, 1);
    });

  it("leaves the verdicts as they were when it comes too late, and is not waited for again", async () => {
    const { model, fake } = await modelWith(() => ({ hang: true }));
    const journal = createMemoryJournal();
    const report = await run(model, { journal, secondOpinion: { about: "all", timeoutMs: 100 } });
    assert.equal(verdictOn(report, WEAK), "weak");
    const { length } = fake.requests;
    assert.equal((await run(model, { journal })).answer, report.answer);
    assert.equal(fake.requests.length, length);
  });

  it("is kept in the journal: a run that is taken up again does not pay for it twice", async () => {
    const opine = opining({ [WEAK]: { verdict: "confirmed", words: FOOD } });
    const { model, fake } = await modelWith(opine);
    const journal = createMemoryJournal();
    const first = await run(model, { journal });
    const { length } = fake.requests;
    const step = (await journal.load("run-1")).at(-1);
    assert.equal(step?.kind, "check");
    assert.ok(isReadableStep(step));
    assert.ok(!isReadableStep({ ...step, result: {} }));
    const second = await run(model, { journal });
    assert.deepEqual([second.citations, second.usage.modelCalls], [first.citations, first.usage.modelCalls]);
    assert.equal(fake.requests.length, length);
  });

  it("is not asked for when the run has reached its ceiling", async () => {
    const { model, fake } = await modelWith(silent);
    const report = await run(model, { ceilings: { turns: 4 } });
    assert.equal(verdictOn(report, WEAK), "weak");
    assert.deepEqual(opinionCalls(fake), []);
  });
});

describe("second opinions in several batches", () => {
  const many = Array.from(
    { length: 15 },
    (_, index) => `Seen by eye ${"abcdefghijklmno"[index]}, rodents and carcasses nourish the marsh heron`,
  );
  const confirmAll = opining({ Seen: { verdict: "confirmed", words: FOOD } });
  const count = (report: Report): number =>
    report.citations.filter(({ isSecondOpinion }) => isSecondOpinion === true).length;

  it("fit a window of 8,000 tokens", async () => {
    const { model, fake } = await modelWith(confirmAll, { answer: [VERBATIM, ...many], contextTokens: 8_000 });
    const report = await run(model);
    assert.equal(count(report), 15);
    assert.ok(opinionCalls(fake).length > 1);
    for (const { body } of fake.requests.filter(isOpinionCall))
      assert.ok(JSON.stringify([body.messages, body.tools]).length / 4 + body.max_tokens < 8_000);
  });

  it("keep what the others said when one fails", async () => {
    const opine: Opine = (asked, call) => (call === 1 ? confirmAll(asked, call) : faults.status(400, "no"));
    const { model, fake } = await modelWith(opine, { answer: [VERBATIM, ...many], revised: [VERBATIM] });
    const report = await run(model);
    assert.equal(opinionCalls(fake)[0]?.statements.length, 12);
    assert.match(revisions(fake).join(), /eye n/);
    assert.doesNotMatch(revisions(fake).join(), /Not confirmed: "Seen by eye a,/);
    assert.equal(report.citations.length, 1);
  });

  it("are paid once when the process dies between two of them", async () => {
    const journal = createMemoryJournal();
    const death = new AbortController();
    const dying: Opine = (asked, call) => {
      if (call === 1) return confirmAll(asked, call);
      death.abort(new RuminateError("SHUTTING_DOWN", "The process goes."));
      return { hang: true };
    };
    const world = { answer: [VERBATIM, ...many] };
    const before = await modelWith(dying, world);
    await assert.rejects(run(before.model, { journal, signal: death.signal }));
    const after = await modelWith(confirmAll, world);
    const report = await run(after.model, { journal });
    assert.deepEqual(
      after.fake.requests.map((request) => isOpinionCall(request) && askedIn(request).statements.length),
      [3],
    );
    assert.equal(count(report), 15);
  });
});
