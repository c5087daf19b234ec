import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { excludes } from "../evidence/name-rivals.ts";
import { isPersonTitle, shapeOf, substitution } from "../evidence/substitutes.ts";
import { commonSequence, type Gap, gapsOf, type Pair } from "../evidence/word-run.ts";
import { areComparable } from "../reading/figures.ts";
import { agree, allMatches, matchIn } from "../reading/matching.ts";
import { areOpposite } from "../reading/opposites.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isWorkedOut } from "./derived-figures.ts";

/**
 * The statement is a sentence of the page but for a word or two. What was put in the place of something else is
 * weighed there, wherever else in the page it may stand: another name, another figure, an opposite.
 */
export function checkEdits(statement: Reading, evidence: Evidence): Finding[] {
  const runs = evidence.places
    .filter(({ isCore, isSound, unit }) => isCore && isSound && unit.kind === "sentence")
    .map((place) => ({ place, pairs: commonSequence(evidence, place) }));
  const longest = Math.max(0, ...runs.map(({ pairs }) => pairs.length));
  if (longest < MIN_PAIRS) return [];
  // Of several sentences that run along, only the nearest can be the one that was altered.
  const nearest = runs.filter(({ pairs }) => pairs.length === longest);
  const findings = nearest.map(({ place, pairs }) => compare(statement, evidence, place, pairs));
  const [first] = findings;
  return first === undefined || first === null || findings.includes(null) ? [] : [first];
}

const MIN_PAIRS = 3;

function compare(statement: Reading, evidence: Evidence, place: Place, pairs: readonly Pair[]): Finding | null {
  const content = statement.tokens.filter(({ isContent }) => isContent).length;
  for (const gap of gapsOf(statement, place.reading, pairs)) {
    if (gap.own.length === 0 || gap.own.length > MAX_EDIT || gap.other.length === 0) continue;
    const share = pairs.length / (content - gap.own.length);
    const finding =
      (share < MIN_SHARE ? null : compareNames(statement, place, gap)) ??
      (share < MIN_SHARE ? null : compareQuantities(statement, evidence, { place, gap, pairs })) ??
      (share < MIN_WORD_SHARE ? null : compareWords(statement, place.reading, gap));
    if (finding !== null) return finding;
  }
  return null;
}

const MAX_EDIT = 4;
const MIN_SHARE = 0.85;
// Two opposites in one slot say enough by themselves.
const MIN_WORD_SHARE = 0.7;

function compareNames(statement: Reading, place: Place, gap: Gap): Finding | null {
  const found = place.reading;
  const own = gap.own.filter((index) => isPlainName(statement.tokens[index]));
  const other = gap.other.filter((index) => isPlainName(found.tokens[index]));
  const stranger = own.find((index) => isStranger(statement.tokens[index], found));
  const stated = gap.own.flatMap((index) => statement.tokens[index] ?? []);
  const replaced = other.find((index) => !stated.some((token) => isSame(token, found.tokens[index])));
  if (stranger === undefined || replaced === undefined) return null;
  // Initials and words may name the same: whether they do cannot be seen.
  const shapes = [
    shapeOf(statement, statement.tokens[stranger] as Token),
    shapeOf(found, found.tokens[replaced] as Token),
  ];
  if (shapes.includes("acronym") && shapes.includes("words")) return null;
  return excludes(statement, stranger, place, replaced) ? substitution(statement, stranger, found, replaced) : null;
}

function isPlainName(token: Token | undefined): boolean {
  return token?.isName === true && token.isContent && !isPersonTitle(token);
}

function isStranger(token: Token | undefined, found: Reading): boolean {
  return token !== undefined && matchIn(token, found) === null;
}

function isSame(token: Token, other: Token | undefined): boolean {
  if (other === undefined) return false;
  return token.stem === other.stem || token.concepts.some((concept) => other.concepts.includes(concept));
}

/** "The 16th season" for "the 12th season": of one kind, alone in their slot, and not moved there from elsewhere. */
function compareQuantities(
  statement: Reading,
  evidence: Evidence,
  { place, gap, pairs }: { place: Place; gap: Gap; pairs: readonly Pair[] },
): Finding | null {
  const found = place.reading;
  const own = gap.own.filter((index) => statement.tokens[index]?.kind !== "word");
  const other = gap.other.filter((index) => found.tokens[index]?.kind !== "word");
  const [mine, theirs] = [own[0], other[0]];
  if (own.length !== 1 || other.length !== 1 || mine === undefined || theirs === undefined) return null;
  const [stated, instead] = [statement.tokens[mine], found.tokens[theirs]];
  if (stated === undefined || instead === undefined || !areOfOneKind(stated, instead)) return null;
  if (matchIn(instead, statement) !== null || agree(stated, instead) || isWorkedOut(statement, evidence, mine))
    return null;
  const taken = new Set(pairs.map((pair) => pair.other));
  const isMoved = allMatches(stated, found).some(({ index }) => !taken.has(index));
  return isMoved ? null : substitution(statement, mine, found, theirs);
}

function areOfOneKind(a: Token, b: Token): boolean {
  if (a.figure !== null && b.figure !== null)
    return a.figure.bound === null && !a.figure.isSpelled && areComparable(a.figure, b.figure);
  return (
    a.kind === b.kind ||
    (a.date?.month === null && b.figure?.unit === null) ||
    (b.date?.month === null && a.figure?.unit === null)
  );
}

/** "The last leader" for "the first leader": opposites in one slot. */
function compareWords(statement: Reading, found: Reading, gap: Gap): Finding | null {
  for (const own of gap.own)
    for (const other of gap.other) {
      const [stated, instead] = [statement.tokens[own], found.tokens[other]];
      if (stated?.kind !== "word" || instead?.kind !== "word" || stated.isName || instead.isName) continue;
      // "When `true`, …; when `false`, …": the sentence tells of both.
      if (matchIn(stated, found) !== null) continue;
      if (stated.isNegated !== instead.isNegated || !areOpposite(stated.stem, instead.stem)) continue;
      return { weight: 1, reason: `The page says "${instead.word}", the statement "${stated.word}"` };
    }
  return null;
}
