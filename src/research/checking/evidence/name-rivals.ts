import { ALIAS_GROUPS } from "../reading/concepts.ts";
import { isFormOfBe } from "../reading/function-words.ts";
import { matchIn } from "../reading/matching.ts";
import { namesOf, nameWith } from "../reading/names.ts";
import type { Reading } from "../reading/reading.ts";
import { isSureVerb, isVerb } from "../reading/verbs.ts";
import type { Place } from "./evidence.ts";

/**
 * Does the page's name gainsay the statement's, if it stands where that one should? Not when it says where something
 * is and the other one who did it, when both are one thing, or when a pronoun beside it may take up the other one.
 */
export function excludes(statement: Reading, own: number, place: Place, at: number): boolean {
  const { reading } = place;
  return (
    mayStandFor(statement, own, reading, at) &&
    isPeople(statement, own) === isPeople(reading, at) &&
    !isTakenUp(statement, own, place) &&
    !isBesideMentioned(statement, reading, at, own) &&
    !areOneName(statement, own, place, at)
  );
}

function mayStandFor(statement: Reading, own: number, reading: Reading, at: number): boolean {
  const [a, b] = [standOf(statement, own), standOf(reading, at)];
  return a === b || a === "open" || b === "open";
}

/** "Between Lund and Ystad" says where; "Orr left", "with Orr" and "by Orr" say who or what; "of Orr" may say either. */
function standOf(reading: Reading, index: number): "where" | "who" | "open" {
  const { tokens, text } = reading;
  const first = nameWith(reading, index)?.[0] ?? index;
  let words = 0;
  for (let at = first - 1; at >= 0 && words <= MAX_EPITHET; at -= 1) {
    const token = tokens[at];
    const gap = text.slice(token?.end, tokens[at + 1]?.start);
    if (token === undefined) break;
    if (token.isName && token.isContent)
      return ENUMERATED.test(text.slice(token.end, tokens[first]?.start)) ? standOf(reading, at) : "who";
    if (/[^\s'’-]/.test(gap)) break;
    // "In 1938 Orr left": it says when.
    if (WHERE.has(token.word)) return (tokens[at + 1]?.kind ?? "word") === "word" ? "where" : "who";
    if (OPEN.has(token.word)) return "open";
    if (JOINING.has(token.word) || (at === first - 1 && isFormOfBe(token.word, reading.language))) break;
    if (token.isContent) words += 1;
  }
  return "who";
}

const MAX_EPITHET = 1;
const ENUMERATED = /^(?:,|,? (?:and|or|und|oder|y|o|e|et|ou)) $/;
const WHERE: ReadonlySet<string> = new Set(
  "in at near within inside outside across between around throughout into im am bei nahe zwischen en entre dans".split(
    " ",
  ),
);
const OPEN: ReadonlySet<string> = new Set(
  "of for from to against von vom fur aus nach gegen zu zum zur de del para desde a al contra du des pour".split(" "),
);

const JOINING: ReadonlySet<string> = new Set(
  "by with through via as under about like and or but mit durch als und oder aber por con como y o par avec et".split(
    " ",
  ),
);

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

/** What the section is about, and the page says "he" or "its" of it where the statement has the name. */
function isTakenUp(statement: Reading, own: number, { page, unit, reading }: Place): boolean {
  if (standOf(statement, own) !== "who" || pronounsIn(reading) <= pronounsIn(statement)) return false;
  const context = page.readContext(unit.section);
  return (nameWith(statement, own) ?? [own]).every((index) => {
    const token = statement.tokens[index];
    return token === undefined || matchIn(token, context) !== null;
  });
}

function pronounsIn({ tokens }: Reading): number {
  return tokens.filter(({ word }) => PRONOUNS.has(word)).length;
}

const PRONOUNS: ReadonlySet<string> = new Set(
  "he she it they his her its their him them er sie es sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer su sus el ella il elle son sa ses".split(
    " ",
  ),
);

/** Enumerated with a name that the statement has, or said of it: "Ystad forward Orr" stands in no place of its own. */
function isBesideMentioned(statement: Reading, found: Reading, at: number, own: number): boolean {
  const name = nameWith(found, at) ?? [at];
  const [first, last] = [name[0] ?? at, name.at(-1) ?? at];
  const isMentioned = (index: number): boolean => {
    const token = found.tokens[index];
    return token?.isName === true && matchIn(token, statement) !== null;
  };
  const gapBetween = (a: number, b: number): string => found.text.slice(found.tokens[a]?.end, found.tokens[b]?.start);
  if (isMentioned(first - 1) && LISTED.test(gapBetween(first - 1, first))) return true;
  if (isMentioned(last + 1) && LISTED.test(gapBetween(last, last + 1))) return true;
  return (
    saysMoreOf(found, last) && isMentioned(last + 2) && !saysMoreOf(statement, nameWith(statement, own)?.at(-1) ?? own)
  );
}

/** "Ystad forward Orr". */
function saysMoreOf(reading: Reading, last: number): boolean {
  const [name, noun, named] = reading.tokens.slice(last, last + 3);
  if (name === undefined || noun?.isContent !== true || named?.isName !== true || !named.isContent) return false;
  if (isSureVerb(reading, last + 1) || isVerb(reading, last + 1)) return false;
  return /^ \p{Ll}{3,} $/u.test(reading.text.slice(name.end, named.start));
}

/** Between two things of an enumeration. */
export const LISTED = /^\s*(?:,|and|or|&|\/|;|und|oder|y|o|e|et|ou|, and|, or)\s*$/iu;

/** "Jeff" for "Porcaro" where the page knows a "Jeff Porcaro"; "IMF" for the words whose first letters it is. */
function areOneName(statement: Reading, own: number, { page, unit, reading }: Place, at: number): boolean {
  const stems = (one: Reading, index: number): Set<string> =>
    new Set((nameWith(one, index) ?? [index]).flatMap((part) => one.tokens[part]?.stem ?? []));
  const [a, b] = [stems(statement, own), stems(reading, at)];
  const [mine, theirs] = [a.difference(b), b.difference(a)];
  // "Gartenchefin Ute Sander", "Leiterin Ute Sander": in German what somebody is stands before the name as a part of it.
  if (reading.language === "de" && a.size - mine.size > 1 && endsAlike(statement, own, reading, at)) return true;
  if (spells(statement, own, reading, at) || spells(reading, at, statement, own)) return true;
  const opening = [...firstUnits(page, unit.section), ...page.units.slice(Math.max(0, unit.index - 2), unit.index)].map(
    (one) => page.read(one),
  );
  return [page.readContext(0), page.readContext(unit.section), ...opening].some((known) =>
    namesOf(known).some((name) => {
      const parts = name.map((index) => known.tokens[index]?.stem ?? "");
      return parts.some((part) => mine.has(part)) && parts.some((part) => theirs.has(part));
    }),
  );
}

function endsAlike(statement: Reading, own: number, found: Reading, at: number): boolean {
  const [a, b] = [nameWith(statement, own)?.at(-1) ?? own, nameWith(found, at)?.at(-1) ?? at];
  return statement.tokens[a]?.stem === found.tokens[b]?.stem;
}

const OPENING_UNITS = 3;

/** Where a name is given in full. */
function firstUnits({ units }: Place["page"], section: number): Place["unit"][] {
  const first = units.findIndex((unit) => unit.section === section && unit.kind === "sentence");
  return first === -1 ? [] : units.slice(first, first + OPENING_UNITS);
}

function spells(short: Reading, acronym: number, long: Reading, words: number): boolean {
  const written = (nameWith(short, acronym) ?? [acronym]).map((index) => short.tokens[index]?.word ?? "").join("");
  const initials = (nameWith(long, words) ?? [words]).map((index) => long.tokens[index]?.word[0] ?? "");
  return written.length >= 2 && written.length <= 6 && initials.join("").includes(written);
}
