import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { isNegative } from "../reading/scopes.ts";
import { isEndless } from "./check-bounds.ts";
import { checkCause } from "./check-cause.ts";
import { checkExchanges } from "./check-exchanges.ts";
import { checkOpposites, checkPhrases } from "./check-opposites.ts";
import { checkReported, HEDGED } from "./check-reported.ts";
import { checkSuperlatives } from "./check-superlatives.ts";
import { checkNever, checkRestriction, checkTotality } from "./check-totality.ts";
import { isShownByFigures } from "./extremes.ts";
import { superlativeAt } from "./superlatives.ts";

/** Superlatives, order, causes and opposites: the statement claims no more, and nothing contrary to, what the page says. */
export function checkClaims(statement: Reading, evidence: Evidence): Finding[] {
  return [
    ...checkOpposites(statement, evidence),
    ...checkPhrases(statement, evidence),
    ...checkComparison(statement, evidence),
    ...checkExchanges(statement, evidence),
    ...checkSuperlatives(statement, evidence),
    ...checkTotality(statement, evidence),
    ...checkNever(statement, evidence),
    ...checkCause(statement, evidence),
    ...checkCorrelation(statement, evidence),
    ...checkProof(statement, evidence),
    ...checkRestriction(statement, evidence),
    ...checkReported(statement, evidence),
  ];
}

const COMPARISON =
  /\b(?:(?:more|less|fewer|\p{L}{3,}er)\b[^.;]{0,60}?\bthan|mehr \p{L}+ als|weniger \p{L}+ als|más \p{L}+ que|menos \p{L}+ que)\s+(?!\d|[$€£]|(?:half|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|a|an)\b)/iu;

/** "No other river has as many falls": a superlative in other words. */
const NONE_ABOVE =
  /(?<!\p{L})(?:no (?:other )?\p{L}+|nobody|no one|none|nothing|kein\p{L}* \p{L}+|niemand|ning[uú]n\p{L}* \p{L}+|nadie)\b(?:(?! until | unless | if | before )[^.;]){0,80}?(?<!\p{L})(?:(?:as|so) \p{L}+(?: \p{L}+)? (?:as|wie)|(?:more|less|fewer|\p{L}{2,}er)(?: \p{L}+){0,3} (?:than|als)|(?:más|menos) \p{L}+ que|tan\p{L}* (?:\p{L}+ )?como)\s(?!\d|[$€£])/iu;

const COMPARING =
  /\b(?:more|less|fewer|than|\p{L}{3,}er than|compared|while|whereas|mehr|weniger|als|más|menos|que)\b/iu;

/** "More X than Y" where the page compares nothing. */
function checkComparison(statement: Reading, evidence: Evidence): Finding[] {
  const above = statement.text.match(NONE_ABOVE)?.[0];
  const comparison = above ?? statement.text.match(COMPARISON)?.[0];
  if (comparison === undefined) return [];
  const isSupreme = above !== undefined || OVER_ALL.test(statement.text);
  // "41 more in 2020 than in 2008", "sooner rather than later": worked out from two figures, or no comparison.
  if (!isSupreme && (statement.quantities.length > 0 || comparison.endsWith("rather than "))) return [];
  const isCompared = evidence.places.some(
    ({ isCore, isSound, reading, reading: { text } }) =>
      (isSupreme ? isCore : isSound) &&
      (isSupreme ? hasSuperlative(reading) || SUPREME.test(text) || NONE_ABOVE.test(text) : COMPARING.test(text)),
  );
  const isShown = isSupreme && !isEndless(statement.text) && isShownByFigures(statement, evidence, "");
  return isCompared || isShown
    ? []
    : [{ weight: isSupreme ? 1 : 0.3, reason: `The page does not compare: "${comparison.trim()}"` }];
}

function hasSuperlative(reading: Reading): boolean {
  return reading.tokens.some((_, at) => superlativeAt(reading, at) !== null);
}

// "More than anyone else": a superlative in other words.
const OVER_ALL = /\b(?:more|less|fewer|\p{L}{3,}er)\s(?:\p{L}+\s){0,3}than\s(?:any|all|every|most)\p{L}*\b/iu;
const SUPREME = /\bthan\s(?:any|all|every|most|(?:the )?others?)|\b(?:un(?:matched|rivalled|surpassed))\b/iu;

const CORRELATED =
  /\b(?:(?:associated|correlat\p{L}+|linked|coincid\p{L}+|went along|goes along|tend\p{L}*)\b(?: (?:with|to))?|cannot (?:exclude|rule out)|in Zusammenhang|einher\p{L}*|asoci\p{L}+|relacionad\p{L}+|associé\p{L}*|lié\p{L}*)/iu;
const CAUSED =
  /\b(?:caus(?:e[sd]?|ing)|mak(?:es?|ing)|made|leads? to|led to|result(?:s|ed)? in|because of|due to|thanks to|reduc(?:es|ed)|lowers?|improv(?:es|ed)|prevent(?:s|ed)?|protects?|increas(?:es|ed)|raises?|verursach\p{L}+|führ(?:t|te|en) zu|verringert\p{L}*|provoc\p{L}+|reduj?c?\p{L}+|entraîn\p{L}+)\b/iu;

/** "Made them sleep" where the page says "was associated with". */
function checkCorrelation(statement: Reading, { places }: Evidence): Finding[] {
  const [best] = places;
  const cause = statement.text.match(CAUSED)?.[0];
  const found = best?.reading.text.match(CORRELATED)?.[0];
  if (cause === undefined || found === undefined || CORRELATED.test(statement.text) || HEDGED.test(statement.text))
    return [];
  if (statement.tokens.some(isNegative) || CAUSED.test(best?.reading.text ?? "")) return [];
  return [{ weight: 1, reason: `The page says "${found}", the statement "${cause}"` }];
}

const PROOF =
  /\b(?:prov(?:e[sdn]?|ing)(?! (?:too|to (?:be|have)|very|so|more|less|in?effective|\p{L}+ful|\p{L}+ive|\p{L}+ular|difficult|hard|fatal|un\p{L}+|im\p{L}+|right|wrong|otherwise)\b)|proof|demonstrat\p{L}+|establish(?:e[sd])? that|confirm\p{L}*|undoubtedly|certainly|definitely|beweis\p{L}*|bewies\p{L}*|demuestra\p{L}*|prueba que)\b/iu;

const DENIED_PROOF =
  /(?<!\p{L})(?:no|not|never|without|kein\p{L}*|nicht|sin|ning\p{L}+) (?:\p{L}+ ){0,2}(?:pro[vo]|proof|demonstrat|confirm|certain|definite|bewies|beweis|prueba)/iu;

/** "Proves" where the page suggests, finds or says nothing of the kind. */
function checkProof(statement: Reading, evidence: Evidence): Finding[] {
  const proof = statement.text.match(PROOF)?.[0];
  // "There is no proof that": claims nothing.
  if (
    proof === undefined ||
    DENIED_PROOF.test(statement.text) ||
    evidence.places.some(({ reading }) => PROOF.test(reading.text))
  )
    return [];
  return [{ weight: 1, reason: `The page does not say "${proof}"` }];
}
