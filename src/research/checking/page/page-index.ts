import type { Page } from "../../../types.ts";
import { type CalendarDate, datesOf } from "../reading/dates.ts";
import { languageOf } from "../reading/language.ts";
import { type Reading, readText } from "../reading/reading.ts";
import { scanPage } from "./page-scan.ts";
import { type NearUnit, nearUnits, type Unit, unitsOf } from "./page-units.ts";
import { collect, indexWords, type UnitList } from "./page-words.ts";
import { noteOnScale, readRow } from "./table-scale.ts";

/** A page prepared for checking many statements: its units, where each word stands, and what was read already. */
export interface PageIndex {
  text: string;
  language: string;
  units: Unit[];
  /** Heading of each section, empty where there is none; section 0 is what stands before the first heading. */
  headings: string[];
  /** Words that are names on this page. */
  names: ReadonlySet<string>;
  /** Units in which a word stands that agrees with the stem, directly or by its first letters or synonyms. */
  unitsWith(stemmed: string, concepts: readonly number[]): UnitList;
  near(unit: Unit): readonly NearUnit[];
  /** The first unit that begins at this place of the text or behind. */
  unitFrom(start: number): Unit | undefined;
  /** Index of the unit that is the heading of the unit's section, or −1. */
  headingOf(unit: Unit): number;
  /** Index of the row of column heads above a row of a table, or −1. */
  headRowOf(unit: Unit): number;
  read(unit: Unit): Reading;
  /** The only date with a year in the nearest sentence before the unit that has any: "two years later" counts from it. */
  dateBefore(unit: Unit): CalendarDate | null;
  /** Title and heading of a section. */
  readContext(section: number): Reading;
  /** The unit's `lead`. */
  readLead(unit: Unit): Reading;
  /** A part of a unit, such as a cell of a table. */
  readPart(part: string): Reading;
}

/**
 * The page's index, kept as long as the page is: an answer is checked when it is written, with its marks placed, and
 * after its revision, against the same pages each time.
 */
export function indexOf(page: Page): PageIndex {
  const known = INDEXES.get(page);
  if (known !== undefined && known.text === page.text) return known;
  const index = indexPage(page);
  INDEXES.set(page, index);
  return index;
}

const INDEXES = new WeakMap<Page, PageIndex>();

function indexPage({ text, title }: Page): PageIndex {
  const language = languageOf(text);
  const { units, headings } = unitsOf(text, language);
  const headingUnits: number[] = [];
  for (const { index, kind, section } of units) if (kind === "heading") headingUnits[section] = index;
  const note = noteOnScale(text);
  const scanned = scanPage(text, units, language);
  const { names } = scanned;
  const words = indexWords(scanned, language);
  const readings = new Map<number, Reading>();
  const contexts = new Map<number, Reading>();
  const parts = new Map<string, Reading>();
  const readPart = (part: string): Reading => parts.getOrInsertComputed(part, () => readText(part, language, names));
  const headRows = headRowsOf(text, units);
  const near: NearUnit[][] = [];
  const found = new Map<string, { concepts: readonly number[]; units: UnitList }[]>();
  return {
    text,
    language,
    units,
    headings,
    names,
    unitsWith(stemmed, concepts) {
      const known = found.getOrInsertComputed(stemmed, () => []);
      // One stem has other meanings as a name or in a phrase.
      const same = known.find((one) => areSame(one.concepts, concepts));
      if (same !== undefined) return same.units;
      const listed = collect(words, units.length, stemmed, concepts);
      const result = RELEASE.test(stemmed) ? holding(listed, stemmed, { text, units }) : listed;
      known.push({ concepts, units: result });
      return result;
    },
    near(unit) {
      near[unit.index] ??= nearUnits(text, units, unit);
      return near[unit.index] ?? [];
    },
    unitFrom: (start) => units[firstFrom(units, start)],
    headRowOf: ({ index }) => headRows.get(index) ?? -1,
    headingOf: ({ section }) => headingUnits[section] ?? -1,
    read(unit) {
      const known = readings.get(unit.index);
      if (known !== undefined) return known;
      const written = text.slice(unit.start, unit.end).replaceAll("\n", " ");
      const reading =
        unit.kind === "row"
          ? readRow(written, { heads: unit.lead, captions: [unit.caption, note], language, names })
          : readText(written, language, names, { before: () => dateBefore(text, units, unit) });
      readings.set(unit.index, reading);
      return reading;
    },
    dateBefore: (unit) => dateBefore(text, units, unit),
    readContext(section) {
      const known = contexts.get(section);
      if (known !== undefined) return known;
      const reading = readText(`${title}\n${headings[section] ?? ""}`, language, names);
      contexts.set(section, reading);
      return reading;
    },
    readLead: ({ lead }) => readPart(lead ?? ""),
    readPart,
  };
}

// "1.2.9" is listed by its parts.
const RELEASE = /^\d+\.\d+\./;

/** The units that have it as it is written. */
function holding(
  { list, marks }: UnitList,
  written: string,
  { text, units }: { text: string; units: readonly Unit[] },
): UnitList {
  const held = list.filter((at) => text.slice(units[at]?.start, units[at]?.end).toLowerCase().includes(written));
  const kept = new Uint8Array(marks.length);
  for (const at of held) kept[at] = 1;
  return { list: held, marks: kept };
}

function dateBefore(text: string, units: readonly Unit[], { index, section }: Unit): CalendarDate | null {
  for (let at = index - 1; at >= index - MAX_SENTENCES_BACK; at -= 1) {
    const unit = units[at];
    if (unit?.section !== section || unit.kind !== "sentence") return null;
    const dates = datesOf(text.slice(unit.start, unit.end)).filter(({ year, years }) => year !== null && years === 1);
    if (dates.length === 0) continue;
    return new Set(dates.map(({ year }) => year)).size === 1 ? (dates.at(-1) ?? null) : null;
  }
  return null;
}

const MAX_SENTENCES_BACK = 2;

function headRowsOf(text: string, units: readonly Unit[]): ReadonlyMap<number, number> {
  const heads = new Map<number, number>();
  for (const { index, lead } of units) {
    const above = units[index - 1];
    if (lead === null || above?.kind !== "row") continue;
    const head =
      above.lead === null && text.slice(above.start, above.end) === lead ? above.index : heads.get(above.index);
    if (head !== undefined) heads.set(index, head);
  }
  return heads;
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((concept, index) => concept === b[index]));
}

/** Index of the first unit that begins there or behind. */
function firstFrom(units: readonly Unit[], start: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
