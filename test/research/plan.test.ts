import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parsePlan } from "../../src/research/plan.ts";

function texts(reply: string): string[] {
  return parsePlan(reply, "The question?").subQuestions.map(({ text }) => text);
}

describe("reading a plan", () => {
  it("finds the JSON in fences, behind prose and before remarks", () => {
    const json = '{"sub_questions": ["Who built it?", "When?"]}';
    for (const reply of [json, `\`\`\`json\n${json}\n\`\`\``, `Sure {here}: ${json} Hope it helps.`])
      assert.deepEqual(texts(reply), ["Who built it?", "When?"], reply);
  });

  it("takes a numbered list where there is no JSON, and the question where there is nothing", () => {
    assert.deepEqual(texts("My plan:\n1. Who built it?\n2) When was it built?"), [
      "Who built it?",
      "When was it built?",
    ]);
    assert.deepEqual(texts(""), ["The question?"]);
    assert.deepEqual(texts('{"sub_questions": []}'), ["The question?"]);
  });

  it("keeps at most six, without repetitions", () => {
    const many = ["a", "a", "b", "c", "d", "e", "f", "g"].map((letter) => `Question ${letter}?`);
    assert.equal(texts(JSON.stringify({ sub_questions: many })).length, 6);
  });

  it("always gives a plan, whatever the model writes", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (reply) => {
        const plan = parsePlan(reply, "The question?");
        assert.ok(plan.subQuestions.length >= 1 && plan.subQuestions.length <= 6);
      }),
    );
  });
});
