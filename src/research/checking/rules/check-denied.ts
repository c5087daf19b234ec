import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isLightWord } from "../reading/function-words.ts";
import { areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isDenyingVerb, isNegation, isNegative, isNegativeWord } from "../reading/scopes.ts";
import { areTurnedInTime } from "../reading/standings.ts";

/** What a clause of the page denies, a clause of the statement affirms: the predicate and what it is said of are the same. */
export function checkDenied(statement: Reading, evidence: Evidence): Finding[] {
  const clauses = Map.groupBy(statement.tokens, ({ clause }) => clause);
  for (const place of evidence.places) {
    if (!place.isSound || place.unit.kind === "row") continue;
    if (areTurnedInTime(statement.text, place.reading.text)) continue;
    for (const denial of denialsOf(place.reading))
      for (const clause of clauses.keys()) {
        if (isTurned(statement, clause, place, denial)) continue;
        const held = heldIn(statement, clause, place, denial);
        if (held === null || isAffirmedElsewhere(held, evidence, place)) continue;
        return [{ weight: 1, reason: `The page denies "${held[0]?.token.word}", the statement does not` }];
      }
  }
  return [];
}

interface Denial {
  cue: Token;
  /** What is denied. */
  scope: Token[];
}

/** The denials of a text that no other one takes back. */
function denialsOf(reading: Reading): Denial[] {
  const { tokens, text } = reading;
  const cues = tokens.filter((token) => isNegation(text, token) || isDenyingVerb(token));
  return cues.flatMap((cue) => {
    if (cue.isPossible || cues.filter(({ clause }) => clause === cue.clause).length !== 1) return [];
    const inClause = tokens.filter((token) => token.clause === cue.clause && token.isContent && token !== cue);
    const end = inClause.findIndex(({ word, start }) => start > cue.start && ENDING.test(word));
    const after = (end === -1 ? inClause : inClause.slice(0, end)).filter(({ start }) => start > cue.start);
    return after.length === 0 ? [] : [{ cue, scope: after.slice(0, MAX_SCOPE) }];
  });
}

const ENDING = /^(?:until|till|bis|hasta|except|but|unless|before)$/;
const MAX_SCOPE = 5;

/** The statement denies it too, by a word of its own or by an opposite. */
function isTurned(statement: Reading, clause: number, { reading }: Place, { cue }: Denial): boolean {
  const own = statement.tokens.filter((token) => token.clause === clause);
  if (own.some(({ word }) => /^(?:whether|if|ob|si)$/.test(word))) return true;
  // "Opposed, by 212 votes to 57, that …": the verb stands before what is put in.
  if (statement.tokens.some((token) => token.clause === clause - 1 && isNegativeWord(token))) return true;
  return own.some(
    (token) =>
      isNegative(token) ||
      isNegation(statement.text, token) ||
      reading.tokens.some((other) => other.clause === cue.clause && areOpposite(token.stem, other.stem)),
  );
}

/** The words of the statement's clause that are denied there; null when much of what is denied is not in the clause. */
function heldIn(
  statement: Reading,
  clause: number,
  place: Place,
  { scope }: Denial,
): { token: Token; index: number }[] | null {
  const held: { token: Token; index: number }[] = [];
  const found = new Set<Token>();
  let isExact = false;
  statement.tokens.forEach((token, index) => {
    if (token.clause !== clause) return;
    const match = (place.matches[index] ?? []).find((one: Match) => one.strength >= 0.7 && scope.includes(one.token));
    if (match === undefined) return;
    isExact ||= match.strength >= 0.95;
    held.push({ token, index });
    found.add(match.token);
  });
  const head = scope.find(({ stem, word }) => !isLightWord(stem) && !BRINGING_ABOUT.test(word)) ?? scope[0];
  if (head === undefined || !found.has(head) || !isExact) return null;
  const weigh = (tokens: readonly Token[]): number =>
    tokens.reduce((sum, { stem }) => sum + (isLightWord(stem) ? LIGHT : 1), 0);
  return found.size >= 2 && weigh([...found]) >= weigh(scope) * DENIED_SHARE ? held : null;
}

/** They say of what follows only that it comes to be. */
const BRINGING_ABOUT = /^(?:going|able|ma[dk]e|become|given?|allowed|want(?:ed)?)$/;
const LIGHT = 0.35;
const DENIED_SHARE = 0.6;

/** Another clause of the page has the same words and denies nothing. */
function isAffirmedElsewhere(held: readonly { index: number }[], evidence: Evidence, place: Place): boolean {
  return evidence.places.some((other) => {
    if (!other.isSound || other === place) return false;
    const all = held.map(({ index }) => (other.matches[index] ?? []).filter(({ strength }) => strength >= 0.7));
    return all.every((matches) => matches.some(({ token }) => !token.isNegated));
  });
}
