import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readQuestion } from "../../src/chat/question.ts";
import { RuminateError, userMessageFor } from "../../src/errors.ts";

function failureOf(text: string): RuminateError {
  try {
    readQuestion(text);
  } catch (error) {
    if (error instanceof RuminateError) return error;
  }
  return assert.fail("expected the question to be refused");
}

describe("the asker's question", () => {
  it("is taken as it was written, without what cannot be seen", () => {
    assert.equal(readQuestion("  Why\u202e did it\u200b fail?\n"), "Why did it fail?");
    assert.equal(readQuestion("北京大学在哪里?"), "北京大学在哪里?");
  });

  it("is refused when it holds no word", () => {
    for (const text of ["", "   ", "?!", "\u200b\u0000"]) assert.equal(failureOf(text).code, "QUESTION_EMPTY");
  });

  it("is refused when it is too long, with its length and the limit", () => {
    const error = failureOf("why ".repeat(5_000));
    assert.equal(error.code, "QUESTION_TOO_LONG");
    assert.match(userMessageFor(error), /19999 characters, at most 4000/);
  });
});
