import { allMatches } from "../reading/matching.ts";
import { areSamePeriod, periodsOf } from "../reading/periods.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { TableRow } from "./tables.ts";

/** Where a statement speaks of a row. */
export interface Mention {
  row: TableRow;
  start: number;
  end: number;
  /** Only what another row is compared with: "ahead of Ledgerite", "compared with 3.2". */
  isObject: boolean;
}

/** All places at which the statement names one of these rows by what sets it apart from the table's others, in order. */
export function mentionsOf(statement: Reading, named: readonly TableRow[], rows: readonly TableRow[]): Mention[] {
  const { text } = statement;
  const periods = periodsOf(text);
  const isObject = (start: number): boolean => COMPARED.test(text.slice(0, start));
  const placesOf = (row: TableRow): { start: number; end: number }[] => {
    const [period] = periodsOf(row.label.text);
    if (period !== undefined) return periods.filter((one) => areSamePeriod(period, one));
    const label = row.label.text.trim();
    if (FISCAL_YEAR.test(label))
      return [...text.matchAll(new RegExp(RegExp.escape(label), "g"))].map(({ index }) => ({
        start: index,
        end: index + label.length,
      }));
    const own = row.label.tokens.filter(({ isContent }) => isContent);
    const telling = own.filter((token) => !isShared(token, rows));
    return (telling.length > 0 ? telling : own)
      .flatMap((token) => allMatches(token, statement).filter(({ strength }) => strength >= SURE))
      .map(({ token }) => token);
  };
  return named
    .flatMap((row) => placesOf(row).map(({ start, end }) => ({ row, start, end, isObject: isObject(start) })))
    .toSorted((a, b) => a.start - b.start);
}

/** Told apart from the next year's by all of its digits. */
export const FISCAL_YEAR = /^\d{4}[/–-]\d{2,4}$/;

export const COMPARED =
  /(?<!\p{L})(?:than(?: in| at)?|since|against|compared (?:to|with)|versus|unlike|instead of|ahead of|behind|after|als|seit|gegenüber|statt|nach|vor|hinter|que(?: en)?|desde|frente a)\s+(?:version\s|the\s|in\s|der\s|dem\s)?$/iu;

const SURE = 0.85;

/** "Abbey Line", "Garden Line": what does not tell the rows apart. */
function isShared({ stem, kind, word }: Token, rows: readonly TableRow[]): boolean {
  const holding = rows.filter(({ label }) =>
    kind === "word" ? label.byStem.has(stem) : label.tokens.some((other) => other.word === word),
  );
  return holding.length > 1;
}

/** The rows that words at this place may be said of: the one named last before it, and the one named next. */
export function rowsAt(mentions: readonly Mention[], at: number): { before: TableRow | null; after: TableRow | null } {
  const before = mentions.findLast(({ start }) => start <= at)?.row ?? null;
  const after = mentions.find(({ start }) => start > at)?.row ?? null;
  return { before, after };
}
