import type { Evidence, Place } from "../evidence/evidence.ts";
import { cellsOfRow, type Unit } from "../page/page-units.ts";
import { agree, matchIn } from "../reading/matching.ts";
import { type Reading, readText, type Token } from "../reading/reading.ts";

/** Do the figures of a table or of a list show what the statement calls the highest or lowest? */
export function isShownByFigures(statement: Reading, { places }: Evidence, word: string): boolean {
  const wanted = HIGHEST.test(word) ? "highest" : LOWEST.test(word) ? "lowest" : "either";
  return places.some((place) => {
    if (!place.isCore) return false;
    return place.unit.kind === "row"
      ? isExtremeRow(statement, place, wanted)
      : isExtremeInList(statement, place, wanted);
  });
}

type Extreme = "highest" | "lowest" | "either";

const HIGHEST =
  /^(?:most|highest|largest|biggest|greatest|strongest|longest|heaviest|dearest|costliest|busiest|tallest|hottest|warmest|mas|mayor|meiste[nr]?|hochste[nrs]?|grosste[nrs]?|starkste[nrs]?)$/;
const LOWEST =
  /^(?:least|lowest|smallest|fewest|shortest|lightest|cheapest|coldest|weakest|menos|menor|wenigste[nr]?|niedrigste[nrs]?|kleinste[nrs]?)$/;

function isExtremeRow(statement: Reading, place: Place, wanted: Extreme): boolean {
  const { page, unit } = place;
  const read = (text: string): Reading => readText(text, page.language, page.names);
  const heads = cellsOfRow(unit.lead ?? "").map(read);
  const table = rowsAround(page.units, unit)
    .map((row) => cellsOfRow(page.text.slice(row.start, row.end)))
    // A sum is no rival of what it sums up.
    .filter(([head = ""]) => !SUM.test(head))
    .map((cells) => cells.map(read));
  const own = cellsOfRow(page.text.slice(unit.start, unit.end)).map(read);
  const columns = own.flatMap((cell, column) => (column > 0 && amountIn(cell) !== null ? [column] : []));
  // The column that the statement speaks of, where it names one.
  const named = columns.filter(
    (column) =>
      isTold(statement, own[column]) || heads[column]?.tokens.some((token) => matchIn(token, statement) !== null),
  );
  return (named.length > 0 ? named : columns).some((column) => {
    const values = table.flatMap((cells) => amountIn(cells[column]) ?? []);
    return values.length >= MIN_VALUES && isExtreme(amountIn(own[column]) ?? 0, values, wanted);
  });
}

const MIN_VALUES = 2;
const SUM = /^\W*(?:(?:sub)?total|sum|all|gesamt|insgesamt|summe|suma|ensemble)\b/iu;

/** The rows of one table stand one after the other. */
function rowsAround(units: readonly Unit[], unit: Unit): Unit[] {
  const isSame = (other: Unit | undefined): boolean =>
    other?.kind === "row" && other.section === unit.section && other.lead === unit.lead;
  let [first, last] = [unit.index, unit.index];
  while (unit.index - first < MAX_ROWS && isSame(units[first - 1])) first -= 1;
  while (last - unit.index < MAX_ROWS && isSame(units[last + 1])) last += 1;
  return units.slice(first, last + 1);
}

const MAX_ROWS = 100;

function isTold(statement: Reading, cell: Reading | undefined): boolean {
  return cell?.tokens.some((token) => token.kind !== "word" && matchIn(token, statement) !== null) === true;
}

function amountIn(cell: Reading | undefined): number | null {
  const figure = cell?.tokens.find((token) => token.figure !== null)?.figure;
  const value = figure?.readings[0];
  return figure === undefined || figure === null || value === undefined ? null : figure.sign === -1 ? -value : value;
}

/** "0.92 up to 10, 1.47 from 10 to 25, and 2.65 above": the statement gives the highest or lowest of figures of a kind. */
function isExtremeInList(statement: Reading, { reading }: Place, wanted: Extreme): boolean {
  return statement.quantities.some((index) => {
    const own = statement.tokens[index];
    const found =
      own === undefined ? undefined : reading.tokens.find((token) => token.kind === "figure" && agree(own, token));
    if (found?.figure === undefined || found.figure === null) return false;
    const all = reading.tokens.flatMap((token) => (isOfKind(token, found) ? (token.figure?.readings[0] ?? []) : []));
    const values = all.filter((value) => !isSum(value, all));
    return values.length > MIN_VALUES && isExtreme(found.figure.readings[0] ?? 0, values, wanted);
  });
}

/** "More than 800 million included 300 million in Africa, …": what is made up of the others is no rival of theirs. */
function isSum(value: number, all: readonly number[]): boolean {
  const parts = all.filter((other) => other < value).reduce((sum, other) => sum + other, 0);
  return all.length > MIN_VALUES && value > 0 && Math.abs(parts - value) <= value * SUM_TOLERANCE;
}

const SUM_TOLERANCE = 0.01;

function isOfKind({ figure }: Token, found: Token): boolean {
  return (
    figure !== null &&
    figure.isOrdinal === found.figure?.isOrdinal &&
    figure.unit?.dimension === found.figure?.unit?.dimension
  );
}

function isExtreme(value: number, values: readonly number[], wanted: Extreme): boolean {
  const isHighest = values.every((other) => other <= value);
  const isLowest = values.every((other) => other >= value);
  if (wanted === "either") return isHighest || isLowest;
  return wanted === "highest" ? isHighest : isLowest;
}
