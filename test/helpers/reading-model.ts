import type { TestContext } from "node:test";
import { createExtractiveReader } from "../../src/model/extractive.ts";
import type { ModelMessage, ModelPurpose } from "../../src/ports.ts";
import { type FakeModel, type FakeReply, type FakeRequest, startFakeModel } from "./fake-model-server.ts";

export interface ReadingModel extends FakeModel {
  /** The prompts of the calls of this purpose, in order. */
  prompts(purpose: ModelPurpose): string[];
  environment: Record<string, string>;
}

/** A model server that reads as the extractive reader does, and understands questions as it is told. */
export async function startReadingModel(
  test: TestContext,
  {
    condense,
    before = async () => {},
    instead = async () => null,
    costUsd,
  }: {
    condense(prompt: string): string;
    before?(purpose: ModelPurpose): Promise<void>;
    /** The reply in place of the reader's, or null. */
    instead?(purpose: ModelPurpose, request: FakeRequest): Promise<FakeReply | null>;
    /** Of each reply. */
    costUsd?: number;
  },
): Promise<ReadingModel> {
  const reader = createExtractiveReader();
  const fake = await startFakeModel({
    models: null,
    respond: async (request): Promise<FakeReply> => {
      const purpose = purposeOf(request);
      await before(purpose);
      const other = await instead(purpose, request);
      if (other !== null) return other;
      const usage = costUsd === undefined ? {} : { usage: { cost: costUsd } };
      if (purpose === "condense") return { text: condense(lastOf(request)), ...usage };
      const reply = await reader.complete(
        {
          purpose,
          messages: request.messages.map(messageOf),
          tools: [],
          toolChoice: "auto",
          maxOutputTokens: 1_000,
          sessionId: "s",
        },
        { signal: new AbortController().signal },
      );
      return { text: reply.text, calls: reply.toolCalls, ...usage };
    },
  });
  test.after(() => fake.close());
  return Object.assign(fake, {
    prompts: (purpose: ModelPurpose) =>
      fake.requests
        .filter((request) => purposeOf(request) === purpose)
        .map((request) => JSON.stringify(request.messages)),
    environment: { OPENAI_API_KEY: "key", OPENAI_BASE_URL: fake.baseUrl, MODELS: "reader", CONTEXT_TOKENS: "8000" },
  });
}

function purposeOf(request: FakeRequest): ModelPurpose {
  const last = lastOf(request);
  if (/You put questions into words/.test(String(request.messages[0]?.content))) return "condense";
  if (last.includes("First plan only")) return "plan";
  if (last.includes("Now write, without tools")) return "write";
  return last.includes("Every statement was compared") ? "revise" : "browse";
}

function lastOf({ messages }: FakeRequest): string {
  return String(messages.at(-1)?.content ?? "");
}

interface WireMessage {
  role: string;
  content?: string | null;
  tool_call_id?: string;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

function messageOf({ role, content, tool_call_id: callId = "", tool_calls: calls = [] }: WireMessage): ModelMessage {
  const text = content ?? "";
  if (role === "tool") return { role, callId, content: text };
  if (role !== "assistant") return { role: role === "system" ? "system" : "user", content: text };
  const toolCalls = calls.map(({ id, function: { name, arguments: given } }) => ({
    id,
    name,
    arguments: JSON.parse(given),
  }));
  return { role, content: text, toolCalls };
}
