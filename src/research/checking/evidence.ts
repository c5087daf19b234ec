import { datesAgree } from "./dates.ts";
import { figuresAgree } from "./figures.ts";
import type { PageIndex, Unit } from "./page-index.ts";
import { shareStart } from "./page-index.ts";
import { PREFIX_CHARS, type Reading, type Token } from "./reading.ts";

/** A unit of a page that bears on the statement. */
export interface Place {
  page: PageIndex;
  unit: Unit;
  reading: Reading;
  /** The unit itself bears on the statement; else it stands next to one that does. */
  isCore: boolean;
  /** It, or the core it stands next to, holds a good part of the statement and not just a name or a figure of it. */
  isSound: boolean;
}

/** A word, figure or date of the statement found at a place. */
export interface Match {
  place: Place;
  token: Token;
  /** Index of the token in the place's reading. */
  index: number;
  /** 1 for the same word, less for synonyms and other forms. */
  strength: number;
}

export interface Evidence {
  places: Place[];
  /** For each token of the statement, where it was found, best first; empty for words without meaning of their own. */
  matches: Match[][];
  /** Titles and headings of the places, and the sentences just before: where a pronoun's name may stand. */
  contexts: Reading[];
  /** For each token: does a context hold it? */
  inContext: boolean[];
  /** Rare words weigh more; 0 for words without meaning of their own. */
  weights: number[];
}

/** Finds the sentences of the pages that bear on the statement. Null when nothing does. */
export function findEvidence(statement: Reading, pages: readonly PageIndex[]): Evidence | null {
  const weights = weigh(statement, pages);
  const places: Place[] = [];
  const covered = statement.tokens.map(() => 0);
  for (let round = 0; round < MAX_CORES; round += 1) {
    const best = bestUnit(statement, pages, { weights, covered, places });
    if (best === null) break;
    if (round > 0 && best.gain < MIN_GAIN) break;
    addPlaces(places, best.page, best.unit);
    cover(statement, places, covered);
  }
  if (places.length === 0) return null;
  addWordingCore(statement, pages, { weights, covered, places });
  markSound(statement, places, weights);
  const contexts = contextsOf(places.filter(({ isSound }) => isSound));
  const matches = statement.tokens.map((token) => matchesOf(token, places));
  const inContext = statement.tokens.map((token) => contexts.some((context) => matchIn(token, context) !== null));
  return { places, matches, contexts, inContext, weights };
}

/**
 * The sentence that speaks of the statement's matter, whatever its figures: with an altered figure the best core may be
 * another sentence in which that figure happens to stand.
 */
function addWordingCore(statement: Reading, pages: readonly PageIndex[], { weights, places }: Search): void {
  const words = weights.map((weight, index) => (statement.tokens[index]?.kind === "word" ? weight : 0));
  const open = { weights: words, covered: words.map(() => 0), places: [] };
  const best = bestUnit(statement, pages, open);
  if (best !== null) addPlaces(places, best.page, best.unit);
}

/** The first core is the best; a further one is sound when it alone holds enough of the statement. */
function markSound(statement: Reading, places: Place[], weights: readonly number[]): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const cores = places.filter(({ isCore }) => isCore);
  const sound = cores.filter(({ reading }, index) => {
    const held = statement.tokens.reduce(
      (sum, token, at) => sum + (weights[at] ?? 0) * (matchIn(token, reading)?.strength ?? 0),
      0,
    );
    return index === 0 || held >= total * SOUND_SHARE;
  });
  for (const place of places)
    place.isSound = sound.some(
      ({ page, unit }) =>
        page === place.page &&
        unit.section === place.unit.section &&
        Math.abs(unit.index - place.unit.index) <= NEAR_UNITS,
    );
}

const SOUND_SHARE = 0.5;
const NEAR_UNITS = 3;

const MAX_CORES = 3;
// A further sentence counts as evidence when it explains at least this share of the statement that was open before.
const MIN_GAIN = 0.12;
const MAX_CANDIDATES = 10;
// A figure, date or name is rarer evidence than a word.
const NAME_GAIN = 1.3;
const KIND_GAIN = { word: 1, figure: 1.6, date: 1.6 } as const;

