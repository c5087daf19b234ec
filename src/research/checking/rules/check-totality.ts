import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isNegative } from "../reading/scopes.ts";

const TOTAL: ReadonlySet<string> = new Set(
  "all every always entire entirely whole fully completely none each everyone everybody everything everywhere alle jeder immer samtliche vollstandig gesamte todos todas siempre toda cada tous toutes toute toujours chaque samtlichem unanimously unanimous einstimmig 所有 全部".split(
    " ",
  ),
);

const PARTIAL =
  /\b(?:\d+ (?:out )?of (?:the |its |their )?\d+|\d+ (?:von|de) (?:den |los |las )?\d+|(?:of|von|de) (?:which|whom|denen|l[oa]s que|l[oa]s cuales) [a-zß-ɏ\d]+|(?:on|an) (?:[a-z]+days|[a-z]+tagen)|(?:more|less|fewer) than \d+|only|some|several|many|most|part(?:ly|ially)?|few|often|usually|sometimes|except|half|(?:one|two|three) (?:third|quarter|fifth|tenth)s?|a (?:third|quarter|fifth|tenth)|\d\d?(?:\.\d+)? ?(?:%|per ?cent)|(?:one|two|three|four|\d+) in (?:two|three|four|five|six|ten|\d+)|majority|mainly|mostly|almost|nearly|unless|provided|partie|plupart|certains?|certaines|quelques|presque|fast|knapp[a-zß-ɏ]*|mehrheit[a-zß-ɏ]*|viertel|drittel|hälfte|casi|einige|mehrere|viele|meist[a-zß-ɏ]*|teil[a-zß-ɏ]*|oft|manche|algun[a-zß-ɏ]*|varios|muchos|parte|mayoría|casi)\b/i;

// "All her life": how long, not how many; "every day" is how many days.
const LASTING =
  /^\s+(?:(?:of )?(?:her|his|its|their|the) )?(?:life|time|day|year|week|night|way|through|along|over)\b/iu;

/** "All" where the page says "some", "most" or "except". */
export function checkTotality(statement: Reading, evidence: Evidence): Finding[] {
  const token = statement.tokens.find(
    ({ word, end }) => TOTAL.has(word) && (word === "every" || !LASTING.test(statement.text.slice(end))),
  );
  // "All three attempts": counted, so the figure says how many.
  if (token === undefined || statement.tokens[statement.tokens.indexOf(token) + 1]?.kind === "figure") return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading);
  if (core.some(({ tokens }) => tokens.some(({ word }, at) => TOTAL.has(word) && !isAlmost(tokens[at - 1])))) return [];
  if (token.word === "none" && core.some(({ tokens }) => tokens.some(isNegative))) return [];
  if (
    core.some(({ text }) => /100\s?%|\b(?:complet|entire|whol|full|ganz|gesamt|total|throughout|plen[oa])/iu.test(text))
  )
    return [];
  const isPartial = core.some(({ text }) => PARTIAL.test(text)) && !PARTIAL.test(statement.text);
  const always = statement.text.match(ALWAYS)?.[0];
  const isSaid = evidence.places.some(({ isSound, reading }) => isSound && ALWAYS.test(reading.text));
  if (!isPartial && always !== undefined && !isSaid)
    return [{ weight: 1, reason: `The page does not say "${always}"` }];
  return isPartial ? [{ weight: 1, reason: `The page says less than "${token.word}"` }] : [];
}

const ALWAYS = /(?<!\p{L})(?:always|(?<!noch )immer(?! noch| wieder| mehr)|siempre(?! que))(?!\p{L})/iu;

const NEVER = /\b(?:never|at no time|nie|niemals|nunca|jamás|jamais)\b/iu;
const LIMITED =
  /\b(?:not|no|n['’]t|nicht|kein\p{L}*|pas)\b[^.;]*?\b(?:since|until|before|after|in|during|seit|bis|vor|nach|im|desde|hasta|antes|durante|depuis|jusqu\p{L}*)\s(?:\p{L}+\s)?\d/iu;

/** "Never" where the page says "not since 2016". */
export function checkNever(statement: Reading, evidence: Evidence): Finding[] {
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

const RESTRICTION =
  /\b(?:only|solely|exclusively|nowhere (?:but|else)|nothing but|nobody but|no one but|ausschlie(?:ß|ss)lich|únicamente|exclusivamente)\b/iu;
const RESTRICTED =
  /\b(?:second[- ](?:most|\p{L}+est)|behind|only|sole(?:ly)?|exclusive(?:ly)?|alone|just|merely|single|unique(?:ly)?|nothing|none|no|not|except|unless|all of (?:them|these|those|which|whom)|limited|restricted|never|nur|allein\p{L}*|ausschlie(?:ß|ss)lich|s[oó]l[oa]|únic\p{L}+|exclusivamente|但|只|仅|唯一)\b/iu;

/** "Only" where the page names no limit. */
export function checkRestriction(statement: Reading, evidence: Evidence): Finding[] {
  const word = statement.text.match(RESTRICTION)?.[0];
  if (word === undefined) return [];
  // A table names what it names; whether there is more it does not say.
  if (evidence.places[0]?.unit.kind === "row" || isEmphasis(statement)) return [];
  const core = evidence.places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
  if (core.some((text) => RESTRICTED.test(text))) return [];
  const isPartial = core.some((text) => PARTIAL.test(text) || /\b(?:both|either|also|as well as|all)\b/iu.test(text));
  return [{ weight: isPartial ? 1 : 0.35, reason: `The page does not say "${word}"` }];
}

/** "Not only", "only 12", "only succeeded in 1830", "if you only need": how much, when or on what condition, not that there is no other. */
function isEmphasis({ text, tokens }: Reading): boolean {
  if (/\bnot only\b/iu.test(text) || SMALL.test(text)) return true;
  const at = tokens.findIndex(({ word }) => word === "only");
  const [only, next] = [tokens[at], tokens[at + 1]];
  if (only === undefined || next === undefined) return false;
  const clause = tokens.filter((token) => token.clause === only.clause);
  if (clause.some(({ word, start }) => start < only.start && CONDITION.test(word))) return true;
  const dated = clause.findIndex(
    ({ kind, word, start }) => start > only.start && (kind === "date" || word === "later"),
  );
  return dated !== -1 && clause.indexOf(next) >= dated - 1;
}

const SMALL =
  /\bonly (?:(?:a |some )?(?:moments?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|steps?|miles?)|once|twice|recently|now|just|\d|in \d|a few|about|after|until|then|later|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|when|if|half|the (?:rest|remainder))/iu;
const CONDITION = /^(?:if|unless|when|whether|provided|wenn|falls|si)$/;
