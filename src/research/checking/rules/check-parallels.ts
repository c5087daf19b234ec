import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { areComparable, isMereCount } from "../reading/figures.ts";
import { agree, matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";

/**
 * "17,212 started" where the page has "18,400 runners started and 17,212 finished": a sentence says one thing of two,
 * and the statement gives the value of one clause to what the other clause says.
 */
export function checkParallels(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind === "word" || isReference(statement, token)) continue;
    const sound = (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isSound && strength >= 0.85);
    const [match] = sound;
    // What stands in two places may belong to either.
    if (match === undefined || sound.length > 1 || match.place.unit.kind !== "sentence" || !match.place.isCore)
      continue;
    const rival =
      rivalOf(statement, evidence, { index, place: match.place, at: match.index }) ??
      elidedRival(statement, { index, place: match.place, at: match.index });
    if (rival === null) continue;
    const written = statement.text.slice(token.start, token.end);
    return [{ weight: 1, reason: `"${written}" belongs to something else in the page; here it says "${rival.word}"` }];
  }
  return [];
}

interface Standing {
  /** Index in the statement. */
  index: number;
  place: Place;
  /** Index in the page's sentence. */
  at: number;
}

/** What is said in another clause than the token's, about which the statement speaks and not about the token's own. */
function rivalOf(statement: Reading, evidence: Evidence, standing: Standing): Token | null {
  const { index, place, at } = standing;
  const { tokens } = place.reading;
  const own = tokens[at];
  if (own === undefined || !saysMore(statement, place.reading, own)) return null;
  const clausesOf = statement.tokens.map((token, other) =>
    other === index || !token.isContent || evidence.inContext[other] === true
      ? NOWHERE
      : new Set(
          (evidence.matches[other] ?? [])
            .filter((match) => match.place === place)
            .map(({ token: { clause } }) => clause),
        ),
  );
  const outside = clausesOf.filter((clauses) => clauses.size > 0 && !clauses.has(own.clause));
  const rival = tokens.find(
    (token, other) =>
      token.clause !== own.clause &&
      isRival(statement, standing, other) &&
      outside.some((clauses) => clauses.size === 1 && isNearer([...clauses][0] ?? 0, token, own)),
  );
  if (rival === undefined || outside.length < MIN_OUTSIDE) return null;
  // A word that both clauses have ("the river …; the river …") binds to neither.
  const isBound = clausesOf.some((clauses) => clauses.has(own.clause) && !clauses.has(rival.clause));
  return isBound ? null : rival;
}

/** In a clause that is nearer to it than to the other. */
function isNearer(clause: number, rival: Token, own: Token): boolean {
  const distance = Math.abs(clause - rival.clause);
  return distance <= 1 && distance < Math.abs(clause - own.clause);
}

const MIN_OUTSIDE = 2;

const NOWHERE: ReadonlySet<number> = new Set();

/** "78 percent … in willows" where the page has "78 percent of nests stood in reed beds and 22 percent in willows". */
function elidedRival(statement: Reading, standing: Standing): Token | null {
  const { place, at } = standing;
  const { tokens, text } = place.reading;
  const own = tokens[at];
  if (own === undefined || own.kind === "word") return null;
  const next = tokens.findIndex(
    (token, other) => other > at && token.kind !== "word" && token.clause === own.clause + 1,
  );
  const rival = tokens[next];
  if (rival === undefined || !isRival(statement, standing, next)) return null;
  const stub = tokens.filter(({ clause, isContent }) => clause === rival.clause && isContent);
  const [first, key] = stub;
  if (first !== rival || key === undefined || stub.length > MAX_STUB) return null;
  if (!stub.slice(1).every((token) => matchIn(token, statement) !== null)) return null;
  const joint = prepositionBefore(text, key);
  if (joint === null) return null;
  const counterpart = tokens.find(
    (token, other) =>
      other > at && token.clause === own.clause && token.isContent && prepositionBefore(text, token) === joint,
  );
  return counterpart !== undefined && matchIn(counterpart, statement) === null ? rival : null;
}

const MAX_STUB = 3;

function prepositionBefore(text: string, { start }: Token): string | null {
  return (
    text
      .slice(Math.max(0, start - 20), start)
      .match(PREPOSITION)?.[1]
      ?.toLowerCase() ?? null
  );
}

const PREPOSITION =
  /(?<!\p{L})(in|on|at|by|for|to|under|from|of|im|am|an|auf|bei|für|von|en|de|para|por|dans|à|pour|chez)\s+(?:(?:the|a|an|der|die|das|dem|den|el|la|los|las|le|les)\s+)?$/iu;

/** Another value or name in the same part, which the statement leaves out. */
function isRival(statement: Reading, { index, place, at }: Standing, other: number): boolean {
  const { tokens } = place.reading;
  const [stated, own, token] = [statement.tokens[index], tokens[at], tokens[other]];
  if (stated === undefined || own === undefined || token === undefined || !token.isContent) return false;
  if (token.kind !== own.kind || matchIn(token, statement) !== null) return false;
  if (statement.tokens.some((mentioned) => mentioned.kind !== "word" && agree(mentioned, token))) return false;
  // "15 km (9 miles)": what stands in brackets says the same again.
  if (/\([^()]*$/.test(place.reading.text.slice(0, token.start))) return false;
  if (own.figure !== null && token.figure !== null)
    return areComparable(own.figure, token.figure) && !isMereCount(own.figure, token.figure);
  return areEquallyExact(own, token);
}

function areEquallyExact({ date: a }: Token, { date: b }: Token): boolean {
  if (a === null || b === null || a.isDerived || b.isDerived) return false;
  // "In 2013" beside "in June 2016": the more exact one may say the event's time, too.
  return (["year", "month", "day"] as const).every((part) => a[part] === null || b[part] !== null);
}

/** The clause says something of its own that the statement leaves out; a bracket belongs to the clause before it. */
function saysMore(statement: Reading, { tokens, text }: Reading, own: Token): boolean {
  const isBracketed = /\(\s*$/.test(text.slice(0, own.start)) && /^\s*\)/.test(text.slice(own.end));
  const clause = isBracketed ? own.clause - 1 : own.clause;
  return tokens.some(
    (token) => token !== own && token.clause === clause && token.isContent && matchIn(token, statement) === null,
  );
}

/** "Since 2008", "more than in 2008": what the statement measures by may stand in a clause of its own. */
function isReference({ text }: Reading, { start }: Token): boolean {
  return REFERENCE.test(text.slice(Math.max(0, start - 24), start));
}

const REFERENCE =
  /(?<!\p{L})(?:since|from|than(?: in)?|against|compared (?:to|with)|after|before|until|till|to|between|seit|ab|von|bis|nach|vor|als|gegenüber|zwischen|desde|hasta|después de|antes de|que(?: en)?|frente a|entre|depuis|avant|après|jusqu'en|à)\s+(?:(?:the|los|las|el|la|den|dem|der)\s+)?$/iu;
