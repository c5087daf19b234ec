import { bindingOf } from "./bindings.ts";
import type { Evidence, Match, Place } from "./evidence.ts";
import { areComparable } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { matchIn } from "./matching.ts";
import { namesOf } from "./names.ts";
import type { Reading, Token } from "./reading.ts";

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

interface Pair {
  /** Index in the statement's tokens. */
  own: number;
  /** Index in the place's tokens. */
  other: number;
}

function checkPlace(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  const pairs = commonSequence(evidence, place);
  if (pairs.length < MIN_ANCHORS) return null;
  const displaced = !place.isCore
    ? null
    : (checkSpans(statement, evidence, place) ??
      checkGovernors(statement, evidence, place) ??
      checkLabels(statement, evidence, place) ??
      checkSkipped(statement, place, pairs));
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

/** The longest run of matching tokens in the same order on both sides. */
function commonSequence(evidence: Evidence, place: Place): Pair[] {
  const pairs = evidence.matches
    .flatMap((matches, own) =>
      matches
        .filter((match) => match.place === place && match.strength >= 0.7)
        .map((match) => ({ own, other: match.index })),
    )
    .toSorted((a, b) => a.own - b.own || b.other - a.other);
  // Longest increasing subsequence by patience: tails[k] ends the best run of k + 1 pairs.
  const tails: number[] = [];
  const before: number[] = [];
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.other ?? 0) < pair.other) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const run: Pair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

/** "1925–1857" where the page has "1857–1925": the two ends of a span have changed places. */
function checkSpans(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const [index, token] of statement.tokens.entries()) {
    const next = statement.tokens[index + 1];
    if (next === undefined || token.kind === "word" || next.kind === "word" || areScore(token, next)) continue;
    if (!SPAN.test(statement.text.slice(token.end, next.start))) continue;
    const at = (own: number): number[] =>
      (evidence.matches[own] ?? []).filter((match) => match.place === place).map((match) => match.index);
    const isTurned = at(index + 1).some(
      (first) =>
        at(index).includes(first + 1) &&
        SPAN.test(place.reading.text.slice(place.reading.tokens[first]?.end, place.reading.tokens[first + 1]?.start)),
    );
    if (isTurned && !at(index).some((first) => at(index + 1).includes(first + 1)))
      return { weight: 1, reason: `"${token.word}" and "${next.word}" stand the other way round in the page` };
  }
  return null;
}

/** "2–6" and "6–2" are one result, seen from either side. */
function areScore(a: Token, b: Token): boolean {
  return [a, b].every(({ figure }) => figure !== null && figure.unit === null && (figure.readings[0] ?? 0) < 30);
}

export const SPAN = /^\s*(?:[-–—]{1,2}|to|until|till|and|bis|und|hasta|a|al|y|au|à)(?:\s+(?:the|den|el))?\s*$/iu;

/**
 * "At the request of Charles Allen" where the page has "at the request of Edwin Bartlett": the same word governs another
 * name.
 */
function checkGovernors(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const name of namesOf(statement)) {
    const first = name[0] ?? 0;
    const governor = governorOf(statement, first);
    if (governor === null) continue;
    for (const match of evidence.matches[governor.index] ?? []) {
      if (match.place !== place || match.strength < 0.9) continue;
      const other = governedBy(place.reading, match.index, governor.word);
      if (other === null || isSameName(statement, name, place.reading, other)) continue;
      if (name.some((index) => isInContext(statement.tokens[index], place))) continue;
      if (standsInClause(evidence, name, place, match.index)) continue;
      if (COPULAS.has(governor.word) && name.some((index) => standsBefore(evidence, index, match))) continue;
      return substitution(statement, first, place.reading, other);
    }
  }
  return null;
}

const GOVERNING =
  /^\s+(by|of|from|to|for|with|under|against|over|is|was|are|were|von|gegen|contra|durch|für|ist|war|sind|por|de|para|es|fue|son)\s+(?:(?:the|his|her|its|their|dem|der|den|la|el|los|las)\s+)?$/iu;

