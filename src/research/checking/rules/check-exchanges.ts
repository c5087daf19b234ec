import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areAlike, areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** Two sides of a comparison, or two opposite predicates, that have changed places against the page. */
export function checkExchanges(statement: Reading, evidence: Evidence): Finding[] {
  const opposites = opposedWords(statement);
  const hasBound = statement.tokens.some((_, index) => boundOf(statement, index) !== null);
  const hasOwner = statement.tokens.some((_, index) => isOwned(statement, index));
  for (const place of evidence.places) {
    if (!place.isSound) continue;
    const finding =
      checkComparedSides(statement, evidence, place) ??
      (hasBound ? checkBounds(statement, place, evidence) : null) ??
      (hasOwner ? checkOwners(statement, evidence, place) : null) ??
      checkPredicates(statement, place, opposites);
    if (finding !== null) return [finding];
  }
  return [];
}

interface Comparison {
  /** "Less", "older", "more". */
  word: Token;
  than: Token;
}

const THAN: ReadonlySet<string> = new Set(["than", "als", "que"]);
const COMPARATIVE = /^(?:more|less|fewer|rather|mehr|weniger|mas|menos|plus|moins|\p{L}{2,}er)$/u;

/** The comparison of a text; "more than six" compares with a figure and is left to the figures. */
function comparisonOf({ tokens }: Reading): Comparison | null {
  const instead = tokens.findIndex(({ word }, index) => INSTEAD.test(`${word} ${tokens[index + 1]?.word ?? ""}`));
  const [swap, of] = [tokens[instead], tokens[instead + 1]];
  if (swap !== undefined && of !== undefined) return { word: swap, than: of };
  const at = tokens.findIndex(
    (token, index) =>
      THAN.has(token.word) && tokens[index + 1]?.kind === "word" && tokens.slice(0, index).some(isComparative),
  );
  const than = tokens[at];
  const word = tokens.slice(0, Math.max(at, 0)).findLast(isComparative);
  return than === undefined || word === undefined ? null : { word, than };
}

// "Returns a value instead of throwing": what is and what is not.
const INSTEAD = /^(?:instead of|in place|statt \p{L}+|anstatt \p{L}+|anstelle \p{L}+|en (?:lugar|vez)|au lieu)$/u;

function isComparative({ word, kind }: Token): boolean {
  return kind === "word" && COMPARATIVE.test(word);
}

/** "Day shifts less than night shifts" for "night shifts less than day shifts". */
function checkComparedSides(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  const stated = comparisonOf(statement);
  const found = stated === null ? null : comparisonOf(place.reading);
  if (stated === null || found === null || areOpposite(stated.word.stem, found.word.stem)) return null;
  if (!areSidesExchanged(statement, evidence, place)) return null;
  return { weight: 1, reason: `In the page the sides of "${found.word.word} … than" are the other way round` };
}

/** What is compared stands on the other side of "than": right with the opposite word, wrong with the same one. */
export function areSidesExchanged(statement: Reading, evidence: Evidence, place: Place): boolean {
  const [stated, found] = [comparisonOf(statement), comparisonOf(place.reading)];
  if (stated === null || found === null) return false;
  const sideOf = (token: Token, { than }: Comparison): "left" | "right" =>
    token.start < than.start ? "left" : "right";
  const moves = statement.tokens.flatMap((token, index) => {
    if (!token.isContent || token === stated.word) return [];
    const here = (evidence.matches[index] ?? []).filter((match) => match.place === place && match.strength >= 0.8);
    const sides = here
      .filter(({ strength }) => strength === here[0]?.strength)
      .map((match) => sideOf(match.token, found));
    const isTwice = statement.tokens.some((other) => other !== token && other.isContent && other.stem === token.stem);
    return sides.length === 0 || isTwice || new Set(sides).size > 1 ? [] : [`${sideOf(token, stated)}-${sides[0]}`];
  });
  return moves.includes("right-left") && moves.includes("left-right") && !moves.includes("right-right");
}

/** "Younger than fifty" for "older than fifty". */
function checkBounds(statement: Reading, place: Place, { places }: Evidence): Finding | null {
  for (const [index, token] of statement.tokens.entries()) {
    const bound = boundOf(statement, index);
    if (bound === null) continue;
    const same = (reading: Reading): Token[] =>
      reading.tokens.flatMap((_, at) => {
        const other = boundOf(reading, at);
        return other !== null && other.limit.stem === bound.limit.stem ? [other.word] : [];
      });
    const opposite = same(place.reading).find((word) => areOpposite(word.stem, token.stem));
    const isThere = places.some(({ reading }) =>
      same(reading).some((word) => word.stem === token.stem || areAlike(word.stem, token.stem)),
    );
    if (opposite !== undefined && !isThere)
      return { weight: 1, reason: `The page says "${opposite.word}", the statement "${token.word}"` };
  }
  return null;
}

