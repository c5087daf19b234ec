import { isFormOfBe } from "../reading/function-words.ts";
import { nameWith } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isAdverb, isSureVerb, voiceOf } from "../reading/verbs.ts";

export interface Sides {
  agent: Token[];
  patient: Token[];
  /** All names on either side within the clause. */
  agentNames: Token[];
  patientNames: Token[];
  /** The verb is followed by "her", "him", "it", "them". */
  hasPronoun: boolean;
  /** Every word of the clause. */
  all: Token[];
}

/** The nearest parts on either side of the verb within its clause, in the order of the active voice. */
export function sidesOf(reading: Reading, index: number): Sides {
  const known = KNOWN.get(reading) ?? new Map<number, Sides>();
  KNOWN.set(reading, known);
  return known.getOrInsertComputed(index, () => findSides(reading, index));
}

/** Of a page's sentence they are asked for by statement after statement. */
const KNOWN = new WeakMap<Reading, Map<number, Sides>>();

function findSides(reading: Reading, index: number): Sides {
  const verb = reading.tokens[index];
  // "Zhu (the first emperor), who overthrew …": a relative clause reaches back over what is put in between.
  const opening = reading.tokens.find(({ clause }) => clause === verb?.clause)?.word ?? "";
  const hasOwnSubject = reading.tokens.slice(0, index).some((token) => token.clause === verb?.clause && token.isName);
  const isRelative = /^(?:who|which|that|der|die|das|que)$/.test(opening);
  const reach = isRelative && !hasOwnSubject ? 3 : 0;
  const isShared = !hasOwnSubject && !isRelative && isSubjectless(reading, index);
  const isNear = (token: Token): boolean => {
    const distance = (verb?.clause ?? 0) - token.clause;
    return token.isContent && token.kind === "word" && !isAdverb(token) && distance >= 0 && distance <= reach;
  };
  const before = reading.tokens.slice(0, index).filter(isNear).reverse();
  const after = reading.tokens.slice(index + 1).filter((token) => isNear(token) && token.clause === verb?.clause);
  const isPronoun = reading.tokens
    .slice(Math.max(0, index - 2), index)
    .some(({ clause, word }) => clause === verb?.clause && PRONOUNS.test(word));
  const left = isPronoun
    ? []
    : isShared
      ? sharedSubject(reading, index).slice(0, 3)
      : reach > 0 && !before.some(({ isName }) => isName)
        ? before
        : nearest(reading, before);
  const hasPronoun = /^(?:her|him|it|them|me|us)$/.test(reading.tokens[index + 1]?.word ?? "");
  const isPlaced = AT.test(reading.text.slice(verb?.end));
  const right = isPlaced ? [] : nearest(reading, after);
  const [leftNames, rightNames] = [before, after].map((tokens) => tokens.filter(({ isName }) => isName));
  const all = [...(isShared ? left : []), ...before, ...after];
  switch (voiceOf(reading, index)) {
    case "active":
      return {
        agent: left,
        patient: right,
        agentNames: leftNames ?? [],
        patientNames: rightNames ?? [],
        hasPronoun,
        all,
      };
    case "passive":
      return {
        agent: right,
        patient: left,
        agentNames: rightNames ?? [],
        patientNames: leftNames ?? [],
        hasPronoun: isPronoun,
        all,
      };
    case "agentless":
      return {
        agent: [],
        patient: left,
        agentNames: [],
        patientNames: leftNames ?? [],
        hasPronoun: false,
        all,
      };
  }
}

// "Produced at the National Theatre": where or when, not what.
const AT = /^\s+(?:at|in|near|during|before|after|since|until)\s/iu;

/** "…, built by John Pell, replaced it", "has owned it since 1911 and rents it": the subject stands before. */
function isSubjectless({ tokens, language }: Reading, index: number): boolean {
  const verb = tokens[index];
  const first = tokens.findIndex(({ clause }) => clause === verb?.clause);
  const between = tokens.slice(first, index);
  return first > 0 && between.every(({ word }) => JOINING.test(word) || isFormOfBe(word, language));
}

/** What stands before the verb of the nearest clause that has a subject, the word nearest to the verb first. */
function sharedSubject(reading: Reading, index: number): Token[] {
  const own = reading.tokens[index]?.clause ?? 0;
  for (let clause = own - 1; clause >= Math.max(0, own - MAX_SHARED); clause -= 1) {
    const first = reading.tokens.findIndex((token) => token.clause === clause);
    if (/^(?:who|which|that|der|die|das|que)$/.test(reading.tokens[first]?.word ?? "")) return [];
    const verb = reading.tokens.findIndex((token, at) => token.clause === clause && isSureVerb(reading, at));
    const apposed = reading.tokens.filter((token) => token.clause === clause && token.isContent);
    if (verb === -1 && apposed.length <= MAX_APPOSED && areNames(apposed)) return apposed.reverse();
    const before = verb === -1 ? [] : reading.tokens.slice(first, verb);
    if (before.some(({ word }) => PRONOUNS.test(word))) return [];
    const subject = before.filter(({ isContent, kind }) => isContent && kind === "word");
    if (subject.length > 0) return subject.reverse();
  }
  return [];
}

const MAX_SHARED = 2;
const MAX_APPOSED = 4;
const PRONOUNS = /^(?:it|he|she|they|we|you|i|er|sie|es|il|elle|ils|elles)$/;

const JOINING = /^(?:and|but|or|then|und|oder|y|pero|has|have|had|hat|ha|han)$/;

/** The name nearest to the verb, or else the two or three words nearest to it. */
function nearest(reading: Reading, tokens: readonly Token[]): Token[] {
  const named = tokens.find(({ isName }) => isName);
  if (named === undefined) return tokens.slice(0, 3);
  const at = reading.tokens.indexOf(named);
  const name = nameWith(reading, at) ?? [at];
  return name.flatMap((index) => reading.tokens[index] ?? []);
}

export function areNames(tokens: readonly Token[]): boolean {
  return tokens.length > 0 && tokens.every(({ isName }) => isName);
}
