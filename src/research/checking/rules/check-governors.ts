import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { nameIndices, substitution } from "../evidence/substitutes.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/**
 * "At the request of Charles Allen" where the page has "at the request of Edwin Bartlett": the same word governs another
 * name.
 */
export function checkGovernors(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const name of namesOf(statement)) {
    const first = name[0] ?? 0;
    const governor = governorOf(statement, first);
    if (governor === null) continue;
    const governing = (evidence.matches[governor.index] ?? []).flatMap((match) => {
      const other = match.place === place ? governedBy(place.reading, match.index, governor.word) : null;
      return other === null ? [] : [{ match, other }];
    });
    // "The mouth of the Shashe … the mouth of the Bubye".
    if (governing.some(({ other }) => isSameName(statement, name, place.reading, other))) continue;
    for (const { match, other } of governing) {
      if (match.strength < 0.9) continue;
      if (standsInClause(evidence, name, place, match.index)) continue;
      return substitution(statement, first, place.reading, other);
    }
  }
  return null;
}

// Code and links stand in marks of their own.
const GOVERNING =
  /^\s+(by|of|from|to|for|with|under|against|over|von|gegen|contra|durch|für|por|de|para)\s+(?:(?:the|his|her|its|their|dem|der|den|la|el|los|las)\s+)?[[(`*]*$/iu;

/** The word of meaning that governs the name through a preposition: "designed" in "designed by Charles Allen". */
function governorOf({ tokens, text }: Reading, first: number): { index: number; word: string } | null {
  const index = tokens.findLastIndex((token, at) => at < first && token.isContent);
  const governor = tokens[index];
  if (governor === undefined || governor.kind !== "word") return null;
  const word = text.slice(governor.end, tokens[first]?.start).match(GOVERNING)?.[1];
  return word === undefined ? null : { index, word: word.toLowerCase() };
}

/** The name that the same preposition joins to the word in the page. */
function governedBy({ tokens, text }: Reading, governor: number, preposition: string): number | null {
  const next = tokens.findIndex((token, at) => at > governor && token.isContent);
  // "By the naturalist Edmund Fell": a word or two may say what he was.
  const first = tokens.findIndex((token, at) => at >= next && token.isName && token.isContent);
  if (next === -1 || first === -1 || first - next > MAX_APPOSED) return null;
  const token = tokens[first];
  if (token === undefined) return null;
  const before = tokens[next] ?? token;
  if (first > next && !/^[\p{L}\s-]+$/u.test(text.slice(before.start, tokens[first]?.start))) return null;
  if (tokens.slice(next, first).some(({ word, kind }) => kind !== "word" || PREPOSITIONS.has(word))) return null;
  const between = text.slice(tokens[governor]?.end, before.start);
  return between.match(GOVERNING)?.[1]?.toLowerCase() === preposition ? first : null;
}

const MAX_APPOSED = 2;

function isSameName(statement: Reading, name: readonly number[], found: Reading, at: number): boolean {
  const parts = nameIndices(found, at).flatMap((index) => found.tokens[index] ?? []);
  return name.some((index) => {
    const token = statement.tokens[index];
    return (
      token !== undefined &&
      parts.some((part) => part.stem === token.stem || token.concepts.some((one) => part.concepts.includes(one)))
    );
  });
}

/** "Lucas Penn was the first general manager" where the page has "its first general manager, Edith Marrow". */
export function checkLabels(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const name of namesOf(statement)) {
    const label = labelOf(statement, name);
    if (label === null || statement.tokens[label]?.isName === true) continue;
    for (const match of evidence.matches[label] ?? []) {
      if (match.place !== place || match.strength < 0.9) continue;
      const beside = besideLabel(place.reading, match.index);
      if (beside !== null && !isSameName(statement, name, place.reading, beside))
        return substitution(statement, name[0] ?? 0, place.reading, beside);
    }
  }
  return null;
}

/** The last word of what a name is said to be: "manager" in "Penn was the district's first general manager and …". */
function labelOf({ tokens, text }: Reading, name: readonly number[]): number | null {
  const end = tokens[name.at(-1) ?? 0]?.end ?? 0;
  if (!COPULA.test(text.slice(end))) return null;
  const first = tokens.findIndex(({ start, isContent }) => start > end && isContent);
  let label: number | null = null;
  for (let index = first; index !== -1 && tokens[index]?.clause === tokens[first]?.clause; index += 1) {
    const token = tokens[index];
    if (token === undefined || (token.isContent && token.isName) || PREPOSITIONS.has(token.word)) break;
    if (token.isContent) label = index;
  }
  return label;
}

const COPULA =
  /^\s+(?:is|was|are|were|ist|war|es|fue)\s+(?:the|its|his|her|their|\p{L}+['’]s|der|die|das|el|la|su)\s/iu;

const PREPOSITIONS: ReadonlySet<string> = new Set(
  "of in at for from by to with on von in bei de en para por".split(" "),
);

/** The name that an apposition joins to a label, or that "was" does: "manager, Edith Marrow". */
function besideLabel({ tokens, text }: Reading, label: number): number | null {
  const own = tokens[label];
  if (own === undefined) return null;
  const after = tokens.findIndex((token, at) => at > label && token.isContent);
  const next = tokens[after];
  if (next?.isName === true && /^(?:\s*,)?\s*$/.test(text.slice(own.end, next.start))) return after;
  const before = tokens.findLastIndex((token, at) => at < label && token.isName && token.isContent);
  return before !== -1 && IS_LABEL.test(text.slice(tokens[before]?.end, own.start)) ? before : null;
}

const IS_LABEL =
  /^\s+(?:is|was|became|ist|war|wurde|es|fue)\s+(?:the|its|his|her|their|der|die|das|ihr|sein|el|la|su)\s+(?:\p{L}+\s+){0,2}$/iu;

/** In an enumeration the name may come later: "designed by Moore and Floyd". */
function standsInClause(evidence: Evidence, name: readonly number[], place: Place, governor: number): boolean {
  const { tokens, text } = place.reading;
  const verb = tokens[governor];
  if (verb === undefined) return false;
  return name.some((index) =>
    (evidence.matches[index] ?? []).some(({ place: other, token }) => {
      if (other.unit !== place.unit || token.start <= verb.start) return false;
      const between = text.slice(verb.end, token.start);
      const asides = between.split("(").length - 1;
      if (token.position - verb.position > CLAUSE_REACH + asides * ASIDE_REACH) return false;
      return isEnumeration(between) && !opensClause(text, token);
    }),
  );
}

const CLAUSE_REACH = 8;
const ASIDE_REACH = 6;

/** Nothing but names, small words and the joints of an enumeration: "Alden (12 May), Brockley (14 May) and". */
export function isEnumeration(between: string): boolean {
  const rest = between.replace(/\([^()]*\)/g, " ").replace(/(?<![\p{L}])\p{Lu}[\p{L}\p{M}.'’-]*/gu, " ");
  return !/[;:()—]/.test(rest) && (rest.match(/\p{L}{4,}/gu)?.length ?? 0) <= 1;
}

/** "…, and Ruth Calder designed the label": the name begins a clause of its own. */
function opensClause(text: string, { end }: Token): boolean {
  return /^(?:\s+\p{Lu}[\p{L}.'’-]*)*\s+(?:\p{Ll}+ed|was|were|is|are|had|has|did)\b/u.test(text.slice(end, end + 60));
}
