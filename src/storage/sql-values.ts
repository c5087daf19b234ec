/**
 * How values travel between our code and PostgreSQL, the same on both engines: `int8` and `numeric` are numbers,
 * `timestamptz` is an ISO 8601 UTC string, `date` stays "2026-11-22". Keys are type ids of pg_type.dat.
 *
 * Given with each query of ours and never set on the connection: pg-boss works on the same one and expects `Date`.
 */
export const COLUMN_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1082: (text) => text,
  1184: isoTime,
  1700: Number,
};

/** Parameters as PostgreSQL takes them: it refuses NUL characters in text, and lone surrogates are not UTF-8. */
export function cleanParameters(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    if (typeof value === "string") return cleanString(value);
    return Array.isArray(value) ? cleanParameters(value) : value;
  });
}

/**
 * A value for a `jsonb` column. `jsonb` refuses the escapes of NUL and of lone surrogates, so that one such character
 * in a page would make its row impossible to store; here they become U+FFFD. (`json` keeps them; see `journal.ts`.)
 */
export function jsonb(value: unknown): string {
  // An escape is taken as a whole, so that the text \u0000 written by somebody (backslash escaped) stays as it is.
  return (JSON.stringify(value) ?? "null").replace(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (found) =>
    found.length === 6 ? "\ufffd" : found,
  );
}

function cleanString(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

// PostgreSQL writes 2026-11-22 10:00:00.123+00; the offset may have minutes.
function isoTime(text: string): string {
  return new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")).toISOString();
}
