import { bestBinding, bestRival, borneOut, isMentioned } from "../evidence/bindings.ts";
import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isAside } from "../evidence/phrases.ts";
import { isPeople, isPersonTitle, shapeOf } from "../evidence/substitutes.ts";
import { namesOf, nameWith } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";
import { isAtHome } from "./check-standing.ts";

/** Every name of the statement stands in the evidence, where the statement needs it. */
export function checkNames(statement: Reading, evidence: Evidence): Finding[] {
  return namesOf(statement).flatMap((name) => checkName(statement, evidence, name) ?? []);
}

function checkName(statement: Reading, evidence: Evidence, name: number[]): Finding | null {
  const tokens = name.map((index) => statement.tokens[index] as Token);
  const written = statement.text.slice(tokens[0]?.start, tokens.at(-1)?.end);
  // Whether the page calls her "Dr" is no part of who she is.
  const missing = name.filter(
    (index) =>
      !isFound(statement, evidence, index) && !(name.length > 1 && isPersonTitle(statement.tokens[index] as Token)),
  );
  if (missing.length > 0) return explainMissing(statement, evidence, { name, missing, written });
  return checkComposed(statement, evidence, name, written) ?? checkPlace(statement, evidence, name, written, tokens);
}

/** "Korean" for "Korea". */
function isForm(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a)));
}

/** "Mount Halden" where the page has "Mount Torve" and "Halden": no name of the page has both parts. */
function checkComposed(
  statement: Reading,
  { places, contexts }: Evidence,
  name: readonly number[],
  written: string,
): Finding | null {
  const parts = name.flatMap((index) => statement.tokens[index] ?? []).filter((token) => !isPersonTitle(token));
  if (parts.length < 2 || places.some(({ page }) => page.text.includes(written))) return null;
  const named = [...places.map(({ reading }) => reading), ...contexts].flatMap((reading) =>
    namesOf(reading).map((indices) => indices.flatMap((index) => reading.tokens[index]?.stem ?? [])),
  );
  const holding = parts.map(({ stem }) => named.filter((stems) => stems.some((one) => isForm(one, stem))));
  const first = holding[0]?.find((stems) => stems.length > 1);
  const isJoined = named.some((stems) => parts.filter(({ stem }) => stems.some((one) => isForm(one, stem))).length > 1);
  if (isJoined || first === undefined || holding.some((names) => names.length === 0)) return null;
  return { weight: 1, reason: `"${written}" is made of two names of the page` };
}

function isFound(statement: Reading, evidence: Evidence, index: number): boolean {
  const name = new Set(nameWith(statement, index));
  if (evidence.inContext[index] === true || borneOut(statement, evidence, index, name).length > 0) return true;
  return isSpelled(statement, evidence, index) || isShortOption(statement, evidence, index);
}

/** "-i": two small letters are listed nowhere. */
function isShortOption({ tokens, text }: Reading, { places }: Evidence, index: number): boolean {
  const { start, end } = tokens[index] as Token;
  if (end - start > 2 || !/(?<![\p{L}\d])-{1,2}$/u.test(text.slice(0, start))) return false;
  const option = new RegExp(`(?<![\\p{L}\\d-])-${text.slice(start, end)}(?![\\p{L}\\d])`, "u");
  return places.some(({ page }) => option.test(page.text));
}

function isSpelled(statement: Reading, evidence: Evidence, index: number): boolean {
  const token = statement.tokens[index];
  return token !== undefined && isAcronym(token, statement, index, evidence);
}

/** "IMF" for "International Monetary Fund" and the other way round. */
function isAcronym(token: Token, statement: Reading, index: number, evidence: Evidence): boolean {
  const written = statement.text.slice(token.start, token.end).replaceAll(".", "");
  const readings = [...evidence.places.map(({ reading }) => reading), ...evidence.contexts];
  if (/^\p{Lu}{2,6}$/u.test(written)) return readings.some((reading) => spells(reading, written));
  const name = nameWith(statement, index) ?? [];
  const initials = name.map((at) => statement.tokens[at]?.word[0] ?? "").join("");
  return (
    initials.length >= 2 &&
    readings.some(({ tokens }) => tokens.some(({ word }) => word.replaceAll(".", "") === initials))
  );
}

function spells({ tokens, text }: Reading, acronym: string): boolean {
  const initials = tokens.map(({ start }) => text[start] ?? "");
  // "American Institute of Architects" is the AIA.
  const capitals = initials.filter((initial) => /\p{Lu}/u.test(initial));
  return initials.join("").includes(acronym) || capitals.join("").includes(acronym);
}

interface Missing {
  name: number[];
  missing: number[];
  written: string;
}

