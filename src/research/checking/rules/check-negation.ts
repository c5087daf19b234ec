import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { commonSequence } from "../evidence/word-run.ts";
import { isLightWord } from "../reading/function-words.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isNegation, isNegative, isNegativeWord } from "../reading/scopes.ts";
import { areTurnedInTime } from "../reading/standings.ts";
import { isVerb } from "../reading/verbs.ts";

/** The page denies of the matched word what the statement affirms of it. */
export function checkNegation(statement: Reading, evidence: Evidence, token: Token, matches: Match[]): Finding | null {
  const [match] = matches;
  if (
    match === undefined ||
    token.isNegated ||
    /^(?:whether|if|ob|si)$/.test(token.word) ||
    match.token.kind !== "word" ||
    matches.some(
      (one) =>
        !one.token.isNegated ||
        isDeniedHere(statement, evidence, token, one) ||
        isTwiceDenied(one.place.reading, one.token),
    ) ||
    isPartOfDenial(evidence, match) ||
    KEPT_FROM.test(statement.text.slice(Math.max(0, token.start - 60), token.start)) ||
    areBothBounds(statement.text, match.place.reading.text) ||
    areOnlyAndExcept(statement.text, match.place.reading.text) ||
    areTurnedInTime(statement.text, match.place.reading.text) ||
    // "Found no difference" for "no difference was found": the word denied is another one, the sentence is the same.
    isDeniedAlike(statement, evidence, token, match)
  )
    return null;
  const content = statement.tokens.filter(({ isContent }) => isContent).length;
  // Where the statement goes its own way, a "not" of the page may be said by other words.
  const isLoose = content >= MANY_WORDS && commonSequence(evidence, match.place).length / content < FAR_SHARE;
  return {
    weight: isLoose ? 0.3 : 1,
    reason: `The page denies "${match.token.word}", the statement does not`,
  };
}

const FAR_SHARE = 0.3;
const MANY_WORDS = 6;

/** "Unable to take the walls" denies the taking: a statement that speaks of the walls alone is not denied by it. */
function isPartOfDenial(evidence: Evidence, { place, token: found }: Match): boolean {
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

/** "No member will go without pay": two denials in one clause affirm. */
function isTwiceDenied({ tokens, text }: Reading, own: Token): boolean {
  const denials = tokens.filter((token) => token.clause === own.clause && isNegation(text, token));
  return denials.length === 2 && denials.some(({ word }) => /^(?:without|ohne|sin|sans)$/.test(word));
}

/** The statement may deny it by another word, "unable to press on" for "could not press on", that the page has not too. */
function isDeniedHere(statement: Reading, evidence: Evidence, own: Token, { place }: Match): boolean {
  return statement.tokens.some((word, index) => {
    if (word === own || !isNegative(word)) return false;
    const isInBoth = (evidence.matches[index] ?? []).some(
      (match) => match.place === place && match.strength >= 0.85 && isNegative(match.token),
    );
    if (isInBoth) return false;
    if (isBefore(word, own, statement)) return true;
    return word.clause === own.clause && (isNegativeWord(word) || isLateDenial(statement, word, own));
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
          one.token.clause === match.token.clause,
      ),
  );
}
