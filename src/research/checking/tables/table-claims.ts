import type { Evidence } from "../evidence/evidence.ts";
import { agree, matchIn } from "../reading/matching.ts";
import { areSamePeriod, periodsOf } from "../reading/periods.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isWorkedOut } from "../rules/derived-figures.ts";
import { CHANGE_AFTER } from "../rules/reckoning.ts";
import { FISCAL_YEAR, type Mention, mentionsOf } from "./table-mentions.ts";
import { changeOf, timeColumns } from "./table-trends.ts";
import { type Table, type TableRow, tablesOf } from "./tables.ts";

/** What a statement says of one table: the rows it names, and in which of their cells its figures stand. */
export interface TableClaim {
  statement: Reading;
  table: Table;
  /** All rows but those of totals. */
  rows: TableRow[];
  named: TableRow[];
  /** Where it names them. */
  mentions: Mention[];
  /** Columns of the same value at several times. */
  times: number[];
}

export function claimsOf(statement: Reading, { places }: Evidence): TableClaim[] {
  return tablesOf(places).map((table) => {
    const rows = table.rows.filter(({ isTotal }) => !isTotal);
    const named = namedRows(statement, table, rows);
    return { statement, table, rows, named, mentions: mentionsOf(statement, named, rows), times: timeColumns(table) };
  });
}

/** The rows whose label the statement gives, in full or by the words that set it apart from the other labels. */
function namedRows(statement: Reading, { heads: [head] }: Table, rows: readonly TableRow[]): TableRow[] {
  const stated = periodsOf(statement.text);
  const candidates = rows.map((row) => ({ row, words: labelWords(statement, row, head) }));
  return candidates
    .filter(({ row, words }) => {
      const [period] = periodsOf(row.label.text);
      if (period !== undefined) return stated.some((other) => areSamePeriod(period, other));
      const label = row.label.text.trim();
      if (FISCAL_YEAR.test(label)) return statement.text.includes(label);
      if (words.size === 0 || !isLabel(row.label, words)) return false;
      return candidates.every((other) => other.row === row || !isPartOf(words, other.words));
    })
    .map(({ row }) => row);
}

/** Stems of the label that the statement has. */
function labelWords(statement: Reading, { label }: TableRow, head: Reading | undefined): ReadonlySet<string> {
  const matched = label.tokens.filter((token) => {
    const match = matchIn(token, statement);
    // "The three hospitals" names no hospital, "40 hectares" no "Mantis 40".
    const isOther = head?.tokens.some(({ stem }) => stem === token.stem) === true;
    const isMeasure = token.figure !== null && match?.token.figure?.unit !== token.figure.unit;
    return match !== null && match.strength >= 0.85 && !isOther && !isMeasure;
  });
  return new Set(matched.map(({ stem, word }) => stem || word));
}

function isLabel({ tokens }: Reading, words: ReadonlySet<string>): boolean {
  const content = tokens.filter(({ isContent }) => isContent);
  const has = ({ stem, word }: Token): boolean => words.has(stem || word);
  const share = content.filter(has).length / Math.max(1, content.length);
  const [first] = content;
  return (
    share >= 0.6 ||
    (first !== undefined && share >= 0.5 && has(first)) ||
    content.some((token) => has(token) && (token.isName || /\d/.test(token.word)))
  );
}

function isPartOf(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return others.size >= words.size && [...words].every((word) => others.has(word));
}

/** Columns of the row in which the figure or date stands. */
export function columnsOf(token: Token, { cells }: TableRow): number[] {
  return cells.flatMap((cell, column) => (cell.some((found) => saysSame(token, found)) ? [column] : []));
}

function saysSame(stated: Token, found: Token): boolean {
  const { figure } = found;
  // In full, not as the table writes it in thousands.
  const isScaled = figure?.scaled !== undefined;
  return agree(stated, isScaled ? { ...found, figure: { ...figure, readings: [...(figure.scaled ?? [])] } } : found);
}

/** The statement's figures, without years and other dates. */
export function figuresOf({ tokens }: Reading): Token[] {
  return tokens.filter(({ figure }) => figure !== null && !figure.isOrdinal);
}

/** How far a row has come, from its columns of several times or from one that says it. */
export function trendOf({ table, times }: TableClaim, row: TableRow): number | null {
  const change = changeOf(row, times);
  return change ?? row.values[changeColumn(table) ?? -1] ?? null;
}

/** The column that says by how much the others differ. */
export function changeColumn({ heads }: Table): number | null {
  const column = heads.findIndex(({ text }, index) => index > 0 && CHANGE.test(text));
  return column === -1 ? null : column;
}

const CHANGE =
  /^\W*(?:change|growth|difference|increase|veränderung|differenz|zuwachs|variaci[oó]n|cambio|±|\+\/[-−])/iu;

/** Is the figure one that the row, the number of rows or the way from one column to the next gives? */
export function isExplained(claim: TableClaim, evidence: Evidence, token: Token): boolean {
  const { statement, table, rows, named } = claim;
  if (isPeriod(token, statement, table)) return true;
  if (table.heads.some((head) => matchIn(token, head) !== null)) return true;
  if (named.some((row) => matchIn(token, row.label) !== null || columnsOf(token, row).length > 0)) return true;
  if (evidence.contexts.some((context) => matchIn(token, context) !== null) || token.date?.isDerived === true)
    return true;
  const { figure } = token;
  if (figure === null || figure.isOrdinal) return false;
  const isStep = CHANGE_AFTER.test(statement.text.slice(token.end));
  if (figure.unit === null && figure.readings[0] === rows.length && !isStep) return true;
  return isWorkedOut(statement, evidence, statement.tokens.indexOf(token));
}

function isPeriod({ start, end }: Token, { text }: Reading, { rows }: Table): boolean {
  const stated = periodsOf(text).filter((period) => period.start <= start && end <= period.end);
  return stated.some((period) =>
    rows.some(({ label }) => periodsOf(label.text).some((one) => areSamePeriod(one, period))),
  );
}
