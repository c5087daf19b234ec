import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { presentTimetable } from "../../src/chat/timetable/describe-timetable.ts";
import { nextTimes } from "../../src/chat/timetable/next-times.ts";
import { parseTimetable } from "../../src/chat/timetable/parse-timetable.ts";
import { RuminateError } from "../../src/errors.ts";

const START = "2026-01-01T00:00:00.000Z";

function allOf2026(cron: string, timeZone: string): string[] {
  const times = nextTimes({ cron, timeZone }, { after: START, count: 367 });
  return times.filter((time) => time < "2027-01-01T00:00:00.000Z");
}

/** Walks the hours of the year in UTC and looks at the clock of the zone: another way than the timetable's. */
function instantsWhere(timeZone: string, isTime: (wall: Temporal.ZonedDateTime) => boolean): string[] {
  const found: string[] = [];
  for (let at = Date.parse(START) + 1_800_000; at < Date.UTC(2027, 0, 1); at += 1_800_000) {
    const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    if (isTime(wall)) found.push(new Date(at).toISOString());
  }
  return found;
}

describe("a timetable", () => {
  it("fires on each weekday of a year in New York at nine on the wall", () => {
    const expected = instantsWhere(
      "America/New_York",
      (wall) => wall.dayOfWeek <= 5 && wall.hour === 9 && wall.minute === 0,
    );
    assert.equal(expected.length, 261);
    assert.deepEqual(allOf2026(parseTimetable("every weekday at 9"), "America/New_York"), expected);
  });

  it("fires once a day at 02:30 in Berlin: an hour later in the gap, the first time in the fold", () => {
    const seen = new Set<string>();
    const expected = instantsWhere("Europe/Berlin", (wall) => {
      const day = wall.toPlainDate().toString();
      const isGap = day === "2026-03-29";
      if (wall.hour !== (isGap ? 3 : 2) || wall.minute !== 30 || seen.has(day)) return false;
      seen.add(day);
      return true;
    });
    assert.equal(expected.length, 365);
    assert.ok(expected.includes("2026-03-29T01:30:00.000Z") && expected.includes("2026-10-25T00:30:00.000Z"));
    assert.deepEqual(allOf2026(parseTimetable("daily at 02:30"), "Europe/Berlin"), expected);
  });

  it("keeps the order when a gap at midnight or a lost day moves a time", () => {
    const after = "2026-09-05T12:00:00.000Z";
    const santiago = nextTimes({ cron: "30 0,1 * * *", timeZone: "America/Santiago" }, { after, count: 3 });
    assert.deepEqual(santiago, ["2026-09-06T04:30:00.000Z", "2026-09-07T03:30:00.000Z", "2026-09-07T04:30:00.000Z"]);
    const apia = { cron: "0 9 * * *", timeZone: "Pacific/Apia" };
    assert.deepEqual(nextTimes(apia, { after: "2011-12-29T10:00:00.000Z", count: 2 }), [
      "2011-12-29T19:00:00.000Z",
      "2011-12-30T19:00:00.000Z",
    ]);
  });

  it("is understood in words and as cron", () => {
    const expected = {
      "every weekday at 9": "0 9 * * 1-5",
      "Mondays 08:30": "30 8 * * 1",
      "first of the month": "0 9 1 * *",
      "every Friday at 16:00": "0 16 * * 5",
      "at 9:30 pm on tuesdays and Thursdays": "30 21 * * 2,4",
      "Fri to Mon at noon": "0 12 * * 0,1,5,6",
      "every 1st and 15th of the month at 12am": "0 0 1,15 * *",
      daily: "0 9 * * *",
      "weekly on Fridays": "0 9 * * 5",
      "every hour": "0 * * * *",
      "15 7 * * mon-fri": "15 7 * * mon-fri",
    };
    for (const [words, cron] of Object.entries(expected)) assert.equal(parseTimetable(words), cron, words);
  });

  it("is refused when a word is not understood, rather than half taken", () => {
    const texts = ["every other Friday", "first Monday of the month", "every day at 9 and at 17:00", "at 25:00"];
    for (const text of [...texts, "*/5 * * * *", "0 9 * * 8", "0 9 5-2 * *", "13pm daily", "soon"]) {
      assert.throws(() => parseTimetable(text), isRefusal, text);
    }
    assert.throws(() => nextTimes({ cron: "0 9 31 2 *", timeZone: "UTC" }, { after: START, count: 1 }), isRefusal);
    assert.throws(() => nextTimes({ cron: "0 9 * * *", timeZone: "Mars/X" }, { after: START, count: 1 }), isRefusal);
  });

  it("is shown in words with the next three times", () => {
    assert.equal(
      presentTimetable({ cron: "0 9 * * 1-5", timeZone: "Europe/Berlin" }, "2026-11-27T11:00:00.000Z"),
      "every weekday at 09:00 (Europe/Berlin): next Mon 30 Nov 2026 09:00, Tue 1 Dec 2026 09:00, Wed 2 Dec 2026 09:00",
    );
  });
});

function isRefusal(error: unknown): boolean {
  return error instanceof RuminateError && error.code === "TIMETABLE_INVALID";
}
