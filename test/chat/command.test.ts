import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCommand } from "../../src/chat/command.ts";

describe("the words of a message", () => {
  it("are a question unless they can be nothing else", () => {
    for (const text of [
      "Stop the presses: who said it?",
      "What is the status of RFC 9110?",
      "help me choose a queue",
      "settings for nginx tls?",
      "settings depth of field on a Leica?",
      "settings language models need to be fast",
    ]) {
      assert.deepEqual(parseCommand(text), { kind: "question", text, depth: null, form: null });
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

  const asked: [words: string, question: string, depth: string | null, form: string | null][] = [
    ["deep table: compare A and B", "compare A and B", "deep", "table"],
    ["deep, report: compare A and B", "compare A and B", "deep", "report"],
    ["compare A and B --deep --table", "compare A and B", "deep", "table"],
    ["compare A and B —deep —table", "compare A and B", "deep", "table"],
    ["deep why is the sky blue?", "why is the sky blue?", "deep", null],
    ["Quick table compare A and B", "compare A and B", "quick", "table"],
    ["please go deep on why the sky is blue", "why the sky is blue", "deep", null],
    ["do a deep dive into pg-boss", "pg-boss", "deep", null],
    ["Explain B-trees in depth, please.", "Explain B-trees.", "deep", null],
    ["Compare A and B as a table?", "Compare A and B?", null, "table"],
    ["Compare A and B in a table, with their prices", "Compare A and B, with their prices", null, "table"],
    ["write me a report on heat pumps", "heat pumps", null, "report"],
    // May be part of the matter: it counts, and stays.
    ["deep impact of tariffs on chips", "deep impact of tariffs on chips", "deep", null],
    ["quick overview of RFC 9110", "quick overview of RFC 9110", "quick", null],
    // Are the matter.
    ["deep learning: what is it?", "deep learning: what is it?", null, null],
    ["quick ratio of Ford in 2024", "quick ratio of Ford in 2024", null, null],
    ["Deep Purple and their first record", "Deep Purple and their first record", null, null],
    ["Report what you see as a table?", "Report what you see?", null, "table"],
    ["Who published it as a report in 2024?", "Who published it as a report in 2024?", null, null],
    ["Which is right: --deepest or deep-freeze?", "Which is right: --deepest or deep-freeze?", null, null],
  ];
  for (const [words, text, depth, form] of asked)
    it(`say how to answer: ${words}`, () => {
      assert.deepEqual(parseCommand(words), { kind: "question", text, depth, form });
    });

  const set: [words: string, scope: string, name: string, value: string | null][] = [
    ["settings depth deep", "person", "depth", "deep"],
    ["Settings my language to German.", "person", "language", "German"],
    ["settings channel answers off", "channel", "answers", "off"],
    ["settings server questions per day = 20", "workspace", "questions per day", "20"],
    ["settings time zone: Europe/Berlin", "person", "time zone", "Europe/Berlin"],
    [
      "settings workspace blocked sites example.com, example.org",
      "workspace",
      "blocked sites",
      "example.com, example.org",
    ],
    ["settings depth default", "person", "depth", null],
    // Meant so, and wrong: the answer says what was expected.
    ["settings depth = bottomless", "person", "depth", "bottomless"],
  ];
  for (const [words, scope, name, value] of set)
    it(`change a setting: ${words}`, () => {
      assert.deepEqual(parseCommand(words), { kind: "settings", change: { scope, name, value } });
    });
});
