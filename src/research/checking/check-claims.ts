import { checkOpposites, checkPhrases } from "./check-opposites.ts";
import { checkOrder } from "./check-order.ts";
import { checkSuperlatives } from "./check-superlatives.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Reading } from "./reading.ts";

/** Superlatives, order, causes and opposites: the statement claims no more, and nothing contrary to, what the page says. */
export function checkClaims(statement: Reading, evidence: Evidence): Finding[] {
  return [
    ...checkOpposites(statement, evidence),
    ...checkPhrases(statement, evidence),
    ...checkComparison(statement, evidence),
    ...checkOrder(statement, evidence),
    ...checkSuperlatives(statement, evidence),
    ...checkTotality(statement, evidence),
    ...checkCause(statement, evidence),
  ];
}

const COMPARISON =
  /\b(?:(?:more|less|fewer|\p{L}{3,}er)\b[^.;]{0,60}?\bthan|mehr \p{L}+ als|weniger \p{L}+ als|más \p{L}+ que|menos \p{L}+ que)\s+(?!\d|[$€£]|(?:half|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|a|an)\b)/iu;

const COMPARING =
  /\b(?:more|less|fewer|than|\p{L}{3,}er than|compared|while|whereas|mehr|weniger|als|más|menos|que)\b/iu;

/** "More X than Y" where the page compares nothing. */
function checkComparison(statement: Reading, evidence: Evidence): Finding[] {
  const comparison = statement.text.match(COMPARISON)?.[0];
  if (comparison === undefined) return [];
  const isCompared = evidence.places.some(({ isCore, reading }) => isCore && COMPARING.test(reading.text));
  return isCompared ? [] : [{ weight: 0.7, reason: `The page does not compare: "${comparison.trim()}"` }];
}

const TOTAL: ReadonlySet<string> = new Set(
  "all every always entire entirely whole fully completely none everyone everything alle jeder immer samtliche vollstandig gesamte todos todas siempre toda cada 所有 全部".split(
    " ",
  ),
);

const PARTIAL =
  /\b(?:some|several|many|most|part(?:ly|ially)?|few|often|usually|sometimes|except|half|majority|mainly|mostly|partie|einige|mehrere|viele|meist\p{L}*|teil\p{L}*|oft|manche|algun\p{L}*|varios|muchos|parte|mayoría|casi)\b/iu;

const ALONE = /\b(?:alone|by itself|single-handedly|on its own|allein|im Alleingang|por sí sol[oa])\b/iu;

/** "All" where the page says "some", "most" or "except". */
function checkTotality(statement: Reading, evidence: Evidence): Finding[] {
  const alone = statement.text.match(ALONE)?.[0];
  if (
    alone !== undefined &&
    !evidence.places.some(
      ({ isCore, reading }) => isCore && (ALONE.test(reading.text) || /\bonly\b/i.test(reading.text)),
    )
  )
    return [{ weight: 0.7, reason: `The page does not say "${alone}"` }];
  const token = statement.tokens.find(({ word }) => TOTAL.has(word));
  if (token === undefined) return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading);
  if (core.some(({ tokens }) => tokens.some(({ word }) => TOTAL.has(word)))) return [];
  if (core.some(({ text }) => /100\s?%|\b(?:complet|entire|ganz|total)/iu.test(text))) return [];
  const isPartial = core.some(({ text }) => PARTIAL.test(text)) && !PARTIAL.test(statement.text);
  return isPartial ? [{ weight: 0.6, reason: `The page says less than "${token.word}"` }] : [];
}

const CAUSE =
  /\b(?:because|due to|owing to|thanks to|caused|causes|as a result|result(?:ed|s|ing)? (?:in|of|from)|led to|leads to|therefore|thus|hence|so that|since|as|by|for|consequently|made possible|contribut\p{L}+|trigger\p{L}*|in order|from|after|following|with|weil|wegen|aufgrund|durch|dank|führte|infolge|deshalb|daher|da|denn|nach|porque|debido|gracias|causa|por|provoc\p{L}+|tras)\b/iu;

const STRONG_CAUSE =
  /\b(?:because|due to|owing to|thanks to|caused by|as a result of|led to|made possible|single-handedly|by itself|weil|wegen|aufgrund|dank|porque|debido a|gracias a)\b/iu;

/** A cause that the page does not give. */
function checkCause(statement: Reading, evidence: Evidence): Finding[] {
  const cause = statement.text.match(STRONG_CAUSE)?.[0];
  if (cause === undefined) return [];
  const isGiven = evidence.places.some(
    ({ reading, isCore }) => isCore && (STRONG_CAUSE.test(reading.text) || CAUSE.test(reading.text)),
  );
  return isGiven ? [] : [{ weight: 0.5, reason: `The page gives no such cause ("${cause}")` }];
}
