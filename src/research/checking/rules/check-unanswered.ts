import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isDenyingVerb, isHedge, isNegation, isNegative } from "../reading/scopes.ts";

/** The statement denies something, and where the page speaks of just this, nothing is denied, lacking or opposite. */
export function checkUnanswered(statement: Reading, evidence: Evidence): Finding[] {
  for (const [at, cue] of statement.tokens.entries()) {
    if (!isOutright(statement, at)) continue;
    const denied = deniedWords(statement, cue);
    const places = placesOf(denied, evidence, statement.language);
    if (places.length === 0 || isDeniedElsewhere(evidence, at)) continue;
    if (places.some((place) => isAnswered(statement, evidence, { at, denied, place }))) continue;
    const head = statement.tokens[denied.find((index) => index > at) ?? denied[0] ?? at]?.word ?? cue.word;
    return [{ weight: 1, reason: `The page does not deny "${head}", the statement does` }];
  }
  return [];
}

/** A denial of the whole: not of a measure or a contrast ("not quite half", "not as well as", "not A but B"). */
function isOutright({ tokens, text }: Reading, at: number): boolean {
  const cue = tokens[at];
  if (cue === undefined) return false;
  const after = text.slice(cue.end);
  if (/^(?:hardly|barely|scarcely|kaum|apenas)$/.test(cue.word)) return false;
  if (!isNegation(text, cue) && !(isDenyingVerb(cue) && /^\s+to\b/.test(after))) return false;
  const start = tokens.find(({ clause }) => clause === cue.clause)?.start ?? cue.start;
  const end = tokens.findLast(({ clause }) => clause === cue.clause)?.end ?? cue.end;
  return (
    !OF_MEASURE.test(after) &&
    !COMPARING.test(text.slice(start, end)) &&
    !/^,?\s+(?:but|sondern|sino)\b/.test(text.slice(end))
  );
}

const OF_MEASURE =
  /^\s+(?:quite|exactly|entirely|necessarily|always|all|every\p{L}*|each|long|far|yet|even|so|too|very|ganz|immer|alle\p{L}*|todos?|todas?|siempre|tout|toujours)\b/iu;
const COMPARING =
  /\b(?:than|as|until|till|before(?=\s)|unless|except|exceed\p{L}*|beyond|ever|alone|wie|bis|vor|außer|hasta|antes)\b/iu;

/** Indices of the words of the clause that the denial stands in. */
function deniedWords({ tokens }: Reading, cue: Token): number[] {
  return tokens.flatMap((token, index) =>
    token !== cue && token.isContent && token.word !== "longer" && token.clause === cue.clause ? [index] : [],
  );
}

/** The sound places that hold most of these words; none where the page does not speak of them together. */
function placesOf(words: readonly number[], evidence: Evidence, language: string): Place[] {
  const total = words.reduce((sum, index) => sum + (evidence.weights[index] ?? 0), 0);
  const held = evidence.places
    .filter(({ isSound, page }) => isSound && page.language === language)
    .map((place) => ({ place, share: heldIn(place, words, evidence) / Math.max(total, 1e-9) }));
  const most = Math.max(0, ...held.map(({ share }) => share));
  return most < MIN_HELD ? [] : held.filter(({ share }) => share >= most * CLOSE_SHARE).map(({ place }) => place);
}

const MIN_HELD = 0.5;
const CLOSE_SHARE = 0.7;

function heldIn(place: Place, words: readonly number[], evidence: Evidence): number {
  return words.reduce((sum, index) => {
    const strengths = (evidence.matches[index] ?? []).flatMap((match) => (match.place === place ? match.strength : []));
    return sum + (evidence.weights[index] ?? 0) * Math.max(0, ...strengths);
  }, 0);
}

/** "Refused" for "rejected" in the next sentence. */
function isDeniedElsewhere({ matches }: Evidence, at: number): boolean {
  return (matches[at] ?? []).some(({ place, token }) => place.isSound && isDenyingVerb(token));
}

interface Denied {
  at: number;
  denied: readonly number[];
  place: Place;
}