function weigh(statement: Reading, pages: readonly PageIndex[]): number[] {
  const total = pages.reduce((sum, { units }) => sum + units.length, 0);
  return statement.tokens.map((token) => {
    if (!token.isContent) return 0;
    const frequency = pages.reduce((sum, page) => sum + page.unitsWith(keyOf(token), token.concepts).size, 0);
    return 0.4 + 0.6 * (Math.log(1 + total / Math.max(frequency, 1)) / Math.log(1 + total));
  });
}

function keyOf(token: Token): string {
  return token.kind === "word" ? token.stem : longestDigits(token.word);
}

function longestDigits(written: string): string {
  const runs = written.match(/\d+/g) ?? [];
  return runs.toSorted((a, b) => b.length - a.length)[0] ?? written;
}

interface Search {
  weights: number[];
  covered: number[];
  places: Place[];
}

function bestUnit(
  statement: Reading,
  pages: readonly PageIndex[],
  { weights, covered, places }: Search,
): { page: PageIndex; unit: Unit; gain: number } | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let best: { page: PageIndex; unit: Unit; gain: number } | null = null;
  for (const page of pages)
    for (const unit of candidates(statement, page, weights, covered)) {
      if (places.some((place) => place.isCore && place.unit === unit)) continue;
      const gain = gainOf(statement, page, unit, { weights, covered }) / Math.max(total, 1e-9);
      if (best === null || gain > best.gain) best = { page, unit, gain };
    }
  return best !== null && best.gain > 0 ? best : null;
}

function candidates(statement: Reading, page: PageIndex, weights: number[], covered: number[]): Unit[] {
  const scores = new Map<number, number>();
  statement.tokens.forEach((token, index) => {
    const weight = (weights[index] ?? 0) * (1 - (covered[index] ?? 0));
    if (weight <= 0) return;
    const units = page.unitsWith(keyOf(token), token.concepts);
    const share = weight / Math.log2(2 + units.size);
    for (const unit of units) scores.set(unit, (scores.get(unit) ?? 0) + share);
  });
  return Array.from(scores)
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MAX_CANDIDATES)
    .flatMap(([index]) => page.units[index] ?? []);
}

function gainOf(
  statement: Reading,
  page: PageIndex,
  unit: Unit,
  { weights, covered }: { weights: number[]; covered: number[] },
): number {
  const core = page.read(unit);
  const near = neighbours(page, unit).map((other) => ({
    reading: page.read(other),
    share: nearness(page, unit, other),
  }));
  const context = page.readContext(unit.section);
  let gain = 0;
  statement.tokens.forEach((token, index) => {
    const weight = weights[index] ?? 0;
    if (weight === 0) return;
    let strength = matchIn(token, core)?.strength ?? 0;
    for (const { reading, share } of near)
      if (strength < share) strength = Math.max(strength, share * (matchIn(token, reading)?.strength ?? 0));
    if (strength < NEAR_SHARE) strength = Math.max(strength, NEAR_SHARE * (matchIn(token, context)?.strength ?? 0));
    const importance = token.isName ? NAME_GAIN : KIND_GAIN[token.kind];
    gain += weight * importance * Math.max(0, strength - (covered[index] ?? 0));
  });
  return unit.kind === "code" ? gain * CODE_SHARE : gain;
}

// An example shows one use; the prose says what holds.
const CODE_SHARE = 0.6;

const NEAR_SHARE = 0.5;
const SAME_LINE_SHARE = 0.75;

/** The next sentence of a list item or paragraph line says more about it than the next paragraph. */
function nearness(page: PageIndex, unit: Unit, other: Unit): number {
  const [first, second] = unit.start < other.start ? [unit, other] : [other, unit];
  return page.source.page.text.slice(first.end, second.start).includes("\n") ? NEAR_SHARE : SAME_LINE_SHARE;
}

/** Sentences that belong to the same train of thought: two before and one after, in the same section. */
function neighbours(page: PageIndex, unit: Unit): Unit[] {
  return [-2, -1, 1]
    .flatMap((offset) => page.units[unit.index + offset] ?? [])
    .filter(({ section, kind }) => section === unit.section && kind === "sentence" && unit.kind !== "row");
}

function addPlaces(places: Place[], page: PageIndex, unit: Unit): void {
  const core = places.find((place) => place.unit === unit);
  if (core !== undefined) core.isCore = true;
  else places.push({ page, unit, reading: page.read(unit), isCore: true, isSound: false });
  for (const other of neighbours(page, unit))
    if (!places.some((place) => place.unit === other))
      places.push({ page, unit: other, reading: page.read(other), isCore: false, isSound: false });
}

