import { cellsOfRow, withColumns } from "./page-units.ts";
import { type Reading, readText } from "./reading.ts";
import { unitOf } from "./units.ts";

/** A row of a table; a scale that stands once, in the row's first cell or above the first column, holds for its figures. */
export function readRow(row: string, heads: string | null, language: string, names: ReadonlySet<string>): Reading {
  const reading = readText(withColumns(row, heads), language, names);
  const [own = ""] = cellsOfRow(row);
  const [corner = ""] = heads === null ? [] : cellsOfRow(heads);
  const head = [own, corner].find((cell) => scaleOf(cell) !== null) ?? "";
  const scale = scaleOf(head);
  if (scale === null) return reading;
  const unit = unitOf(head.match(MONEY)?.[0] ?? "");
  for (const { figure } of reading.tokens) {
    if (figure === null || figure.isOrdinal || (figure.unit !== null && figure.unit.dimension !== unit?.dimension))
      continue;
    // Written as in the table or in full: both are right.
    figure.readings.push(...figure.readings.map((value) => value * scale));
    figure.unit ??= unit;
  }
  return reading;
}

function scaleOf(cell: string): number | null {
  return SCALES.find(([pattern]) => pattern.test(cell))?.[1] ?? null;
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:thousands?|tausend|tsd|miles|milliers)(?!\p{L})|['’]000|000s/iu, 1e3],
  [/(?<!\p{L})(?:millions?|millionen|mio|millones|mn)(?!\p{L})/iu, 1e6],
  [/(?<!\p{L})(?:billions?|milliarden|mrd|milliards|bn)(?!\p{L})/iu, 1e9],
];
const MONEY = /[$€£¥₹]|(?<!\p{L})(?:euros?|dollars?|pounds?|dólares|libras|eur|usd|gbp|chf)(?!\p{L})/iu;
