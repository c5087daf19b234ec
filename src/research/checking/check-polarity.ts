import { isOrderTurned } from "./check-order.ts";
import type { Evidence, Match, Place } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { isLightWord } from "./function-words.ts";
import { areOpposite } from "./opposites.ts";
import type { Reading, Token } from "./reading.ts";
import { isDenyingVerb, isHedge, isNegation, isNegative, isNegativeWord } from "./scopes.ts";
import { isVerb } from "./verbs.ts";
import { commonSequence } from "./word-run.ts";

/** "Is" is not "is not", "will" is not "may", "has" is not "will": the matched words are affirmed alike on both sides. */
export function checkPolarity(statement: Reading, evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  const held = new Map(evidence.places.map((place) => [place, weightIn(statement, evidence, place)]));
  statement.tokens.forEach((token, index) => {
    const matches = coreMatches(statement, evidence, index, held);
    if (matches.length === 0) return;
    const negation = checkNegation(statement, evidence, token, ownClause(statement, evidence, index, matches));
    if (negation !== null) findings.push(negation);
    if (token.kind !== "word") return;
    const modality = checkModality(statement, token, matches);
    if (modality !== null) findings.push(modality);
  });
  return strongestOf([
    ...findings,
    ...checkLoneNegation(statement, evidence),
    ...checkEllipsis(statement, evidence),
    ...checkDenial(statement, evidence),
    ...checkAlready(statement, evidence),
    ...checkAlongside(statement, evidence),
  ]);
}

/**
 * Where the word stands in several sentences, the one that holds most of the statement is meant; one that speaks of all
 * that the statement speaks of before the others.
 */
function coreMatches(statement: Reading, evidence: Evidence, index: number, held: ReadonlyMap<Place, number>): Match[] {
  const core = (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isSound && strength >= 0.7);
  const subject = subjectOf(statement, index);
  const onSubject = core.filter(
    ({ place }) =>
      isVerb(statement, index) &&
      subject.every((at) => (evidence.matches[at] ?? []).some((one) => one.place === place && one.strength >= 0.9)),
  );
  if (onSubject.length > 0 && onSubject.length < core.length) return onSubject;
  const most = Math.max(...held.values());
  const own = core.filter(({ place }) => (held.get(place) ?? 0) >= most * SAME_MATTER_SHARE);
  const best = Math.max(...own.map(({ place }) => held.get(place) ?? 0));
  return own.filter(({ place }) => (held.get(place) ?? 0) >= best * CLOSE_SHARE);
}

const CLOSE_SHARE = 0.97;
// A sentence that holds less than this of what the best one holds is on another matter: its "not" denies something else.
const SAME_MATTER_SHARE = 0.5;

function weightIn(statement: Reading, evidence: Evidence, place: Place): number {
  return statement.tokens.reduce((sum, _, index) => {
    const strengths = (evidence.matches[index] ?? [])
      .filter((match) => match.place === place)
      .map(({ strength }) => strength);
    return sum + (evidence.weights[index] ?? 0) * Math.max(0, ...strengths);
  }, 0);
}

function checkNegation(statement: Reading, evidence: Evidence, token: Token, matches: Match[]): Finding | null {
  const [match] = matches;
  if (
    match === undefined ||
    /^(?:whether|if|ob|si)$/.test(token.word) ||
    (match.token.isNegated && match.token.kind !== "word" && !isHeadOfDenial(match.place.reading, match.token)) ||
    matches.some(
      (one) =>
        one.token.isNegated === token.isNegated ||
        denies(statement, token, one) ||
        isAccountedFor(statement, evidence, token, one) ||
        isTwiceDenied(token.isNegated ? statement : one.place.reading, token.isNegated ? token : one.token),
    ) ||
    isPartOfDenial(statement, evidence, token, match) ||
    isKeptFrom(token.isNegated ? match.place.reading : statement, token.isNegated ? match.token : token) ||
    areBothBounds(statement.text, match.place.reading.text) ||
    areOnlyAndExcept(statement.text, match.place.reading.text) ||
    isOrderTurned(statement, evidence) ||
    // "Found no difference" for "no difference was found": the word denied is another one, the sentence is the same.
    isDeniedAlike(statement, evidence, token, match)
  )
    return null;
  return {
    weight: denialWeight(statement, evidence, token, match.place),
    reason: token.isNegated
      ? `The page does not deny "${match.token.word}", the statement does`
      : `The page denies "${match.token.word}", the statement does not`,
  };
}

