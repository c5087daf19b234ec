import type { Evidence, Place } from "./evidence.ts";
import { matchIn } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { cellsOfRow } from "./page-index.ts";
import { type Reading, readText, type Token } from "./reading.ts";

/** A value of a table stands in the row and in the column that the statement names. */
export function checkTables(statement: Reading, evidence: Evidence): Finding[] {
  for (const place of evidence.places) {
    if (!place.isCore || !place.isSound || place.unit.kind !== "row" || place.unit.lead === null) continue;
    const finding = checkRow(statement, place, place.unit.lead);
    if (finding !== null) return [finding];
  }
  return [];
}

interface Cell {
  head: Reading;
  value: Reading;
}

function checkRow(statement: Reading, place: Place, lead: string): Finding | null {
  const { page, unit } = place;
  const heads = cellsOfRow(lead);
  const read = (text: string): Reading => readText(text, page.language, page.names);
  const cells = cellsOfRow(page.source.page.text.slice(unit.start, unit.end)).map(
    (value, column): Cell => ({ head: read(heads[column] ?? ""), value: read(value) }),
  );
  const named = cells.filter(({ head }, column) => column > 0 && isNamed(statement, head, cells));
  // Where the value of a named column is given too, the other value may belong to a column left unnamed.
  if (
    named.length === 0 ||
    named.some(({ value }) => value.tokens.some((token) => isValue(token) && matchIn(token, statement) !== null))
  )
    return null;
  for (const token of statement.tokens) {
    if (!isValue(token)) continue;
    const holding = cells.filter(({ value }, column) => column > 0 && matchIn(token, value) !== null);
    if (holding.length === 0 || holding.some((cell) => named.includes(cell)) || isHead(token, cells)) continue;
    const [column] = named;
    return {
      weight: 1,
      reason: `In the table "${column?.head.text.trim()}" is "${column?.value.text.trim()}", not "${statement.text.slice(token.start, token.end)}"`,
    };
  }
  return null;
}

function isValue(token: Token): boolean {
  return token.isContent && (token.kind !== "word" || token.isName);
}

function isHead(token: Token, cells: readonly Cell[]): boolean {
  return cells.some(
    ({ head }, column) =>
      matchIn(token, head) !== null || (column === 0 && matchIn(token, cells[0]?.value ?? head) !== null),
  );
}

/** Words that this head does not share with the other heads are in the statement. */
function isNamed(statement: Reading, head: Reading, cells: readonly Cell[]): boolean {
  const own = head.tokens.filter(
    (token) => token.isContent && !cells.some((cell) => cell.head !== head && matchIn(token, cell.head) !== null),
  );
  return own.length > 0 && own.every((token) => matchIn(token, statement) !== null);
}
