import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { type DonePart, donePartsOf, isWithin, type OpenPart, openPartsOf } from "../reading/standings.ts";
import { isVerb } from "../reading/verbs.ts";

/**
 * "The first have entered service" where the page has "the first may enter service in 2025", "now that the county has
 * agreed" for "if the county agrees": what the statement says as done is left open where the page speaks of it.
 */
export function checkOpen(statement: Reading, evidence: Evidence): Finding[] {
  const claims = donePartsOf(statement).map((part) => claimOf(statement, part));
  if (claims.length === 0) return [];
  for (const place of evidence.places.filter(({ isSound }) => isSound))
    for (const part of openPartsOf(place.reading))
      if (claims.some((claim) => isSpokenOf(claim, evidence, place, part)))
        return [{ weight: 1, reason: `The page says "${part.cue}", the statement says it as done` }];
  return [];
}

interface Claim {
  /** Indices of its words of meaning. */
  words: number[];
  /** Those that say what was done. */
  verbs: number[];
  /** Said in the perfect, as conditions are that have been met. */
  isPerfect: boolean;
  isMet: boolean;
}

function claimOf(statement: Reading, part: DonePart): Claim {
  const words = statement.tokens.flatMap((token, at) => (token.isContent && isWithin(token, part) ? [at] : []));
  return {
    words,
    verbs: words.filter((at) => isVerb(statement, at)),
    isPerfect: PERFECT.test(statement.text.slice(part.start, part.end)),
    isMet: part.isMet,
  };
}

const PERFECT =
  /\b(?:has|have|had|now that|already|hat|haben|ist|sind|bereits|schon|nachdem|ya|ha|han|una vez que)\b/iu;

function isSpokenOf(
  { words, verbs, isPerfect, isMet }: Claim,
  evidence: Evidence,
  place: Place,
  part: OpenPart,
): boolean {
  const inPart = (at: number): Match[] =>
    (place.matches[at] ?? []).filter(({ token, strength }) => strength >= SURE && isWithin(token, part));
  const held = words.filter((at) => inPart(at).length > 0);
  const isDoneBeside = verbs.some((at) =>
    (place.matches[at] ?? []).some(({ token, strength }) => strength >= SURE && !isWithin(token, part)),
  );
  if (isDoneBeside || (part.why === "condition" && !isPerfect)) return false;
  if (part.why === "ahead") return held.length >= 2 && isMostHeld(words, evidence, place);
  if (held.length >= (isMet ? 1 : 2) && held.length * (isMet ? 3 : 2) >= words.length) return true;
  return part.why === "undecided" && place.isCore && held.some((at) => standsOnlyIn(evidence, at, inPart(at)));
}

const SURE = 0.7;

/** It is this sentence that speaks of the claim, and not another one. */
function isMostHeld(words: readonly number[], { places, weights }: Evidence, place: Place): boolean {
  const held = ({ matches }: Place): number =>
    words.reduce((sum, at) => sum + (matches[at]?.length ? (weights[at] ?? 0) : 0), 0);
  const total = words.reduce((sum, at) => sum + (weights[at] ?? 0), 0);
  const most = Math.max(...places.map(held));
  return most >= total * HELD_SHARE && places.find((other) => held(other) === most) === place;
}

const HELD_SHARE = 0.4;

/** A telling word of the statement stands here and nowhere else: this is what the statement speaks of. */
function standsOnlyIn(evidence: Evidence, at: number, here: readonly Match[]): boolean {
  if ((evidence.weights[at] ?? 0) < MIN_WEIGHT || evidence.inContext[at] === true) return false;
  return (evidence.matches[at] ?? []).every((match) => match.strength < SURE || here.includes(match));
}

const MIN_WEIGHT = 0.6;
