/**
 * A date as pages and feeds write it, as ISO 8601 in UTC; null when it is none, or from a time before the web or after
 * tomorrow. Without a time zone it is taken as UTC, so that the same page gives the same date on every machine.
 */
export function isoDate(text: string): string | null {
  const date = text.trim().slice(0, MAX_DATE_CHARS);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  const numbers = compact ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(date);
  const milliseconds =
    numbers === null
      ? Date.parse(withZone(date))
      : Date.UTC(Number(numbers[1]), Number(numbers[2]) - 1, Number(numbers[3]));
  const isPlausible = milliseconds >= EARLIEST && milliseconds <= Date.now() + ONE_DAY_MS;
  return isPlausible ? new Date(milliseconds).toISOString() : null;
}

function withZone(date: string): string {
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(date)) return `${date.replace(" ", "T")}Z`;
  return HAS_ZONE.test(date) || !/\d{4}/.test(date) ? date : `${date} UTC`;
}

const MAX_DATE_CHARS = 64;
const ONE_DAY_MS = 86_400_000;
const EARLIEST = Date.UTC(1990, 0, 1);
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC|\b[ECMP][SD]T)\s*(?:\([^)]*\))?$/i;
