import type { Evidence } from "../evidence/evidence.ts";
import { isTotal, rowsAround } from "../page/table-rows.ts";
import type { Figure } from "../reading/figures.ts";
import type { Reading } from "../reading/reading.ts";
import { isSpan } from "./derived-spans.ts";
import { type Given, givensOf, pairsOf } from "./givens.ts";
import { OPERATIONS, type Task } from "./reckoning.ts";

/** A writer works a figure out from two that the page gives: a difference, a sum, a share, the years between. */
export function isWorkedOut(statement: Reading, evidence: Evidence, index: number): boolean {
  return evidence.workedOut.getOrInsertComputed(index, () => workOut(statement, evidence, index));
}

function workOut(statement: Reading, evidence: Evidence, index: number): boolean {
  const figure = statement.tokens[index]?.figure;
  if (figure == null || figure.isOrdinal) return false;
  return (
    countsOwnDates(statement, index, figure) ||
    countsRows(evidence, figure) ||
    isSpan(statement, evidence, index) ||
    isReckoned(statement, evidence, index, figure)
  );
}

function isReckoned(statement: Reading, evidence: Evidence, index: number, stated: Figure): boolean {
  const { text } = statement;
  const { start, end } = stated;
  const task: Task = {
    statement,
    stated,
    before: text.slice(Math.max(0, start - CUE_CHARS), start),
    after: text.slice(end, end + CUE_CHARS),
    rounding: roundingOf(stated, text.slice(start, end)),
  };
  const figures = givensOf(statement, evidence, index, ({ figure }) => figure !== null && !figure.isOrdinal);
  // A share leaves the rest of a whole that need not be named.
  const pairs = figures.length === 1 ? figures.map((one): [Given, Given] => [one, one]) : pairsOf(figures);
  return pairs.some(([one, other]) => OPERATIONS.some((gives) => gives(task, one, other) || gives(task, other, one)));
}

const CUE_CHARS = 40;

/** Half of the last digit that is written, in base units. */
function roundingOf({ unit, isSpelled, precision }: Figure, written: string): number {
  const decimals = written.match(/\d[.,](\d{1,2})(?!\d)/)?.[1]?.length ?? 0;
  const digit = isSpelled ? 0 : precision > 0 ? precision : 10 ** -decimals;
  return digit * (unit?.factor ?? 1) * 0.5;
}

/** "Three times, in 2009, 2012 and 2013": the statement lists what it counts. */
function countsOwnDates({ tokens, text }: Reading, index: number, { readings, unit }: Figure): boolean {
  // "Twice" is a multiple elsewhere.
  if (unit !== null && (unit.dimension !== "share" || (readings[0] ?? 0) < 2)) return false;
  const first = tokens.findIndex(({ kind }, at) => at > index && kind !== "word");
  let count = 0;
  for (let at = first; tokens[at]?.kind === "date"; count += 1) {
    const next = tokens.findIndex((token, behind) => behind > at && token.isContent);
    const between = text.slice(tokens[at]?.end, tokens[next]?.start);
    at = next !== -1 && LISTED.test(between) ? next : -1;
  }
  return count > 1 && readings.includes(count);
}

/** "More than any other of the four farms": the table has a row for each. */
function countsRows({ places }: Evidence, { readings, unit, isSpelled }: Figure): boolean {
  if (unit !== null || !isSpelled) return false;
  return places.some(({ page, unit, isCore }) => {
    if (!isCore || unit.kind !== "row") return false;
    const rows = rowsAround(page, unit).filter(({ start, end }) => !isTotal(page.text.slice(start, end)));
    return rows.length > 1 && readings.includes(rows.length);
  });
}

const LISTED = /^(?:,|,? (?:and|und|y|et))\s(?:in )?$/;