/** The word of meaning that governs the name through a preposition: "designed" in "designed by Charles Allen". */
function governorOf({ tokens, text }: Reading, first: number): { index: number; word: string } | null {
  const index = tokens.findLastIndex((token, at) => at < first && token.isContent);
  const governor = tokens[index];
  if (governor === undefined || governor.kind !== "word") return null;
  const word = text.slice(governor.end, tokens[first]?.start).match(GOVERNING)?.[1];
  return word === undefined ? null : { index, word: word.toLowerCase() };
}

/** The name that the same preposition joins to the word in the page; "manager, Ruth Calder" says what "was" says. */
function governedBy({ tokens, text }: Reading, governor: number, preposition: string): number | null {
  const next = tokens.findIndex((token, at) => at > governor && token.isContent);
  const token = tokens[next];
  if (token === undefined || !token.isName) return null;
  const between = text.slice(tokens[governor]?.end, token.start);
  if (COPULAS.has(preposition) && /^\s*,?\s*$/.test(between)) return next;
  return between.match(GOVERNING)?.[1]?.toLowerCase() === preposition ? next : null;
}

const COPULAS: ReadonlySet<string> = new Set("is was are were ist war sind es fue son".split(" "));

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
function checkLabels(statement: Reading, evidence: Evidence, place: Place): Finding | null {
  for (const name of namesOf(statement)) {
    const label = labelOf(statement, name);
    if (label === null || name.some((index) => isInContext(statement.tokens[index], place))) continue;
    for (const match of evidence.matches[label] ?? []) {
      if (match.place !== place || match.strength < 0.9) continue;
      const beside = besideLabel(place.reading, match.index);
      if (beside === null || isSameName(statement, name, place.reading, beside)) continue;
      const isSingular = statement.tokens[label]?.isName === false;
      if (isSingular && !standsInClause(evidence, name, place, match.index, LABEL_REACH))
        return substitution(statement, name[0] ?? 0, place.reading, beside);
    }
  }
  return null;
}

const LABEL_REACH = 2;

/** The last word of what a name is said to be: "manager" in "Penn was the district's first general manager and …". */
function labelOf({ tokens, text }: Reading, name: readonly number[]): number | null {
  const last = tokens[name.at(-1) ?? 0];
  if (last === undefined || !COPULA.test(text.slice(last.end))) return null;
  const clause = tokens.find(({ start, isContent }) => start > last.end && isContent)?.clause;
  if (clause === undefined) return null;
  const first = tokens.findIndex(({ start, isContent }) => start > last.end && isContent);
  let label: number | null = null;
  for (let index = first; index < tokens.length && tokens[index]?.clause === clause; index += 1) {
    const token = tokens[index];
    if (token === undefined || (token.isContent && token.isName) || PREPOSITIONS.has(token.word)) break;
    if (token.isContent) label = index;
  }
  return label;
}

