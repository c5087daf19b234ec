import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { substitution } from "../evidence/substitutes.ts";
import type { Gap, Pair } from "../evidence/word-run.ts";
import { areComparable } from "../reading/figures.ts";
import { matchIn } from "../reading/matching.ts";
import type { Reading } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";
import { isEnumeration } from "./check-governors.ts";

/** "Named hedges as the cheapest" where the page has "named grass strips as the cheapest and hedges as the finest". */
export function checkAttributes(statement: Reading, evidence: Evidence, place: Place, gap: Gap): Finding | null {
  const [own, other] = [gap.own[0], gap.other[0]];
  if (own === undefined || other === undefined || gap.own.length > MAX_ATTRIBUTE || gap.other.length > MAX_ATTRIBUTE)
    return null;
  const instead = gap.other.flatMap((at) => place.reading.tokens[at] ?? []);
  const clauses = new Set(instead.map(({ clause }) => clause));
  if (clauses.size !== 1 || instead.some(({ kind, isName }) => kind !== "word" || isName)) return null;
  if (instead.some((token) => matchIn(token, statement) !== null)) return null;
  const areElsewhere = gap.own.every((index) => {
    const matches = (evidence.matches[index] ?? []).filter((match) => match.place === place && match.strength >= 0.9);
    return matches.length > 0 && matches.every(({ token }) => token.kind === "word" && !clauses.has(token.clause));
  });
  if (!areElsewhere || gap.own.some((index) => isVerb(statement, index))) return null;
  // The clause in which the statement's own words stand may say the same of them.
  const heldIn = (isThere: (clause: number) => boolean): number =>
    statement.tokens.filter(
      (_, index) =>
        !gap.own.includes(index) &&
        (evidence.matches[index] ?? []).some((match) => match.place === place && isThere(match.token.clause)),
    ).length;
  const ownClauses = new Set(
    gap.own.flatMap((index) =>
      (evidence.matches[index] ?? []).flatMap((match) => (match.place === place ? [match.token.clause] : [])),
    ),
  );
  return heldIn((clause) => clauses.has(clause)) > heldIn((clause) => ownClauses.has(clause)) + 1
    ? substitution(statement, own, place.reading, other)
    : null;
}

const MAX_ATTRIBUTE = 3;

/** "In the fourth season" for "fewer in the first season but as many in the fourth": the value of what is contrasted. */
export function contrastedWith(
  statement: Reading,
  evidence: Evidence,
  { place, gap }: { place: Place; gap: Gap },
  own: number,
): number | null {
  const { tokens } = place.reading;
  const token = statement.tokens[own];
  if (token === undefined || token.kind === "word" || !areOneKind(statement, gap.own)) return null;
  const contrasts = (evidence.matches[own] ?? []).filter((match) => match.place === place);
  const other = gap.other.find((at) => {
    const instead = tokens[at];
    if (instead === undefined || matchIn(instead, statement) !== null) return false;
    const isFirst = token.figure?.isOrdinal === true && FIRST.test(instead.word);
    if (instead.kind !== token.kind && !isFirst) return false;
    if (instead.figure !== null && token.figure !== null && !areComparable(token.figure, instead.figure)) return false;
    return contrasts.every((match) => {
      const opening = tokens.find(({ clause }) => clause === match.token.clause)?.word ?? "";
      return match.token.clause > instead.clause && CONTRASTING.test(opening);
    });
  });
  return other ?? null;
}

// No figures, since they are said of more than rows.
const FIRST = /^(?:first|last|erste[nrsm]?|letzte[nrsm]?|primer[oa]?|ultim[oa]|premi[eè]re?)$/;

const CONTRASTING =
  /^(?:but|while|whereas|though|although|aber|während|wahrend|sondern|pero|mientras|sino|mais|tandis)$/;

function areOneKind({ tokens }: Reading, indices: readonly number[]): boolean {
  return indices.every((index) => tokens[index]?.kind !== "word");
}

/** "Least frequent in grass strips" where the page has "least frequent at ploughed edges; grass strips had …". */
export function checkComplement(statement: Reading, place: Place, pairs: readonly Pair[]): Finding | null {
  const { tokens } = place.reading;
  for (const [at, pair] of pairs.entries()) {
    const before = pairs[at - 1];
    const [own, head] = [statement.tokens[pair.own], statement.tokens[before?.own ?? -1]];
    const [found, governor] = [tokens[pair.other], tokens[before?.other ?? -1]];
    if (before === undefined || own?.kind !== "word" || head === undefined || found === undefined) continue;
    if (governor === undefined || own.clause !== head.clause || found.clause <= governor.clause) continue;
    if (!hasPreposition(statement, before.own, pair.own)) continue;
    const next = tokens.findIndex(({ isContent }, index) => index > before.other && isContent);
    const instead = tokens[next];
    if (instead?.clause !== governor.clause || instead.kind !== "word" || matchIn(instead, statement) !== null)
      continue;
    if (found.isName && isEnumeration(place.reading.text.slice(instead.end, found.start))) continue;
    if (hasPreposition(place.reading, before.other, next))
      return substitution(statement, pair.own, place.reading, next);
  }
  return null;
}

/** Nothing but a preposition and perhaps an article stands between. */
function hasPreposition({ text, tokens }: Reading, from: number, to: number): boolean {
  return PREPOSITION.test(text.slice(tokens[from]?.end, tokens[to]?.start));
}

const PREPOSITION =
  /^\s+(?:in|on|at|by|for|under|from|of|im|am|an|auf|bei|für|von|en|de|por|dans|chez)\s+(?:(?:the|a|an|der|die|das|dem|den|el|la|los|las|le|les)\s+)?$/iu;
