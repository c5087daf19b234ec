import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toRawRequest, toTextRequest } from "../../src/model/text-protocol.ts";
import { toToolsRequest } from "../../src/model/tools-protocol.ts";
import type { ModelMessage } from "../../src/ports.ts";
import { opening, requestOf, tools } from "./helpers.ts";

const state = { model: "glm@openrouter", data: { reasoning_details: [{ type: "reasoning.text", text: "Hm." }] } };
const history: ModelMessage[] = [
  ...opening,
  {
    role: "assistant",
    content: "",
    toolCalls: [
      { id: "a", name: "search", arguments: { query: "x" } },
      { id: "b", name: "click", arguments: "{broken" },
    ],
    providerState: state,
  },
  { role: "tool", callId: "a", content: "【1†Everest†host】" },
  { role: "tool", callId: "b", content: "The arguments do not fit." },
];

describe("toToolsRequest", () => {
  it("sends the tools in every request, also when none may be called", () => {
    const request = toToolsRequest(requestOf({ toolChoice: "none" }), null);
    assert.equal(request.tool_choice, "none");
    assert.equal((request.tools as unknown[]).length, tools.length);
  });

  it("passes reasoning back to the model that gave it, and to no other", () => {
    const own = toToolsRequest(requestOf({ messages: history }), "glm@openrouter").messages[2];
    assert.deepEqual(own?.reasoning_details, state.data.reasoning_details);
    const other = toToolsRequest(requestOf({ messages: history }), "kimi@openrouter").messages[2];
    assert.equal(other !== undefined && "reasoning_details" in other, false);
  });

  it("passes an empty list of reasoning back as well", () => {
    const messages = history.map((message) =>
      message.role === "assistant"
        ? { ...message, providerState: { ...state, data: { reasoning_details: [] } } }
        : message,
    );
    assert.deepEqual(toToolsRequest(requestOf({ messages }), "glm@openrouter").messages[2]?.reasoning_details, []);
  });

  it("sends broken arguments as a quotation, so that the history stays acceptable", () => {
    const [, , assistant] = toToolsRequest(requestOf({ messages: history }), null).messages;
    const calls = assistant?.tool_calls as { function: { arguments: string } }[];
    assert.deepEqual(
      calls.map((call) => JSON.parse(call.function.arguments)),
      [{ query: "x" }, { unparsed: "{broken" }],
    );
    assert.equal(assistant?.content, null);
  });

  it("joins user messages that follow each other, which some chat templates insist on", () => {
    const messages: ModelMessage[] = [...opening, { role: "user", content: "Earlier steps." }];
    const roles = toToolsRequest(requestOf({ messages }), null).messages.map(({ role }) => role);
    assert.deepEqual(roles, ["system", "user"]);
  });

  it("is the same text up to the new messages from call to call", () => {
    const first = JSON.stringify(toToolsRequest(requestOf({ messages: history.slice(0, 3) }), null).messages);
    const second = JSON.stringify(toToolsRequest(requestOf({ messages: history }), null).messages);
    assert.ok(second.startsWith(first.slice(0, -1)));
  });
});

describe("toTextRequest", () => {
  const request = toTextRequest(requestOf({ messages: history }));

  it("describes the functions in the system message and sends no tools", () => {
    assert.match(String(request.messages[0]?.content), /careful researcher[\s\S]*"name":"search"[\s\S]*"link_id"/);
    assert.equal("tools" in request, false);
  });

  it("shows results as one user message that says of which call they are", () => {
    const [, , assistant, observation] = request.messages;
    assert.equal(
      assistant?.content,
      '{"name":"search","arguments":{"query":"x"}}\n{"name":"click","arguments":"{broken"}',
    );
    assert.equal(observation?.role, "user");
    assert.match(
      String(observation?.content),
      /^Observation of search \{"query":"x"\}:\n【1[\s\S]*Observation of click/,
    );
    assert.equal(request.messages.length, 4);
  });

  it("says at the end, not in the system message, that no call may be made", () => {
    const closing = toTextRequest(requestOf({ messages: history, toolChoice: "none" }));
    assert.equal(closing.messages[0]?.content, request.messages[0]?.content);
    assert.match(String(closing.messages.at(-1)?.content), /Make no function call now\.$/);
  });
});

describe("toRawRequest", () => {
  it("uses only what the chat template of Rumination keeps: user, assistant and observation with text", () => {
    const messages: ModelMessage[] = [...history, { role: "user", content: "Does </think> matter?" }];
    const request = toRawRequest(requestOf({ messages }));
    const roles = request.messages.map(({ role }) => role);
    assert.deepEqual(roles, ["user", "assistant", "observation", "user"]);
    assert.ok(request.messages.every(({ content }) => typeof content === "string" && !content.includes("</think>")));
    assert.match(String(request.messages[0]?.content), /^You are a careful researcher\./);
    assert.deepEqual(request.stop, ["<|user|>", "<|observation|>", "<|endoftext|>"]);
  });
});