const COPULA =
  /^\s*(?:,[^,]{0,60},)?\s*(?:is|was|are|were|ist|war|es|fue)\s+(?:the|its|his|her|their|\p{L}+['’]s|der|die|das|el|la|su)\s/iu;
const PREPOSITIONS: ReadonlySet<string> = new Set(
  "of in at for from by to with on von in bei de en para por".split(" "),
);

/** The name that an apposition joins to a label: "manager, Edith Marrow" or "Edith Marrow, manager". */
function besideLabel({ tokens, text }: Reading, label: number): number | null {
  const own = tokens[label];
  const after = tokens.findIndex((token, at) => at > label && token.isContent);
  const next = tokens[after];
  if (own !== undefined && next?.isName === true && /^(?:\s*,)?\s*$/.test(text.slice(own.end, next.start)))
    return after;
  return null;
}

/** "Gala makes up 61% of the trees, Elstar 27%": the name has its part before the word. */
function standsBefore(evidence: Evidence, index: number, governor: Match): boolean {
  return (evidence.matches[index] ?? []).some(
    ({ place, token }) => place === governor.place && token.start < governor.token.start,
  );
}

/** In an enumeration the name may come later: "designed by Moore and Floyd". */
function standsInClause(
  evidence: Evidence,
  name: readonly number[],
  place: Place,
  governor: number,
  reach = CLAUSE_REACH,
): boolean {
  const { tokens, text } = place.reading;
  const verb = tokens[governor];
  if (verb === undefined) return false;
  return name.some((index) =>
    (evidence.matches[index] ?? []).some(({ place: other, token }) => {
      if (other.unit !== place.unit || Math.abs(token.position - verb.position) > reach) return false;
      return token.start > verb.start && isEnumeration(text.slice(verb.end, token.start)) && !opensClause(text, token);
    }),
  );
}

const CLAUSE_REACH = 8;

/** Nothing but names, small words and the joints of an enumeration. */
function isEnumeration(between: string): boolean {
  const rest = between.replace(/(?<![\p{L}])\p{Lu}[\p{L}\p{M}.'’-]*/gu, " ");
  return !/[;:()—]/.test(rest) && (rest.match(/\p{L}{4,}/gu)?.length ?? 0) <= 1;
}

/** "…, and Ruth Calder designed the label": the name begins a clause of its own. */
function opensClause(text: string, { end }: Token): boolean {
  return /^(?:\s+\p{Lu}[\p{L}.'’-]*)*\s+(?:\p{Ll}+ed|was|were|is|are|had|has|did|made|took|gave|won|wrote|led|held)\b/u.test(
    text.slice(end, end + 60),
  );
}

/** "Since 2016 Georg Althaus" where the page has "since 2016 Petra Lindqvist; her predecessor Georg Althaus". */
function checkSkipped(statement: Reading, place: Place, pairs: readonly Pair[]): Finding | null {
  if (anchorShare(statement, place, pairs, []) < MIN_ATTRIBUTE_SHARE) return null;
  const { tokens, text } = place.reading;
  for (const [index, pair] of pairs.entries()) {
    const before = pairs[index - 1];
    const [own, previous] = [statement.tokens[pair.own], statement.tokens[before?.own ?? -1]];
    if (before === undefined || own?.isName !== true || previous === undefined || own.position - previous.position > 2)
      continue;
    if (statement.tokens.slice(before.own + 1, pair.own).some(({ isContent }) => isContent)) continue;
    const between = text.slice(tokens[before.other]?.end, tokens[pair.other]?.start);
    const skipped = tokens.findIndex(
      (token, at) =>
        at > before.other && at < pair.other && token.isName && token.isContent && matchIn(token, statement) === null,
    );
    if (skipped === -1 || !isBroken(between) || isPartlyMentioned(statement, pair.own, place.reading, skipped))
      continue;
    return substitution(statement, pair.own, place.reading, skipped);
  }
  return null;
}

/** More than an enumeration of names stands between: another clause begins. */
function isBroken(between: string): boolean {
  return /[;:—]|\.\s|,\s+(?:with|while|whereas|who|which|whose|and then|but|before|after|mit|während|der|die|das|wobei|con|mientras|que)\b/iu.test(
    between,
  );
}

interface Gap {
  own: number[];
  other: number[];
  isFirst: boolean;
  isLast: boolean;
}

/** What stands between two anchors on either side. */
function gapsOf(statement: Reading, found: Reading, pairs: readonly Pair[]): Gap[] {
  const bounds = [{ own: -1, other: -1 }, ...pairs, { own: statement.tokens.length, other: found.tokens.length }];
  return bounds.slice(1).map((bound, index) => {
    const start = bounds[index] ?? { own: -1, other: -1 };
    const between = (tokens: readonly Token[], from: number, to: number): number[] =>
      tokens.flatMap((token, at) => (at > from && at < to && token.isContent ? [at] : []));
    return {
      own: between(statement.tokens, start.own, bound.own),
      other: between(found.tokens, start.other, bound.other),
      isFirst: index === 0,
      isLast: index === bounds.length - 2,
    };
  });
}

/** The share of the statement's words outside the gap, and outside what title and heading give, that are anchors. */
function anchorShare(statement: Reading, place: Place, pairs: readonly Pair[], gap: readonly number[]): number {
  const anchors = new Set(pairs.map(({ own }) => own));
  const open = new Set(gap);
  let total = 0;
  let found = 0;
  statement.tokens.forEach((token, index) => {
    if (!token.isContent || open.has(index)) return;
    if (anchors.has(index)) found += 1;
    if (anchors.has(index) || !isInContext(token, place)) total += 1;
  });
  return total === 0 ? 0 : found / total;
}

/** Title, heading and lead of the place hold the token. */
function isInContext(token: Token | undefined, { page, unit }: Place): boolean {
  if (token === undefined) return false;
  if (matchIn(token, page.readContext(unit.section)) !== null) return true;
  return unit.lead !== null && matchIn(token, page.readLead(unit)) !== null;
}

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
    if ((evidence.matches[own] ?? []).some((match) => match.place === place)) {
      const swapped = exchanged(statement, evidence, { place, gap, gaps }, own);
      if (swapped !== null) return substitution(statement, own, found, swapped);
      const last = gap.other.at(-1);
      const isSubject = share >= MIN_SUBJECT_SHARE && gap.isFirst && token.isName && last !== undefined;
      const subject =
        isSubject && isSubstitute(statement, own, { found, at: last, anchors, isOpen: false }) ? last : undefined;
      if (subject !== undefined) return substitution(statement, own, found, subject);
      continue;
    }
    const isOpen = (evidence.matches[own] ?? []).every((match) => !match.place.isSound);
    const other = gap.other.find((at) => isSubstitute(statement, own, { found, at, anchors, isOpen }));
    if (other === undefined || standsBetterElsewhere(statement, evidence, own, { place, other })) continue;
    return substitution(statement, own, found, other);
  }
  return (
    checkSubject(statement, evidence, place, gap) ??
    (share >= MIN_ATTRIBUTE_SHARE ? checkAttribute(statement, evidence, place, gap) : null)
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
  if (token?.kind !== "word" || instead?.kind !== "word" || matchIn(instead, statement) !== null) return null;
  if (isUnknownNoun(statement, evidence, own) && /^\p{Lu}/u.test(place.reading.text[instead.start] ?? ""))
    return substitution(statement, own, place.reading, other);
  if (token.isName || instead.isName) return null;
  const isElsewhere = (evidence.matches[own] ?? []).some(
    (match) =>
      match.place === place && match.strength >= 0.9 && !match.token.isName && match.token.clause !== instead.clause,
  );
  return isElsewhere ? substitution(statement, own, place.reading, other) : null;
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

/** Beside another name with only a comma or "and" between: the order of an enumeration means nothing. */
export function isEnumerated(reading: Reading, index: number): boolean {
  const name = nameIndices(reading, index);
  const [first, last] = [name[0] ?? index, name.at(-1) ?? index];
  const isBeside = (a: number, b: number): boolean => {
    const [one, other] = [reading.tokens[a], reading.tokens[b]];
    if (one === undefined || other === undefined || one.isName !== other.isName || one.kind !== other.kind)
      return false;
    return /^\s*(?:,|and|or|&|\/|;|und|oder|y|o|e|et|ou|, and|, or)\s*$/iu.test(
      reading.text.slice(one.end, other.start),
    );
  };
  return isBeside(first - 1, first) || isBeside(last, last + 1);
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
  // Small numbers in words are the writer's own count more often than not.
  if (statement.tokens[own]?.figure?.isSpelled === true) return true;
  const here = bindingOf(statement, evidence, own, { place, token });
  return elsewhere.some((match) => bindingOf(statement, evidence, own, match) * ELSEWHERE_MARGIN[token.kind] >= here);
}

const ELSEWHERE_MARGIN = { word: 0.9, figure: 1.2, date: 1.2 } as const;

function substitution(statement: Reading, own: number, found: Reading, other: number): Finding {
  const [stated, instead] = [nameAt(statement, own), nameAt(found, other)];
  return { weight: 1, reason: `Where the statement has "${stated}", the page has "${instead}"` };
}

function isSubstitute(
  statement: Reading,
  own: number,
  { found, at, anchors, isOpen }: { found: Reading; at: number; anchors: ReadonlySet<number>; isOpen: boolean },
): boolean {
  const token = statement.tokens[own];
  const other = found.tokens[at];
  if (token === undefined || other === undefined || other.isName !== token.isName) return false;
  const mentioned = matchIn(other, statement);
  if (mentioned !== null && (!token.isName || anchors.has(mentioned.index))) return false;
  if (other.kind !== token.kind) return isOpen && other.kind !== "word" && token.kind !== "word";
  if (token.figure !== null && other.figure !== null) return areComparable(token.figure, other.figure);
  if (!token.isName) return true;
  if (TITLES.has(token.word) || TITLES.has(other.word)) return false;
  return nameShape(statement, own) === nameShape(found, at) && !isPartlyMentioned(statement, own, found, at);
}

const TITLES: ReadonlySet<string> = new Set(
  `mr mrs ms dr prof professor sir lord lady president king queen prince princess emperor general colonel captain major minister
  senator governor mayor bishop pope saint st herr frau senor senora don dona`.split(/\s+/),
);

/**
 * Another part of the page's name is in the statement, outside of the name that is compared: "Kim Il-sung" for "Kim".
 * Where both names share a part ("Hongguang Emperor", "Yongle Emperor"), they differ in the rest.
 */
function isPartlyMentioned(statement: Reading, own: number, found: Reading, at: number): boolean {
  const stated = new Set(nameIndices(statement, own));
  return nameIndices(found, at).some((index) => {
    const part = found.tokens[index];
    const match = part === undefined ? null : matchIn(part, statement);
    return match !== null && !stated.has(match.index);
  });
}

function nameIndices(reading: Reading, index: number): number[] {
  return namesOf(reading).find((indices) => indices.includes(index)) ?? [index];
}

/** A name with an acronym in it ("ROK Army") is one. */
function nameShape(reading: Reading, index: number): string {
  const shapes = nameIndices(reading, index).flatMap((at) => {
    const token = reading.tokens[at];
    return token === undefined ? [] : [shapeOf(reading, token)];
  });
  return shapes.find((shape) => shape !== "words") ?? "words";
}

/** Acronyms and codes are seldom put in place of a name in words by mistake, but often on purpose. */
export function shapeOf({ text }: Reading, { start, end }: Token): "words" | "acronym" | "code" {
  const written = text.slice(start, end);
  if (/^(?:\p{Lu}\.?){2,}$/u.test(written)) return "acronym";
  return /\p{N}|_|\p{Ll}\p{Lu}/u.test(written) || text[start - 1] === "`" ? "code" : "words";
}

function nameAt(reading: Reading, index: number): string {
  const name = nameIndices(reading, index);
  return reading.text.slice(reading.tokens[name[0] ?? index]?.start, reading.tokens[name.at(-1) ?? index]?.end);
}

/** "The Belcourt plant has …" where the page has "The reservoir has …": the page says it of another thing. */
function checkSubject(statement: Reading, evidence: Evidence, place: Place, gap: Gap): Finding | null {
  if (!gap.isFirst || gap.own.length === 0 || gap.other.length === 0 || gap.other.length > 3) return null;
  const isNamed = gap.own.some((index) => statement.tokens[index]?.isName === true);
  const isFree = (index: number): boolean =>
    !isInContext(statement.tokens[index], place) &&
    !(evidence.matches[index] ?? []).some((match) => match.place === place);
  if (!isNamed || !gap.own.every(isFree)) return null;
  const first = place.reading.tokens[gap.other[0] ?? 0];
  if (
    first === undefined ||
    !/^(?:The|Der|Die|Das|El|La|Los|Las|Le)\s+$/u.test(place.reading.text.slice(0, first.start))
  )
    return null;
  const isNew = gap.other.every((index) => {
    const token = place.reading.tokens[index];
    return token !== undefined && token.kind === "word" && !token.isName && matchIn(token, statement) === null;
  });
  if (!isNew || !belongsToAnother(statement, evidence, place, first)) return null;
  return { weight: 1, reason: `The page says this of "${first.word}"` };
}

/** "The reservoir" takes up the "Tamsin Reservoir" of a sentence before, of which the statement does not speak. */
function belongsToAnother(statement: Reading, evidence: Evidence, place: Place, noun: Token): boolean {
  return evidence.places.some(({ page, unit, reading }) => {
    if (page !== place.page || unit.section !== place.unit.section || unit.index >= place.unit.index) return false;
    return namesOf(reading).some((name) => {
      const tokens = name.flatMap((index) => reading.tokens[index] ?? []);
      return (
        tokens.some(({ stem }) => stem === noun.stem) && tokens.every((token) => matchIn(token, statement) === null)
      );
    });
  });
}
