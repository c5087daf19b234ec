import type { PageIndex } from "../page/page-index.ts";
import type { Unit } from "../page/page-units.ts";
import type { UnitList } from "../page/page-words.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** A unit with the share of the statement's weight that it explains and that was open before. */
export interface Core {
  page: PageIndex;
  unit: Unit;
  gain: number;
}

/** Finds the units of the pages that hold most of a statement, by the pages' word lists alone: nothing is read here. */
export interface CoreSearch {
  /** Rare words weigh more; 0 for words without meaning of their own. */
  weights: number[];
  /** The unit that explains most of what is still open; null when none explains `atLeast` of the statement. */
  best(wanted: Wanted): Core | null;
}

export interface Wanted {
  /** How far each token is explained already, 0 to 1; left out when none is. */
  covered?: readonly number[];
  /** Which tokens count; all when left out. */
  isOpen?: (token: Token) => boolean;
  taken?: ReadonlySet<Unit>;
  atLeast?: number;
}

export function createCoreSearch(statement: Reading, pages: readonly PageIndex[]): CoreSearch {
  const listed = pages.map((page) => ({
    page,
    lists: statement.tokens.map((token) => unitsOf(token, page)),
    scores: new Float64Array(page.units.length),
  }));
  const weights = weigh(statement, listed);
  const importance = statement.tokens.map((token, index) => (weights[index] ?? 0) * importanceOf(token));
  const total = Math.max(sumOf(importance), 1e-9);
  const known: { open: readonly number[]; cores: readonly Core[] }[] = [];
  // The same is asked for again with other units taken.
  const ranked = (open: readonly number[]): readonly Core[] => {
    const same = known.find((one) => one.open.every((weight, index) => weight === open[index]));
    if (same !== undefined) return same.cores;
    const cores = listed.flatMap((one) => rank(one, open, total));
    known.push({ open, cores });
    return cores;
  };
  return {
    weights,
    best({ covered = [], isOpen = () => true, taken = NONE_TAKEN, atLeast = 0 }) {
      const open = statement.tokens.map((token, index) =>
        isOpen(token) ? (importance[index] ?? 0) * (1 - (covered[index] ?? 0)) : 0,
      );
      // No unit explains more than all that stands somewhere.
      const found = open.filter((_, index) => listed.some(({ lists }) => (lists[index]?.list.length ?? 0) > 0));
      if (sumOf(found) / total < atLeast) return null;
      let best: Core | null = null;
      for (const core of ranked(open)) if (!taken.has(core.unit) && core.gain > (best?.gain ?? 0)) best = core;
      return best === null || best.gain < atLeast ? null : best;
    },
  };
}

const NONE_TAKEN: ReadonlySet<Unit> = new Set();

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

interface Listed {
  page: PageIndex;
  /** For each token of the statement, the units that hold it. */
  lists: UnitList[];
  /** For each unit of the page; all are 0 between two searches. */
  scores: Float64Array;
}

// A figure, date or name is rarer evidence than a word.
const IMPORTANCE = { word: 1, figure: 1.6, date: 1.6 } as const;
const NAME_IMPORTANCE = 1.3;

function importanceOf(token: Token): number {
  return token.isName ? NAME_IMPORTANCE : IMPORTANCE[token.kind];
}

const EMPTY: UnitList = { list: [], marks: new Uint8Array() };

function unitsOf(token: Token, page: PageIndex): UnitList {
  if (!token.isContent) return EMPTY;
  if (token.kind === "word") return page.unitsWith(token.stem, token.concepts);
  const [first = EMPTY, ...others] = keysOf(token).map((key) => page.unitsWith(key, []));
  return others.some(({ list }) => list.length > 0) ? join([first, ...others]) : first;
}

function join(all: readonly UnitList[]): UnitList {
  const marks = new Uint8Array(Math.max(...all.map((one) => one.marks.length)));
  const list: number[] = [];
  for (const one of all)
    for (const unit of one.list) {
      if (marks[unit] === 0) list.push(unit);
      marks[unit] = 1;
    }
  return { marks, list };
}