/** The word stands several times: meant is where the page speaks of what the statement speaks of. */
function ownClause(statement: Reading, evidence: Evidence, index: number, matches: Match[]): Match[] {
  if (matches.every(({ token }) => token.isNegated === matches[0]?.token.isNegated)) return matches;
  const subject = subjectOf(statement, index);
  const held = matches.map(({ place, token }) =>
    heldBy(subject, evidence, (one) => one.place === place && one.token.clause === token.clause && one.token !== token),
  );
  const most = Math.max(...held);
  const own = matches.filter((_, at) => held[at] === most);
  if (own.length < matches.length) return own;
  const behind = matches.filter((match) => followsSubject(subject, evidence, match, matches));
  return behind.length === 0 ? matches : behind;
}

/** Indices of what a verb is said of: the words before it. Of other words it is the first of the statement. */
function subjectOf(statement: Reading, index: number): number[] {
  const content = statement.tokens.flatMap(({ isContent }, at) => (isContent ? [at] : []));
  const before = content.filter((at) => at < index);
  return before.length > 0 && isVerb(statement, index) ? before : content.slice(0, 1);
}

function heldBy(subject: readonly number[], evidence: Evidence, isThere: (match: Match) => boolean): number {
  return subject.reduce((sum, at) => {
    const isHeld = (evidence.matches[at] ?? []).some((match) => match.strength >= 0.9 && isThere(match));
    return sum + (isHeld ? (evidence.weights[at] ?? 0) : 0);
  }, 0);
}

/** "The first (A), with data, and the second (B), without data": a word that the sentence has once stands before it. */
function followsSubject(
  subject: readonly number[],
  evidence: Evidence,
  { place, token }: Match,
  matches: readonly Match[],
): boolean {
  return subject.some((at) => {
    const [only, ...more] = (evidence.matches[at] ?? []).filter((one) => one.place === place && one.strength >= 0.9);
    if (only === undefined || more.length > 0 || only.token.start >= token.start) return false;
    return !matches.some((one) => one.token.start > only.token.start && one.token.start < token.start);
  });
}

/** Where the statement goes its own way, a "not" on one side may be said by other words on the other. */
function denialWeight(statement: Reading, evidence: Evidence, token: Token, place: Place): number {
  if (token.isNegated && (!isHeadOfDenial(statement, token) || isSkipped(statement, evidence, token))) return 0.3;
  const content = statement.tokens.filter(({ isContent }) => isContent).length;
  const along = commonSequence(evidence, place).length / content;
  const isLoose = token.isNegated ? along < LOOSE_SHARE : content >= MANY_WORDS && along < FAR_SHARE;
  return isLoose ? 0.3 : 1;
}

const LOOSE_SHARE = 0.42;
const FAR_SHARE = 0.3;
const MANY_WORDS = 6;

/** "Without the migration" where the page has "if you skip the migration" in another sentence. */
function isSkipped({ tokens }: Reading, evidence: Evidence, token: Token): boolean {
  const matches = (evidence.matches[tokens.indexOf(token)] ?? []).filter(
    ({ place, strength }) => place.isSound && strength >= 0.7,
  );
  return matches.some(({ place, token: there }) =>
    place.reading.tokens.some(
      (word) => isNegativeWord(word) && word.clause === there.clause && word.start < there.start,
    ),
  );
}

