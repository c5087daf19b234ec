import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";
import { isNegative } from "../reading/scopes.ts";
import { checkCause } from "./check-cause.ts";
import { checkComparison } from "./check-comparison.ts";
import { checkOpposites, checkPhrases } from "./check-opposites.ts";
import { checkReported, HEDGED } from "./check-reported.ts";
import { checkSuperlatives } from "./check-superlatives.ts";
import { checkNever, checkRestriction, checkTotality } from "./check-totality.ts";

/** Superlatives, order, causes and opposites: the statement claims no more, and nothing contrary to, what the page says. */
export function checkClaims(statement: Reading, evidence: Evidence): Finding[] {
  return [
    ...checkOpposites(statement, evidence),
    ...checkPhrases(statement, evidence),
    ...checkComparison(statement, evidence),
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
