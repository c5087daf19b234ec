import { type Cron, invalid, readCron } from "./cron.ts";

/** When something happens: what the clock on the wall of the zone shows. */
export interface Timetable {
  /** Five fields, as `parseTimetable` gives them. */
  cron: string;
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
}

// 29 February can be eight years away (1896 to 1904, 2096 to 2104).
const MAX_DAYS = 8 * 366 + 1;

/**
 * The next `count` times after an instant, as ISO 8601 in UTC, ascending.
 *
 * A wall-clock time that a change to summer time leaves out happens as much later as the gap is long (02:30 becomes
 * 03:30); one that comes twice happens the first time only.
 *
 * @throws {RuminateError} TIMETABLE_INVALID also when no day ever fits, such as 31 February
 */
export function nextTimes(timetable: Timetable, { after, count }: { after: string; count: number }): string[] {
  const cron = readCron(timetable.cron);
  const timeZone = readTimeZone(timetable.timeZone);
  const times: Temporal.Instant[] = [];
  let last = Temporal.Instant.from(after);
  while (times.length < count) {
    last = nextTime(cron, timeZone, last);
    times.push(last);
  }
  return times.map((time) => new Date(time.epochMilliseconds).toISOString());
}

/** @throws {RuminateError} TIMETABLE_INVALID for a zone that nobody knows */
export function readTimeZone(name: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name.trim()).timeZoneId;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(`Expected a time zone such as Europe/Berlin or America/New_York, got "${name}".`);
  }
}

/** Starts a day early: a gap at midnight moves a time into the next day. Looks at two days at once for the same reason. */
function nextTime(cron: Cron, timeZone: string, after: Temporal.Instant): Temporal.Instant {
  let day = after.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 });
  for (let days = 0; days <= MAX_DAYS; days++) {
    const following = day.add({ days: 1 });
    const [next] = [...timesOf(cron, day, timeZone), ...timesOf(cron, following, timeZone)]
      .filter((time) => Temporal.Instant.compare(time, after) > 0)
      .sort(Temporal.Instant.compare);
    if (next !== undefined) return next;
    day = following;
  }
  throw invalid("That day never comes.");
}

function timesOf(cron: Cron, day: Temporal.PlainDate, timeZone: string): Temporal.Instant[] {
  if (!fits(cron, day)) return [];
  return Array.from(cron.hours, (hour) =>
    day
      .toPlainDateTime({ hour, minute: cron.minute })
      .toZonedDateTime(timeZone, { disambiguation: "compatible" })
      .toInstant(),
  );
}

function fits(cron: Cron, day: Temporal.PlainDate): boolean {
  const isDayOfMonth = cron.daysOfMonth.has(day.day);
  const isWeekday = cron.weekdays.has(day.dayOfWeek % 7);
  return cron.months.has(day.month) && (cron.isEitherDay ? isDayOfMonth || isWeekday : isDayOfMonth && isWeekday);
}
