import { checkCause } from "./check-cause.ts";
import { checkExchanges } from "./check-exchanges.ts";
import { checkOpposites, checkPhrases } from "./check-opposites.ts";
import { checkOrder } from "./check-order.ts";
import { checkSuperlatives } from "./check-superlatives.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Reading, Token } from "./reading.ts";
import { isNegative } from "./scopes.ts";

/** Superlatives, order, causes and opposites: the statement claims no more, and nothing contrary to, what the page says. */
export function checkClaims(statement: Reading, evidence: Evidence): Finding[] {
  return [
    ...checkOpposites(statement, evidence),
    ...checkPhrases(statement, evidence),
    ...checkComparison(statement, evidence),
    ...checkExchanges(statement, evidence),
    ...checkOrder(statement, evidence),
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

const COMPARING =
  /\b(?:more|less|fewer|than|\p{L}{3,}er than|compared|while|whereas|mehr|weniger|als|más|menos|que)\b/iu;

/** "More X than Y" where the page compares nothing. */
function checkComparison(statement: Reading, evidence: Evidence): Finding[] {
  const comparison = statement.text.match(COMPARISON)?.[0];
  if (comparison === undefined) return [];
  const isSupreme = OVER_ALL.test(statement.text);
  const isCompared = evidence.places.some(
    ({ isCore, isSound, reading: { text } }) =>
      (isSupreme ? isCore : isSound) && (isSupreme ? SUPREME : COMPARING).test(text),
  );
  return isCompared
    ? []
    : [{ weight: isSupreme ? 1 : 0.3, reason: `The page does not compare: "${comparison.trim()}"` }];
}

// "More than anyone else": a superlative in other words.
const OVER_ALL = /\b(?:more|less|fewer|\p{L}{3,}er)\s(?:\p{L}+\s){0,3}than\s(?:any|all|every|most)\p{L}*\b/iu;
const SUPREME =
  /\bthan\s(?:any|all|every|most|(?:the )?others?)|\bmost\b|\p{L}{3,}est\b|\b(?:best|worst|un(?:matched|rivalled|surpassed))\b/iu;

const TOTAL: ReadonlySet<string> = new Set(
  "all every always entire entirely whole fully completely none everyone everything alle jeder immer samtliche vollstandig gesamte todos todas siempre toda cada tous toutes toute toujours chaque samtlichem unanimously unanimous einstimmig 所有 全部".split(
    " ",
  ),
);

const PARTIAL =
  /\b(?:\d+ (?:out )?of (?:the |its |their )?\d+|\d+ (?:von|de) (?:den |los |las )?\d+|(?:of|von|de) (?:which|whom|denen|l[oa]s que|l[oa]s cuales) [a-zß-ɏ\d]+|(?:on|an) (?:[a-z]+days|[a-z]+tagen)|(?:more|less|fewer) than \d+|only|some|several|many|most|part(?:ly|ially)?|few|often|usually|sometimes|except|half|majority|mainly|mostly|almost|nearly|unless|provided|partie|plupart|certains?|certaines|quelques|presque|fast|knapp[a-zß-ɏ]*|mehrheit[a-zß-ɏ]*|viertel|drittel|hälfte|casi|einige|mehrere|viele|meist[a-zß-ɏ]*|teil[a-zß-ɏ]*|oft|manche|algun[a-zß-ɏ]*|varios|muchos|parte|mayoría|casi)\b/i;

// "All her life": how long, not how many; "every day" is how many days.
const LASTING =
  /^\s+(?:(?:of )?(?:her|his|its|their|the) )?(?:life|time|day|year|week|night|way|through|along|over)\b/iu;

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
    return [{ weight: 0.35, reason: `The page does not say "${alone}"` }];
  const token = statement.tokens.find(
    ({ word, end }) => TOTAL.has(word) && (word === "every" || !LASTING.test(statement.text.slice(end))),
  );
  // "All three attempts": counted, so the figure says how many.
  if (token === undefined || statement.tokens[statement.tokens.indexOf(token) + 1]?.kind === "figure") return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading);
  if (core.some(({ tokens }) => tokens.some(({ word }, at) => TOTAL.has(word) && !isAlmost(tokens[at - 1])))) return [];
  if (token.word === "none" && core.some(({ tokens }) => tokens.some(isNegative))) return [];
  if (core.some(({ text }) => /100\s?%|\b(?:complet|entire|ganz|total)/iu.test(text))) return [];
  const isPartial = core.some(({ text }) => PARTIAL.test(text)) && !PARTIAL.test(statement.text);
  return isPartial ? [{ weight: 1, reason: `The page says less than "${token.word}"` }] : [];
}

