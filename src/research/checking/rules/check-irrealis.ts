import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { isNegation } from "../reading/scopes.ts";

/**
 * "The first have already entered service" where the page has "the first may enter service in 2025": what a clause of
 * the statement says as done is open in the sentence of the page that speaks of it.
 */
export function checkIrrealis(statement: Reading, evidence: Evidence): Finding[] {
  for (const clause of clausesOf(statement)) {
    const text = textOf(statement, clause);
    if (!DONE.test(text) || OPEN.test(text) || clause.some((at) => isDenied(statement, at))) continue;
    const place = placeOf(evidence, clause);
    const cue = place === null ? null : openCue(place, clause);
    if (cue !== null) return [{ weight: 1, reason: `The page says "${cue}", the statement says it as done` }];
  }
  return [];
}

function clausesOf(reading: Reading): number[][] {
  const parts = partsOf(reading);
  return Array.from(Map.groupBy(parts.keys(), (at) => parts[at]).values()).filter(
    (clause) => clause.filter((at) => reading.tokens[at]?.isContent).length >= MIN_CONTENT,
  );
}

/** For each token the number of its part of the sentence; "and" joins names as often as clauses. */
function partsOf({ tokens }: Reading): number[] {
  let part = 0;
  return tokens.map(({ clause, word }, at) => {
    if (at > 0 && clause !== tokens[at - 1]?.clause && !JOINING.test(word)) part += 1;
    return part;
  });
}

const JOINING = /^(?:and|or|und|oder|y|e|o)$/;
const MIN_CONTENT = 2;

function textOf({ tokens, text }: Reading, clause: readonly number[]): string {
  return text.slice(tokens[clause[0] ?? 0]?.start, tokens[clause.at(-1) ?? 0]?.end);
}

function isDenied({ tokens, text }: Reading, at: number): boolean {
  const token = tokens[at];
  return token !== undefined && (token.isNegated || isNegation(text, token));
}

/** The sentence that holds most of the clause. */
function placeOf({ places, weights }: Evidence, clause: readonly number[]): Place | null {
  let best: { place: Place; held: number } | null = null;
  const total = clause.reduce((sum, at) => sum + (weights[at] ?? 0), 0);
  for (const place of places) {
    const held = clause.reduce((sum, at) => sum + (place.matches[at]?.length ? (weights[at] ?? 0) : 0), 0);
    if (best === null || held > best.held) best = { place, held };
  }
  return best !== null && best.held >= total * HELD_SHARE ? best.place : null;
}

const HELD_SHARE = 0.4;

/** The word of the page by which that is open which the clause says. */
function openCue({ reading, matches }: Place, clause: readonly number[]): string | null {
  const found = clause.flatMap((at) => matches[at]?.[0] ?? []);
  const parts = partsOf(reading);
  const spoken = new Set(found.map(({ index }) => parts[index]));
  const held = reading.tokens.filter((_, at) => spoken.has(parts[at]));
  const text = reading.text.slice(held[0]?.start, held.at(-1)?.end);
  if (found.length < MIN_CONTENT) return null;
  return DONE.test(text) || PAST.test(text.replace(OPEN, "")) ? null : (text.match(OPEN)?.[0] ?? null);
}

const OPEN =
  /\b(?:may|might|could(?! not)|(?<!\b(?:his|her|their|a|the) )will|plans?|planned|propos\p{L}+|(?:is|are) to|expect(?:s|ed)? to|(?:is|are) expected|scheduled|underway to|provided that|unless|subject to|pending|awaits?|awaiting|yet to|still before|soll|sollen|könnten?|falls|sofern|geplant|voraussichtlich|prevé|prevista?s?|podría\p{L}?|pendiente)\b/u;
const DONE =
  /\b(?:already|has|have|had|was|were|been|did|since \d|since \p{Lu}\p{L}+ \d|now that|bereits|hat|haben|hatte|wurden?|worden|ya|ha|han|fue|fueron|había)\b/iu;
const PAST = /\p{L}{3}ed\b/u;
