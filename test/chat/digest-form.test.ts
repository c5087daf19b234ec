import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readDigestCommand } from "../../src/chat/digest-command.ts";
import { describeOptions, formOf, readDigestForm } from "../../src/chat/digest-form.ts";
import type { DigestForm } from "../../src/chat-ports.ts";
import type { Digest } from "../../src/types.ts";

const NOW = new Date("2026-11-27T12:00:00Z");
const LIMITS = { perRun: 0.5, perMonth: null };

function read(fields: Partial<DigestForm>) {
  const form = { ...formOf(null, "Europe/Berlin"), topic: "PostgreSQL", ...fields };
  return readDigestForm(form, { timeZone: "UTC", limits: LIMITS, now: NOW });
}

function digestOf(wish: ReturnType<typeof read>): Digest {
  if (Array.isArray(wish)) return assert.fail(JSON.stringify(wish));
  const place = { platform: "test", workspaceId: "W1", channelId: "C1", threadId: null };
  const rest = { state: "active", pausedBecause: null, failures: 0, nextDueAt: null, createdAt: "" } as const;
  return { ...wish, ...rest, id: "abcde", place, owner: "test:ada" };
}

describe("the form of a digest", () => {
  it("asks for the same as the same words in a message", () => {
    const words =
      "digest Mondays 08:30 in Europe/Berlin: news about pg-boss? feed https://example.org/a.xml --brief --say-nothing-new --run-cap $0,20 --month-cap 5";
    const command = readDigestCommand(words, NOW);
    const form = read({
      timetable: "Mondays 08:30",
      topic: "news about pg-boss? feed https://example.org/a.xml",
      ...{ length: "brief", whenNothingNew: "line", runCap: "$0,20", monthCap: "5" },
    });
    assert.deepEqual(command, { kind: "create", wish: form });
    const talk = readDigestCommand("every Friday at 16:00 in Europe/Berlin summarise this channel", NOW);
    const wish = read({ kind: "talk", timetable: "every Friday at 16:00" });
    assert.deepEqual(talk, { kind: "create", wish });
    assert.deepEqual(read({ topic: "summarise this channel", timetable: "every Friday at 16:00" }), wish);
    assert.deepEqual(command, {
      kind: "create",
      wish: read({
        timetable: "Mondays 08:30 in Europe/Berlin",
        topic: words.slice(words.indexOf(": ") + 2),
      }),
    });
  });

  it("says at each field what is wrong there, all at once", () => {
    const problems = read({
      topic: " ",
      timetable: "every other Friday",
      timeZone: "Mars",
      runCap: "2",
      monthCap: "much",
    });
    assert.ok(Array.isArray(problems));
    assert.deepEqual(
      new Map(problems.map(({ field, text }) => [field, text.slice(0, 33)])),
      new Map([
        ["timeZone", "Expected a time zone such as Euro"],
        ["timetable", 'Expected a timetable such as "eve'],
        ["topic", "Write what it is about."],
        ["runCap", "Whoever runs me allows at most $0"],
        ["monthCap", "Expected an amount in US dollars "],
      ]),
    );
    const never = read({ timetable: "0 9 31 2 *" });
    assert.deepEqual(never, [{ field: "timetable", text: "That day never comes." }]);
  });

  it("is filled in as the digest is, and unchanged asks for the same digest", () => {
    for (const fields of [
      {
        topic: "pg-boss feed https://example.org/a.xml feed https://example.org/b.xml",
        timetable: "first of the month at 10:00",
      },
      { kind: "talk", researchesOpenQuestions: true, timetable: "5 9-17 * * 1-5", runCap: "0.2", monthCap: "5" },
      { timetable: "Tuesdays and Fridays 16:45", timeZone: "America/New_York", length: "brief" },
      { timetable: "weekends at noon", whenNothingNew: "line" },
    ] as const) {
      const digest = digestOf(read(fields));
      assert.deepEqual(digestOf(read(formOf(digest, "UTC"))), digest);
    }
    assert.equal(formOf(digestOf(read({ timetable: "0 9 * * 1-5" })), "UTC").timetable, "every weekday at 09:00");
    assert.equal(formOf(digestOf(read({ timetable: "15 9-17/2 * 3 1" })), "UTC").timetable, "15 9-17/2 * 3 1");
  });

  it("lets a zone among the words win over the field", () => {
    assert.equal(digestOf(read({ timetable: "daily at 7 in Asia/Tokyo" })).timeZone, "Asia/Tokyo");
    assert.equal(digestOf(read({ timeZone: "" })).timeZone, "UTC");
  });

  it("says in a line how it is told and what it may cost", () => {
    const { options } = digestOf(read({ length: "brief", runCap: "0.2", monthCap: "5" }));
    assert.equal(
      describeOptions(options),
      "At most 3 points; nothing is said when there is nothing new; at most $0.20 each time and $5.00 a month",
    );
  });
});