const NEVER = /\b(?:never|at no time|nie|niemals|nunca|jamás|jamais)\b/iu;
const LIMITED =
  /\b(?:not|no|n['’]t|nicht|kein\p{L}*|pas)\b[^.;]*?\b(?:since|until|before|after|in|during|seit|bis|vor|nach|im|desde|hasta|antes|durante|depuis|jusqu\p{L}*)\s(?:\p{L}+\s)?\d/iu;

/** "Never" where the page says "not since 2016". */
function checkNever(statement: Reading, evidence: Evidence): Finding[] {
  const never = statement.text.match(NEVER)?.[0];
  if (never === undefined || statement.quantities.length > 0) return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
  const limited = core.find((text) => LIMITED.test(text));
  if (limited === undefined || core.some((text) => NEVER.test(text))) return [];
  return [{ weight: 1, reason: `The page limits this to a time, the statement says "${never}"` }];
}

/** "Almost all" and "not every" are less than all. */
function isAlmost(before: Token | undefined): boolean {
  return /^(?:almost|nearly|not|virtually|practically|fast|beinahe|nicht|casi|presque)$/.test(before?.word ?? "");
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

/** "Proves" where the page suggests, finds or says nothing of the kind. */
function checkProof(statement: Reading, evidence: Evidence): Finding[] {
  const proof = statement.text.match(PROOF)?.[0];
  if (proof === undefined || evidence.places.some(({ reading }) => PROOF.test(reading.text))) return [];
  return [{ weight: 1, reason: `The page does not say "${proof}"` }];
}

const RESTRICTION =
  /\b(?:only|solely|exclusively|nowhere (?:but|else)|nothing but|nobody but|no one but|ausschlie(?:ß|ss)lich|únicamente|exclusivamente)\b/iu;
const RESTRICTED =
  /\b(?:only|sole(?:ly)?|exclusive(?:ly)?|alone|just|merely|single|unique(?:ly)?|nothing|none|no|not|except|unless|limited|restricted|never|nur|allein\p{L}*|ausschlie(?:ß|ss)lich|s[oó]l[oa]|únic\p{L}+|exclusivamente|但|只|仅|唯一)\b/iu;

/** "Only" where the page names no limit. */
function checkRestriction(statement: Reading, evidence: Evidence): Finding[] {
  const word = statement.text.match(RESTRICTION)?.[0];
  if (word === undefined) return [];
  // "Only 12", "only in 1990": a writer's emphasis.
  if (
    /\bonly (?:\d|in \d|a few|about|after|until|then|later|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|when|if|half)/iu.test(
      statement.text,
    )
  )
    return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
  if (core.some((text) => RESTRICTED.test(text))) return [];
  const isPartial = core.some((text) => PARTIAL.test(text) || /\b(?:both|also|as well as|all)\b/iu.test(text));
  return [{ weight: isPartial ? 1 : 0.6, reason: `The page does not say "${word}"` }];
}

const REPORTED =
  /\b(?:(?:is|are|was|were|been) (?:widely |often |generally )?(?:thought|believed|said|rumou?red|alleged|suspected|claimed|reported|assumed) to|allegedly|reportedly|supposedly|purportedly|suggested that|claimed that|(?:some|many|several|most|critics|locals|neighbou?rs|scholars|experts|researchers|historians|people)(?: [a-zß-ɏ]+){0,2} (?:suspect|assume|believe|think|thought|claim|argue|speculate)(?:e?d)?|believe that|(?:cannot|could not|can ?not|unable to) (?:say|tell|determine|know) (?:whether|if)|(?:unclear|unknown|not known|not clear|not certain) (?:whether|if)|angeblich|vermutlich|presuntamente|supuestamente)\b/i;

// Without the u flag: see patternOf in spelled-numbers.ts.
const HEDGED =
  /\b(?:may|might|could|would|can|thought|believ[a-zß-ɏ]+|said|say[a-zß-ɏ]*|rumou?red|alleged[a-zß-ɏ]*|suspect[a-zß-ɏ]*|claim[a-zß-ɏ]*|report[a-zß-ɏ]*|assum[a-zß-ɏ]*|suppos[a-zß-ɏ]*|purported[a-zß-ɏ]*|suggest[a-zß-ɏ]*|according|likely|probabl[a-zß-ɏ]+|possibl[a-zß-ɏ]+|perhaps|apparent[a-zß-ɏ]*|seem[a-zß-ɏ]*|consider[a-zß-ɏ]*|regard[a-zß-ɏ]*|argue[a-zß-ɏ]*|opinion|view[a-zß-ɏ]*|expect[a-zß-ɏ]*|think[a-zß-ɏ]*|estimat[a-zß-ɏ]*|appear[a-zß-ɏ]*|critics?|accus[a-zß-ɏ]*|attribut[a-zß-ɏ]*|credit[a-zß-ɏ]*|angeblich|vermut[a-zß-ɏ]*|soll|sollen|supuest[a-zß-ɏ]*|presunt[a-zß-ɏ]*|según|quiz[a-zß-ɏ]*|laut|zufolge)\b/i;

const OPEN = /\b(?:whether|if|open|unclear|unknown|not)\b/iu;

/** What the page only reports as thought or said, said as a fact. */
function checkReported(statement: Reading, evidence: Evidence): Finding[] {
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
