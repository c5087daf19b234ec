import { bindingOf } from "../evidence/bindings.ts";
import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isAside } from "../evidence/phrases.ts";
import { isEnumerated, isPersonTitle, isSubstitute, nameIndices, substitution } from "../evidence/substitutes.ts";
import { anchorShare, commonSequence, type Gap, gapsOf, isInContext } from "../evidence/word-run.ts";
import { areComparable } from "../reading/figures.ts";
import { agree, matchIn } from "../reading/matching.ts";
import type { Reading } from "../reading/reading.ts";
import { checkComplement } from "./check-complement.ts";
import { checkGovernors, checkLabels } from "./check-governors.ts";
import { checkSpans } from "./check-spans.ts";
import { checkSubject } from "./check-subject.ts";
import { isWorkedOut } from "./derived-figures.ts";

/**
 * Where the statement runs along a sentence of the page word by word, what stands in the same slot must agree: another
 * name, figure or date there is a substitution, even if the statement's own stands elsewhere in the page.
 */
export function checkSlots(statement: Reading, evidence: Evidence): Finding[] {
  for (const place of evidence.places) {
    // Tables have their own check: a row is no sentence.
    if (!place.isSound || place.unit.kind === "row") continue;
    const finding = checkPlace(statement, evidence, place);
    if (finding !== null) return [finding];
  }
  return [];
}

function checkPlace(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  const pairs = commonSequence(evidence, place);
  if (pairs.length < MIN_ANCHORS) return null;
  const displaced = !place.isCore
    ? null
    : (checkSpans(statement, evidence, place) ??
      checkGovernors(statement, evidence, place) ??
      checkLabels(statement, evidence, place) ??
      (anchorShare(statement, place, pairs, []) < MIN_ATTRIBUTE_SHARE
        ? null
        : checkComplement(statement, place, pairs)));
  if (displaced !== null) return displaced;
  const gaps = gapsOf(statement, place.reading, pairs);
  const anchors = new Set(pairs.map(({ own }) => own));
  for (const gap of gaps) {
    const share = anchorShare(statement, place, pairs, gap.own);
    if (share < (place.isCore ? MIN_SHARE : MIN_NEAR_SHARE)) continue;
    const finding = compareGap(statement, evidence, { place, gap, gaps, anchors, share });
    if (finding !== null) return finding;
  }
  return null;
}

const MIN_ANCHORS = 2;

// With fewer of the words in the page's order it is another sentence about the same things, not the same sentence.
const MIN_SHARE = 0.6;

const MIN_NEAR_SHARE = 0.95;

interface Slot {
  place: Place;
  gap: Gap;
  gaps: readonly Gap[];
  /** Indices of the statement's tokens that run along. */
  anchors: ReadonlySet<number>;
  share: number;
}

function compareGap(
  statement: Reading,
  evidence: Evidence,
  { place, gap, gaps, anchors, share }: Slot,
): Finding | null {
  const found = place.reading;
  for (const own of gap.own) {
    const token = statement.tokens[own];
    if (token === undefined || (!token.isName && token.kind === "word") || isInContext(token, place)) continue;
    if (isPersonTitle(token) || (!token.isName && isWorkedOut(statement, evidence, own))) continue;
    if ((evidence.matches[own] ?? []).some((match) => match.place === place)) {
      const swapped = exchanged(statement, evidence, { place, gap, gaps }, own);
      if (swapped !== null) return substitution(statement, own, found, swapped);
      const last = gap.other.at(-1);
      const isSubject = share >= MIN_SUBJECT_SHARE && gap.isFirst && token.isName && last !== undefined;
      const subject =
        isSubject && isSubstitute(statement, own, { place, at: last, anchors, isOpen: false }) ? last : undefined;
      if (subject !== undefined) return substitution(statement, own, found, subject);
      continue;
    }
    // "…, with Orr on the cover, …": another sentence may say it.
    if (isSaidApart(statement, evidence, own)) continue;
    const isOpen = (evidence.matches[own] ?? []).every((match) => !match.place.isSound);
    const other = gap.other.find((at) => isSubstitute(statement, own, { place, at, anchors, isOpen }));
    if (other === undefined || standsBetterElsewhere(statement, evidence, own, { place, other })) continue;
    return substitution(statement, own, found, other);
  }
  return (
    checkSubject(statement, evidence, place, gap) ??
    (share >= MIN_ATTRIBUTE_SHARE
      ? (checkAttribute(statement, evidence, place, gap) ?? checkExchanged(statement, evidence, { place, gap, gaps }))
      : null)
  );
}

function isSaidApart(statement: Reading, evidence: Evidence, own: number): boolean {
  return (
    isAside(statement, statement.tokens[own]?.clause ?? 0) &&
    (evidence.matches[own] ?? []).some(({ place }) => place.isSound)
  );
}

const MIN_ATTRIBUTE_SHARE = 0.75;

const MIN_SUBJECT_SHARE = 0.95;

