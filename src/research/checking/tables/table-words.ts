import type { Evidence } from "../evidence/evidence.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { TableClaim } from "./table-claims.ts";
import type { TableRow } from "./tables.ts";

/** The other row whose words the statement gives to the row that it names: "code 6 means" what the table says of 5. */
export function rowOfWords({ statement, rows, named }: TableClaim): TableRow | null {
  const [row, ...more] = named;
  if (row === undefined || more.length > 0) return null;
  const says = (words: readonly Token[]): boolean =>
    words.length > 0 && words.every((token) => (matchIn(token, statement)?.strength ?? 0) >= 0.85);
  for (const other of rows) {
    const isTold = other.words.some(
      (words, column) => says(words) && (row.words[column]?.length ?? 0) > 0 && !says(row.words[column] ?? []),
    );
    if (other !== row && isTold && !row.words.some(says)) return other;
  }
  return null;
}

/** What two named rows are compared in, where it is neither in a head nor in the caption; null where nothing is compared. */
export function strangeMeasure({ statement, named, table }: TableClaim, { contexts, places }: Evidence): string | null {
  const match = named.length === 2 ? statement.text.match(MORE_THAN) : null;
  if (match === null) return null;
  const start = match.index ?? 0;
  const between = statement.tokens.filter(
    (token) => token.isContent && token.start > start && token.end < start + match[0].length,
  );
  const readings: Reading[] = [
    ...contexts,
    ...table.heads,
    ...places.filter(({ isSound, unit }) => isSound && unit.kind === "sentence").map(({ reading }) => reading),
  ];
  const open = between.filter((token) => readings.every((reading) => matchIn(token, reading) === null));
  return open.length > 0 && open.length === between.length ? open.map(({ word }) => word).join(" ") : null;
}

const MORE_THAN = /\b(?:more|less|fewer|higher|lower|mehr|weniger|más|menos)\s[^.;,]{3,40}?\s(?:than|als|que)\b/iu;
