import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { orderedPairs } from "../rules/check-orders.ts";
import { columnsOf, figuresOf, type TableClaim } from "./table-claims.ts";
import type { Extreme } from "./table-extremes.ts";
import type { Origin, Origins } from "./table-figures.ts";
import { rowsAt } from "./table-mentions.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";
import { growthOf } from "./table-trends.ts";
import type { TableRow } from "./tables.ts";

/** "From A to B", "B after A": the value of the earlier column comes first. */
export function checkOrder({ statement, times, mentions }: TableClaim, { of }: Origins): Result {
  let isBorneOut = false;
  for (const { first, second, order } of orderedPairs(statement)) {
    const [one, other] = [of.get(first), of.get(second)];
    // "Compared with 3.2 …, 6.4 instead of 6.1": the second is that of what it is compared with.
    const isObject = (row: TableRow | undefined): boolean =>
      mentions.find((each) => each.row === row)?.isObject === true;
    if (order === -1 && one?.row !== other?.row && isObject(one?.row) && !isObject(other?.row))
      return contradicted(`In the table the figures of "${labelOf((one as Origin).row)}" stand in the other order`);
    if (one === undefined || one.row !== other?.row) continue;
    const [before = -1, after = -1] = [one, other].map(({ columns }) =>
      times.findIndex((column) => columns.includes(column)),
    );
    if (before === -1 || after === -1 || before === after) continue;
    if (before < after !== order > 0)
      return contradicted(`In the table these values of "${labelOf(one.row)}" stand in the other order`);
    isBorneOut = true;
  }
  return isBorneOut ? BORNE_OUT : SILENT;
}

/** "Ahead of the Night routes": by what the statement compares them in, the row named before has more. */
export function checkRanking(claim: TableClaim, { of }: Origins, extremes: readonly Extreme[]): Result {
  const { statement, mentions, times } = claim;
  let result = SILENT;
  for (const { index, 0: words } of statement.text.matchAll(RANKED)) {
    const { before, after } = rowsAt(mentions, index);
    if (before === null || after === null || before === after) continue;
    const isAhead = AHEAD.test(words);
    const own = [...of].filter(([{ start }, { row }]) => start < index && row === before).map(([, origin]) => origin);
    const other = [...of.values()].filter(({ row }) => row === after);
    const isFirst = extremes.some(
      ({ token, row, state }) => token.start < index && row === before && state === "borne-out",
    );
    const isGrowth = own.some(({ worked }) => worked?.isChange === true);
    const shared = own.flatMap(({ columns }) => columns.filter((at) => other.some((one) => one.columns.includes(at))));
    const gaps = isGrowth
      ? [(growthOf(before, times) ?? Number.NaN) - (growthOf(after, times) ?? Number.NaN)]
      : shared.map((at) => (before.values[at] ?? Number.NaN) - (after.values[at] ?? Number.NaN));
    const isSo = isFirst ? isAhead : gaps.length > 0 && gaps.every((gap) => (isAhead ? gap > 0 : gap < 0));
    if (!isSo && !isFirst && (gaps.length === 0 || gaps.some(Number.isNaN))) continue;
    if (!isSo) return contradicted(`In the table "${labelOf(before)}" is not ${words} "${labelOf(after)}"`);
    result = BORNE_OUT;
  }
  return result;
}

const RANKED = /(?<!\p{L})(?:ahead of|behind|vor(?= de[mrn])|hinter|por delante de|por detrás de)(?!\p{L})/giu;
const AHEAD = /^(?:ahead|vor|por delante)/i;

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
