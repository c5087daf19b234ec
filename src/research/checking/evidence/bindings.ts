import { agree, matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { Evidence, Match, Place } from "./evidence.ts";

/**
 * How closely a token of the page stands among the words that the statement puts beside its own token, 0 to 1. A figure
 * that merely occurs on the page is bound to other words there than the statement says.
 *
 * @param skipped indices of statement tokens that do not count as surroundings
 */
export function bindingOf(
  statement: Reading,
  evidence: Evidence,
  from: number,
  to: { place: Place; token: Token },
  skipped: ReadonlySet<number> = NOTHING,
): number {
  const centre = statement.tokens[from];
  if (centre === undefined) return 0;
  let bound = 0;
  let total = 0;
  statement.tokens.forEach((token, index) => {
    const weight = evidence.weights[index] ?? 0;
    if (weight === 0 || index === from || skipped.has(index)) return;
    const close = closeness(centre, token);
    const near = close * weight * (token.kind === "word" ? 1 : QUANTITY_WEIGHT);
    if (near === 0) return;
    total += near;
    let best = 0;
    for (const match of evidence.matches[index] ?? []) {
      // What is less strong is less strongly bound.
      if (match.strength <= best) break;
      if (match.token === to.token) continue;
      const there = match.place === to.place ? closeness(match.token, to.token) : acrossSentences(match, to);
      best = Math.max(best, match.strength * Math.min(1, there / Math.max(close, 1e-9)));
    }
    bound += near * best;
  });
  return total === 0 ? 0 : bound / total;
}

/** Another token that stands where the statement's token should stand, with its binding. */
export interface Rival {
  place: Place;
  token: Token;
  binding: number;
}

/** The best bound token of the same kind in the core places that the statement does not mention. */
export function bestRival(
  statement: Reading,
  evidence: Evidence,
  from: number,
  isRival: (token: Token, place: Place) => boolean,
): Rival | null {
  let best: Rival | null = null;
  for (const place of evidence.places) {
    if (!place.isCore) continue;
    // Words of other sentences do not make a rival: it must stand among the statement's words itself.
    let here: Evidence | null = null;
    for (const token of place.reading.tokens) {
      if (!token.isContent || !isRival(token, place)) continue;
      here ??= alone(evidence, place);
      const binding = bindingOf(statement, here, from, { place, token });
      if (best === null || binding > best.binding) best = { place, token, binding };
    }
  }
  return best;
}

/** The evidence as if there were this one sentence only. */
function alone(evidence: Evidence, place: Place): Evidence {
  return { ...evidence, matches: place.matches, runs: new Map(), workedOut: new Map() };
}

/** Matches in sentences that bear on the statement, or that stand at least among some of its words. */
export function borneOut(
  statement: Reading,
  evidence: Evidence,
  index: number,
  name: ReadonlySet<number> = NOTHING,
): Match[] {
  const stems = new Set([...name].map((at) => statement.tokens[at]?.stem));
  const own = new Set(
    statement.tokens.flatMap(({ stem, isName }, at) => (stems.has(stem) || (name.size > 0 && isName) ? [at] : [])),
  );
  return (evidence.matches[index] ?? []).filter(
    (match) => match.place.isSound || bindingOf(statement, evidence, index, match, own) >= MIN_BINDING,
  );
}

const MIN_BINDING = 0.2;

/** Binding of the best match of a token; 0 when it has none. */
export function bestBinding(
  statement: Reading,
  evidence: Evidence,
  from: number,
): { binding: number; match: Match | null } {
  let best: { binding: number; match: Match | null } = { binding: 0, match: null };
  for (const match of evidence.matches[from] ?? []) {
    const binding = bindingOf(statement, evidence, from, match) * match.strength;
    if (best.match === null || binding > best.binding) best = { binding, match };
  }
  return best;
}

/** Is the token one that the statement mentions anywhere? */
export function isMentioned(statement: Reading, token: Token): boolean {
  if (matchIn(token, statement) !== null) return true;
  // Rounding goes one way: the page's 11,360 is mentioned by the statement's "some 11,000".
  return token.kind !== "word" && statement.tokens.some((own) => own.kind !== "word" && agree(own, token));
}

// A year or figure close by says more about a figure than a word does.
const QUANTITY_WEIGHT = 2;

const NOTHING: ReadonlySet<number> = new Set();

export function closeness(a: Token, b: Token): number {
  return 1 / (1 + 0.5 * Math.abs(a.position - b.position));
}

/** Sentences that follow one another are read as one text with a pause between. */
export function acrossSentences(a: { place: Place; token: Token }, b: { place: Place; token: Token }): number {
  if (a.place.page !== b.place.page || a.place.unit.section !== b.place.unit.section) return 0;
  const [first, second] = a.place.unit.index < b.place.unit.index ? [a, b] : [b, a];
  if (second.place.unit.index - first.place.unit.index > 1) return 0.03;
  const length = first.place.reading.tokens.at(-1)?.position ?? 0;
  return 1 / (1 + 0.5 * (length - first.token.position + second.token.position + SENTENCE_PAUSE));
}

const SENTENCE_PAUSE = 3;
