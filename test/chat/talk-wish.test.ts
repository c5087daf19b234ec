import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCommand } from "../../src/chat/command.ts";
import { readTalkWish } from "../../src/chat/talk-wish.ts";

// A Wednesday.
const NOW = new Date("2026-11-25T10:00:00.000Z");

describe("the wish to know what was said", () => {
  it("is read with its time", () => {
    const cases: [string, string][] = [
      ["Summarise this channel", "2026-11-18T10:00:00.000Z"],
      ["please summarize the channel today.", "2026-11-24T10:00:00.000Z"],
      ["recap of this channel since yesterday", "2026-11-23T10:00:00.000Z"],
      ["What was decided in this channel since Monday?", "2026-11-23T00:00:00.000Z"],
      ["digest this channel since Wednesday", "2026-11-18T00:00:00.000Z"],
      ["what was said here in the last 3 days", "2026-11-22T10:00:00.000Z"],
      ["summary of this channel for the past 2 weeks", "2026-11-11T10:00:00.000Z"],
      ["sum up this channel since 2026-11-20", "2026-11-20T00:00:00.000Z"],
    ];
    for (const [text, since] of cases) assert.equal(readTalkWish(text, NOW)?.since, since, text);
  });

  it("is read with its length and with open questions", () => {
    const wish = readTalkWish("Briefly summarise this channel since Monday and research the open questions", NOW);
    assert.deepEqual(wish, { since: "2026-11-23T00:00:00.000Z", isBrief: true, researchesOpenQuestions: true });
  });

  it("is not read from a question that only sounds like it, nor with a time that nobody can read", () => {
    for (const text of [
      "Summarise this channel's history of the Suez crisis",
      "summarise the English Channel",
      "What was said in the talk of Alan Kay in 1971?",
      "summarise this channel since the big bang",
      "summarise this channel for the last 900 days",
      "summarise this channel since 2026-12-24",
    ]) {
      assert.equal(readTalkWish(text, NOW), null, text);
      assert.equal(parseCommand(text, NOW).kind, "question", text);
    }
  });
});
