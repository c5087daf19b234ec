import type { PageIndex } from "../page/page-index.ts";
import type { Unit } from "../page/page-units.ts";
import { allMatches, matchIn } from "../reading/matching.ts";
import { normalizeForQuotes } from "../reading/quotable.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { Core, CoreSearch } from "./core-search.ts";
import type { Pair } from "./word-run.ts";

/** A unit of a page that bears on the statement. */
export interface Place {
  page: PageIndex;
  unit: Unit;
  reading: Reading;
  /** The unit itself bears on the statement; else it stands next to one that does. */
  isCore: boolean;
  /** It, or the core it stands next to, holds a good part of the statement and not just a name or a figure of it. */
  isSound: boolean;
  /** For each token of the statement, where it stands here, best first. */
  matches: readonly (readonly Match[])[];
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
  /** The best core first. */
  places: Place[];
  /** For each token of the statement, where it was found, best first; empty for words without meaning of their own. */
  matches: readonly (readonly Match[])[];
  /** Titles, headings and leads of the sound places: where a pronoun's name may stand. */
  contexts: Reading[];
  /** For each token: does a context hold it? */
  inContext: boolean[];
  /** Rare words weigh more; 0 for words without meaning of their own. */
  weights: number[];
  /** The run of words that a place and the statement have in common, once it was asked for: see `commonSequence`. */
  runs: Map<Place, readonly Pair[]>;
  /** By index of the statement's figures, once it was asked for: may the figure be worked out? See `isWorkedOut`. */
  workedOut: Map<number, boolean>;
}

/**
 * Finds the sentences of the pages that bear on the statement. Null when nothing does.
 *
 * @param named sentences that the statement's marks quote
 */
export function findEvidence(
  statement: Reading,
  search: CoreSearch,
  named: readonly Pick<Place, "page" | "unit">[] = [],
): Evidence | null {
  const places: Place[] = [];
  const taken = new Set<Unit>();
  const covered = statement.tokens.map(() => 0);
  for (let round = 0; round < MAX_CORES; round += 1) {
    const best = search.best({ covered, taken, atLeast: round === 0 ? 0 : MIN_GAIN });
    if (best === null) break;
    addPlaces(places, best, round === 0);
    taken.add(best.unit);
    cover(statement, places, covered);
  }
  if (places.length === 0) return null;
  // The sentence on the matter, whatever its figures: with an altered figure the best core may be another sentence in
  // which that figure happens to stand.
  const onMatter = search.best({ isOpen: ({ kind }) => kind === "word" });
  if (onMatter !== null) addPlaces(places, onMatter, true);
  for (const place of named) addPlaces(places, place, true);
  return compareWith(
    statement,
    places,
    search,
    named.map(({ unit }) => unit),
  );
}

/** The sentences that somebody names, with those around them, and no others. Null when none is named. */
export function evidenceAt(
  statement: Reading,
  search: CoreSearch,
  named: readonly Pick<Place, "page" | "unit">[],
): Evidence | null {
  const places: Place[] = [];
  for (const place of named) addPlaces(places, place, true);
  const units = named.map(({ unit }) => unit);
  return places.length === 0 ? null : compareWith(statement, places, search, units);
}

function compareWith(statement: Reading, places: Place[], { weights }: CoreSearch, named: readonly Unit[]): Evidence {
  markSound(statement, places, { weights, named });
  const contexts = contextsOf(places.filter(({ isSound }) => isSound));
  for (const place of places) place.matches = statement.tokens.map((token) => matchesOf(token, place));
  return {
    places,
    matches: statement.tokens.map((_, index) => bestFirst(places.flatMap(({ matches }) => matches[index] ?? []))),
    contexts,
    inContext: statement.tokens.map((token) => contexts.some((context) => matchIn(token, context) !== null)),
    weights,
    runs: new Map(),
    workedOut: new Map(),
  };
}

const MAX_CORES = 3;
// A further sentence counts as evidence when it explains at least this share of the statement that was open before.
const MIN_GAIN = 0.12;

