import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Figure } from "../reading/figures.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isSpan } from "./derived-spans.ts";
import { type Given, givensOf, namedPairs, pairsOf, tablesOf } from "./givens.ts";
import { CHANGE_AFTER, goesOtherWay, OPERATIONS, REST, taskOf } from "./reckoning.ts";

/** A writer works a figure out from two that the page gives: a difference, a sum, a share, the years between. */
export function isWorkedOut(statement: Reading, evidence: Evidence, index: number): boolean {
  return evidence.workedOut.getOrInsertComputed(index, () => workOut(statement, evidence, index));
}

function workOut(statement: Reading, evidence: Evidence, index: number): boolean {
  const figure = statement.tokens[index]?.figure;
  if (figure == null || figure.isOrdinal) return false;
  return (
    countsOwnDates(statement, index, figure) ||
    (!CHANGE_AFTER.test(statement.text.slice(figure.end)) && countsRows(evidence, figure)) ||
    fillsWhole(statement, index, figure) ||
    countsOthers(statement, evidence, index, figure) ||
    isSpan(statement, evidence, index) ||
    isReckoned(statement, evidence, index)
  );
}

function isReckoned(statement: Reading, evidence: Evidence, index: number): boolean {
  const task = taskOf(statement, statement.tokens[index] as Token);
  if (task === null) return false;
  // With a table's figures `tables/` reckons.
  const figures = givensOf(statement, evidence, index, ({ figure }) => figure !== null && !figure.isOrdinal).filter(
    ({ place }) => place.unit.kind !== "row",
  );
  // A share leaves the rest of a whole that need not be named.
  const pairs = figures.length === 1 ? figures.map((one): [Given, Given] => [one, one]) : pairsOf(figures);
  return [...pairs, ...namedPairs(statement, evidence, index)].some(
    ([one, other]) =>
      !goesOtherWay(task, one, other) && OPERATIONS.some((gives) => gives(task, one, other) || gives(task, other, one)),
  );
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

/** "More than any other of the four farms": the table has a row for each. "46 of the 275": they add up to it. */
function countsRows(evidence: Evidence, { readings, unit, isSpelled }: Figure): boolean {
  if (unit !== null) return false;
  return tablesOf(evidence).some(
    (rows) => rows.length > 1 && ((isSpelled && readings.includes(rows.length)) || readings.some(isSumOf(rows))),
  );
}

function isSumOf(rows: readonly Place[]): (value: number) => boolean {
  const columns = rows.map(({ reading: { tokens, quantities } }) =>
    quantities.flatMap((at) => tokens[at]?.figure?.readings[0] ?? Number.NaN),
  );
  const width = Math.min(...columns.map(({ length }) => length));
  const sums = Array.from({ length: width }, (_, column) => columns.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return (value) => value > MAX_CHANCE && sums.some((sum) => Math.abs(sum - value) < 1e-6);
}

const MAX_CHANCE = 12;

/** "50% springs, 6% streams, the remaining 44% rain": with the statement's other shares it makes a whole. */
function fillsWhole({ tokens, text }: Reading, index: number, figure: Figure): boolean {
  const shareOf = (one: Figure | null): number =>
    one?.unit?.dimension === "ratio" || one?.unit?.dimension === "share"
      ? (one.readings[0] ?? 0) * one.unit.factor
      : Number.NaN;
  const others = tokens.flatMap((token, at) => (at === index ? [] : shareOf(token.figure))).filter(Number.isFinite);
  if (others.length === 0 || (others.length < 3 && !REST.test(text))) return false;
  return Math.abs(others.reduce((sum, share) => sum + share, shareOf(figure)) - 1) < 1e-3;
}

/** "Its four other schools", "vier weitere Schulen" where the page has "one of five schools". */
function countsOthers(
  statement: Reading,
  { places }: Evidence,
  index: number,
  { readings, end, unit }: Figure,
): boolean {
  if (unit !== null || !OTHERS.test(statement.text.slice(end))) return false;
  const counted = statement.tokens.slice(index + 1, index + 1 + COUNTED_TOKENS).filter(({ isContent }) => isContent);
  return places.some(({ isSound, isCore, reading: { tokens } }) =>
    tokens.some(
      ({ figure }, at) =>
        (isSound || isCore) &&
        figure !== null &&
        !figure.isOrdinal &&
        readings.some((value) => figure.readings.includes(value + 1)) &&
        tokens.slice(at + 1, at + 1 + COUNTED_TOKENS).some(({ stem }) => counted.some((own) => own.stem === stem)),
    ),
  );
}

const OTHERS =
  /^\s(?:others?|further|additional|more|remaining|anderen?|weiteren?|übrigen?|otr[oa]s|autres)(?![a-zß-ɏ])/i;
const COUNTED_TOKENS = 5;

const LISTED = /^(?:,|,? (?:and|und|y|et))\s(?:in )?$/;
