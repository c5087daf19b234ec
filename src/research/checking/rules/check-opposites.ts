import { bindingOf } from "../evidence/bindings.ts";
import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areOpposite, hasOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { areConverse } from "../reading/relations.ts";
import { areSidesExchanged } from "./check-comparison.ts";

/** A word of the statement whose opposite stands where the word should stand. */
export function checkOpposites(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind !== "word" || token.isName || (!token.isContent && !hasOpposite(token.stem))) continue;
    if (isCounted(statement, index)) continue;
    const opposite = bestOpposite(statement, evidence, index);
    if (opposite === null) continue;
    const own = ownBinding(statement, evidence, index);
    if (opposite.binding < (own === null ? 0.38 : Math.max(0.4, own * OPPOSITE_MARGIN))) continue;
    return [{ weight: 1, reason: `The page says "${opposite.word}", the statement "${token.word}"` }];
  }
  return [];
}

/** "One second", "half a year": a quantity, compared with the figures. */
function isCounted({ tokens }: Reading, index: number): boolean {
  // "A large number" is not "few".
  if (tokens[index + 1]?.stem === "number") return false;
  return COUNTING.test(tokens[index - 1]?.word ?? "") && tokens[index - 2]?.word !== "how";
}

const COUNTING = /^(?:one|an?|half|few|several|many|couple|dozen|eine?|einige|una?|unos|unas|quelques)$/;

const OPPOSITE_MARGIN = 1.5;
const NEAR_SHARE = 0.85;

function bestOpposite(statement: Reading, evidence: Evidence, index: number): { word: string; binding: number } | null {
  const token = statement.tokens[index];
  let best: { word: string; binding: number } | null = null;
  for (const place of evidence.places) {
    if (!place.isSound) continue;
    const { tokens } = place.reading;
    for (const other of tokens) {
      if (token === undefined || other.kind !== "word" || !areOpposite(token.stem, other.stem)) continue;
      if (areConverse(token.stem, other.stem)) continue;
      if (areSidesExchanged(statement, evidence, place)) break;
      if (other.isNegated !== token.isNegated || statement.tokens.some(({ stem }) => stem === other.stem)) continue;
      if (isSaidToo(evidence, index, place, other)) continue;
      const binding = bindingOf(statement, evidence, index, { place, token: other }) * (place.isCore ? 1 : NEAR_SHARE);
      if (best === null || binding > best.binding) best = { word: other.word, binding };
    }
  }
  return best;
}

/** Another word of the statement says what the page's word says: the two stand side by side in both. */
function isSaidToo(evidence: Evidence, index: number, place: Place, other: Token): boolean {
  return evidence.matches.some(
    (matches, at) =>
      at !== index && matches.some((match) => match.place === place && match.token === other && match.strength >= 0.9),
  );
}

/** Binding of the word itself in the evidence; null when it is not there. */
function ownBinding(statement: Reading, evidence: Evidence, index: number): number | null {
  const token = statement.tokens[index];
  let best: number | null = null;
  for (const place of evidence.places)
    for (const other of place.reading.tokens) {
      const isSame =
        other.stem === token?.stem || (token?.isContent === true && other.isContent && sharesConcept(token, other));
      if (!place.isSound || !isSame) continue;
      best = Math.max(best ?? 0, bindingOf(statement, evidence, index, { place, token: other }));
    }
  return best;
}

/** Phrases that exclude one another: of each line, only one can be so. */
const PHRASES: readonly (readonly RegExp[])[] = [
  [
    /\b(?:on (?:schedule|time)|as (?:planned|scheduled)|punctually|planmäßig|pünktlich|fristgerecht|a tiempo|en el plazo previsto)\b/iu,
    /\b(?:behind (?:schedule|time)|late|delay\p{L}*|overdue|later than (?:planned|scheduled|expected)|verspät\p{L}*|verzöger\p{L}*|con retraso|más tarde de lo previsto)\b/iu,
    /\b(?:ahead of (?:schedule|time)|early|earlier than (?:planned|scheduled|expected)|vorzeitig|früher als geplant|antes de lo previsto)\b/iu,
  ],
  [
    /\b(?:(?:with)?in budget|on budget)\b/iu,
    /\b(?:over(?:ran)? (?:its |the )?budget|above budget|cost overrun|teurer als geplant)\b/iu,
    /\b(?:under|below) budget\b/iu,
  ],
  [
    /\bfree of charge|\bfor free\b|\bkostenlos\b|\bunentgeltlich\b|\bgratis\b/iu,
    /\b(?:for a fee|fee-based|kostenpflichtig|de pago)\b/iu,
  ],
];

export function checkPhrases(statement: Reading, evidence: Evidence): Finding[] {
  for (const phrases of PHRASES) {
    const stated = phrases.find((phrase) => phrase.test(statement.text));
    if (stated === undefined) continue;
    const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
    if (core.some((text) => stated.test(text))) continue;
    const other = core.flatMap((text) => phrases.flatMap((phrase) => text.match(phrase)?.[0] ?? []))[0];
    const own = statement.text.match(stated)?.[0] ?? "";
    if (other !== undefined) return [{ weight: 1, reason: `The page says "${other}", the statement "${own}"` }];
  }
  return [];
}

export function sharesConcept(a: Token, b: Token): boolean {
  return a.concepts.some((concept) => b.concepts.includes(concept));
}
