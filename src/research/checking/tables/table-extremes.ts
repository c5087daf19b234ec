import type { Finding } from "../evidence/finding.ts";
import { partAround } from "../reading/joined-parts.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { superlativeAt } from "../rules/superlatives.ts";
import { changeColumn, columnsOf, figuresOf, type TableClaim } from "./table-claims.ts";
import { changeOf, growthOf } from "./table-trends.ts";
import type { TableRow } from "./tables.ts";

export interface ExtremeResult {
  finding: Finding | null;
  isBorneOut: boolean;
  /** There is a superlative that the table cannot judge. */
  isOpen: boolean;
}

type Side = "most" | "least" | "either";

/** "The busiest", "the lowest of the year", "more than any other": a row's value is the highest or lowest of its column. */
export function checkExtremes(claim: TableClaim): ExtremeResult {
  const { statement } = claim;
  const result: ExtremeResult = { finding: null, isBorneOut: false, isOpen: false };
  for (const [index, token] of statement.tokens.entries()) {
    if (!isExtreme(claim, index)) continue;
    const side = sideOf(claim, index);
    const row = rowOf(claim, token);
    const series = side === null || row === null || IN_TIME.test(statement.text) ? [] : seriesOf(claim, row, token);
    if (side === null || row === null || series.length === 0) return { ...result, isOpen: true };
    if (series.some((values) => isAtEnd(values.all, values.own, side))) {
      result.isBorneOut = true;
      continue;
    }
    const label = row.label.text.trim();
    return { ...result, finding: { weight: 1, reason: `In the table "${label}" is not "${token.word}"` } };
  }
  return result;
}

export function isExtremeWord({ word }: Token): boolean {
  return word === "most" || word === "least";
}

function isExtreme({ statement, named }: TableClaim, index: number): boolean {
  const { tokens, text } = statement;
  const token = tokens[index];
  if (token === undefined || ORDER.test(token.word)) return false;
  if (superlativeAt(statement, index) !== null) return true;
  return (
    isExtremeWord(token) &&
    named.length > 0 &&
    !/\bat\s+$/i.test(text.slice(0, token.start)) &&
    !/^\s+(?:of (?:the|its|their|those|these)|likely)\b/i.test(text.slice(token.end))
  );
}

// They rank in time or count; see the "only" of a table's rows.
const ORDER =
  /^(?:only|sole|first|last|latest|unique|single|foremost|einzige[rns]?|erste[rns]?|letzte[rns]?|unic[oa]|primer[oa]?|ultim[oa])$/;
// Over the years, which the table does not show.
const IN_TIME = /\b(?:since|ever|history|on record|so far|seit|jemals|desde)\b/iu;

function sideOf({ statement: { tokens } }: TableClaim, index: number): Side | null {
  const { word = "" } = tokens[index] ?? {};
  if (word === "any") return tokens.slice(0, index).some((token) => FEWER.test(token.word)) ? "least" : "most";
  return LEAST.test(word) ? "least" : EITHER.test(word) ? "either" : MOST.test(word) ? "most" : null;
}

const FEWER = /^(?:less|fewer|lower|smaller|shorter)$/;
const LEAST =
  /^(?:least|fewest|lowest|smallest|shortest|weakest|slowest|cheapest|lightest|narrowest|poorest|oldest|earliest|(?:niedrigst|kleinst|kurzest|kürzest|geringst|wenigst|altest|ältest|schwachst|schwächst)e\p{L}*)$/u;
const EITHER = /^(?:best|worst|(?:best|schlechtest)e\p{L}?|mejor|peor)$/u;
const MOST =
  /^(?:most|largest|biggest|highest|greatest|strongest|busiest|longest|fastest|heaviest|dearest|steepest|newest|youngest|latest|(?:größt|grosst|höchst|hochst|stärkst|starkst|meist|längst|langst|neuest|jüngst)e\p{L}*|mayor)$/u;
const OF_AGE = /^(?:oldest|earliest|newest|youngest|latest|(?:alt|ält|neu|jüng)est\p{L}*)$/u;

/** The row that is named nearest to the word, in its own part if any is. */
function rowOf({ statement, named, rows }: TableClaim, word: Token): TableRow | null {
  // "Abbey Line", "Garden Line": what tells the rows apart.
  const isShared = (stem: string): boolean => rows.filter(({ label }) => label.byStem.has(stem)).length > 1;
  const distance = ({ label }: TableRow, tokens: readonly Token[]): number =>
    Math.min(
      ...label.tokens.flatMap(({ stem, isContent }) =>
        isContent && !isShared(stem)
          ? tokens.filter((token) => token.stem === stem).map((token) => Math.abs(token.start - word.start))
          : [],
      ),
      Number.POSITIVE_INFINITY,
    );
  const nearest = (tokens: readonly Token[]): TableRow | undefined =>
    named
      .filter((row) => Number.isFinite(distance(row, tokens)))
      .toSorted((a, b) => distance(a, tokens) - distance(b, tokens))[0];
  return nearest(partAround(statement, word)) ?? nearest(statement.tokens) ?? named[0] ?? null;
}

interface Series {
  own: number;
  all: number[];
}

/** The values among which the row's own may be the extreme: of the columns that hold the statement's figures. */
function seriesOf({ statement, table, rows, times, named }: TableClaim, row: TableRow, word: Token): Series[] {
  const of = (value: (one: TableRow) => number | null): Series[] => {
    const all = rows.flatMap((one) => value(one) ?? []);
    const own = value(row);
    return own === null || all.length < 2 ? [] : [{ own, all }];
  };
  const column = (at: number): Series[] => of(({ values }) => values[at] ?? null);
  const numbers = table.heads.flatMap((_, at) => (at > 0 ? [at] : []));
  if (OF_AGE.test(word.word)) return numbers.flatMap(column).filter(({ all }) => all.every(isYear));
  const change = changeColumn(table);
  const growth = [
    ...(change === null ? [] : column(change)),
    ...of((one) => growthOf(one, times)),
    ...of((one) => changeOf(one, times)),
  ];
  const part = partAround(statement, word);
  const figures = figuresOf(statement);
  const own = figures.filter((token) => part.includes(token));
  if (growth.length > 0 && GROWTH.test(own.length > 0 ? textOf(statement, part) : statement.text)) return growth;
  const held = (own.length > 0 ? own : figures).flatMap((token) => named.flatMap((one) => columnsOf(token, one)));
  return [...new Set(held)].flatMap(column);
}

function textOf({ text }: Reading, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

const GROWTH =
  /\b(?:grew|grow(?:s|n|th|ing)?|increas\p{L}*|gain(?:s|ed)?|rise|rose|f[ea]ll|decline\p{L}*|drop(?:s|ped)?|wachstum|wuchs|zuwachs|zunahme|crecimiento|creció|aumento)\b/iu;

function isYear(value: number): boolean {
  return Number.isInteger(value) && value > 1000 && value < 2100;
}

function isAtEnd(all: readonly number[], own: number, side: Side): boolean {
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return (side !== "least" && own === most) || (side !== "most" && own === least);
}
