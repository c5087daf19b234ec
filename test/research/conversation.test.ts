import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { ModelMessage } from "../../src/ports.ts";
import { createConversation, tokensOf } from "../../src/research/conversation.ts";

const OPENING: ModelMessage[] = [
  { role: "system", content: "You are a researcher. ".repeat(20) },
  { role: "user", content: "Question: what is a heron?" },
];

function turn(id: number, chars: number) {
  const full = `page ${id} ${"x".repeat(chars)}`;
  return {
    reply: {
      text: `I open ${id}.`,
      toolCalls: [{ id: `call-${id}`, name: "click", arguments: { link_id: id } }],
      providerState: null,
    },
    observations: [{ full, stub: `【${id}】 page ${id}\n- "kept passage ${id}"`, line: `【${id}】 read` }],
  };
}

describe("the context plan", () => {
  it("keeps every prompt below the window, at any window and any length of pages", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8_000, 32_000, 128_000),
        fc.array(fc.integer({ min: 10, max: 60_000 }), { minLength: 1, maxLength: 40 }),
        (contextTokens, lengths) => {
          const conversation = createConversation(OPENING, [], contextTokens);
          lengths.forEach((chars, id) => {
            const { reply, observations } = turn(id, chars);
            conversation.addTurn(reply, observations);
            const messages = conversation.messages(2_000);
            assert.ok(tokensOf(messages) + 2_000 <= contextTokens, `${tokensOf(messages)} of ${contextTokens}`);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the prefix the same between folds, and folds in strides", () => {
    const conversation = createConversation(OPENING, [], 8_000);
    let changes = 0;
    let before: ModelMessage[] = [];
    for (let id = 0; id < 30; id++) {
      const { reply, observations } = turn(id, 2_000);
      conversation.addTurn(reply, observations);
      const messages = conversation.messages(1_000);
      const isPrefixKept = before.every(
        (message, index) => JSON.stringify(message) === JSON.stringify(messages[index]),
      );
      if (!isPrefixKept) changes += 1;
      before = messages;
    }
    assert.ok(changes >= 2 && changes <= 10, `${changes} changes of the prefix in 30 turns`);
  });

  it("keeps number and passages of a folded page, and the newest page in full", () => {
    const conversation = createConversation(OPENING, [], 8_000);
    for (let id = 0; id < 6; id++) {
      const { reply, observations } = turn(id, 6_000);
      conversation.addTurn(reply, observations);
      conversation.messages(1_000);
    }
    const text = JSON.stringify(conversation.messages(1_000));
    assert.match(text, /kept passage 3/);
    assert.match(text, /page 5 xxxx/);
    assert.doesNotMatch(text, /page 1 xxxx/);
  });

  it("answers every tool call that it shows, so that no endpoint refuses the prompt", () => {
    const conversation = createConversation(OPENING, [], 8_000);
    for (let id = 0; id < 80; id++) {
      const { reply, observations } = turn(id, 3_000);
      conversation.addTurn(reply, observations);
      const messages = conversation.messages(1_000);
      const called = messages.flatMap((message) =>
        message.role === "assistant" ? message.toolCalls.map((call) => call.id) : [],
      );
      const answered = messages.flatMap((message) => (message.role === "tool" ? [message.callId] : []));
      assert.deepEqual(answered, called);
    }
  });

  it("plans with the tokens that the server counted", () => {
    const conversation = createConversation(OPENING, [], 8_000);
    const { reply, observations } = turn(1, 8_000);
    conversation.addTurn(reply, observations);
    const estimated = tokensOf(conversation.messages(1_000));
    conversation.correct(estimated * 2);
    conversation.addTurn(turn(2, 8_000).reply, turn(2, 8_000).observations);
    assert.ok(tokensOf(conversation.messages(1_000)) * 2 <= 7_000);
  });
});
