import { invalid, readCron, WEEKDAY_NAMES } from "./cron.ts";

const EXAMPLES = '"every weekday at 9", "Mondays 08:30", "first of the month at 10:00" or a cron expression';

/** Nine in the morning, where the words say a day and no time. */
const USUAL_TIME: Time = { hour: 9, minute: 0 };

interface Time {
  hour: number;
  minute: number;
}

/**
 * A timetable in words, or a cron expression, as a cron expression of five fields. All words must be understood:
 * "every other Friday" is refused, not taken as "every Friday".
 *
 * @throws {RuminateError} TIMETABLE_INVALID, in words for people
 */
export function parseTimetable(text: string): string {
  const words = text.trim().toLowerCase().replace(/\s+/g, " ").replace(/[.!]$/, "");
  if (/^[\d*][\d*/,-]* \S+ \S+ \S+ \S+$/.test(words)) {
    readCron(words);
    return words;
  }
  if (/^(?:hourly|every hour)$/.test(words)) return "0 * * * *";
  const { time, rest } = takeTime(words);
  const days = daysOf(rest);
  if (days === null) throw invalid(`Expected a timetable such as ${EXAMPLES}, got "${text.trim()}".`);
  const { hour, minute } = time ?? USUAL_TIME;
  return `${minute} ${hour} ${days}`;
}

const CLOCK = /(?:^| )(?:at |@ ?)?(\d{1,2})[:.](\d{2}) ?(am|pm)?(?= |$)/;
const HOUR_ALONE = /(?:^| )(?:at |@ ?)(\d{1,2}) ?(am|pm|o'clock|h)?(?= |$)|(?:^| )(\d{1,2}) ?(am|pm|o'clock)(?= |$)/;
const NAMED = /(?:^| )(?:at )?(noon|midnight)(?= |$)/;

/** The one time in the words; a second one stays in the rest, which is then not understood. */
function takeTime(words: string): { time: Time | null; rest: string } {
  const match = CLOCK.exec(words) ?? HOUR_ALONE.exec(words) ?? NAMED.exec(words);
  if (match === null) return { time: null, rest: words };
  const rest = `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}`.replace(/\s+/g, " ");
  return { time: timeOf(match), rest: rest.trim() };
}

function timeOf(match: RegExpExecArray): Time {
  if (match[1] === "noon") return { hour: 12, minute: 0 };
  if (match[1] === "midnight") return { hour: 0, minute: 0 };
  const hasMinutes = /^\d{2}$/.test(match[2] ?? "");
  const half = hasMinutes ? match[3] : (match[2] ?? match[4]);
  const hour = Number(match[1] ?? match[3]);
  const minute = hasMinutes ? Number(match[2]) : 0;
  const isHalfDay = half === "am" || half === "pm";
  if (hour > 23 || minute > 59 || (isHalfDay && (hour < 1 || hour > 12))) {
    throw invalid(`Expected a time such as 9, 9:30 pm or 16:00, got "${match[0].trim()}".`);
  }
  return { hour: isHalfDay ? (hour % 12) + (half === "pm" ? 12 : 0) : hour, minute };
}

/** The last three fields, or null for words that are not understood. */
function daysOf(words: string): string | null {
  const plain = words.replace(/^(?:and )?(?:on )?(?:every|each|all|the)? ?/, "").replace(/,$/, "");
  if (/^(?:day|daily|days)?$/.test(plain)) return "* * *";
  if (/^(?:week|work|working|business) ?days?$/.test(plain)) return "* * 1-5";
  if (/^weekends?$/.test(plain)) return "* * 0,6";
  if (/^(?:week|weekly)$/.test(plain)) return "* * 1";
  if (/^(?:month|monthly)$/.test(plain)) return "1 * *";
  const weekdays = weekdaysOf(plain.replace(/^week(?:ly)? on /, ""));
  if (weekdays !== null) return `* * ${weekdays}`;
  const days = daysOfMonth(plain);
  return days === null ? null : `${days} * *`;
}

function weekdaysOf(words: string): string | null {
  const range = /^(\w+)(?: ?[-–] ?| to | through )(\w+)$/.exec(words);
  if (range !== null) {
    const [from, to] = [weekdayOf(range[1]), weekdayOf(range[2])];
    if (from === null || to === null) return null;
    const length = ((to - from + 7) % 7) + 1;
    return listOf(Array.from({ length }, (_, place) => (from + place) % 7));
  }
  const days = partsOf(words).map(weekdayOf);
  return days.every((day) => day !== null) ? listOf(days) : null;
}

function weekdayOf(word = ""): number | null {
  const name = word.replace(/^(?:on )?(?:every |each )?/, "").replace(/(?<=[a-z]{3})s$/, "");
  const day = WEEKDAY_NAMES.findIndex((known) => known === name || (name.length >= 3 && abbreviates(name, known)));
  return day === -1 ? null : day;
}

/** mon, tue, tues, wed, weds, thu, thur, thurs … */
function abbreviates(word: string, name: string): boolean {
  return word.length <= 5 && (name.startsWith(word) || `${name.slice(0, 3)}s` === word);
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** "first of the month", "1st and 15th", "first day of each month", "month on the 3rd". */
function daysOfMonth(words: string): string | null {
  const days = /^(?:month on the |monthly on the )?(.+?)(?: days?)?(?: of (?:the|each|every) month)?$/.exec(words)?.[1];
  if (days === undefined) return null;
  const numbers = partsOf(days).map((part) => {
    const word = part.replace(/^the /, "");
    const place = ORDINALS.indexOf(word);
    return place >= 0 ? place + 1 : Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(word)?.[1] ?? 0);
  });
  return numbers.every((number) => number >= 1 && number <= 31) ? listOf(numbers) : null;
}

function partsOf(words: string): string[] {
  return words.split(/ ?, ?(?:and )?| and | ?& ?/);
}

function listOf(numbers: (number | null)[]): string {
  const sorted = [...new Set(numbers)].filter((number) => number !== null).sort((one, other) => one - other);
  return sorted.join(",");
}
