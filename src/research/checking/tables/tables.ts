import type { Place } from "../evidence/evidence.ts";
import type { PageIndex } from "../page/page-index.ts";
import { COLUMN_GAP, cellsOfRow, type Unit } from "../page/page-units.ts";
import { isTotal, MAX_ROWS, rowsAround } from "../page/table-rows.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** A table of the page as it can be calculated with. */
export interface Table {
  heads: Reading[];
  /** Without rows of totals. */
  rows: TableRow[];
}

export interface TableRow {
  unit: Unit;
  label: Reading;
  /** Figures and dates of each cell; none in the first one, which is the label. */
  cells: Token[][];
  /** Words of each cell. */
  words: Token[][];
  /** What each cell says as a number; null for words and empty cells. */
  values: (number | null)[];
  isTotal: boolean;
}

/** The tables whose rows bear on a statement; one of more than `MAX_ROWS` rows is not compared. */
export function tablesOf(places: readonly Place[]): Table[] {
  const taken = new Set<Unit>();
  return places.flatMap(({ page, unit: place, isCore }) => {
    // What stands right above a table speaks of it.
    const unit = place.kind === "row" ? place : page.units[place.index + 1];
    if (!isCore || unit?.kind !== "row" || unit.lead === null || taken.has(unit)) return [];
    const units = rowsAround(page, unit);
    for (const one of units) taken.add(one);
    return units.length < 2 || units.length > MAX_ROWS ? [] : [readTable(page, unit.lead, units)];
  });
}

function readTable(page: PageIndex, lead: string, units: readonly Unit[]): Table {
  const rows = units.map((unit): TableRow => {
    const written = cellsOfRow(page.text.slice(unit.start, unit.end));
    const all = cellTokens(page.read(unit), written);
    const cells = all.map((cell) => cell.filter(({ kind }) => kind !== "word"));
    const words = all.map((cell) => cell.filter(({ kind, isContent }) => kind === "word" && isContent));
    const label = written[0] ?? "";
    return { unit, label: page.readPart(label), cells, words, values: cells.map(numberIn), isTotal: isTotal(label) };
  });
  return { heads: cellsOfRow(lead).map(page.readPart), rows };
}

/** The row's words, figures and dates by column, without those of the heads that are read aloud before them. */
function cellTokens({ text, tokens }: Reading, written: readonly string[]): Token[][] {
  let end = -COLUMN_GAP.length;
  const segments = text.split(COLUMN_GAP);
  return segments.map((segment, column) => {
    const start = end + COLUMN_GAP.length;
    end = start + segment.length;
    if (column === 0) return [];
    const from = end - (written[column] ?? "").length;
    return tokens.filter((token) => token.start >= from && token.end <= end);
  });
}

function numberIn(cell: readonly Token[]): number | null {
  const [token] = cell;
  if (token?.figure != null) {
    const { readings: written, scaled, sign } = token.figure;
    const readings = scaled ?? written;
    return readings[0] === undefined ? null : readings[0] * (sign === -1 ? -1 : 1);
  }
  return token?.date?.year ?? null;
}

export function isYear(value: number): boolean {
  return Number.isInteger(value) && value > 1000 && value < 2100;
}
