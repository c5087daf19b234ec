import { pino } from "pino";
import { createLanguageModel } from "../src/model/create-models.ts";
import type { Report } from "../src/types.ts";
import { type FakeReply, type FakeRequest, faults, startFakeModel } from "../test/helpers/fake-model-server.ts";
import { QUESTION, runResearch } from "../test/helpers/research-world.ts";
import { atMost, type Bench, measured } from "./measurement.ts";

const RUNS = 20;
const STATEMENT = "In winter the marsh heron of Velm eats voles and dead fish.";

/** Whole runs over real HTTP with a model of which every fourth reply is of no use, and with a chain whose first model fails. */
export async function run(): Promise<Bench> {
  const clean = await runs(() => null);
  const malformed = await runs(({ index }) => (index % 4 === 3 ? (JUNK[index % JUNK.length] ?? null) : null));
  const ratio = malformed.promptTokens / clean.promptTokens;
  const broken = await Promise.all(Object.entries(FAILURES).map(([name, fail]) => lostWithFirstModel(name, fail)));
  return {
    title: "A model that fails",
    measurements: [
      measured(`prompt tokens of ${RUNS} clean runs`, clean.promptTokens),
      atMost("runs lost with a quarter of the replies malformed", malformed.lost, 0, `of ${RUNS}`),
      atMost("prompt tokens of the same, against clean runs", 100 * ratio, 150, "%"),
      ...broken,
    ],
  };
}

const JUNK: FakeReply[] = [
  { text: "I will now look for herons in the archive." },
  { calls: [{ name: "browse", arguments: { page: 1 } }] },
  { calls: [{ name: "click", arguments: { link_id: "the first one" } }] },
  { calls: [{ name: "search", arguments: '{"query": ' }] },
  { text: "" },
];

const FAILURES: Record<string, () => FakeReply> = {
  "answers 429": () => faults.rateLimited(0),
  "answers 500": () => faults.status(500),
  "cuts the stream in half": () => ({ text: "a long reply that never comes to its end", cut: true }),
  "speaks HTML": () => faults.html(),
};

async function runs(
  faultOf: (request: FakeRequest) => FakeReply | null,
): Promise<{ promptTokens: number; lost: number }> {
  let promptTokens = 0;
  let lost = 0;
  for (let index = 0; index < RUNS; index++) {
    const fake = await startFakeModel({ respond: (request) => faultOf(request) ?? diligent(request) });
    const report = await research([{ baseUrl: fake.baseUrl, model: "first" }]);
    await fake.close();
    promptTokens += report?.usage.promptTokens ?? 0;
    if (!isAnswered(report)) lost += 1;
  }
  return { promptTokens, lost };
}

async function lostWithFirstModel(name: string, fail: () => FakeReply) {
  const first = await startFakeModel({ respond: fail });
  const second = await startFakeModel({ respond: diligent });
  const report = await research([
    { baseUrl: first.baseUrl, model: "first" },
    { baseUrl: second.baseUrl, model: "second" },
  ]);
  await Promise.all([first.close(), second.close()]);
  return atMost(`runs lost when the first model of the chain ${name}`, isAnswered(report) ? 0 : 1, 0, "of 1");
}

async function research(models: { baseUrl: string; model: string }[]): Promise<Report | null> {
  const settings = {
    endpoints: models.map(({ baseUrl, model }) => ({
      name: model,
      baseUrl,
      apiKey: null,
      kind: "compatible" as const,
    })),
    models: models.map(({ model }) => ({ model, endpoint: model, contextTokens: 32_000, transport: "tools" as const })),
  };
  const model = await createLanguageModel(settings, { log: pino({ level: "silent" }), record: () => {} });
  return runResearch({ model });
}

function isAnswered(report: Report | null): boolean {
  return report?.answer.includes("voles") ?? false;
}

function diligent(request: FakeRequest): FakeReply {
  const last = String(request.messages.at(-1)?.content ?? "");
  const shown = JSON.stringify(request.messages);
  const numberOf = (title: string) => Number(new RegExp(`【(\\d+)†${title}†`).exec(shown)?.[1] ?? 0);
  if (/First plan only/.test(last)) return { text: JSON.stringify({ sub_questions: [QUESTION] }) };
  if (request.body.tool_choice === "none")
    return { text: `${STATEMENT} 【${numberOf("Marsh heron")}†eats voles and dead fish】` };
  if (!/Search results for/.test(shown)) {
    const queries = ["marsh heron winter food", "heron Velm voles"];
    return { calls: queries.map((query) => ({ name: "search", arguments: { query } })) };
  }
  if (!/page text: data/.test(shown)) {
    const ids = [numberOf("Marsh heron"), numberOf("Herons of Velm")];
    return { calls: ids.map((link_id) => ({ name: "click", arguments: { link_id } })) };
  }
  return { calls: [{ name: "finish", arguments: {} }] };
}