function explainMissing(statement: Reading, evidence: Evidence, { name, missing, written }: Missing): Finding | null {
  const pages = new Set(evidence.places.map(({ page }) => page));
  const stands = (index: number): boolean => {
    const token = statement.tokens[index];
    return token !== undefined && [...pages].some((page) => page.unitsWith(token.stem, []).list.length > 0);
  };
  const isElsewhere = missing.every(stands);
  if (isElsewhere && (isPeople(statement, name[0] ?? 0) || isAtHome(statement, evidence, name))) return null;
  // "President Truman" where the page has only "Truman": a part of the name that is a common word may be missing.
  if (missing.length < name.length && missing.every((index) => (statement.tokens[index]?.concepts.length ?? 0) > 0))
    return null;
  const isWhole = evidence.places.some((place) => place.isSound && isIntroduced(place, written));
  if (missing.length < name.length && isElsewhere && isWhole)
    return { weight: 0.3, reason: `"${written}" is named otherwise in the passage` };
  return isElsewhere
    ? { weight: 1, reason: `"${written}" stands elsewhere in the page, not where the page speaks of this` }
    : { weight: 1, reason: `"${written}" is not in the page` };
}

/** The section names it in full before: "Mary Holt … Holt". */
function isIntroduced({ page, unit }: Place, written: string): boolean {
  const first = page.units.find(({ section }) => section === unit.section);
  return page.text.slice(first?.start ?? 0, unit.end).includes(written);
}

/** The name is there, but another one stands among the statement's words. */
function checkPlace(
  statement: Reading,
  evidence: Evidence,
  name: number[],
  written: string,
  tokens: Token[],
): Finding | null {
  const stranded = checkCompany(statement, evidence, name, written);
  if (stranded !== null) return stranded;
  const inCore = name.some((index) => (evidence.matches[index] ?? []).some(({ place }) => place.isCore));
  // The page's own thing goes by other names and by pronouns.
  if (name.every((index) => evidence.inContext[index] === true)) return null;
  const index = name.at(-1) ?? 0;
  const own = Math.max(...name.map((at) => bestBinding(statement, evidence, at).binding));
  const rival = bestRival(
    statement,
    evidence,
    index,
    (other, place) =>
      other.isName &&
      shapeOf(place.reading, other) === shapeOf(statement, tokens[0] as Token) &&
      isFree(other, place.reading, statement) &&
      isPeople(place.reading, place.reading.tokens.indexOf(other)) === isPeople(statement, index),
  );
  if (rival === null) return null;
  const margin = inCore ? 2.2 : 1.3;
  if (rival.binding < 0.35 || rival.binding < own * margin + 0.1) return null;
  return {
    weight: 1,
    reason: `The page says this of "${rival.token.word}", not of "${written}"`,
  };
}

/** The name stands only where nothing else of the statement does, while the page speaks of that in another place. */
function checkCompany(
  statement: Reading,
  evidence: Evidence,
  name: readonly number[],
  written: string,
): Finding | null {
  if (name.some((index) => evidence.inContext[index] === true || isSpelled(statement, evidence, index))) return null;
  const places = new Set(name.flatMap((index) => (evidence.matches[index] ?? []).map(({ place }) => place)));
  const isNear = (other: Place): boolean =>
    [...places].some(
      (place) =>
        place.page === other.page &&
        place.unit.section === other.unit.section &&
        Math.abs(place.unit.index - other.unit.index) <= 2,
    );
  const clause = statement.tokens[name[0] ?? 0]?.clause ?? 0;
  const isApart = isAside(statement, clause);
  const others = statement.tokens.flatMap((token, index) =>
    (!isApart || token.clause === clause) && token.isContent && !token.isName && evidence.inContext[index] !== true
      ? [evidence.matches[index] ?? []]
      : [],
  );
  const found = others.filter((matches) => matches.some(({ place, strength }) => place.isCore && strength >= 0.85));
  if (
    found.length < (hasVerbOnly(statement, evidence) ? 1 : Math.max(2, others.length / 2)) ||
    found.some((matches) => matches.some(({ place, strength }) => strength >= 0.7 && isNear(place))) ||
    isAtHome(statement, evidence, name)
  )
    return null;
  return { weight: 1, reason: `"${written}" stands elsewhere in the page, not where the page speaks of this` };
}

/** The statement has one word of meaning beside its names, and it is the verb. */
function hasVerbOnly(statement: Reading, evidence: Evidence): boolean {
  const words = statement.tokens.flatMap((token, index) =>
    token.isContent && !token.isName && evidence.inContext[index] !== true ? [index] : [],
  );
  return words.length === 1 && words.every((index) => isVerb(statement, index));
}

/** No part of the name that this token belongs to is in the statement. */
export function isFree(token: Token, reading: Reading, statement: Reading): boolean {
  const at = reading.tokens.indexOf(token);
  const name = nameWith(reading, at) ?? [at];
  return name.every((index) => {
    const part = reading.tokens[index];
    return part === undefined || !isMentioned(statement, part);
  });
}
