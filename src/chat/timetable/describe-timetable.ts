import { type Cron, readCron, WEEKDAY_NAMES } from "./cron.ts";
import { nextTimes, readTimeZone, type Timetable } from "./next-times.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/**
 * The timetable in words with the next three times, as it is shown before it is saved:
 * "every weekday at 09:00 (Europe/Berlin): next Mon 30 Nov 2026 09:00, Tue 1 Dec 2026 09:00, Wed 2 Dec 2026 09:00".
 */
export function presentTimetable(timetable: Timetable, now: string): string {
  const times = nextTimes(timetable, { after: now, count: 3 }).map((time) => wallTime(time, timetable.timeZone));
  return `${describeTimetable(timetable)}: next ${times.join(", ")}`;
}

/** @throws {RuminateError} TIMETABLE_INVALID */
export function describeTimetable({ cron, timeZone }: Timetable): string {
  const read = readCron(cron);
  const months = read.months.size === 12 ? "" : ` in ${join(sorted(read.months).map((month) => MONTHS[month - 1]))}`;
  return `${daysInWords(read)}${months} ${timesInWords(read)} (${readTimeZone(timeZone)})`;
}

/** An instant as the clock on the wall shows it: "Mon 30 Nov 2026 09:00". */
export function wallTime(time: string, timeZone: string): string {
  const { day, month, year, hour, minute, dayOfWeek } = Temporal.Instant.from(time).toZonedDateTimeISO(timeZone);
  const weekday = capital(WEEKDAY_NAMES[dayOfWeek % 7] ?? "").slice(0, 3);
  return `${weekday} ${day} ${MONTHS[month - 1]?.slice(0, 3)} ${year} ${clock(hour, minute)}`;
}

function daysInWords({ daysOfMonth, weekdays, isEitherDay }: Cron): string {
  const ofMonth = daysOfMonth.size === 31 ? "" : `on the ${join(sorted(daysOfMonth).map(ordinal))} of the month`;
  const ofWeek = weekdays.size === 7 ? "" : weekdaysInWords(weekdays);
  if (ofMonth === "" && ofWeek === "") return "every day";
  if (ofMonth === "" || ofWeek === "") return ofMonth || ofWeek;
  return isEitherDay ? `${ofMonth} and ${ofWeek}` : `${ofMonth} when it is ${ofWeek.replace("every ", "a ")}`;
}

function weekdaysInWords(weekdays: ReadonlySet<number>): string {
  const days = sorted(weekdays);
  if (days.join() === "1,2,3,4,5") return "every weekday";
  if (days.join() === "0,6") return "every Saturday and Sunday";
  return `every ${join(days.map((day) => capital(WEEKDAY_NAMES[day] ?? "")))}`;
}

function timesInWords({ hours, minute }: Cron): string {
  if (hours.size === 24) return minute === 0 ? "every full hour" : `every hour at minute ${minute}`;
  return `at ${join(sorted(hours).map((hour) => clock(hour, minute)))}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function ordinal(day: number): string {
  const ending = day >= 11 && day <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

function join(parts: (string | undefined)[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(parts.filter((part) => part !== undefined));
}

function sorted(numbers: ReadonlySet<number>): number[] {
  return [...numbers].sort((one, other) => one - other);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
