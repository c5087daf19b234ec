import { directionAt } from "../reading/directions.ts";
import { areSamePeriod, periodsOf } from "../reading/periods.ts";
import type { Token } from "../reading/reading.ts";
import { CHANGE_AFTER } from "../rules/reckoning.ts";
import { changeColumn, columnsOf, figuresOf, type TableClaim } from "./table-claims.ts";
import { COMPARED, type Mention, rowsAt } from "./table-mentions.ts";
import { isTelling, quotientColumns, type Worked, workedOut } from "./table-reckoning.ts";
import type { TableRow } from "./tables.ts";

/** From where in the table a statement has a figure. */
export interface Origin {
  row: TableRow;
  columns: readonly number[];
  /** Worked out of cells: how, else null. */
  worked: Worked | null;
  /** The statement tells the other direction: "rose by 5%" where the cell says −5%. */
  isContrary: boolean;
}

export interface Origins {
  of: Map<Token, Origin>;
  /** Figures that stand in another row than the statement names beside them. */
  strays: { token: Token; row: TableRow; named: TableRow }[];
}

/** Each figure belongs to the row named last before it, or to the one named right behind it ("74.9% in the third"). */
export function originsOf(claim: TableClaim): Origins {
  const { statement, table, rows, mentions } = claim;
  const of = new Map<Token, Origin>();
  const strays: Origins["strays"] = [];
  const figures = figuresOf(statement).filter((token) => !isOfLabel(claim, token));
  const all = [...mentions, ...figures.flatMap((token) => mentionBy(claim, token))].toSorted(
    (a, b) => a.start - b.start,
  );
  for (const token of figures) {
    const cell = cellOf(claim, token, figures) ?? loneCell(claim, token, { figures, of });
    // "2.3 hours more" is no cell, whatever other column has 140 minutes.
    const isStep = CHANGE_AFTER.test(statement.text.slice(token.end));
    const origin = isStep && cell?.columns.includes(changeColumn(table) ?? -1) !== true ? null : cell;
    if (origin !== null) of.set(token, origin);
  }
  const told = new Set([...of.values()].flatMap(({ columns }) => columns));
  for (const token of figures) {
    const origin = of.has(token) ? null : reckoned(claim, token, all, told);
    if (origin !== null) of.set(token, origin);
  }
  const open = figures.filter((token) => !of.has(token));
  for (const [token, origin] of quotients(claim, open, all)) of.set(token, origin);
  for (const token of open) {
    const [named] = rowsFor(claim, token, figures);
    const home = rows.find((row) => columnsOf(token, row).length > 0);
    if (!of.has(token) && named !== undefined && home !== undefined && home !== named && isTelling(token))
      strays.push({ token, row: home, named });
  }
  return { of, strays };
}

/** "The first quarter of 2023", "version 4.0": a figure of the row's name. */
function isOfLabel({ statement, mentions }: TableClaim, token: Token): boolean {
  if (mentions.some(({ start, end }) => start <= token.start && token.end <= end)) return true;
  return periodsOf(statement.text).some(
    (period) =>
      period.start <= token.start &&
      token.end <= period.end &&
      mentions.some(({ row }) => periodsOf(row.label.text).some((one) => areSamePeriod(one, period))),
  );
}

function cellOf(claim: TableClaim, token: Token, figures: readonly Token[]): Origin | null {
  for (const row of rowsFor(claim, token, figures)) {
    const columns = columnsOf(token, row);
    if (columns.length > 0) return { row, columns, worked: null, isContrary: isOtherWay(claim, token, row, columns) };
  }
  return null;
}

function isOtherWay(
  { statement, table }: TableClaim,
  token: Token,
  row: TableRow,
  columns: readonly number[],
): boolean {
  const [column, ...more] = columns;
  if (column === undefined || more.length > 0 || column !== changeColumn(table)) return false;
  const direction = directionAt(statement.text, token);
  return direction !== null && Math.sign(row.values[column] ?? 0) === -direction;
}

