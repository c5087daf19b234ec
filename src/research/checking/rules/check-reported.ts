import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";

const REPORTED =
  /\b(?:(?:is|are|was|were|been) (?:widely |often |generally )?(?:thought|believed|said|rumou?red|alleged|suspected|claimed|reported|assumed) to|allegedly|reportedly|supposedly|purportedly|suggested that|claimed that|(?:some|many|several|most|critics|locals|neighbou?rs|scholars|experts|researchers|historians|people)(?: [a-zß-ɏ]+){0,2} (?:suspect|assume|believe|think|thought|claim|argue|speculate)(?:e?d)?|believe that|(?:cannot|could not|can ?not|unable to) (?:say|tell|determine|know) (?:whether|if)|(?:unclear|unknown|not known|not clear|not certain) (?:whether|if)|angeblich|vermutlich|presuntamente|supuestamente)\b/i;

// Without the u flag: see patternOf in spelled-numbers.ts.
export const HEDGED =
  /\b(?:may|might|could|would|can|thought|believ[a-zß-ɏ]+|said|say[a-zß-ɏ]*|rumou?red|alleged[a-zß-ɏ]*|suspect[a-zß-ɏ]*|claim[a-zß-ɏ]*|report[a-zß-ɏ]*|assum[a-zß-ɏ]*|suppos[a-zß-ɏ]*|purported[a-zß-ɏ]*|suggest[a-zß-ɏ]*|according|likely|probabl[a-zß-ɏ]+|possibl[a-zß-ɏ]+|perhaps|apparent[a-zß-ɏ]*|seem[a-zß-ɏ]*|consider[a-zß-ɏ]*|regard[a-zß-ɏ]*|argue[a-zß-ɏ]*|opinion|view[a-zß-ɏ]*|expect[a-zß-ɏ]*|think[a-zß-ɏ]*|estimat[a-zß-ɏ]*|appear[a-zß-ɏ]*|critics?|accus[a-zß-ɏ]*|attribut[a-zß-ɏ]*|credit[a-zß-ɏ]*|angeblich|vermut[a-zß-ɏ]*|soll|sollen|supuest[a-zß-ɏ]*|presunt[a-zß-ɏ]*|según|quiz[a-zß-ɏ]*|laut|zufolge)\b/i;

const OPEN = /\b(?:whether|if|open|unclear|unknown|not)\b/iu;

/** What the page only reports as thought or said, said as a fact. */
export function checkReported(statement: Reading, evidence: Evidence): Finding[] {
  const [best] = evidence.places;
  if (best === undefined || HEDGED.test(statement.text) || OPEN.test(statement.text)) return [];
  const reported = best.reading.text.match(REPORTED);
  if (reported === null) return [];
  const end = (reported.index ?? 0) + reported[0].length;
  // The words that follow the hedge are what it hedges.
  const hedged = best.reading.tokens.filter(({ start, isContent }) => start >= end && isContent).slice(0, HEDGED_WORDS);
  const isStated = evidence.matches
    .flat()
    .some(({ place, token, strength }) => place === best && strength >= 0.7 && hedged.includes(token));
  return isStated ? [{ weight: 1, reason: `The page only reports this ("${reported[0]}")` }] : [];
}

const HEDGED_WORDS = 4;
