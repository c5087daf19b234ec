import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type DigestChange, type DigestCommand, readDigestCommand } from "../../src/chat/digest-command.ts";
import { RuminateError } from "../../src/errors.ts";

const NOW = new Date("2026-11-27T12:00:00Z");
const read = (text: string) => readDigestCommand(text, NOW);

function wishOf(command: DigestCommand | null) {
  if (command?.kind !== "create") return assert.fail("expected a wish for a digest");
  return command.wish;
}

describe("words about digests", () => {
  it("name what is to be done with one that is there", () => {
    assert.deepEqual(read("digests"), { kind: "list" });
    assert.deepEqual(read("digest"), { kind: "help" });
    assert.deepEqual(read("digest pause k3f9x"), { kind: "pause", id: "k3f9x" });
    assert.deepEqual(read("Digest resume K3F9X."), { kind: "resume", id: "k3f9x" });
  });

  const edits: [words: string, change: DigestChange][] = [
    [
      "Mondays 08:30: news about SQLite --brief",
      { timetable: "30 8 * * 1", timeZone: null, topic: "SQLite", options: { length: "brief", withTalk: false } },
    ],
    ["Mondays 08:30 in UTC", { timetable: "30 8 * * 1", timeZone: "UTC", options: {} }],
    ["daily at 7 --run-cap 0.5", { timetable: "0 7 * * *", timeZone: null, options: { maxRunUsd: 0.5 } }],
    ["about the Fed", { topic: "the Fed", options: { withTalk: false } }],
    [": the Fed", { topic: "the Fed", options: { withTalk: false } }],
    ["summarise this channel and what is new in Rust", { topic: "Rust", options: { withTalk: true } }],
    [
      "--silent --standard --month-cap none",
      { options: { whenNothingNew: "silent", length: "standard", maxMonthUsd: null } },
    ],
    ["feed https://example.org/a.xml", { options: { feeds: ["https://example.org/a.xml"] } }],
    ["--no-feeds", { options: { feeds: [] } }],
  ];
  for (const [words, change] of edits)
    it(`change one that is there in what they name, and in nothing else: ${words}`, () => {
      assert.deepEqual(read(`digest edit k3f9x ${words}`), { kind: "edit", id: "k3f9x", change });
    });

  it("that change nothing, or are not understood, are told what could be said", () => {
    for (const words of ["digest edit k3f9x", "digest edit k3f9x whatever you like"])
      assert.throws(() => read(words), { code: "TIMETABLE_INVALID" });
    assert.throws(() => read("digest edit k3f9x"), /the rest stays as it is/);
  });

  it("tell when and about what, with or without the word", () => {
    const wish = wishOf(read("digest every weekday at 9: news about pg-boss"));
    assert.deepEqual([wish.topic, wish.timetable, wish.timeZone], ["pg-boss", "0 9 * * 1-5", null]);
    assert.equal(wishOf(read("Mondays 08:30: what is new in PostgreSQL?")).topic, "PostgreSQL");
    assert.equal(wishOf(read("digest 0 9 * * 1: ECB rates: the latest")).topic, "ECB rates: the latest");
  });

  it("tell the zone, feeds, length and what to do without news", () => {
    const text =
      "digest daily at 7 in Europe/Berlin: the Rust language feed https://blog.rust-lang.org/feed.xml --run-cap $0.20 —month-cap 5 --brief --say-nothing-new";
    const { topic, timeZone, options } = wishOf(read(text));
    assert.deepEqual([topic, timeZone], ["the Rust language", "Europe/Berlin"]);
    assert.deepEqual(options, {
      length: "brief",
      whenNothingNew: "line",
      feeds: ["https://blog.rust-lang.org/feed.xml"],
      researchesOpenQuestions: false,
      maxRunUsd: 0.2,
      maxMonthUsd: 5,
    });
  });

  it("ask for the talk of the channel, in plain words", () => {
    const wish = wishOf(read("every Friday at 16:00 summarise this channel and research the open questions"));
    assert.deepEqual([wish.topic, wish.timetable], [null, "0 16 * * 5"]);
    assert.equal(wish.options.researchesOpenQuestions, true);
  });

  const both: [words: string, topic: string, looksUp: boolean][] = [
    ["every Friday at 16:00 summarise this channel and what is new in Rust", "Rust", false],
    [
      "digest Fridays 16:00: summarise this channel and research the open questions, and news about PostgreSQL 19",
      "PostgreSQL 19",
      true,
    ],
    ["digest Fridays 16:00: news about heat pumps and summarise this channel", "heat pumps", false],
  ];
  for (const [words, topic, looksUp] of both)
    it(`ask for the channel and a topic in one: ${words}`, () => {
      const wish = wishOf(read(words));
      assert.deepEqual([wish.topic, wish.timetable, wish.options.withTalk], [topic, "0 16 * * 5", true]);
      assert.equal(wish.options.researchesOpenQuestions, looksUp);
    });

  it("are left to the research when they are a question", () => {
    for (const text of [
      "What does the weekly digest of the ECB say?",
      "Is every weekday at 9: a good time?",
      "digestion: how long does it take?",
      "summarise this channel",
      "every country: which has the most lakes?",
    ])
      assert.equal(read(text), null, text);
  });

  it("say what was expected when the time is not understood", () => {
    for (const text of ["digest every other Friday: tea", "digest tea please"])
      assert.throws(
        () => read(text),
        (error) => error instanceof RuminateError && error.code === "TIMETABLE_INVALID",
        text,
      );
  });
});