/** The sentence that is the statement letter by letter, but for its full stop: found without reading anything. */
export function findSame(statement: string, pages: readonly PageIndex[]): Pick<Core, "page" | "unit"> | null {
  const wanted = statement.replace(/[\s.,;:!?]+$/, "");
  if (wanted.length < MIN_SAME_CHARS) return null;
  for (const page of pages) {
    let at = page.text.indexOf(wanted);
    for (let attempt = 0; at !== -1 && attempt < MAX_SAME; attempt += 1) {
      const unit = page.unitFrom(at);
      const isWhole = unit?.start === at && /^[\s.,;:!?]*$/.test(page.text.slice(at + wanted.length, unit.end));
      if (unit !== undefined && isWhole && (unit.kind === "sentence" || unit.kind === "heading")) return { page, unit };
      at = page.text.indexOf(wanted, at + wanted.length);
    }
  }
  return null;
}

const MIN_SAME_CHARS = 12;
// A sentence that stands within so many others is looked for by its words.
const MAX_SAME = 10;

/**
 * The sentence that is the statement word for word, or begins with it and says little more: it needs no reading and no
 * company. Sentences may share all their words: the few that hold the whole statement are compared with it.
 */
export function findVerbatim(statement: Reading, search: CoreSearch): Core | null {
  const tried = new Set<Unit>();
  let wanted: string | null = null;
  for (let attempt = 0; attempt < MAX_CORES; attempt += 1) {
    const core = search.best({ taken: tried, atLeast: VERBATIM_SHARE });
    if (core === null) return null;
    if (mayBeginAlike(statement.text, core)) {
      wanted ??= normalizeForQuotes(statement.text);
      if (isVerbatim(wanted, core)) return core;
    }
    tried.add(core.unit);
  }
  return null;
}

/** @param withNear also the sentences around it, where the subject of a "he" or "it" may stand */
function addPlaces(places: Place[], { page, unit }: Pick<Core, "page" | "unit">, withNear: boolean): void {
  const core = places.find((place) => place.unit === unit);
  if (core !== undefined) core.isCore = true;
  else places.push({ page, unit, reading: page.read(unit), isCore: true, isSound: false, matches: [] });
  if (!withNear) return;
  for (const { unit: other } of page.near(unit))
    if (!places.some((place) => place.unit === other))
      places.push({ page, unit: other, reading: page.read(other), isCore: false, isSound: false, matches: [] });
}

/** A quick look: of two different letters no writing makes the same beginning. */
function mayBeginAlike(statement: string, { page, unit }: Core): boolean {
  const [own, other] = [statement[0] ?? "", page.text[unit.start] ?? ""];
  return !(LETTER.test(own) && LETTER.test(other)) || own.toLowerCase() === other.toLowerCase();
}

const LETTER = /^[a-z]$/i;

function isVerbatim(wanted: string, { page, unit }: Core): boolean {
  if (unit.kind === "row") return false;
  const sentence = normalizeForQuotes(page.text.slice(unit.start, unit.end));
  return sentence === wanted || (sentence.startsWith(wanted) && wanted.length >= sentence.length * VERBATIM_SHARE);
}

// A shorter beginning may be turned round by what follows it.
const VERBATIM_SHARE = 0.9;

function cover(statement: Reading, places: readonly Place[], covered: number[]): void {
  statement.tokens.forEach((token, index) => {
    if (!token.isContent) return;
    for (const { reading, isCore } of places) {
      const strength = (matchIn(token, reading)?.strength ?? 0) * (isCore ? 1 : 0.6);
      if (strength > (covered[index] ?? 0)) covered[index] = strength;
    }
  });
}

/** The first core is the best; a further one is sound when a mark names it or when it alone holds enough of the statement. */
function markSound(
  statement: Reading,
  places: readonly Place[],
  { weights, named }: { weights: readonly number[]; named: readonly Unit[] },
): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sound = places
    .filter(({ isCore }) => isCore)
    .filter(({ reading, unit }, index) => {
      if (named.includes(unit)) return true;
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

function contextsOf(places: readonly Place[]): Reading[] {
  const contexts = new Set<Reading>();
  for (const { page, unit } of places) {
    contexts.add(page.readContext(unit.section));
    if (unit.lead !== null) contexts.add(page.readLead(unit));
  }
  return [...contexts];
}

function matchesOf(token: Token, place: Place): readonly Match[] {
  const found = allMatches(token, place.reading);
  if (found.length === 0) return NO_MATCHES;
  return bestFirst(found.map(({ token: other, index, strength }) => ({ place, token: other, index, strength })));
}

const NO_MATCHES: readonly Match[] = [];

function bestFirst(matches: Match[]): Match[] {
  if (matches.length < 2) return matches;
  return matches.sort((a, b) => b.strength - a.strength || Number(b.place.isCore) - Number(a.place.isCore));
}
