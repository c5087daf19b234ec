import type { Evidence, Match } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { substitution } from "../evidence/substitutes.ts";
import { matchIn } from "../reading/matching.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/** "Brandholm has 2,570 people" where the page has "Brandholm (4,570 people) and Skelvik (2,570 people)". */
export function checkBrackets(statement: Reading, evidence: Evidence): Finding[] {
  for (const [index, token] of statement.tokens.entries()) {
    if (token.kind === "word") continue;
    const [match, ...more] = (evidence.matches[index] ?? []).filter(({ place }) => place.isSound);
    if (match === undefined || more.length > 0) continue;
    const finding = compareOwners(statement, match);
    if (finding !== null) return [finding];
  }
  return [];
}

/** The statement has the name before another bracket of the same sentence, and not the one before the value's own. */
function compareOwners(statement: Reading, { place: { reading }, token }: Match): Finding | null {
  const brackets = bracketsOf(reading);
  const own = brackets.find((bracket) => isWithin(token, bracket));
  if (own === undefined || own.names.flat().some((at) => isNamed(statement, reading, at))) return null;
  for (const { names } of brackets.filter((bracket) => bracket !== own && holdsKind(reading, bracket, token)))
    for (const at of names.flat()) {
      const stated = matchIn(reading.tokens[at] as Token, statement);
      if (stated?.token.isName === true) return substitution(statement, stated.index, reading, own.names[0]?.[0] ?? 0);
    }
  return null;
}

interface Bracket {
  start: number;
  end: number;
  /** The name right before it, with what says where or what it is: "Brandholm, Northshire". */
  names: readonly number[][];
}

function bracketsOf(reading: Reading): Bracket[] {
  return Array.from(reading.text.matchAll(/\(([^()]*)\)/g)).flatMap(({ index, 0: written }) => {
    const names = namesBefore(reading, index);
    return names.length === 0 ? [] : [{ start: index, end: index + written.length, names }];
  });
}

function namesBefore(reading: Reading, end: number): number[][] {
  const names: number[][] = [];
  let next = end;
  for (const name of namesOf(reading).toReversed()) {
    const [first, last] = [reading.tokens[name[0] ?? 0], reading.tokens[name.at(-1) ?? 0]];
    if (first === undefined || last === undefined || last.end > next) continue;
    if (!(names.length === 0 ? BEFORE : APPOSED).test(reading.text.slice(last.end, next))) break;
    names.unshift(name);
    next = first.start;
  }
  return names;
}

const BEFORE = /^["“”'’»*_]*\s$/u;
const APPOSED = /^,\s$/;

function isWithin({ start, end }: Token, bracket: Bracket): boolean {
  return start > bracket.start && end < bracket.end;
}

function holdsKind({ tokens }: Reading, bracket: Bracket, { kind }: Token): boolean {
  return tokens.some((token) => token.kind === kind && isWithin(token, bracket));
}

function isNamed(statement: Reading, reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  return token === undefined || matchIn(token, statement) !== null;
}
