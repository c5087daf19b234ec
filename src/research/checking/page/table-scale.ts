import { figuresOf } from "../reading/read-figures.ts";
import { type Reading, readText } from "../reading/reading.ts";
import { type Unit, unitOf } from "../reading/units.ts";
import { COLUMN_GAP, cellsOfRow, withColumns } from "./page-units.ts";

interface Surroundings {
  /** The row of column heads. */
  heads: string | null;
  /** What stands above the table or on the whole page about its figures, nearest first. */
  captions: readonly (string | null)[];
  language: string;
  names: ReadonlySet<string>;
}

/**
 * A row of a table; a scale that stands once, in the row's first cell, above the column or above the table, holds for
 * its figures.
 */
export function readRow(row: string, { heads, captions, language, names }: Surroundings): Reading {
  const read = withColumns(row, heads);
  const reading = readText(read, language, names);
  const [own = ""] = cellsOfRow(row);
  const columns = heads === null ? [] : cellsOfRow(heads);
  const measures = cellsOfRow(row).map((_, column) =>
    [own, columns[column], columns[0], ...captions].map((text) => measureOf(text ?? "")).find((one) => one !== null),
  );
  for (const { figure, start } of reading.tokens) {
    const measure = measures[reading.text.slice(0, start).split(COLUMN_GAP).length - 1];
    if (figure === null || figure.isOrdinal || measure == null) continue;
    const { scale, unit } = measure;
    if (figure.unit !== null && figure.unit.dimension !== unit?.dimension) continue;
    // Written as in the table or in full: both are right.
    if (scale > 1) {
      figure.scaled = figure.readings.map((value) => value * scale);
      figure.readings.push(...figure.scaled);
    }
    figure.unit ??= unit;
  }
  return reading;
}

interface Measure {
  scale: number;
  unit: Unit | null;
}

/** "In thousands of euros", "EUR million", "million cubic metres". */
function measureOf(text: string): Measure | null {
  for (const [pattern, scale] of SCALES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const counted = figuresOf(`1 ${text.slice(found.index)}`, "en", [])[0]?.unit;
    return { scale, unit: counted ?? unitOf(text.match(MONEY)?.[0] ?? "") };
  }
  // "Length (nautical miles)": a unit without a scale.
  const unit = figuresOf(`1 ${text.match(BRACKETED)?.[1] ?? ""}`, "en", [])[0]?.unit;
  return unit == null ? null : { scale: 1, unit };
}

/** "All amounts are in thousands of euros", said once for all tables of a page. */
export function noteOnScale(text: string): string | null {
  const note = text.match(NOTE)?.[0] ?? "";
  return measureOf(note) === null ? null : note;
}

const NOTE =
  /(?<![a-zß-ɏ])(?:amounts|figures|values|sums|beträge|angaben|zahlen|werte|cifras|importes|valores|montants|chiffres)\b[^.\n|\d]{0,30}\s(?:in|en)\s[^.\n|\d]{0,40}/i;

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:thousands?|tausend|tsd|miles(?= de)|(?<=en )miles|milliers)(?!\p{L})|['’]000|000s/iu, 1e3],
  [/(?<!\p{L})(?:millions?|millionen|mio|millones|mn)(?!\p{L})/iu, 1e6],
  [/(?<!\p{L})(?:billions?|milliarden|mrd|milliards|bn)(?!\p{L})/iu, 1e9],
];
const BRACKETED = /\(([^()|]{1,30})\)/;
const MONEY =
  /[$€£¥₹]|(?<!\p{L})(?:euros?|dollars?|pounds?|dólares|libras|eur|usd|gbp|chf|kronor|kroner|sek|nok|dkk)(?!\p{L})/iu;
