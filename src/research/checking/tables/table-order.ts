import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { columnsOf, figuresOf, type TableClaim } from "./table-claims.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";

/** "From A to B", "B after A": the value of the earlier column comes first. */
export function checkOrder({ statement, named, times }: TableClaim): Result {
  const [row, ...more] = named;
  if (row === undefined || more.length > 0 || times.length < 2) return SILENT;
  const figures = figuresOf(statement);
  for (const [index, token] of figures.entries()) {
    const next = figures[index + 1];
    const order = next === undefined ? null : orderOf(statement, token, next);
    if (next === undefined || order === null) continue;
    const [one, other] = [token, next].map((figure) =>
      times.findIndex((column) => columnsOf(figure, row).includes(column)),
    );
    if (one === undefined || other === undefined || one === -1 || other === -1 || one === other) continue;
    return one < other === order > 0
      ? BORNE_OUT
      : contradicted(`In the table these values of "${labelOf(row)}" stand in the other order`);
  }
  return SILENT;
}

/** 1 where the first of the two is said to be the earlier one. */
function orderOf({ text }: Reading, first: Token, second: Token): 1 | -1 | null {
  const between = text.slice(first.end, second.start);
  if (/(?:from|von|de|desde)\s+[$€£]?$/iu.test(text.slice(0, first.start)) && TO.test(between)) return 1;
  return AGAINST.test(between) ? -1 : null;
}

const TO = /^\s*[^,;]{0,30}?\b(?:to|auf|a|hasta)\b[^,;]{0,12}$/iu;
const AGAINST =
  /^[\s,(]*(?:(?:up|down) from|from|after|as against|against|compared (?:with|to)|instead of|nach|gegenüber|statt|frente a|tras|después de)\s+[^,;]{0,20}$/iu;

/** "In 2022" with the value of 2021: no figure of the row stands in a column that the statement names. */
export function checkYear({ statement, named, table, times }: TableClaim): Result {
  const [row, ...more] = named;
  if (row === undefined || more.length > 0 || times.length < 2) return SILENT;
  const years = times.filter((column) => table.heads[column]?.tokens.some((token) => isNamedYear(statement, token)));
  const held = figuresOf(statement).flatMap((token) => {
    const columns = columnsOf(token, row);
    return columns.length > 0 && columns.every((column) => times.includes(column)) ? [{ token, columns }] : [];
  });
  const [first] = held;
  if (years.length === 0 || first === undefined || held.some(({ columns }) => columns.some((at) => years.includes(at))))
    return SILENT;
  const [year] = years;
  const written = statement.text.slice(first.token.start, first.token.end);
  return contradicted(`In the table "${written}" does not stand under "${table.heads[year ?? 0]?.text.trim()}"`);
}

function isNamedYear(statement: Reading, head: Token): boolean {
  const stated = head.date === null ? null : matchIn(head, statement);
  return stated !== null && !REFERENCE.test(statement.text.slice(0, stated.token.start));
}

// "Fewer than in 2022" speaks of another year's value.
const REFERENCE =
  /(?<!\p{L})(?:than(?: in)?|since|from|against|compared (?:to|with)|over|on|before|after|als|seit|gegenüber|von|que(?: en)?|desde|frente a)\s+$/iu;