/** Beside the words that speak of the matter something says that it is not so. */
function isAnswered(statement: Reading, evidence: Evidence, { at, denied, place }: Denied): boolean {
  const { tokens, text } = place.reading;
  const matched = denied.flatMap((index) => place.matches[index] ?? []);
  if (FIRST_SINCE.test(text) || (isUnsurpassed(statement, at) && SUPERLATIVE.test(text))) return true;
  return tokens.some((token) => {
    if (!matched.some((match) => isBeside(match, token)) || isSaidElsewhere(statement, evidence, at, token))
      return false;
    // "A few" are some.
    if (token.word === "few" && /\ba\s$/i.test(text.slice(0, token.start))) return false;
    return (
      isNegative(token) ||
      isNegation(text, token) ||
      (ANSWERS.test(token.word) &&
        matched.some((match) => match.token.clause === token.clause) &&
        !(isOver(statement, at) && LASTING.test(token.word))) ||
      (isHedge(token) && !statement.tokens.some(isHedge)) ||
      denied.some((index) => areOpposite(statement.tokens[index]?.stem ?? "", token.stem))
    );
  });
}

/** "No city is larger", "none surpassed it": the largest one. */
function isUnsurpassed({ tokens, text }: Reading, at: number): boolean {
  const cue = tokens[at];
  return cue !== undefined && /^no(?:ne|body|thing)?$|^kein/.test(cue.word) && SURPASSING.test(text.slice(cue.end));
}

const SURPASSING =
  /^(?!\s+(?:longer|more|mehr)\b)[^.;]*?\b(?:more|better|worse|less|fewer|(?:larg|bigg|great|high|long|old|young|tall|fast|heavi|strong|rich|late|earli|new|cheap|wid|deep|small|low|short|busi)er|surpass\p{L}*|exceed\p{L}*|beat\p{L}*|overt[ao]\p{L}*|mehr|größer\p{L}*|höher\p{L}*|länger\p{L}*|älter\p{L}*|übertr\p{L}*|mayor|más)\b/iu;
const SUPERLATIVE =
  /\b(?:most|best|worst|least|fewest|record|peak(?:ed)?|\p{L}{3,}est|\p{L}{3,}sten?|meist\p{L}*|mayor(?:es)?|más)\b/iu;

/** Nothing of the kind in between. */
export const FIRST_SINCE = /\bfirst\b[^.;]*\bsince\b/iu;

/** "No longer": it was so. */
function isOver({ tokens }: Reading, at: number): boolean {
  return /^(?:longer|more|mehr|mas)$/.test(tokens[at + 1]?.word ?? "");
}

const LASTING = /^(?:same|unchanged|remain\p{L}*|sta(?:y|ys|yed)|bleib\p{L}*)$/u;

function isBeside({ token }: Match, other: Token): boolean {
  return token.clause === other.clause || Math.abs(token.position - other.position) <= REACH;
}

const REACH = 4;

/** What has ended, stayed or is less than something is not so any more, has not changed and does not reach it. */
const ANSWERS =
  /^(?:end(?:s|ed|ing)?|ceas\p{L}*|disappear\p{L}*|vanish\p{L}*|defunct|former\p{L}*|discontinu\p{L}*|expir\p{L}*|abolish\p{L}*|withdr[ae]w\p{L}*|remov\p{L}*|retir\p{L}*|same|unchanged|remain\p{L}*|sta(?:y|ys|yed)|less|fewer|lower|below|under|separate\p{L}*|elsewhere|ehemal\p{L}*|antigu\p{L}*|weniger|unter|bleib\p{L}*|menos|inferior\p{L}*|frühestens|fruhestens)$/u;

/** The page's denial is one that the statement has too, in another place: "fell without losses" in both. */
function isSaidElsewhere(statement: Reading, evidence: Evidence, at: number, found: Token): boolean {
  return evidence.matches.some((matches, index) => {
    const token = statement.tokens[index];
    if (index === at || token === undefined || !isNegative(token)) return false;
    return matches.some((match) => match.token === found && match.strength >= 0.85);
  });
}