function cover(statement: Reading, places: Place[], covered: number[]): void {
  statement.tokens.forEach((token, index) => {
    for (const { reading, isCore } of places) {
      const strength = (matchIn(token, reading)?.strength ?? 0) * (isCore ? 1 : 0.6);
      if (strength > (covered[index] ?? 0)) covered[index] = strength;
    }
  });
}

function contextsOf(places: Place[]): Reading[] {
  const contexts: Reading[] = [];
  for (const { page, unit } of places) {
    contexts.push(page.readContext(unit.section));
    if (unit.lead !== null) contexts.push(page.readLead(unit));
  }
  return contexts;
}

function matchesOf(token: Token, places: Place[]): Match[] {
  if (!token.isContent) return [];
  const found = places.flatMap((place) => allIn(token, place.reading).map((match) => ({ place, ...match })));
  return found.toSorted((a, b) => b.strength - a.strength || Number(b.place.isCore) - Number(a.place.isCore));
}

export interface TokenMatch {
  token: Token;
  index: number;
  strength: number;
}

/** The best match of a statement's token in a reading, or null. */
export function matchIn(token: Token, reading: Reading): TokenMatch | null {
  let best: TokenMatch | null = null;
  for (const match of allIn(token, reading)) if (best === null || match.strength > best.strength) best = match;
  return best;
}

function allIn(token: Token, reading: Reading): TokenMatch[] {
  if (!token.isContent) return [];
  if (token.kind !== "word") return quantitiesIn(token, reading);
  const strengths = new Map<number, number>();
  const add = (indices: readonly number[] | undefined, strength: number): void => {
    for (const index of indices ?? []) if ((strengths.get(index) ?? 0) < strength) strengths.set(index, strength);
  };
  add(reading.byStem.get(token.stem), 1);
  for (const concept of token.concepts) add(reading.byConcept.get(concept), 0.9);
  if (token.stem.length >= PREFIX_CHARS - 1) addForms(token, reading, add);
  return Array.from(strengths, ([index, strength]) => ({ token: reading.tokens[index] as Token, index, strength }));
}

function addForms(token: Token, reading: Reading, add: (indices: readonly number[], strength: number) => void): void {
  if (token.stem.length >= PREFIX_CHARS)
    for (const index of reading.byPrefix.get(token.stem.slice(0, PREFIX_CHARS)) ?? []) {
      const other = reading.tokens[index];
      if (other !== undefined && shareStart(other.stem, token.stem)) add([index], token.isName ? 0.85 : 0.8);
    }
  // Compounds, as German makes them: "Brandursache" speaks of the "Ursache". And names with an ending: Burma, Burmese.
  for (const [stemmed, indices] of reading.byStem) {
    const [short, long] = stemmed.length < token.stem.length ? [stemmed, token.stem] : [token.stem, stemmed];
    if (short.length < 4 || short === long) continue;
    const isPart = (short.length >= 5 && long.startsWith(short)) || long.endsWith(short);
    const isAdjective = token.isName && DERIVED.test(long.slice(short.length)) && long.startsWith(short);
    if (isPart || isAdjective) add(indices, isAdjective ? 0.9 : 0.7);
  }
}

const DERIVED = /^(?:n|an|ian|ean|ese|ish|i|s|er|ern|isch\p{L}{0,2}|ens?|o|a|os|as)$/u;

function quantitiesIn(token: Token, reading: Reading): TokenMatch[] {
  const found: TokenMatch[] = [];
  reading.tokens.forEach((other, index) => {
    if (agree(token, other)) found.push({ token: other, index, strength: 1 });
  });
  return found;
}

/** Do two figures or dates say the same? */
export function agree(stated: Token, found: Token): boolean {
  if (stated.date !== null && found.date !== null) return datesAgree(stated.date, found.date);
  if (stated.figure !== null && found.figure !== null) return figuresAgree(stated.figure, found.figure);
  // "2011" may be read as a year on one side and as a figure on the other.
  const year = stated.date ?? found.date;
  const figure = stated.figure ?? found.figure;
  if (year === null || figure === null || figure === undefined) return false;
  return year.month === null && figure.unit === null && figure.readings[0] === year.year;
}
