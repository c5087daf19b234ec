import { clauseAround, directionOf } from "../reading/directions.ts";
import { partAround } from "../reading/joined-parts.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { superlativeAt } from "../rules/superlatives.ts";
import { changeColumn, type TableClaim } from "./table-claims.ts";
import type { Origin, Origins } from "./table-figures.ts";
import { rowsAt } from "./table-mentions.ts";
import { changeOf, growthOf } from "./table-trends.ts";
import { isYear, type TableRow } from "./tables.ts";

/** What a table says to a superlative: it is so, it is not so, or it does not tell. */
export interface Extreme {
  token: Token;
  state: "borne-out" | "contradicted" | "open";
  row: TableRow | null;
}

type Side = "most" | "least" | "either";

/** "The busiest", "the second cheapest", "more than any other": a row's value is the highest or lowest of its column. */
export function extremesOf(claim: TableClaim, origins: Origins): Extreme[] {
  const { statement } = claim;
  return statement.tokens.flatMap((token, index): Extreme[] => {
    const place = placeAt(statement, index);
    if (place === null && !isExtreme(claim, origins, index)) return [];
    const side = place?.side ?? sideOf(claim, index);
    const row = rowOf(claim, origins, token);
    const series =
      side === null || row === null || IN_TIME.test(statement.text) ? [] : seriesOf(claim, origins, row, token);
    if (side === null || series.length === 0) return [{ token, state: "open", row }];
    const rank = place?.rank ?? rankAt(statement.tokens[index - 1]);
    const isSo = series.some((values) => isAtRank(values.all, values.own, side, rank));
    const isSure = series.some((values) => values.isSure);
    return [{ token, state: isSo ? "borne-out" : isSure ? "contradicted" : "open", row }];
  });
}

/** "Came second with", "is last by this measure". */
function placeAt({ text, tokens }: Reading, index: number): { side: Side; rank: number } | null {
  const token = tokens[index] as Token;
  const [before, after] = [text.slice(0, token.start), text.slice(token.end)];
  if (!PLACED.test(before) || !/^(?:\s(?:by|with|in|at|mit|nach)\s|\s*[,;.]|$)/.test(after)) return null;
  if (token.word === "last") return { side: "least", rank: 1 };
  if (token.figure?.isOrdinal !== true) return null;
  const isTurned = tokens.slice(0, index).some(({ word }) => LEAST.test(word));
  return { side: isTurned ? "least" : "most", rank: token.figure.readings[0] ?? 1 };
}

const PLACED = /(?<!\p{L})(?:came|comes?|is|was|were|ranks?|ranked|finished|placed)\s(?:only\s)?$/iu;

/** "The second cheapest". */
function rankAt(before: Token | undefined): number {
  if (before?.word === "next") return 2;
  return before?.figure?.isOrdinal === true ? (before.figure.readings[0] ?? 1) : 1;
}

export function isExtremeWord({ word }: Token): boolean {
  return word === "most" || word === "least" || PEAK.test(word);
}

const PEAK = /^(?:peak|hochststand|höchststand)$/;

