import { bindingOf } from "../evidence/bindings.ts";
import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** A figure or date of the page from which a writer may have worked out another one. */
export interface Given {
  token: Token;
  place: Place;
  /** How closely it stands among the statement's words, 0 to 1. */
  binding: number;
}

/** The page's figures or dates on the statement's matter. */
export function givensOf(
  statement: Reading,
  evidence: Evidence,
  index: number,
  isFit: (token: Token) => boolean,
): Given[] {
  return evidence.places
    .filter(({ isSound }) => isSound)
    .flatMap((place) =>
      place.reading.quantities.slice(0, MAX_GIVENS).flatMap((at) => {
        const token = place.reading.tokens[at];
        if (token === undefined || !isFit(token)) return [];
        return [{ token, place, binding: bindingOf(statement, evidence, index, { place, token }) }];
      }),
    );
}

// More stand only in lists of figures, where any number could be worked out of two others.
const MAX_GIVENS = 16;

/**
 * Pairs of which both are bound to the statement nearly as well as those of the best pair: of many figures some two
 * always give the one that is looked for.
 */
export function pairsOf(givens: readonly Given[]): [Given, Given][] {
  const pairs = givens.flatMap((one, at) => givens.slice(at + 1).map((other): [Given, Given] => [one, other]));
  const best = Math.max(0, ...pairs.map(strengthOf));
  return pairs.filter((pair) => strengthOf(pair) >= best * NEARLY_BEST);
}

const NEARLY_BEST = 0.6;

function strengthOf([one, other]: [Given, Given]): number {
  const isNear = one.place === other.place;
  return (one.binding + other.binding) * (isNear ? 1 : APART);
}

// In two sentences they belong together less often.
const APART = 0.7;
