import { ALIAS_GROUPS } from "../reading/concepts.ts";
import { areComparable } from "../reading/figures.ts";
import { matchIn } from "../reading/matching.ts";
import { nameWith } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isSureVerb } from "../reading/verbs.ts";
import type { Place } from "./evidence.ts";
import type { Finding } from "./finding.ts";

/** Beside another name with only a comma or "and" between: the order of an enumeration means nothing. */
export function isEnumerated(reading: Reading, index: number): boolean {
  const name = nameIndices(reading, index);
  const [first, last] = [name[0] ?? index, name.at(-1) ?? index];
  const isBeside = (a: number, b: number): boolean => {
    const [one, other] = [reading.tokens[a], reading.tokens[b]];
    if (one === undefined || other === undefined || one.isName !== other.isName || one.kind !== other.kind)
      return false;
    return LISTED.test(reading.text.slice(one.end, other.start));
  };
  return isBeside(first - 1, first) || isBeside(last, last + 1);
}

/** Between two things of an enumeration. */
const LISTED = /^\s*(?:,|and|or|&|\/|;|und|oder|y|o|e|et|ou|, and|, or)\s*$/iu;

export function substitution(statement: Reading, own: number, found: Reading, other: number): Finding {
  const [stated, instead] = [nameAt(statement, own), nameAt(found, other)];
  return { weight: 1, reason: `Where the statement has "${stated}", the page has "${instead}"` };
}

export function isSubstitute(
  statement: Reading,
  own: number,
  { place, at, anchors, isOpen }: { place: Place; at: number; anchors: ReadonlySet<number>; isOpen: boolean },
): boolean {
  const found = place.reading;
  const token = statement.tokens[own];
  const other = found.tokens[at];
  if (token === undefined || other === undefined || other.isName !== token.isName) return false;
  const mentioned = matchIn(other, statement);
  if (mentioned !== null && (!token.isName || anchors.has(mentioned.index))) return false;
  if (other.kind !== token.kind) return isOpen && other.kind !== "word" && token.kind !== "word";
  if (token.figure !== null && other.figure !== null) return areComparable(token.figure, other.figure);
  if (!token.isName) return true;
  if (isPersonTitle(token) || isPersonTitle(other) || isShortened(statement, own, found, at)) return false;
  return (
    nameShape(statement, own) === nameShape(found, at) &&
    !isPartlyMentioned(statement, own, found, at) &&
    isPeople(statement, own) === isPeople(found, at)
  );
}

/** "Dr Yusuf" for "Dr Amina Yusuf": every part but the title is one of the page's name. */
function isShortened(statement: Reading, own: number, found: Reading, at: number): boolean {
  const parts = new Set(nameIndices(found, at).map((index) => found.tokens[index]?.stem));
  const stated = nameIndices(statement, own).flatMap((index) => statement.tokens[index] ?? []);
  const [title, ...rest] = stated;
  return title !== undefined && isPersonTitle(title) && rest.length > 0 && rest.every(({ stem }) => parts.has(stem));
}

/** "President", "Sir": stands before a name and may be left out. */
export function isPersonTitle({ word }: Token): boolean {
  return TITLES.has(word);
}

const TITLES: ReadonlySet<string> = new Set(
  `mr mrs ms dr prof professor sir lord lady president king queen prince princess emperor general colonel captain major minister
  baron baroness duke duchess earl count countess archbishop cardinal judge captain admiral herzog graf duque conde
  senator governor mayor bishop pope saint st herr frau senor senora don dona m mme me maitre monsieur madame professorin doktor profesor profesora`.split(
    /\s+/,
  ),
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

export function nameIndices(reading: Reading, index: number): readonly number[] {
  return nameWith(reading, index) ?? [index];
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

/** "The Argentine", "the Germans": whoever is meant by it has a name besides. */
export function isPeople(reading: Reading, index: number): boolean {
  const { tokens, text } = reading;
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined || (nameWith(reading, index)?.length ?? 1) > 1) return false;
  if (!/^(?:the|der|die|das|el|la|los|las|le|les)$/.test(tokens[index - 1]?.word ?? "")) return false;
  const isNation = token.concepts.some((concept) => concept < ALIAS_GROUPS);
  if (!(isNation || /(?:ans|ese|ish|[^s]s)$/.test(token.word))) return false;
  return (
    next === undefined ||
    !next.isContent ||
    next.kind !== "word" ||
    isSureVerb(reading, index + 1) ||
    ADVERB.test(next.word) ||
    text.slice(token.end, next.start) !== " "
  );
}

const ADVERB = /^(?:first|then|later|soon|once|again|\w+ly)$/;
