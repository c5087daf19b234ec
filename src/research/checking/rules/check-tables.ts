import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { cellsOfRow } from "../page/page-units.ts";
import { isTotal } from "../page/table-rows.ts";
import { areComparable } from "../reading/figures.ts";
import { partAround } from "../reading/joined-parts.ts";
import { matchIn } from "../reading/matching.ts";
import { type Reading, readText, type Token } from "../reading/reading.ts";
import { CHANGE_AFTER } from "./reckoning.ts";

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
  const cells = cellsOfRow(page.text.slice(unit.start, unit.end)).map(
    (value, column): Cell => ({ head: read(heads[column] ?? ""), value: read(value) }),
  );
  const stranger = checkRowHead(statement, place, cells);
  if (stranger !== null) return stranger;
  const named = cells.filter(({ head }, column) => column > 0 && isNamed(statement, head, cells));
  // Where the value of a named column is given too, the other value may belong to a column left unnamed.
  if (
    named.length === 0 ||
    named.some(({ value }) => value.tokens.some((token) => isValue(token) && matchIn(token, statement) !== null))
  )
    return null;
  for (const token of statement.tokens) {
    if (!isValue(token) || CHANGE_AFTER.test(statement.text.slice(token.end))) continue;
    const holding = cells.filter(({ value }, column) => column > 0 && matchIn(token, value) !== null);
    if (holding.length === 0 || holding.some((cell) => named.includes(cell)) || isHead(token, cells)) continue;
    // "Geriatrics was at 91%, and in paediatrics a third of the beds stood empty": another column in each part.
    const part = partAround(statement, token);
    const [column] = named.filter(({ head }) => part.some((own) => own.isContent && matchIn(own, head) !== null));
    if (column === undefined || !column.value.tokens.some((other) => areOfOneKind(token, other))) continue;
    return {
      weight: 1,
      reason: `In the table "${column.head.text.trim()}" is "${column.value.text.trim()}", not "${statement.text.slice(token.start, token.end)}"`,
    };
  }
  return null;
}

/** "71 km" is no wrong value of a battery. */
function areOfOneKind({ figure: stated }: Token, { figure: found }: Token): boolean {
  if (stated === null || found === null) return true;
  const isShare = stated.unit?.dimension === "ratio";
  return stated.unit === null || (found.unit === null && !isShare) || areComparable(stated, found);
}

/** Values of this row, but the statement names the head of another row of the table. */
function checkRowHead(statement: Reading, { page, unit }: Place, cells: readonly Cell[]): Finding | null {
  const [first, ...others] = cells;
  const isStated = (reading: Reading): boolean =>
    reading.tokens.some((token) => token.isContent && matchIn(token, statement) !== null);
  const held = others.filter(({ value }) =>
    value.tokens.some((token) => isValue(token) && token.kind !== "word" && matchIn(token, statement) !== null),
  );
  if (first !== undefined && isTotal(first.value.text) && held.every(({ value }) => isWholeOf(statement, value)))
    return null;
  const isWhole = others.every(({ value }) => isStatedMostly(statement, value));
  if (first === undefined || (held.length === 0 && !isWhole) || isStated(first.value)) return null;
  for (const other of page.units) {
    if (other.kind !== "row" || other.lead !== unit.lead || other.section !== unit.section || other === unit) continue;
    const [head = ""] = cellsOfRow(page.text.slice(other.start, other.end));
    const reading = readText(head, page.language, page.names);
    if (
      reading.tokens.length === 0 ||
      !reading.tokens.every((token) => !token.isContent || matchIn(token, statement) !== null)
    )
      continue;
    return { weight: 1, reason: `In the table this stands in the row "${first.value.text.trim()}", not "${head}"` };
  }
  return null;
}

/** "642 of the 975 beds": the value is what another one is a part of. */
function isWholeOf({ text, tokens }: Reading, value: Reading): boolean {
  return tokens.some(
    (token) => isValue(token) && OF_ALL.test(text.slice(0, token.start)) && matchIn(token, value) !== null,
  );
}

const OF_ALL =
  /(?<!\p{L})(?:of|von|de)\s+(?:(?:the|its|all|their|a total of|den|insgesamt|los|las|un total de)\s+)*$/iu;

/** Most of what a cell of words says is in the statement. */
function isStatedMostly(statement: Reading, { tokens }: Reading): boolean {
  const content = tokens.filter(({ isContent }) => isContent);
  const stated = content.filter((token) => matchIn(token, statement) !== null);
  return stated.length >= content.length * MOST;
}

const MOST = 0.7;

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