/** "Intercity trains 71%" where the page has "regional trains 71%, intercity trains 29%". */
function checkAttribute(statement: Reading, evidence: Evidence, place: Place, gap: Gap): Finding | null {
  const [own, ...moreOwn] = gap.own;
  const [other, ...moreOther] = gap.other;
  if (own === undefined || other === undefined || moreOwn.length > 0 || moreOther.length > 0) return null;
  const [token, instead] = [statement.tokens[own], place.reading.tokens[other]];
  if (areLabels(statement, own, place.reading, other)) return null;
  // "To call, install and dismiss teachers": one of several was left out.
  if (isEnumerated(place.reading, other) && !isEnumerated(statement, own)) return null;
  if (token?.kind !== "word" || instead?.kind !== "word" || matchIn(instead, statement) !== null) return null;
  if (isUnknownNoun(statement, evidence, own) && /^\p{Lu}/u.test(place.reading.text[instead.start] ?? ""))
    return substitution(statement, own, place.reading, other);
  if (token.isName || instead.isName) return null;
  // "Original music" may be an "original score": only what says more of one and the same noun tells it from others.
  const [noun, same] = [statement.tokens[own + 1], place.reading.tokens[other + 1]];
  if (noun?.isContent !== true || noun.stem !== same?.stem) return null;
  const isElsewhere = (evidence.matches[own] ?? []).some(
    (match) =>
      match.place === place && match.strength >= 0.9 && !match.token.isName && match.token.clause !== instead.clause,
  );
  return isElsewhere ? substitution(statement, own, place.reading, other) : null;
}

/** "A halfpenny for a cart and twopence on foot" for "twopence for a cart and a halfpenny on foot". */
function checkExchanged(
  statement: Reading,
  evidence: Evidence,
  { place, gap, gaps }: Pick<Slot, "place" | "gap" | "gaps">,
): Finding | null {
  const [own, ...more] = gap.own;
  if (own === undefined || more.length > 0 || statement.tokens[own]?.kind !== "word") return null;
  const other = exchanged(statement, evidence, { place, gap, gaps }, own);
  return other === null ? null : substitution(statement, own, place.reading, other);
}

/** "Version 4.2" for "Velox 4.2": the number that both stand before says what is meant. */
function areLabels(statement: Reading, own: number, found: Reading, other: number): boolean {
  const [number, same] = [statement.tokens[own + 1], found.tokens[other + 1]];
  return number?.figure != null && same?.figure != null && agree(number, same);
}

/** A German noun that neither the page nor any list of synonyms knows may be a name. */
function isUnknownNoun(statement: Reading, evidence: Evidence, own: number): boolean {
  const token = statement.tokens[own];
  if (token === undefined || statement.language !== "de" || token.concepts.length > 0) return false;
  return /^\p{Lu}/u.test(statement.text[token.start] ?? "") && (evidence.matches[own]?.length ?? 0) === 0;
}

/** Nothing but one name or quantity stands in the slot on either side, and each side's is also on the other side. */
function exchanged(
  statement: Reading,
  evidence: Evidence,
  { place, gap, gaps }: Pick<Slot, "place" | "gap" | "gaps">,
  own: number,
): number | null {
  const found = place.reading;
  const [other] = gap.other;
  if (other === undefined) return null;
  const isAlone = (indices: readonly number[], name: readonly number[]): boolean =>
    indices.every((index) => name.includes(index));
  if (!isAlone(gap.own, nameIndices(statement, own)) || !isAlone(gap.other, nameIndices(found, other))) return null;
  const [a, b] = [statement.tokens[own], found.tokens[other]];
  if (a === undefined || b === undefined || a.kind !== b.kind || a.isName !== b.isName || a.stem === b.stem)
    return null;
  if (a.figure !== null && b.figure !== null && !areComparable(a.figure, b.figure)) return null;
  const placesOf = (index: number): number[] =>
    (evidence.matches[index] ?? []).filter((match) => match.place === place).map((match) => match.index);
  // The other half of the exchange: where the page has the statement's part, the statement has the page's.
  const isMutual = gaps.some(
    (one) =>
      one !== gap &&
      one.other.some((at) => placesOf(own).includes(at)) &&
      one.own.some((at) => placesOf(at).includes(other)),
  );
  return isMutual && !isEnumerated(statement, own) ? other : null;
}

/** The statement's own token is bound more closely in another sentence than its substitute is here. */
function standsBetterElsewhere(
  statement: Reading,
  evidence: Evidence,
  own: number,
  { place, other }: { place: Place; other: number },
): boolean {
  const token = place.reading.tokens[other];
  const elsewhere = (evidence.matches[own] ?? []).filter((match) => match.place.isSound);
  if (token === undefined || elsewhere.length === 0) return false;
  if (isSaidBeside(statement, own, place, elsewhere)) return true;
  // Small numbers in words are the writer's own count more often than not.
  if (statement.tokens[own]?.figure?.isSpelled === true) return true;
  const here = bindingOf(statement, evidence, own, { place, token });
  return elsewhere.some((match) => bindingOf(statement, evidence, own, match) * ELSEWHERE_MARGIN[token.kind] >= here);
}

/** "Completed as the Esso Building" for "It was completed in 1947. It was originally the Esso Building". */
function isSaidBeside(statement: Reading, own: number, { page, unit }: Place, matches: readonly Match[]): boolean {
  const first = statement.tokens[nameIndices(statement, own)[0] ?? own];
  if (first === undefined || !CALLED.test(statement.text.slice(0, first.start))) return false;
  return matches.some(
    ({ place: other }) =>
      other.page === page &&
      other.unit.section === unit.section &&
      Math.abs(other.unit.index - unit.index) <= BESIDE_UNITS,
  );
}

const BESIDE_UNITS = 2;
const CALLED =
  /\b(?:as|called|named|dubbed|titled|entitled|nicknamed|als|namens|genannt|como|llamad[oa])\s+(?:(?:the|a|an|der|die|das|el|la)\s+)?$/iu;

const ELSEWHERE_MARGIN = { word: 0.9, figure: 1.2, date: 1.2 } as const;
