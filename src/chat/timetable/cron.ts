import { RuminateError } from "../../errors.ts";

/** A cron expression of five fields, as sets of wall-clock values. */
export interface Cron {
  minute: number;
  hours: ReadonlySet<number>;
  daysOfMonth: ReadonlySet<number>;
  months: ReadonlySet<number>;
  /** 0 is Sunday. */
  weekdays: ReadonlySet<number>;
  /** cron(8): when both fields of days are given, a day that fits one of them is enough. */
  isEitherDay: boolean;
}

interface Field {
  name: string;
  low: number;
  high: number;
  names?: readonly string[];
}

export const WEEKDAY_NAMES = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

const MINUTE: Field = { name: "minute", low: 0, high: 59 };
const HOUR: Field = { name: "hour", low: 0, high: 23 };
const DAY: Field = { name: "day of the month", low: 1, high: 31 };
const MONTH: Field = { name: "month", low: 1, high: 12, names: MONTH_NAMES };
// 7 is Sunday, too.
const WEEKDAY: Field = { name: "weekday", low: 0, high: 7, names: WEEKDAY_NAMES.map((name) => name.slice(0, 3)) };

/** @throws {RuminateError} TIMETABLE_INVALID, in words for people */
export function readCron(expression: string): Cron {
  const fields = expression.trim().toLowerCase().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    throw invalid(`Expected a cron expression with 5 fields, got ${fields.length}.`);
  }
  const [onlyMinute, ...otherMinutes] = valuesOf(minute, MINUTE);
  if (onlyMinute === undefined || otherMinutes.length > 0) {
    throw invalid("A digest comes at most once an hour: give one minute, for example `0 9 * * 1-5`.");
  }
  return {
    minute: onlyMinute,
    hours: valuesOf(hour, HOUR),
    daysOfMonth: valuesOf(day, DAY),
    months: valuesOf(month, MONTH),
    weekdays: new Set(Array.from(valuesOf(weekday, WEEKDAY), (value) => value % 7)),
    isEitherDay: !day.startsWith("*") && !weekday.startsWith("*"),
  };
}

/** `*`, `5`, `1-5`, `mon`, each with an optional step, joined with commas. */
function valuesOf(text: string, field: Field): Set<number> {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const [range = "", step = "1", ...rest] = item.split("/");
    const [from, to] = boundsOf(range, item.includes("/"), field);
    if (rest.length > 0 || !/^\d+$/.test(step) || Number(step) === 0 || from > to) throw unreadable(item, field);
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return values;
}

function boundsOf(range: string, hasStep: boolean, field: Field): [number, number] {
  if (range === "*") return [field.low, field.high === 7 ? 6 : field.high];
  const [first = "", last, ...rest] = range.split("-");
  if (rest.length > 0) throw unreadable(range, field);
  const from = numberOf(first, field);
  if (last !== undefined) return [from, numberOf(last, field)];
  return [from, hasStep ? field.high : from];
}

function numberOf(text: string, field: Field): number {
  const place = field.names?.indexOf(text) ?? -1;
  const value = place >= 0 ? place + field.low : Number(text);
  if ((place < 0 && !/^\d{1,2}$/.test(text)) || value < field.low || value > field.high) throw unreadable(text, field);
  return value;
}

function unreadable(text: string, { name, low, high }: Field): RuminateError {
  return invalid(`Expected a ${name} from ${low} to ${high} in the cron expression, got \`${text}\`.`);
}

export function invalid(message: string): RuminateError {
  return new RuminateError("TIMETABLE_INVALID", message);
}
