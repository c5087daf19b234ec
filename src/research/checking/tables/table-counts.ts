import { clauseAround, type Direction, directionOf } from "../reading/directions.ts";
import type { Reading } from "../reading/reading.ts";
import { figuresOf, type TableClaim, trendOf } from "./table-claims.ts";
import type { Origins } from "./table-figures.ts";
import { rowsAt } from "./table-mentions.ts";
import { type Part, partsOf } from "./table-parts.ts";
import { BORNE_OUT, contradicted, labelOf, type Result, SILENT } from "./table-result.ts";
import type { TableRow } from "./tables.ts";

/** "Only X lost passengers", "all four lines grew", "the other three fell": of how many rows something holds. */
export function checkCounts(claim: TableClaim, origins: Origins): Counted {
  const { statement, rows } = claim;
  const borneOut: Meant[] = [];
  const open: Meant[] = [];
  for (const part of partsOf(statement.text)) {
    const meant = rows.length < 2 ? null : rowsMeant(claim, part);
    const holding = meant === null ? null : rowsHolding(claim, origins, part, meant);
    if (meant === null) continue;
    if (holding === null) {
      open.push(meant);
      continue;
    }
    const inside = holding.filter((row) => meant.rows.includes(row));
    const isSo = meant.isOnly ? holding.length === 1 && inside.length === 1 : inside.length === meant.count;
    if (!isSo) return { ...contradicted(`In the table this holds for ${namesOf(holding)}`), spans: [] };
    borneOut.push(meant);
  }
  // "At four of the five it does; only at one …".
  const isLeft = ({ count }: Meant): boolean => count === rows.length - 1;
  if (borneOut.some(({ isOnly }) => isOnly)) borneOut.push(...open.filter(isLeft));
  return { ...(borneOut.length > 0 ? BORNE_OUT : SILENT), spans: borneOut };
}

/** With the words that count rows and are right in it. */
export interface Counted extends Result {
  spans: readonly { start: number; end: number }[];
}

interface Meant {
  rows: readonly TableRow[];
  /** Of how many of them it is said. */
  count: number;
  isOnly: boolean;
  start: number;
  end: number;
}

function rowsMeant(claim: TableClaim, part: Part): Meant | null {
  const { statement, rows, mentions } = claim;
  const only = part.text.match(ONLY);
  if (only !== null) {
    const at = part.start + (only.index ?? 0);
    const { before, after } = rowsAt(mentions, at);
    const next = mentions.find(({ start }) => start > at);
    const isNext = next !== undefined && NAMED_NEXT.test(statement.text.slice(at + only[0].length, next.start));
    const row = isNext ? after : (before ?? after);
    return row === null ? null : { rows: [row], count: 1, isOnly: true, ...spanOf(part, only) };
  }
  const others = part.text.match(OTHERS);
  if (others !== null) {
    const at = part.start + (others.index ?? 0);
    const named = new Set(mentions.filter(({ start }) => start < at).map(({ row }) => row));
    const count = numberOf(others.groups?.k ?? others.groups?.n ?? others.groups?.m);
    // The one that is not among them was named in another sentence.
    if (named.size === 0)
      return count === rows.length - 1 ? { rows, count, isOnly: false, ...spanOf(part, others) } : null;
    return { rows: rows.filter((row) => !named.has(row)), count, isOnly: false, ...spanOf(part, others) };
  }
  const every = part.text.match(EVERYWHERE);
  if (every !== null) return { rows, count: rows.length, isOnly: false, ...spanOf(part, every) };
  const count = countIn(statement, part, claim);
  const all = part.text.match(ALL_OF);
  return count === null || all === null ? null : { rows, count, isOnly: false, ...spanOf(part, all) };
}

function spanOf(part: Part, { index = 0, 0: words }: RegExpMatchArray): { start: number; end: number } {
  return { start: part.start + index, end: part.start + index + words.length };
}

const ONLY = /(?<!\p{L})(?:only|sole|alone|einzige[rns]?|nur|únic[oa])(?!\p{L})(?!\s(?:by |about |to )?[\d$€£])/iu;
const EVERYWHERE = /(?<!\p{L})(?:everywhere|throughout|überall|durchweg)(?!\p{L})/iu;
const NAMED_NEXT = /^\s(?:\p{L}+\s){0,2}$/u;