/** The rows named in one run right before the figure ("A and B have 5 and 6"), or the one right behind it. */
function rowsFor({ statement: { text }, mentions }: TableClaim, token: Token, figures: readonly Token[]): TableRow[] {
  const next = mentions.find(({ start }) => start > token.start);
  if (next !== undefined && RIGHT_BEHIND.test(text.slice(token.end, next.start))) return [next.row];
  const [first, ...more] = mentions.filter(({ start }) => start <= token.start).toReversed();
  const isNear = next !== undefined && !/[,;:(]|\d/.test(text.slice(token.end, next.start));
  const isOwn = next !== undefined && !next.isObject && (isNear || first === undefined);
  const following = isOwn ? [next.row] : [];
  if (first === undefined) return following;
  const run = [first];
  for (const one of more) {
    const { start: to = 0 } = run.at(-1) ?? {};
    if (figures.some(({ start }) => start > one.start && start < to)) break;
    run.push(one);
  }
  // Behind what it is compared with, the sentence goes on about what it is about.
  const subject = first.isObject ? more.find(({ isObject }) => !isObject) : undefined;
  return [...run, ...(subject === undefined ? [] : [subject])].map(({ row }) => row).concat(following);
}

const RIGHT_BEHIND =
  /^\s(?:[\p{L}²]+\s)?(?:in|at|on|for|im|am|bei|für|en|para)\s(?:the\s|der\s|den\s|dem\s|el\s|la\s)?$/iu;

/**
 * A figure that only one row has names that row where nothing else does, or where it is what a row that is not named is
 * compared by ("71 km against 64").
 */
function loneCell(
  claim: TableClaim,
  token: Token,
  { figures, of }: { figures: readonly Token[]; of: ReadonlyMap<Token, Origin> },
): Origin | null {
  const { statement, table, times } = claim;
  const [row, ...more] = table.rows.filter((one) => columnsOf(token, one).length > 0);
  if (row === undefined || more.length > 0) return null;
  const columns = columnsOf(token, row);
  const isShare = token.figure?.unit?.dimension === "ratio";
  if (isShare && !columns.some((at) => row.cells[at]?.[0]?.figure?.unit?.dimension === "ratio")) return null;
  if (rowsFor(claim, token, figures).length > 0 && !isOfObjects(claim, token)) {
    const last = [...of].findLast(([{ start }]) => start < token.start)?.[1];
    const isSet = COMPARED.test(statement.text.slice(0, token.start)) && columns.every((at) => !times.includes(at));
    if (!isSet || !columns.some((at) => last?.columns.includes(at))) return null;
  }
  return { row, columns, worked: null, isContrary: false };
}

/** All rows named before it are only compared with the one that it is said of. */
function isOfObjects({ mentions }: TableClaim, { start: at }: Token): boolean {
  return mentions.every(({ start, isObject }) => start > at || isObject);
}

function mentionBy({ table }: TableClaim, token: Token): Mention[] {
  const [row, ...more] = table.rows.filter((one) => columnsOf(token, one).length > 0);
  if (row === undefined || more.length > 0 || !isTelling(token)) return [];
  return [{ row, start: token.start, end: token.end, isObject: false }];
}

function reckoned(
  claim: TableClaim,
  token: Token,
  mentions: readonly Mention[],
  told: ReadonlySet<number>,
): Origin | null {
  const { before, after } = rowsAt(claim.mentions, token.start);
  const others = mentions.filter(({ start }) => start !== token.start).map(({ row }) => row);
  const isObject = claim.mentions.findLast(({ start }) => start <= token.start)?.isObject === true;
  // What holds for a whole column needs no row.
  const candidates = before === null || isObject ? [before, after, ...others, claim.rows[0]] : [before, after];
  const rows = [...new Set(candidates)].filter((row) => row != null);
  for (const row of rows) {
    const worked = workedOut(claim, token, { row, mentions, told });
    if (worked !== null) return { row, columns: worked.columns, worked, isContrary: worked.isContrary };
  }
  return null;
}

/** "Old Mill with almost 100 and Harrow Quay with 96": of two rows the same quotient of columns. */
function quotients(claim: TableClaim, open: readonly Token[], mentions: readonly Mention[]): [Token, Origin][] {
  const found = open.flatMap((token) => {
    const row = rowsAt(mentions, token.start).before;
    const pairs = row === null ? [] : quotientColumns(claim, token, row);
    return pairs.map((columns) => ({ token, row: row as TableRow, columns }));
  });
  return found.flatMap(({ token, row, columns }): [Token, Origin][] => {
    const isShared = found.some((one) => one.row !== row && one.columns.join() === columns.join());
    const worked = { columns, isQuotient: true, isChange: false, isContrary: false };
    return isShared ? [[token, { row, columns, worked, isContrary: false }]] : [];
  });
}