function isExtreme({ statement, named }: TableClaim, { of }: Origins, index: number): boolean {
  const { tokens, text } = statement;
  const token = tokens[index];
  if (token === undefined || ORDER.test(token.word)) return false;
  if (superlativeAt(statement, index) !== null) return true;
  return (
    isExtremeWord(token) &&
    (named.length > 0 || of.size > 0) &&
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
  if (word === "any") {
    const compared = tokens.slice(0, index).findLast((token) => MORE.test(token.word) || FEWER.test(token.word));
    return FEWER.test(compared?.word ?? "") ? "least" : "most";
  }
  if (LEAST.test(word)) return "least";
  if (MOST.test(word) || PEAK.test(word)) return "most";
  return EITHER.test(word) || /^\p{L}{3,}est$/u.test(word) ? "either" : null;
}

const MORE = /^(?:more|higher|larger|longer)$/;
const FEWER = /^(?:less|fewer|lower|smaller|shorter)$/;
const LEAST =
  /^(?:least|fewest|lowest|smallest|shortest|weakest|slowest|cheapest|lightest|narrowest|poorest|oldest|earliest|quietest|rarest|cleanest|wenigsten|(?:niedrigst|kleinst|kurzest|kürzest|geringst|wenigst|altest|ältest|schwachst|schwächst)e\p{L}*)$/u;
const EITHER = /^(?:best|worst|(?:best|schlechtest)e\p{L}?|mejor|peor)$/u;
const MOST =
  /^(?:most|largest|biggest|highest|greatest|strongest|busiest|longest|fastest|quickest|heaviest|dearest|steepest|newest|youngest|latest|fullest|(?:größt|grosst|höchst|hochst|stärkst|starkst|meist|längst|langst|neuest|jüngst)e\p{L}*|mayor)$/u;
const OF_AGE = /^(?:oldest|earliest|newest|youngest|latest|(?:alt|ält|neu|jüng)est\p{L}*)$/u;
const OF_SPEED = /^(?:fastest|quickest|slowest)$/;
const OF_SIZE = /^(?:largest|biggest|smallest|(?:größt|grosst|kleinst)e\p{L}*)$/u;

/** The row that is named nearest to the word, in its own part if any is. */
function rowOf({ statement, mentions: all }: TableClaim, { of }: Origins, word: Token): TableRow | null {
  const mentions = all.filter(({ isObject }) => !isObject);
  // "More than Abbey Line and more than any other": what the sentence is about.
  if (word.word === "any") return mentions[0]?.row ?? null;
  const part = partAround(statement, word);
  const [from, to] = [part[0]?.start ?? 0, part.at(-1)?.end ?? 0];
  const near = mentions.filter(({ start }) => start >= from && start < to);
  const [nearest] = near.toSorted((a, b) => Math.abs(a.start - word.start) - Math.abs(b.start - word.start));
  if (nearest !== undefined) return nearest.row;
  const { before, after } = rowsAt(mentions, word.start);
  // Unnamed: the row that its figures stand in.
  const held = [...part, ...statement.tokens].map((token) => of.get(token)?.row);
  return before ?? after ?? held.find((row) => row !== undefined) ?? null;
}

interface Series {
  /** The statement says that it is meant. */
  isSure: boolean;
  own: number;
  all: number[];
}

/** The values among which the row's own may be the extreme. */
function seriesOf(claim: TableClaim, { of }: Origins, row: TableRow, word: Token): Series[] {
  const { statement, table, rows, times } = claim;
  const by = (value: (one: TableRow) => number | null): Series[] => {
    const all = rows.flatMap((one) => value(one) ?? []);
    const own = value(row);
    return own === null || all.length < 2 ? [] : [{ own, all, isSure: true }];
  };
  const column = (at: number): Series[] => {
    // Who is fastest needs the least time.
    const way = OF_SPEED.test(word.word) && dimensionOf(rows, at) === "time" ? -1 : 1;
    return by(({ values }) => scaled(values[at], way));
  };
  const numbers = table.heads.flatMap((_, at) => (at > 0 ? [at] : []));
  if (OF_AGE.test(word.word)) return numbers.flatMap(column).filter(({ all }) => all.every(isYear));
  const part = partAround(statement, word);
  const clause = clauseAround(statement.text, word);
  const isNear = ({ start, end }: Token): boolean => clause.includes(statement.text.slice(start, end));
  const within = (tokens: readonly Token[]): Origin[] => tokens.flatMap((token) => of.get(token) ?? []);
  const [near, own] = [within(part.filter(isNear)), within(part)];
  const isByMeasure = word.word === "any" || /^\s+by\s/.test(statement.text.slice(word.end));
  const quotient = (isByMeasure ? own : near).find(({ worked }) => worked?.isQuotient === true)?.columns;
  if (quotient !== undefined) {
    const [above = 0, below = 0] = quotient;
    return by(({ values }) => (values[above] == null || values[below] == null ? null : values[above] / values[below]));
  }
  const change = changeColumn(table);
  // "Lost the most": the deepest fall.
  const way = directionOf(textOf(statement.text, part), { isStrict: false }) ?? 1;
  const growth = [
    ...(change === null ? [] : by(({ values }) => scaled(values[change], way))),
    ...by((one) => scaled(growthOf(one, times), way)),
    ...by((one) => scaled(changeOf(one, times), way)),
  ];
  if (growth.length > 0 && (GROWTH.test(clause) || near.some(({ worked }) => worked?.isChange === true))) return growth;
  const cells = (origins: readonly Origin[]): Series[] => {
    const columns = origins.filter(({ worked }) => worked === null).flatMap((one) => one.columns);
    return [...new Set(columns)].filter((at) => at !== change).flatMap(column);
  };
  const isSize = OF_SIZE.test(word.word);
  // What was spoken of last before it, else next.
  const held = part.filter((token) => of.get(token)?.worked === null);
  const last = held.findLast(({ start }) => start < word.start) ?? held[0];
  const earlier = word.word === "any" ? statement.tokens.filter((token) => of.get(token)?.row === row) : [];
  const close = cells(near);
  if (close.length > 0) return close;
  const heads = headsIn(claim, part.filter(isNear));
  if (heads.length > 0) return heads.flatMap(column);
  for (const tokens of [isSize || last === undefined ? [] : [last], earlier]) {
    const series = cells(within(tokens));
    if (series.length > 0) return series;
  }
  const [, dimensions] = ADJECTIVES.find(([words]) => words.test(word.word)) ?? [null, NONE];
  const measured = numbers.filter((at) => dimensions.includes(dimensionOf(rows, at)));
  if (measured.length > 0) return measured.flatMap(column);
  const isCount = ({ all }: Series): boolean => !all.every(isYear);
  const sizes = OF_SIZE.test(word.word)
    ? numbers
        .filter((at) => at !== change)
        .flatMap(column)
        .filter(isCount)
    : [];
  return sizes.map((one) => ({ ...one, isSure: false }));
}

function dimensionOf(rows: readonly TableRow[], column: number): string {
  return rows.flatMap(({ cells }) => cells[column]?.[0]?.figure?.unit?.dimension ?? [])[0] ?? "";
}

const MONEY: readonly string[] = "eur usd gbp chf krona yen peso rupee yuan".split(" ");
/** What is measured where no other word tells it. */
const NONE: readonly string[] = [];
const ADJECTIVES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:heaviest|lightest|schwerste\p{L}*|leichteste\p{L}*)$/u, ["mass"]],
  [/^(?:cheapest|dearest|teuerste\p{L}*|billigste\p{L}*|günstigste\p{L}*)$/u, MONEY],
  [OF_SPEED, ["speed", "time"]],
];