/** "Unable to take the walls" denies the taking: a statement that speaks of the walls alone is not denied by it. */
function isPartOfDenial(statement: Reading, evidence: Evidence, token: Token, { place, token: found }: Match): boolean {
  if (token.isNegated || isVerb(statement, statement.tokens.indexOf(token))) return false;
  const { tokens, text } = place.reading;
  const at = tokens.indexOf(found);
  const cue = tokens.findLastIndex((other, index) => index < at && isNegation(text, other));
  const head = tokens.find(
    ({ isContent, isNegated, stem }, index) => index > cue && isContent && isNegated && !isLightWord(stem),
  );
  if (cue === -1 || head === undefined || head === found || tokens[cue]?.word === "no") return false;
  return !evidence.matches
    .flat()
    .some((match) => match.place === place && match.token === head && match.strength >= 0.7);
}

/** "Keeps the pipes from freezing": they do not freeze. */
function isKeptFrom({ text }: Reading, { start }: Token): boolean {
  return KEPT_FROM.test(text.slice(Math.max(0, start - 60), start));
}

const KEPT_FROM =
  /\b(?:ke(?:ep|eps|pt|eping)|stop(?:s|ped|ping)?|save[sd]?|shield(?:s|ed)?)\b[^.;,]{1,40}\bfrom (?:\p{L}+ly )?$/iu;

const BOUNDED =
  /\b(?:(?:not?|never|nicht|no) (?:[a-zß-ɏ]+ ){0,3}(?:more|less|fewer|longer|later|mehr|weniger|länger|más|menos) (?:than|als|de|que)|at (?:most|least)|up to|höchstens|mindestens|como máximo|al menos)\b/i;

/** "Does not rise by more than 60" and "rises by no more than 60" deny the same. */
function areBothBounds(stated: string, found: string): boolean {
  return BOUNDED.test(stated) && BOUNDED.test(found);
}

const ONLY = /\b(?:only|sole|single|alone|nur|einzige\p{L}*|s[oó]lo|únic\p{L}+)\b/iu;
const EXCEPT =
  /\b(?:except|apart from|other than|but for|all but|unless|until|before|bis|erst|hasta|außer|ausgenommen|bis auf|excepto|salvo|menos)\b/iu;

/** "The only one that did not" and "all except that one did" say the same. */
function areOnlyAndExcept(stated: string, found: string): boolean {
  return (ONLY.test(stated) && EXCEPT.test(found)) || (EXCEPT.test(stated) && ONLY.test(found));
}

/** What stands first behind the "not" is what is denied; a name or a noun after it is only part of that. */
function isHeadOfDenial({ tokens, text }: Reading, token: Token): boolean {
  const at = tokens.indexOf(token);
  const cue = tokens.findLastIndex((other, index) => index < at && isNegation(text, other));
  const between = tokens.slice(cue + 1, at).filter(({ isContent, isNegated }) => isContent && isNegated);
  return (
    between.length === 0 ||
    (!token.isName && token.kind === "word" && !/^(?:without|ohne|sin|sans)$/.test(tokens[cue]?.word ?? ""))
  );
}

/** "None of the houses" and "away from home" for "no homes": another word of the statement says the page's word alike. */
function isAccountedFor(statement: Reading, evidence: Evidence, token: Token, match: Match): boolean {
  return statement.tokens.some(
    (other, index) =>
      other !== token &&
      other.isNegated === match.token.isNegated &&
      (evidence.matches[index] ?? []).some(
        (one) => one.place === match.place && one.token === match.token && one.strength >= match.strength,
      ),
  );
}

/** "No member will go without pay": two denials in one clause affirm. */
function isTwiceDenied({ tokens, text }: Reading, own: Token): boolean {
  const denials = tokens.filter((token) => token.clause === own.clause && isNegation(text, token));
  return denials.length === 2 && denials.some(({ word }) => /^(?:without|ohne|sin|sans)$/.test(word));
}

/** The other side may deny it by another word: "unable to press on" for "could not press on". */
function denies(statement: Reading, token: Token, match: Match): boolean {
  const other = token.isNegated ? match.place.reading : statement;
  const own = token.isNegated ? match.token : token;
  return other.tokens.some((word) => {
    if (word === own || !isNegative(word)) return false;
    if (
      isBefore(word, own, other) ||
      (word.clause === own.clause && (isNegativeWord(word) || isLateDenial(other, word, own)))
    )
      return true;
    return other.language === "de" && isAfter(word, own);
  });
}