/** A comparative with its limit right behind it: "older than fifty". */
function boundOf({ tokens }: Reading, index: number): { word: Token; limit: Token } | null {
  if (!THAN.has(tokens[index + 1]?.word ?? "")) return null;
  const [word, limit] = [tokens[index], tokens[index + 2]];
  if (word === undefined || limit === undefined || !isComparative(word)) return null;
  return { word, limit };
}

/** "B is the son of A" for "A is the son of B": each name on the other side of the noun and its "of". */
function checkOwners(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const [index, noun] of statement.tokens.entries()) {
    if (!isOwned(statement, index) || place.reading.tokens.filter(({ stem }) => stem === noun.stem).length !== 1)
      continue;
    const there = place.reading.tokens.findIndex(({ stem }) => stem === noun.stem);
    if (!isOwned(place.reading, there)) continue;
    const sides = statement.tokens.flatMap((token, at) => {
      if (!token.isName || !token.isContent || Math.abs(token.position - noun.position) > OWNER_REACH) return [];
      const found = (evidence.matches[at] ?? []).filter((match) => match.place === place && match.strength >= 0.85);
      const [only] = found;
      return only === undefined || found.length > 1
        ? []
        : [`${at < index ? "before" : "after"}-${only.index < there ? "before" : "after"}`];
    });
    if (
      sides.includes("before-after") &&
      sides.includes("after-before") &&
      !sides.some((side) => side === "before-before" || side === "after-after")
    )
      return { weight: 1, reason: `In the page the parts around "${noun.word}" are the other way round` };
  }
  return null;
}

const OWNER_REACH = 4;

/** A noun with its "of". */
function isOwned({ tokens }: Reading, index: number): boolean {
  const noun = tokens[index];
  return noun?.isContent === true && !noun.isName && /^(?:of|von|de|du|der|des)$/.test(tokens[index + 1]?.word ?? "");
}

/** "Trout became common, frogs rare" for "trout became rare, frogs common". */
function checkPredicates(
  statement: Reading,
  place: Place,
  opposites: readonly (readonly [Token, Token])[],
): Finding | null {
  for (const [first, second] of opposites) {
    const [one, other] = [first, second].map((token) => placeOf(token, place));
    if (one === undefined || other === undefined || one === other) continue;
    if (isExchanged(statement, place, { first, second, one, other }))
      return { weight: 1, reason: `"${first.word}" and "${second.word}" have other parts in the page` };
  }
  return null;
}

/** Opposites in two clauses of the statement: the same whatever sentence it is compared with. */
function opposedWords({ tokens, text }: Reading): [Token, Token][] {
  return tokens.flatMap((first, at) =>
    tokens.slice(at + 1).flatMap((second): [Token, Token][] => {
      if (first.clause === second.clause || !areOpposite(first.stem, second.stem)) return [];
      return [first, second].some(({ start }) => /\p{Lu}/u.test(text[start] ?? "")) ? [] : [[first, second]];
    }),
  );
}

function placeOf(token: Token, { reading }: Place): Token | undefined {
  const same = reading.tokens.filter((other) => other.stem === token.stem || areAlike(other.stem, token.stem));
  return same.length === 1 ? same[0] : undefined;
}

interface Predicates {
  first: Token;
  second: Token;
  one: Token;
  other: Token;
}

function isExchanged(statement: Reading, place: Place, { first, second, one, other }: Predicates): boolean {
  let [crossed, straight] = [new Set<Token>(), 0];
  statement.tokens.forEach((token, index) => {
    if (!token.isContent || token === first || token === second) return;
    const matches = (place.matches[index] ?? []).filter(
      (match) => match.strength >= 0.85 && match.token !== one && match.token !== other,
    );
    const [match, ...more] = matches;
    if (match === undefined || more.length > 0) return;
    const [own, there] = [nearer(token, first, second), nearer(match.token, one, other)];
    if ((own === first) === (there === one)) straight += 1;
    else crossed.add(own);
  });
  return crossed.size === 2 && straight === 0;
}

function nearer(token: Token, a: Token, b: Token): Token {
  return Math.abs(token.position - a.position) <= Math.abs(token.position - b.position) ? a : b;
}
