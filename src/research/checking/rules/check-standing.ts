import { isMentioned } from "../evidence/bindings.ts";
import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isAside } from "../evidence/phrases.ts";
import { isPeople, isPersonTitle, shapeOf, substitution } from "../evidence/substitutes.ts";
import { isInContext } from "../evidence/word-run.ts";
import type { PageIndex } from "../page/page-index.ts";
import type { Unit } from "../page/page-units.ts";
import { matchIn } from "../reading/matching.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/**
 * "The second pick of 1992 was Larry Johnson" where the page has "in 1992 they took Alonzo Mourning with the second pick"
 * and speaks of Johnson elsewhere: the sentence that carries the rest of the statement has another name in its place,
 * be it one that the statement has in another part.
 */
export function checkStanding(statement: Reading, evidence: Evidence): Finding[] {
  for (const name of namesOf(statement)) {
    const standing = standingOf(statement, evidence, name);
    if (standing === null || standing.withName > standing.without * MAX_SHARE) continue;
    const { own, found, rival } = standing;
    if (!isMentioned(statement, found.tokens[rival] as Token)) return [substitution(statement, own, found, rival)];
    const written = statement.tokens[own]?.word ?? "";
    return [{ weight: 1, reason: `"${written}" stands elsewhere in the page, not where the page speaks of this` }];
  }
  return [];
}

// So much of what stands around the name must stand in the sentence that lacks it …
const MIN_HELD = 0.35;
const MIN_NEAR_HELD = 0.5;
// … and no sentence that has the name may hold more than this share of that.
const MAX_SHARE = 0.65;

// Where it stands, nearly as much of its company must stand.
const HOME_SHARE = 0.9;

interface Standing {
  /** Index of the name's last word in the statement. */
  own: number;
  place: Place;
  /** Where the other name stands: the sentence, its heading, or the sentence that its pronoun takes up. */
  found: Reading;
  rival: number;
  /** The shares of the name's company that the best sentence without it and the best one with it hold. */
  without: number;
  withName: number;
}

function standingOf(statement: Reading, evidence: Evidence, name: readonly number[]): Standing | null {
  const telling = name.filter((index) => !isPersonTitle(statement.tokens[index] as Token));
  const own = telling.at(-1);
  const last = statement.tokens[own ?? -1];
  if (own === undefined || last?.kind !== "word") return null;
  const tokens = telling.flatMap((index) => statement.tokens[index] ?? []);
  const company = companyOf(statement, evidence, name);
  let best: Omit<Standing, "withName"> | null = null;
  for (const place of evidence.places) {
    if (!place.isSound || place.unit.kind === "row") continue;
    if (tokens.some((token) => holds(token, place.reading) || isInContext(token, place))) continue;
    const without = heldIn(company, place);
    if (without < (place.isCore ? MIN_HELD : MIN_NEAR_HELD)) continue;
    if (best !== null && without <= best.without) continue;
    const rival = rivalOf(statement, own, tokens, place);
    if (rival !== null) best = { own, place, without, ...rival };
  }
  if (best === null) return null;
  return { ...best, withName: heldWith(evidence, tokens, company) };
}

/** A sentence that has the name, or takes it up, also holds what the statement says right beside it. */
export function isAtHome(statement: Reading, evidence: Evidence, name: readonly number[]): boolean {
  const company = companyOf(statement, evidence, name);
  const tokens = name.flatMap((index) => statement.tokens[index] ?? []);
  const best = Math.max(0, ...evidence.places.map((place) => (place.isCore ? heldIn(company, place) : 0)));
  return heldWith(evidence, tokens, company) >= best * HOME_SHARE;
}

interface Companion {
  token: Token;
  weight: number;
  /** In the name's own clause. */
  isClose: boolean;
}

/** What the statement says around the name, the nearest words most. */
function companyOf(statement: Reading, evidence: Evidence, name: readonly number[]): Companion[] {
  const centre = name.flatMap((index) => statement.tokens[index] ?? []);
  const clause = centre[0]?.clause ?? 0;
  const isApart = isAside(statement, clause);
  return statement.tokens.flatMap((token, index) => {
    const weight = evidence.weights[index] ?? 0;
    if (weight === 0 || name.includes(index)) return [];
    if (isApart && token.clause !== clause) return [];
    const distance = Math.min(...centre.map(({ position }) => Math.abs(position - token.position)));
    const isClose = centre.some(({ clause }) => clause === token.clause);
    return [
      { token, isClose, weight: (weight * (token.kind === "word" ? 1 : QUANTITY_WEIGHT)) / (1 + 0.25 * distance) },
    ];
  });
}

const QUANTITY_WEIGHT = 2;

export function heldIn(company: readonly Companion[], { page, unit }: Pick<Place, "page" | "unit">): number {
  const reading = page.read(unit);
  const before = page.units[unit.index - 1];
  // "She was taught by Orr" goes on where the sentence before left off.
  const isContinued = before?.section === unit.section && SUBJECT.test(reading.text);
  const told = isContinued ? [reading, page.read(before)] : [reading];
  const context = page.readContext(unit.section);
  let [held, total] = [0, 0];
  for (const { token, weight } of company) {
    total += weight;
    let best = (matchIn(token, context)?.strength ?? 0) * CONTEXT_SHARE;
    for (const one of told) best = Math.max(best, matchIn(token, one)?.strength ?? 0);
    held += weight * best;
  }
  return total === 0 ? 0 : held / total;
}