/** The rows of which the part's words hold: that go its way, or lie on its side of a figure; null where none is told. */
function rowsHolding(claim: TableClaim, { of }: Origins, part: Part, meant: Meant): TableRow[] | null {
  const { statement, rows } = claim;
  const within = figuresOf(statement).filter(({ start }) => start >= part.start && start < part.end);
  for (const token of within) {
    const side = sideOf(statement.text.slice(part.start, token.start));
    if (side === 0 || of.has(token)) continue;
    const columns = new Set(within.flatMap((one) => of.get(one)?.columns ?? []));
    const [column, ...more] = columns;
    const bound = token.figure?.readings[0];
    if (column === undefined || more.length > 0 || bound === undefined) continue;
    return rows.filter(({ values }) => values[column] != null && Math.sign((values[column] ?? 0) - bound) === side);
  }
  const around = [clauseAround(statement.text, meant), part.text];
  const direction = around.map((text) => directionOf(text, { isStrict: false })).find((one) => one !== null) ?? null;
  return direction === null ? null : rowsGoing(claim, direction);
}

export function sideOf(before: string): number {
  const [, above, below] = before.match(BOUND) ?? [];
  return above !== undefined ? 1 : below !== undefined ? -1 : 0;
}

const BOUND =
  /(?<!\p{L})(?:(above|over|exceed\p{L}*|more than|über|por encima de)|(below|under|less than|fewer than|unter|por debajo de))(?!\p{L})[^,;.\d]{0,40}$/iu;

/** Rows that go this way, or null where the table does not say of all of them. */
function rowsGoing(claim: TableClaim, direction: Direction): TableRow[] | null {
  const trends = claim.rows.map((row) => ({ row, trend: trendOf(claim, row) }));
  if (trends.length === 0 || trends.some(({ trend }) => trend === null)) return null;
  return trends.flatMap(({ row, trend }) => (Math.sign(trend ?? 0) === direction ? [row] : []));
}

function namesOf(rows: readonly TableRow[]): string {
  return rows.length === 0 ? "no row" : rows.map((row) => `"${labelOf(row)}"`).join(", ");
}

/** How many of the rows are meant, where the noun is the one above their labels. */
function countIn({ text }: Reading, part: Part, { rows, table }: TableClaim): number | null {
  const [head] = table.heads;
  const match = part.text.match(ALL_OF);
  if (match === null || head === undefined) return null;
  const { k, n, all } = match.groups ?? {};
  const noun = match.groups?.noun?.toLowerCase() ?? "";
  const isHead = head.tokens.some(({ word }) => word.length > 2 && noun.startsWith(word.slice(0, -1)));
  if (!isHead || !text.includes(noun)) return null;
  if (n !== undefined && numberOf(n) !== rows.length) return null;
  return k !== undefined ? numberOf(k) : all === undefined ? null : rows.length;
}

function numberOf(word = ""): number {
  return SMALL.findIndex((words) => words.split("|").includes(word.toLowerCase()));
}

const SMALL = "|one|two|three|four|five|six|seven|eight|nine|ten"
  .split("|")
  .map((word, at) => `${word}|${"|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn".split("|")[at]}`);
const NUMBER = "two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn";
const ALL_OF = new RegExp(
  String.raw`\b(?:(?<all>all|each|every|both|alle|jede[rs]?)(?: of)?(?: the| its)?(?: (?<n>${NUMBER}))?|(?<k>one|${NUMBER}) (?:out )?(?:of|der) (?:the |its )?(?:${NUMBER})) (?<noun>\p{L}+)`,
  "iu",
);
const OTHERS = new RegExp(
  String.raw`(?<!\p{L})(?:the other (?<k>${NUMBER})|(?:die )?(?<n>${NUMBER}) (?:anderen|übrigen)|die (?:anderen|übrigen) (?<m>${NUMBER}))(?!\p{L})`,
  "iu",
);