function scaled(value: number | null | undefined, way: number): number | null {
  return value == null ? null : value * way;
}

function textOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

/** The columns whose head these words give: what all heads have in common tells nothing. */
function headsIn({ table, times }: TableClaim, words: readonly Token[]): number[] {
  const isShared = (token: Token): boolean =>
    table.heads.filter((head, at) => at !== times.at(-1) && matchIn(token, head) !== null).length > 1;
  const scores = table.heads.map((head, at) =>
    at === 0
      ? 0
      : words.filter((word) => word.kind === "word" && (matchIn(word, head)?.strength ?? 0) >= 0.8 && !isShared(word))
          .length,
  );
  const best = Math.max(0, ...scores);
  return best === 0 ? [] : scores.flatMap((score, at) => (score === best ? [at] : []));
}

const GROWTH =
  /\b(?:grew|grow(?:s|n|th|ing)?|increas\p{L}*|gain(?:s|ed)?|rise|rose|f[ea]ll|decline\p{L}*|drop(?:s|ped)?|wachstum|wuchs|zuwachs|zunahme|crecimiento|creció|aumento)\b/iu;

function isAtRank(all: readonly number[], own: number, side: Side, rank: number): boolean {
  const above = all.filter((value) => value > own).length + 1;
  const below = all.filter((value) => value < own).length + 1;
  return (side !== "least" && above === rank) || (side !== "most" && below === rank);
}