/** The words under which a figure or date may stand in a page's word list. */
function keysOf({ word, figure, date }: Token): string[] {
  if (figure?.unit?.dimension === "version") return [word];
  const digits = (word.match(/\d+/g) ?? []).toSorted((a, b) => b.length - a.length)[0];
  const keys = [digits ?? word.split(" ")[0] ?? word];
  const value = figure?.readings[0];
  if (value !== undefined && Number.isInteger(value) && value < 10_000) keys.push(String(value));
  if (value !== undefined && value >= 2 && value <= 12) keys.push(SMALL[value - 2] ?? "");
  for (const scale of SCALES_OF[figure?.unit?.dimension ?? ""] ?? []) {
    const scaled = Number(((value ?? 0) * scale).toPrecision(9));
    if (Number.isInteger(scaled) && scaled > 0) keys.push(String(scaled));
  }
  if (date?.year === null) keys.push(...(word.match(/\p{L}{3,}/gu) ?? []));
  return keys;
}

// The page may give the same in another unit: 0.18 seconds as 180 ms, 1.4 m as 140 cm.
const METRIC = [1_000, 0.001] as const;
const SCALES_OF: Readonly<Record<string, readonly number[]>> = {
  time: METRIC,
  length: [...METRIC, 100, 0.01],
  mass: METRIC,
  volume: METRIC,
  power: METRIC,
  data: METRIC,
};

const SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"] as const;

function weigh(statement: Reading, listed: readonly Listed[]): number[] {
  const total = listed.reduce((sum, { page }) => sum + page.units.length, 0);
  return statement.tokens.map((token, index) => {
    if (!token.isContent) return 0;
    const frequency = listed.reduce((sum, { lists }) => sum + (lists[index]?.list.length ?? 0), 0);
    return 0.4 + 0.6 * (Math.log(1 + total / Math.max(frequency, 1)) / Math.log(1 + total));
  });
}

/** The page's few best units with what each explains. */
function rank({ page, lists, scores }: Listed, open: readonly number[], total: number): Core[] {
  const asked = lists.flatMap((units, index) => {
    const weight = open[index] ?? 0;
    return weight > 0 && units.list.length > 0 ? [{ ...units, weight }] : [];
  });
  return candidates(page, asked, scores).map((unit) => ({ page, unit, gain: gainOf(page, unit, asked) / total }));
}

/** The units that hold a token of which something is open. */
interface Asked extends UnitList {
  /** How much is open. */
  weight: number;
}

const MAX_CANDIDATES = 10;
// Words that stand in more units than this choose none.
const MAX_LIST = 200;

function candidates(page: PageIndex, asked: readonly Asked[], scores: Float64Array): Unit[] {
  const touched: number[] = [];
  const isRare = asked.some(({ list }) => list.length <= MAX_LIST);
  for (const { list, weight } of asked) {
    if (isRare && list.length > MAX_LIST) continue;
    const share = weight / Math.log2(2 + list.length);
    for (const unit of list) {
      const score = scores[unit] ?? 0;
      if (score === 0) touched.push(unit);
      scores[unit] = score + share;
    }
  }
  const best = topOf(touched, scores);
  for (const unit of touched) scores[unit] = 0;
  return best.flatMap((index) => page.units[index] ?? []);
}

/** The best few, best first. */
function topOf(units: readonly number[], scores: Float64Array): number[] {
  const best: number[] = [];
  let least = 0;
  for (const unit of units) {
    const score = scores[unit] ?? 0;
    if (best.length === MAX_CANDIDATES && score <= least) continue;
    let at = best.length;
    while (at > 0 && score > (scores[best[at - 1] ?? 0] ?? 0)) at -= 1;
    best.splice(at, 0, unit);
    if (best.length > MAX_CANDIDATES) best.pop();
    least = scores[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}

// An example shows one use; the prose says what holds.
const CODE_SHARE = 0.6;
const HEADING_SHARE = 0.5;
const HEAD_ROW_SHARE = 0.5;

function gainOf(page: PageIndex, unit: Unit, asked: readonly Asked[]): number {
  const near = page.near(unit);
  const heading = page.headingOf(unit);
  let gain = 0;
  for (const { marks, weight } of asked) {
    let share = marks[unit.index] === 1 ? 1 : 0;
    if (share === 0)
      for (const other of near) if (other.share > share && marks[other.unit.index] === 1) share = other.share;
    if (share < HEAD_ROW_SHARE && marks[page.headRowOf(unit)] === 1) share = HEAD_ROW_SHARE;
    if (share < HEADING_SHARE && marks[heading] === 1) share = HEADING_SHARE;
    gain += weight * share;
  }
  return unit.kind === "code" ? gain * CODE_SHARE : gain;
}
