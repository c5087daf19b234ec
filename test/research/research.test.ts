import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import fc from "fast-check";
import { pino } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { createLanguageModel } from "../../src/model/create-models.ts";
import type { Journal, LanguageModel, ModelReply } from "../../src/ports.ts";
import { createMemoryJournal } from "../../src/research/recorder.ts";
import { isReadableStep } from "../../src/research/step-shapes.ts";
import type { ProgressEvent } from "../../src/types.ts";
import {
  type FakeModel,
  type FakeModelOptions,
  type FakeReply,
  type FakeRequest,
  faults,
  startFakeModel,
} from "../helpers/fake-model-server.ts";
import { makePage } from "../helpers/pages.ts";
import { PAGES, QUESTION, runResearch } from "../helpers/research-world.ts";

const STATEMENT = "In winter the marsh heron of Velm eats voles and dead fish.";
const ANSWER = `${STATEMENT} 【1†eats voles and dead fish】`;

const opened: FakeModel[] = [];

afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function modelOf(
  options: FakeModelOptions,
  contextTokens = 32_000,
): Promise<{ model: LanguageModel; fake: FakeModel }> {
  const fake = await startFakeModel(options);
  opened.push(fake);
  const endpoints = [
    { name: "fake", baseUrl: fake.baseUrl, apiKey: "sk-test-key-000000", kind: "compatible" as const },
  ];
  const models = [{ model: "fake-model", endpoint: "fake", contextTokens, transport: "tools" as const }];
  const settings = { endpoints, models, contextTokens };
  return { model: await createLanguageModel(settings, { log: pino({ level: "silent" }), record: () => {} }), fake };
}

/** A researcher of average diligence: two searches, two pages, finish, write. */
function diligent({ messages }: FakeRequest): FakeReply {
  const last = String(messages.at(-1)?.content ?? "");
  if (/First plan only/.test(last)) return { text: JSON.stringify({ sub_questions: [QUESTION] }) };
  const heron = numberOf("Marsh heron", messages);
  if (/Now write, without tools/.test(last)) return { text: answerTo({ messages }) };
  const turn = messages.filter(({ role }) => role === "assistant").length;
  const calls = [
    [
      { name: "search", arguments: { query: "marsh heron winter food" } },
      { name: "search", arguments: { query: "heron Velm voles" } },
    ],
    [heron, numberOf("Herons of Velm", messages)].map((link_id) => ({ name: "click", arguments: { link_id } })),
  ];
  return { calls: calls[turn] ?? [{ name: "finish", arguments: {} }] };
}

function answerTo({ messages }: Pick<FakeRequest, "messages">): string {
  return `${STATEMENT} 【${numberOf("Marsh heron", messages)}†eats voles and dead fish】`;
}

/** Under which number the run shows a title; 0 when it does not. */
function numberOf(title: string, messages: FakeRequest["messages"]): number {
  const shown = JSON.stringify(messages);
  return Number(new RegExp(`【(\\d+)†${title}†`).exec(shown)?.[1] ?? 0);
}

function stepsOf(journal: Journal): Promise<number> {
  return journal.load("run-1").then((steps) => steps.length);
}