/** "Night work did not affect …": the "not" behind a noun is that of its verb. */
function isLateDenial(reading: Reading, word: Token, own: Token): boolean {
  return isNegation(reading.text, word) && !isVerb(reading, reading.tokens.indexOf(own));
}

/** A word that turns round what follows it in its clause or in the clause before, unless that is a condition. */
function isBefore(word: Token, own: Token, { tokens }: Reading): boolean {
  if (word.start > own.start + 1 || own.clause - word.clause > 1) return false;
  if (own.clause === word.clause) return true;
  const opening = tokens.find(({ clause }) => clause === word.clause)?.word ?? "";
  return !/^(?:if|when|unless|although|though|while|since|because|as|falls|wenn|weil|da|obwohl|si|aunque|porque)$/.test(
    opening,
  );
}

/** German puts its "nicht" behind the noun. */
function isAfter(word: Token, own: Token): boolean {
  return word.clause === own.clause && word.position - own.position <= 1;
}

/** Another word of the same clause is denied on both sides: the reach of a "no" depends on the order of words. */
function isDeniedAlike(statement: Reading, evidence: Evidence, token: Token, match: Match): boolean {
  return statement.tokens.some(
    (other, index) =>
      other !== token &&
      other.isNegated &&
      other.clause === token.clause &&
      (evidence.matches[index] ?? []).some(
        (one) =>
          one.place === match.place &&
          one.strength >= 0.7 &&
          one.token.isNegated &&
          (token.isNegated || one.token.clause === match.token.clause),
      ),
  );
}

/** "Nurses knew which lamps were used; the statistician did not": denied without a word behind the "not". */
function checkEllipsis(statement: Reading, evidence: Evidence): Finding[] {
  if (statement.tokens.some(isNegative)) return [];
  for (const { reading, isCore } of evidence.places) {
    const clause = isCore ? clauseOfEllipsis(reading) : null;
    if (clause === null) continue;
    const subjects = evidence.matches
      .flat()
      .filter((match) => match.place.reading === reading && match.token.clause === clause);
    const [subject] = subjects;
    const isSaid = subjects.some(({ token }) => isDenyingVerb(token));
    if (subject !== undefined && !isSaid && subjects.every(({ strength }) => strength >= 0.9))
      return [{ weight: 1, reason: `The page denies this of "${subject.token.word}"` }];
  }
  return [];
}

/** The clause that ends in "did not", "has not", "is not". */
function clauseOfEllipsis({ text, tokens }: Reading): number | null {
  const end = text.search(ELLIPSIS);
  if (end === -1) return null;
  return tokens.findLast((token) => token.start < end)?.clause ?? null;
}