const CONTEXT_SHARE = 0.6;

function holds(token: Token, reading: Reading): boolean {
  return matchIn(token, reading) !== null;
}

/** The best that a sentence with the name, or one that may take it up, holds of its company. */
function heldWith(evidence: Evidence, name: readonly Token[], company: readonly Companion[]): number {
  const close = company.filter(({ isClose }) => isClose);
  let best = 0;
  for (const page of new Set(evidence.places.map((place) => place.page))) {
    // By its rarest word: "One Manhattan Square" does not stand where Manhattan does.
    const [named = []] = name.map(({ stem }) => page.unitsWith(stem, []).list).toSorted((a, b) => a.length - b.length);
    for (const unit of named.slice(0, MAX_UNITS).flatMap((at) => speakingOf(page, at))) {
      const all = heldIn(company, { page, unit });
      // "…, Rastrelli's design, …": the clause may come from another sentence than the rest.
      const isWhole = close.length >= (all >= MIN_TOUCH ? 1 : 2) && heldIn(close, { page, unit }) > WHOLE;
      best = Math.max(best, all, isWhole ? 1 : 0);
    }
  }
  return best;
}

/** The sentence itself and the next one if it takes up something; of a heading, its section. */
function speakingOf({ units, read }: PageIndex, at: number): Unit[] {
  const unit = units[at];
  if (unit === undefined) return [];
  if (unit.kind === "heading") return units.slice(at, at + MAX_UNITS).filter(({ section }) => section === unit.section);
  const next = units[at + 1];
  return next?.section === unit.section && next.kind === "sentence" && takesUp(read(next)) ? [unit, next] : [unit];
}

const MIN_TOUCH = 0.33;
const WHOLE = 0.75;
const MAX_UNITS = 30;

/** The name that stands there instead; null when there is none, or when the statement's own may be meant there. */
function rivalOf(
  statement: Reading,
  own: number,
  name: readonly Token[],
  place: Place,
): { found: Reading; rival: number } | null {
  const { page, unit, reading } = place;
  const before = earlierOf(page, unit);
  const isEarlier = before.some((other) => name.some((token) => holds(token, page.read(other))));
  // What documentation says behind an option's name is said of it.
  const isCode = shapeOf(statement, statement.tokens[own] as Token) === "code";
  if (isEarlier && (isCode || takesUp(reading))) return null;
  const here = rivalIn(statement, own, reading);
  const next = page.units[unit.index + 1];
  const isLater = next?.section === unit.section && name.some((token) => holds(token, page.read(next)));
  if (here !== -1) return { found: reading, rival: here };
  if (isEarlier || isLater) return null;
  if (!SUBJECT.test(reading.text) || namesOf(statement)[0]?.includes(own) !== true) return null;
  const [last] = before.toReversed();
  for (const found of [...(last === undefined ? [] : [page.read(last)]), page.readContext(unit.section)]) {
    const rival = rivalIn(statement, own, found);
    if (rival !== -1) return { found, rival };
  }
  return null;
}

const SUBJECT = /^(?:It|He|She|They|Er|Sie|Es)\s/u;

function earlierOf({ units }: PageIndex, { index, section }: Unit): Unit[] {
  return units
    .slice(Math.max(0, index - MAX_EARLIER), index)
    .filter((unit) => unit.section === section && unit.kind === "sentence");
}

const MAX_EARLIER = 2;

function rivalIn(statement: Reading, own: number, found: Reading): number {
  const shape = shapeOf(statement, statement.tokens[own] as Token);
  return found.tokens.findIndex(
    (token, at) =>
      token.isName &&
      token.isContent &&
      !isPersonTitle(token) &&
      shapeOf(found, token) === shape &&
      isAdjective(found, token) === isAdjective(statement, statement.tokens[own] as Token) &&
      isPeople(found, at) === isPeople(statement, own),
  );
}

/** "The Russian church": a name that says of which kind something is. */
function isAdjective({ text, tokens }: Reading, { end, word }: Token): boolean {
  const next = tokens.find(({ start }) => start >= end);
  return (
    /(?:an|ese|ish|ch|sch\p{L}*|ian)$/u.test(word) &&
    next?.isContent === true &&
    !next.isName &&
    text.slice(end, next.start) === " "
  );
}

/** May it speak of a name of the sentences before? A pronoun behind a name of its own sentence mostly means that one. */
function takesUp({ text, tokens }: Reading): boolean {
  if (/^(?:The|Der|Die|Das|El|La|Los|Las|Le)\s/u.test(text)) return true;
  const first = text.search(PRONOUN);
  if (first === -1) return false;
  return OBJECT.test(text) || !tokens.some(({ isName, end }) => isName && end <= first);
}

const PRONOUN =
  /(?<!\p{L})(?:he|she|it|they|his|her|its|their|him|them|who|er|sie|es|sein\p{L}*|ihr\p{L}*|su|sus|él|ella|this|these|that|dies\p{L}*)(?!\p{L})/iu;
const OBJECT =
  /(?<!\p{L})(?:him|them|her(?=\s+(?:and|but|to|in|on|at|by|for|with|from|as)(?!\p{L})|[.,;])|ihm|ihn|ihnen)(?!\p{L})/iu;
