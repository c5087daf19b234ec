import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCommand } from "../../src/chat/command.ts";

describe("the words of a message", () => {
  it("are a question unless they can be nothing else", () => {
    const question = { kind: "question", depth: "standard", form: "brief" };
    for (const text of [
      "Stop the presses: who said it?",
      "What is the status of RFC 9110?",
      "help me choose a queue",
    ]) {
      assert.deepEqual(parseCommand(text), { ...question, text });
    }
  });

  it("are a command when they stand alone", () => {
    assert.deepEqual(
      ["stop", " Cancel! ", "STATUS", "answer?", "Usage", "history", "settings", "help"].map(
        (text) => parseCommand(text).kind,
      ),
      ["stop", "stop", "status", "answer", "usage", "history", "settings", "help"],
    );
  });

  it("choose depth and form before a colon or with two dashes, as chat clients write them, too", () => {
    const expected = { kind: "question", text: "compare A and B", depth: "deep", form: "table" };
    assert.deepEqual(parseCommand("deep table: compare A and B"), expected);
    assert.deepEqual(parseCommand("compare A and B --deep --table"), expected);
    assert.deepEqual(parseCommand("compare A and B —deep —table"), expected);
  });

  it("choose depth and form before the word that a question begins with, and nowhere else", () => {
    const expected = { kind: "question", text: "why is the sky blue?", depth: "deep", form: "brief" };
    assert.deepEqual(parseCommand("deep why is the sky blue?"), expected);
    assert.deepEqual(parseCommand("Quick table compare A and B"), {
      ...expected,
      ...{ text: "compare A and B", depth: "quick", form: "table" },
    });
    for (const text of ["deep learning: what is it?", "quick ratio of Ford in 2024", "Report what you see as a table?"])
      assert.equal((parseCommand(text) as { depth: string }).depth, "standard", text);
  });

  it("keep a colon and dashes that belong to the question", () => {
    const text = "Which is right: --deepest or deep-freeze?";
    assert.deepEqual(parseCommand(text), { kind: "question", text, depth: "standard", form: "brief" });
  });

  it("choose the form at the end of the question, where they can be nothing else", () => {
    const expected = { kind: "question", text: "Compare A and B?", depth: "standard", form: "table" };
    assert.deepEqual(parseCommand("Compare A and B as a table?"), expected);
    const within = "Who published it as a report in 2024?";
    assert.deepEqual(parseCommand(within), { kind: "question", text: within, depth: "standard", form: "brief" });
  });
});
