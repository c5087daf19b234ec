import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isShownByFigures } from "./extremes.ts";
import { superlativeAt } from "./superlatives.ts";

/** "No other river has as many falls": a superlative in other words. */
const NONE_ABOVE =
  /(?<!\p{L})(?:no (?:other )?\p{L}+|nobody|no one|none|nothing|kein\p{L}* \p{L}+|niemand|ning[uú]n\p{L}* \p{L}+|nadie)\b(?:(?! until | unless | if | before )[^.;]){0,80}?(?<!\p{L})(?:(?:as|so) \p{L}+(?: \p{L}+)? (?:as|wie)|(?:more|less|fewer|\p{L}{2,}er)(?: \p{L}+){0,3} (?:than|als)|(?:más|menos) \p{L}+ que|tan\p{L}* (?:\p{L}+ )?como)\s(?!\d|[$€£])/iu;

/** Compared with all others where the page tells of no superlative, or two compared the other way round. */
export function checkComparison(statement: Reading, evidence: Evidence): Finding[] {
  const above = statement.text.match(NONE_ABOVE)?.[0] ?? statement.text.match(OVER_ALL)?.[0];
  if (above !== undefined && !isSupreme(evidence) && !isShownByFigures(statement, evidence, ""))
    return [{ weight: 1, reason: `The page does not compare: "${above.trim()}"` }];
  return checkSides(statement, evidence);
}

function isSupreme({ places }: Evidence): boolean {
  return places.some(
    ({ isCore, reading }) =>
      isCore &&
      (SUPREME.test(reading.text) ||
        NONE_ABOVE.test(reading.text) ||
        reading.tokens.some((_, at) => superlativeAt(reading, at) !== null)),
  );
}

// "More than anyone else": a superlative in other words.
const OVER_ALL = /\b(?:more|less|fewer|\p{L}{3,}er)\s(?:\p{L}+\s){0,3}than\s(?:any|all|every|most)\p{L}*\b/iu;
const SUPREME = /\bthan\s(?:any|all|every|most|(?:the )?others?)|\b(?:un(?:matched|rivalled|surpassed))\b/iu;

/** "Day shifts less than night shifts" for "night shifts less than day shifts". */
function checkSides(statement: Reading, evidence: Evidence): Finding[] {
  const stated = comparisonOf(statement);
  if (stated === null) return [];
  for (const place of evidence.places) {
    const found = place.isSound ? comparisonOf(place.reading) : null;
    if (found === null || areOpposite(stated.word.stem, found.word.stem)) continue;
    if (areSidesExchanged(statement, evidence, place))
      return [{ weight: 1, reason: `In the page the sides of "${found.word.word} … than" are the other way round` }];
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
