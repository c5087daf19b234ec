import { pino } from "pino";
import type { Clock } from "../../src/model/clock.ts";
import { createLanguageModel } from "../../src/model/create-models.ts";
import type { ModelCallRecord } from "../../src/model/model-call-record.ts";
import type { EndpointSettings, ModelEntrySettings, ModelSettings } from "../../src/model/model-settings.ts";
import type { LanguageModel, ModelMessage, ModelRequest, ToolDescription } from "../../src/ports.ts";

/** The four functions of the protocol. */
export const tools: ToolDescription[] = [
  describe("search", { query: { type: "string" } }),
  describe("click", { link_id: { type: "integer" } }),
  describe("open", { url: { type: "string" } }),
  describe("finish", {}),
];

function describe(name: string, properties: Record<string, unknown>): ToolDescription {
  const required = Object.keys(properties);
  const parameters = {
    type: "object",
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
  };
  return { name, description: `The function ${name}.`, parameters };
}

export const opening: ModelMessage[] = [
  { role: "system", content: "You are a careful researcher." },
  { role: "user", content: "Question: who climbed it first?" },
];

export function requestOf(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    purpose: "browse",
    messages: opening,
    tools,
    toolChoice: "auto",
    maxOutputTokens: 1_024,
    sessionId: "run-1",
    ...changes,
  };
}

/** A clock that nobody has to wait for: sleeping moves it. */
export interface TestClock extends Clock {
  readonly slept: number[];
  advance(ms: number): void;
}

export function createTestClock(): TestClock {
  let time = Date.parse("2026-11-22T10:00:00Z");
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      time += ms;
    },
    advance: (ms) => {
      time += ms;
    },
  };
}

export interface TestChain {
  model: LanguageModel;
  records: ModelCallRecord[];
  logs: Record<string, unknown>[];
  clock: TestClock;
  complete(changes?: Partial<ModelRequest>, signal?: AbortSignal): ReturnType<LanguageModel["complete"]>;
}

export const KEY = "sk-or-v1-0123456789abcdef0123456789abcdef";

export function endpointAt(baseUrl: string, changes: Partial<EndpointSettings> = {}): EndpointSettings {
  return { name: "openrouter", baseUrl, apiKey: KEY, kind: "openrouter", ...changes };
}

/** The whole room as the product makes it, with a clock that need not be waited for and its records and logs in reach. */
export async function createTestChain(
  endpoints: EndpointSettings[],
  models: (string | ModelEntrySettings)[] = ["fake/model"],
  settings: Partial<ModelSettings> = {},
): Promise<TestChain> {
  const records: ModelCallRecord[] = [];
  const logs: Record<string, unknown>[] = [];
  const clock = createTestClock();
  const log = pino({ level: "debug", base: null }, { write: (line: string) => logs.push(JSON.parse(line)) });
  const entries = models.map((model) => (typeof model === "string" ? { model, endpoint: null } : model));
  const model = await createLanguageModel(
    { endpoints, models: entries, idleTimeoutMs: 10_000, totalTimeoutMs: 20_000, ...settings },
    { log, record: (call) => records.push(call), clock },
  );
  const complete = (changes: Partial<ModelRequest> = {}, signal = new AbortController().signal) =>
    model.complete(requestOf(changes), { signal });
  return { model, records, logs, clock, complete };
}