describe("a run", () => {
  it("stores steps that this version can read, each of them, and tells those of another version", async () => {
    const { model } = await modelOf({ respond: diligent });
    const journal = createMemoryJournal();
    await runResearch({ model, journal });
    const steps = await journal.load("run-1");
    assert.deepEqual(new Set(steps.map(({ kind }) => kind)), new Set(["plan", "model", "tool"]));
    for (const step of steps) {
      assert.ok(isReadableStep(step), `${step.kind} ${step.label}`);
      const result = step.result as Record<string, unknown>;
      for (const field of Object.keys(result).filter((name) => !["note", "discarded"].includes(name))) {
        const { [field]: _gone, ...rest } = result;
        assert.ok(!isReadableStep({ ...step, result: rest }), `${step.label} without ${field}`);
      }
    }
  });

  it("ends in an answer of which every statement was checked", async () => {
    const { model, fake } = await modelOf({ respond: diligent });
    const report = await runResearch({ model });
    assert.equal(report.outcome, "answered");
    assert.match(report.answer, /voles and dead fish\. ?\[1\]/);
    const [citation] = report.citations;
    assert.equal(citation?.verdict, "supported");
    assert.equal(citation?.url, report.sources[0]?.url);
    assert.ok(Object.values(PAGES).some(({ text }) => text.includes(citation?.passage?.text ?? "–")));
    assert.deepEqual(report.queries, ["marsh heron winter food", "heron Velm voles"]);
    assert.deepEqual(fake.problems, []);
  });

  it("sends the same tools with every call, and forbids them in words of the protocol when it is time to write", async () => {
    const { model, fake } = await modelOf({ respond: diligent });
    await runResearch({ model });
    const toolLists = new Set(fake.requests.map(({ body }) => JSON.stringify(body.tools)));
    assert.equal(toolLists.size, 1);
    assert.deepEqual(fake.requests.at(-1)?.body.tool_choice, "none");
    assert.notEqual(fake.requests.at(-1)?.messages.at(-1)?.role, "assistant");
  });

  it("keeps the beginning of the prompt byte for byte from call to call", async () => {
    const { model, fake } = await modelOf({ respond: diligent });
    await runResearch({ model });
    const browsing = fake.requests.slice(1).map(({ messages }) => messages.map((message) => JSON.stringify(message)));
    for (const [index, messages] of browsing.slice(1).entries())
      assert.deepEqual(messages.slice(0, browsing[index]?.length), browsing[index], `call ${index + 2}`);
  });

  it("goes on after its last finished step when it is killed anywhere, and pays no call twice", async () => {
    const clean = await modelOf({ respond: diligent });
    const journal = createMemoryJournal();
    const expected = await runResearch({ model: clean.model, journal });
    const steps = await stepsOf(journal);
    for (let killAt = 0; killAt < steps; killAt++) {
      const { model, fake } = await modelOf({ respond: diligent });
      const kept = createMemoryJournal();
      let stored = 0;
      const dying: Journal = {
        load: kept.load,
        append: async (runId, step) => {
          await kept.append(runId, step);
          if (stored++ === killAt) throw new Error("killed");
        },
      };
      await assert.rejects(runResearch({ model, journal: dying }), /killed/);
      const report = await runResearch({ model, journal: kept });
      assert.equal(report.answer, expected.answer, `killed after step ${killAt}`);
      assert.deepEqual(
        report.sources.map(({ url }) => url),
        expected.sources.map(({ url }) => url),
      );
      assert.equal(report.usage.modelCalls, expected.usage.modelCalls);
      assert.equal(fake.requests.length, clean.fake.requests.length, `killed after step ${killAt}`);
    }
  });

  it("is refused an early end twice at most, in words that say what is missing", async () => {
    const hasty = (request: FakeRequest): FakeReply => {
      const reply = diligent(request);
      return reply.calls === undefined ? reply : { calls: [{ name: "finish", arguments: {} }] };
    };
    const { model, fake } = await modelOf({ respond: hasty });
    const events: ProgressEvent[] = [];
    const report = await runResearch({ model, events });
    assert.equal(events.filter(({ type }) => type === "gate-end").length, 3);
    assert.match(
      JSON.stringify(fake.requests.at(-1)?.messages),
      /Not yet: the evidence is incomplete.*No page was opened/,
    );
    assert.equal(report.outcome, "nothing-found");
    assert.match(report.answer, /found nothing reliable/);
    assert.deepEqual([report.citations, report.sources], [[], []]);
  });

  it("writes from what it has when a ceiling is reached, and says that it is not complete", async () => {
    const endless = (request: FakeRequest): FakeReply => {
      const reply = diligent(request);
      const isFinish = reply.calls?.[0]?.name === "finish";
      return isFinish ? { calls: [{ name: "search", arguments: { query: `more ${request.index}` } }] } : reply;
    };
    const { model } = await modelOf({ respond: endless });
    const events: ProgressEvent[] = [];
    const report = await runResearch({ model, ceilings: { turns: 8 }, events });
    assert.equal(report.stopReason, "budget");
    assert.equal(report.outcome, "partial");
    assert.match(report.answer, /voles/);
    assert.ok(events.some(({ type }) => type === "budget-low"));
  });

  it("ends a run that repeats one call for ever", async () => {
    const stuck = (request: FakeRequest): FakeReply => {
      const reply = diligent(request);
      return reply.calls?.[0]?.name === "finish"
        ? { calls: [{ name: "search", arguments: { query: "again" } }] }
        : reply;
    };
    const { model } = await modelOf({ respond: stuck });
    const report = await runResearch({ model });
    assert.equal(report.stopReason, "repetition");
    assert.equal(report.queries.filter((query) => query === "again").length, 2);
  });

  it("gives what was found when it is stopped, without another call", async () => {
    const controller = new AbortController();
    const { model, fake } = await modelOf({
      respond: (request) => {
        const reply = diligent(request);
        if (reply.calls?.[0]?.name === "finish") controller.abort(new RuminateError("CANCELLED", "stop"));
        return reply;
      },
    });
    const report = await runResearch({ model, signal: controller.signal });
    assert.deepEqual([report.stopReason, report.outcome], ["cancelled", "partial"]);
    assert.match(report.answer, /voles/);
    assert.ok(report.citations.every(({ verdict }) => verdict === "supported"));
    assert.equal(fake.requests.length, 4);
  });

  it("gives what was found when the model is gone for good, and says so", async () => {
    const { model } = await modelOf({
      respond: (request) => {
        const reply = diligent(request);
        return reply.calls?.[0]?.name === "finish" ? faults.status(401, "invalid key") : reply;
      },
    });
    const report = await runResearch({ model });
    assert.deepEqual([report.stopReason, report.outcome], ["model-failed", "partial"]);
    assert.match(report.answer, /voles/);
  });

  it("fails with the provider's reason when there is nothing to report", async () => {
    const { model } = await modelOf({ respond: () => faults.status(401, "invalid key") });
    await assert.rejects(
      runResearch({ model }),
      (error: unknown) => error instanceof RuminateError && error.code === "MODEL_UNAUTHORIZED",
    );
  });

  it("finds nothing, and says why, when every search fails", async () => {
    const { model } = await modelOf({ respond: diligent });
    const search = {
      name: "down",
      search: async () => {
        throw new RuminateError("SEARCH_UNAVAILABLE", "The service answered 503.");
      },
    };
    const events: ProgressEvent[] = [];
    const report = await runResearch({ model, search, events });
    assert.equal(report.outcome, "nothing-found");
    assert.ok(events.some((event) => event.type === "search-error" && /503/.test(event.reason)));
  });

  it("plans the prompt anew when the server finds it too long", async () => {
    const long = Object.fromEntries(
      Object.values(PAGES).map(({ url, title, text }) => [
        url,
        makePage(url, title, `${text} ${"Reeds grow. ".repeat(300)}`),
      ]),
    );
    let isRefused = false;
    const { model, fake } = await modelOf({
      respond: (request) => {
        if (request.messages.length > 5 && !isRefused) {
          isRefused = true;
          return faults.contextOverflow();
        }
        return diligent(request);
      },
    });
    const report = await runResearch({ model, pages: long });
    assert.ok(isRefused);
    assert.notEqual(report.outcome, "nothing-found");
    assert.deepEqual(fake.problems, []);
  });

  it("loses no run to a model of which every fourth reply is malformed", async () => {
    const junk: FakeReply[] = [
      { text: "I will now search for herons." },
      { calls: [{ name: "browse", arguments: { url: "x" } }] },
      { calls: [{ name: "click", arguments: { link_id: "the first" } }] },
      { calls: [{ name: "search", arguments: '{"query": ' }] },
    ];
    let turn = 0;
    const { model } = await modelOf({
      respond: (request) => {
        const isBrowsing = request.body.tool_choice !== "none";
        const fault = isBrowsing && request.index % 4 === 3 ? junk[turn++ % junk.length] : undefined;
        return fault ?? diligent(request);
      },
    });
    const report = await runResearch({ model });
    assert.match(report.answer, /voles/);
  });

  it("asks once more when the answer carries no mark although pages speak of the matter", async () => {
    let drafts = 0;
    const { model } = await modelOf({
      respond: (request) => {
        const reply = diligent(request);
        const isWriting = request.body.tool_choice === "none" && request.index > 0;
        return isWriting && drafts++ === 0
          ? { text: "I will think about it." }
          : isWriting
            ? { text: answerTo(request) }
            : reply;
      },
    });
    const report = await runResearch({ model });
    assert.equal(drafts, 2);
    assert.match(report.answer, /voles/);
  });

  it("never throws and never hangs, whatever a model replies", async () => {
    const call = fc.record({
      id: fc.constantFrom("a", "b", ""),
      name: fc.constantFrom("search", "click", "open", "finish", "eval", ""),
      arguments: fc.oneof(
        fc.constant({ query: "heron" }),
        fc.constant({ link_id: 1 }),
        fc.constant({ url: "https://birds.example/heron" }),
        fc.constant({}),
        fc.string(),
        fc.anything({ maxDepth: 1 }),
      ),
    });
    const reply = fc.record({
      text: fc.oneof(fc.string(), fc.constant(ANSWER), fc.constant("【1】【99】[1](x) ```"), fc.constant("")),
      toolCalls: fc.array(call, { maxLength: 4 }),
      stopReason: fc.constantFrom("stop" as const, "length" as const, "tool-calls" as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 12 }), async (replies) => {
        let index = 0;
        const model: LanguageModel = {
          name: "arbitrary",
          contextTokens: 8_000,
          notice: null,
          complete: async () => {
            const next = replies[index++ % replies.length];
            if (next === undefined) throw new Error("no reply");
            const usage = { promptTokens: 10, cachedTokens: 0, completionTokens: 10, costUsd: null };
            return { ...next, usage, model: "arbitrary", providerState: null } satisfies ModelReply;
          },
        };
        const report = await runResearch({ model });
        assert.ok(report.answer.length > 0);
        assert.ok(report.usage.modelCalls <= 40);
      }),
      { numRuns: 100 },
    );
  });
});