const ELLIPSIS =
  /\b(?:(?:did|does|do|has|have|had|is|was|are|were|will|could|can)(?: not|n['’]t)(?: (?:do|done|doing) (?:this|that|so|it)\b[^,.;]*)?|(?:refused|declined|rejected (?:it|this|that)|lehnte (?:das|dies|es|ihn|sie) ab|(?:lo|la|se) (?:rechazó|negó)|a refusé))[.;]?\s*$/u;

/** The statement denies something of which the page does not speak in that way at all. */
function checkLoneNegation(statement: Reading, evidence: Evidence): Finding[] {
  const denied = statement.tokens.filter(
    (token, index) => token.isNegated && (evidence.matches[index]?.length ?? 0) === 0,
  );
  if (denied.length === 0) return [];
  // "Not before 2027" for "from 2027", "without reaching it" for "still below it".
  if (NOT_BEFORE.test(statement.text) && statement.quantities.length > 0) return [];
  const isDenied = evidence.places.some(
    ({ reading, isCore }) => isCore && (reading.tokens.some(isNegative) || BELOW.test(reading.text)),
  );
  return isDenied ? [] : [{ weight: 0.35, reason: `The page does not say that "${denied[0]?.word}" is not so` }];
}

const NOT_BEFORE = /\b(?:before|until|till|vor|bis|erst|antes|hasta|avant)\s(?:\p{L}+\s)?\d/iu;
const BELOW = /\b(?:below|short of|unter|por debajo|inferior|au-dessous)\b/iu;

function checkModality(statement: Reading, token: Token, matches: Match[]): Finding | null {
  if (isGermanNoun(statement, token)) return null;
  if (token.isPossible || token.isNegated || matches.some((match) => !match.token.isPossible && !match.token.isAhead))
    return null;
  const [match] = matches;
  if (match === undefined || (token.isAhead && !match.token.isPossible)) return null;
  const hedged = statement.tokens.some(
    (word) => isHedge(word) && !(token.isAhead && word.isAhead) && word.word !== "will" && word.word !== "wird",
  );
  if (hedged) return null;
  // What is still to come is done by a verb; a thing it is done to may be there already.
  const isDoing = match.token.isPossible || isVerb(statement, statement.tokens.indexOf(token));
  const isPlain =
    (isDoing && isSettled(statement, token)) ||
    token.isAhead ||
    isConjugated(token, match.token) ||
    isSaidPlainly(statement, token, match);
  const how = match.token.isPossible ? "possible" : "still to come";
  return {
    weight: isPlain ? 1 : 0.3,
    reason: `The page calls "${match.token.word}" ${how}; the statement says it as a fact`,
  };
}

/** What may or will be done is said by a verb. */
function isGermanNoun({ language, text }: Reading, token: Token): boolean {
  return language === "de" && /\p{Lu}/u.test(text[token.start] ?? "");
}

/** "Indexes require" for "indexes may require": the verb right behind the "may", and here right behind its subject. */
function isSaidPlainly(statement: Reading, token: Token, { token: found, place: { reading } }: Match): boolean {
  if (!found.isPossible || found.word !== token.word || statement.language !== "en") return false;
  const cue = reading.tokens[reading.tokens.indexOf(found) - 1];
  const before = statement.tokens[statement.tokens.indexOf(token) - 1];
  return /^(?:may|might|could)$/.test(cue?.word ?? "") && /[^s]s$/.test(before?.word ?? "");
}

/** "Lengthens" for "may lengthen": with an auxiliary the verb has no ending. */
function isConjugated({ word }: Token, found: Token): boolean {
  return found.isPossible && (word === `${found.word}s` || word === `${found.word}es`);
}

/** Said of the past or as already done. */
function isSettled({ tokens }: Reading, token: Token): boolean {
  if (tokens.some(({ word }) => /^(?:already|bereits|schon|ya|已经?)$/.test(word))) return true;
  return (
    tokens.some(
      (word) => SETTLED.has(word.word) && word.clause === token.clause && Math.abs(word.start - token.start) < 60,
    ) || /ed$/.test(token.word)
  );
}

const SETTLED: ReadonlySet<string> = new Set(
  "already has had have was were did is are will wird bereits schon hat hatte wurde wurden ist ya fue fueron ha habia es sera 已 已经 了".split(
    " ",
  ),
);

function strongestOf(findings: Finding[]): Finding[] {
  const [strongest] = findings.toSorted((a, b) => b.weight - a.weight);
  return strongest === undefined ? [] : [strongest];
}

/** The clause that holds the statement says by its verb that it did not come to this; nothing in the statement does. */
function checkDenial(statement: Reading, evidence: Evidence): Finding[] {
  const best = onlyPlace(statement, evidence);
  if (best === null || statement.tokens.some((token) => isNegative(token) || isNegation(statement.text, token)))
    return [];
  const matched = evidence.matches.flatMap((matches, index) => {
    const match = matches.find(({ place, strength }) => place === best && strength >= 0.7);
    return match === undefined ? [] : [{ ...match, weight: evidence.weights[index] ?? 0 }];
  });
  const total = evidence.weights.reduce((sum, weight) => sum + weight, 0);
  const denial = best.reading.tokens.find((token) => {
    if (!isDenyingVerb(token) || isHedged(best.reading, token)) return false;
    if (matched.some((one) => one.token === token)) return false;
    const held = matched.filter(({ token: other }) => other.clause === token.clause);
    return held.length >= 2 && held.reduce((sum, { weight }) => sum + weight, 0) >= total * DENIED_SHARE;
  });
  if (denial === undefined) return [];
  const isTurned = statement.tokens.some((token) =>
    best.reading.tokens.some((other) => other !== denial && areOpposite(token.stem, other.stem)),
  );
  return isTurned ? [] : [{ weight: 1, reason: `The page says "${denial.word}", which the statement leaves out` }];
}

const DENIED_SHARE = 0.5;

/** The one sentence that holds the statement; null where another one holds nearly as much of it. */
function onlyPlace(statement: Reading, evidence: Evidence): Place | null {
  const [best, next] = evidence.places
    .filter(({ isSound }) => isSound)
    .map((place) => ({ place, weight: weightIn(statement, evidence, place) }))
    .toSorted((a, b) => b.weight - a.weight);
  return best === undefined || (next !== undefined && next.weight > best.weight * RIVAL_SHARE) ? null : best.place;
}

const RIVAL_SHARE = 0.8;

/** A denial that is itself denied or only possible says nothing. */
function isHedged({ tokens, text }: Reading, denial: Token): boolean {
  if (denial.isNegated || denial.isPossible) return true;
  return tokens.some((token) => token !== denial && token.clause === denial.clause && isNegation(text, token));
}

const ALREADY = /\b(?:already|bereits|schon|ya|déjà)\b/iu;
const NOT_YET =
  /\b(?:before|until|not|yet|no|never|will|plan\p{L}*|expect\p{L}*|bevor|erst|noch|nicht|soll\p{L}*|hasta|todavía|aún|pas|avant|jusqu\p{L}*)\b/iu;
const DONE =
  /\b(?:already|since|now|has|have|had|was|were|bereits|schon|seit|hat|haben|wurde|ya|ha|han|fue|déjà|depuis|a|ont)\b/iu;

/** "Already" where the page speaks of what has yet to come. */
function checkAlready(statement: Reading, { places }: Evidence): Finding[] {
  const word = statement.text.match(ALREADY)?.[0];
  const core = places.filter(({ isCore }) => isCore).map(({ reading }) => reading.text);
  if (word === undefined || core.some((text) => DONE.test(text)) || !core.some((text) => NOT_YET.test(text))) return [];
  return [{ weight: 1, reason: `The page does not say "${word}"` }];
}

/** The statement runs along a sentence of the page word by word: a "not" more or less on one side turns it round. */
function checkAlongside(statement: Reading, evidence: Evidence): Finding[] {
  const content = statement.tokens.filter(({ isContent }) => isContent).length;
  const runs = evidence.places
    .filter(({ isCore, unit }) => isCore && unit.kind === "sentence")
    .map((place) => ({ place, pairs: commonSequence(evidence, place) }))
    .toSorted((a, b) => b.pairs.length - a.pairs.length);
  const [run] = runs;
  if (run === undefined || run.pairs.length < Math.max(MIN_ALONG, content * ALONG_SHARE)) return [];
  const [first, last] = [run.pairs[0], run.pairs.at(-1)];
  const { tokens } = run.place.reading;
  const spanned = tokens.slice(Math.max(0, (first?.other ?? 0) - 1), (last?.other ?? 0) + 2);
  // A sentence that says much between the words is another one.
  if (run.pairs.length < spanned.filter(({ isContent }) => isContent).length * DENSE_SHARE) return [];
  if (isOrderTurned(statement, evidence)) return [];
  const [stated, found] = [denialsIn(statement, statement.tokens), denialsIn(run.place.reading, spanned)];
  if ((stated.length - found.length) % 2 === 0) return [];
  const word = (stated.length > found.length ? stated : found)[0]?.word ?? "";
  const side = stated.length > found.length ? "statement" : "page";
  return [{ weight: 1, reason: `Only the ${side} says "${word}"` }];
}

const MIN_ALONG = 3;
const ALONG_SHARE = 0.85;
const DENSE_SHARE = 0.6;

function denialsIn({ text }: Reading, tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => isNegation(text, token) || isDenyingVerb(token));
}
