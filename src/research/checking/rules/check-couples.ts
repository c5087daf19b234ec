import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { substitution } from "../evidence/substitutes.ts";
import { allMatches, matchIn } from "../reading/matching.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/**
 * "Byrne as Gawain" where the page has "Neeson as Gawain, Byrne as Uther", and "Brandholm (2,570 people)" where it has
 * "Brandholm (4,570 people) and Skelvik (2,570 people)": what a sentence couples in the same way again and again.
 */
export function checkCouples(statement: Reading, evidence: Evidence): Finding[] {
  for (const place of evidence.places) {
    if (!place.isCore || place.unit.kind === "row") continue;
    const finding = compareCouples(statement, place);
    if (finding !== null) return [finding];
  }
  return [];
}

/** A name, what is coupled with it, and by what. */
interface Couple {
  names: readonly number[][];
  joint: string;
  other: readonly number[];
}

/** The statement has the name of one couple with what belongs to another, and neither's own partner. */
function compareCouples(statement: Reading, { reading }: Place): Finding | null {
  const couples = couplesOf(reading);
  const isSaid = (indices: readonly number[]): boolean => indices.some((at) => isMentioned(statement, reading, at));
  for (const own of couples)
    for (const other of couples) {
      if (own === other || own.joint !== other.joint || isSaid(own.other) || isSaid(other.names.flat())) continue;
      const name = placeOf(statement, reading, own.names.flat());
      const partner = placeOf(statement, reading, other.other);
      if (name === null || partner === null || !areClose(statement, name, partner)) continue;
      const mine = new Set([...own.names.flat(), ...other.other]);
      const isBetween = couples.some(({ names, other: more }) =>
        [...names.flat(), ...more].some((at) => {
          const index = mine.has(at) ? -1 : (matchIn(reading.tokens[at] as Token, statement)?.index ?? -1);
          return (index - name) * (index - partner) < 0;
        }),
      );
      const instead = other.names.at(-1)?.[0];
      if (!isBetween && instead !== undefined) return substitution(statement, name, reading, instead);
    }
  return null;
}

function isMentioned(statement: Reading, { tokens }: Reading, at: number): boolean {
  const token = tokens[at];
  return token?.isContent === true && (matchIn(token, statement)?.strength ?? 0) >= MENTIONED;
}

const MENTIONED = 0.7;

/** Where the statement has it, if all of it that the statement has stands in one place. */
function placeOf(statement: Reading, { tokens }: Reading, indices: readonly number[]): number | null {
  const found = indices.flatMap((at) => {
    const token = tokens[at];
    return token === undefined ? [] : allMatches(token, statement).filter(({ strength }) => strength >= SURE);
  });
  const [first] = found;
  return first !== undefined && found.every(({ index }) => Math.abs(index - first.index) <= indices.length)
    ? first.index
    : null;
}

const SURE = 0.9;

function areClose({ tokens }: Reading, a: number, b: number): boolean {
  const [one, other] = [tokens[a], tokens[b]];
  return one !== undefined && other !== undefined && Math.abs(one.clause - other.clause) <= MAX_CLAUSES;
}

const MAX_CLAUSES = 2;

/** The couples of a sentence that has several of one kind. */
function couplesOf(reading: Reading): readonly Couple[] {
  return KNOWN.getOrInsertComputed(reading, findCouples);
}

/** Of a page's sentence they are asked for by statement after statement. */
const KNOWN = new WeakMap<Reading, readonly Couple[]>();

function findCouples(reading: Reading): Couple[] {
  const { tokens, text } = reading;
  const names = namesOf(reading);
  const couples: (Couple & { end: number })[] = [];
  for (const [order, name] of names.entries()) {
    const last = name.at(-1) ?? 0;
    const taken = couples.at(-1)?.end ?? -1;
    if ((name[0] ?? 0) <= taken) continue;
    const next = tokens.findIndex(
      (token, at) => at > last && (token.kind !== "word" || (token.isName && token.isContent)),
    );
    const end = next === -1 ? tokens.length : next;
    const clause = tokens[last + 1]?.clause ?? -1;
    const isNear = next !== -1 && JOINT.test(text.slice(tokens[last]?.end, tokens[next]?.start));
    // "Idaho is to the west": without a second name it is coupled with the word that ends its clause.
    const head = isNear ? next : lastOfClause(reading, last, Math.min(end, last + MAX_JOINT + 2), clause);
    if (head === null) continue;
    const joint = text.slice(tokens[last]?.end, tokens[head]?.start).replace(/^[,\s]+|(?<=\().*|\s+$/gu, "");
    if (!/[\p{L}(:]/u.test(joint)) continue;
    const other = names.find((one) => one.includes(head)) ?? [head];
    couples.push({
      names: [...apposedTo(reading, names, order, taken), name],
      joint,
      other,
      end: other.at(-1) ?? head,
    });
  }
  return couples.filter((one) => couples.some((other) => other !== one && other.joint === one.joint));
}

// A few small words, or a bracket.
const JOINT = /^(?:(?:,\s(?:is|was|are|were)|\s\p{Ll}+)(?:\s\p{Ll}+){0,3}\s|["”’*]?\s?\((?:\p{Ll}+\s){0,2}|:\s)$/u;
const MAX_JOINT = 4;

function lastOfClause({ tokens }: Reading, last: number, end: number, clause: number): number | null {
  if (tokens[last]?.clause !== clause) return null;
  const head = tokens.findLastIndex((token, at) => at > last && at < end && token.clause === clause);
  const isWhole = tokens[head + 1]?.clause !== clause;
  return head > last + 1 && isWhole && tokens[head]?.isContent === true ? head : null;
}

/** "Brandholm, Northshire (4,570 people)": what stands before a name with a comma only. */
function apposedTo({ tokens, text }: Reading, names: readonly number[][], order: number, taken: number): number[][] {
  const before = names[order - 1];
  const name = names[order];
  if (before === undefined || name === undefined || (before[0] ?? 0) <= taken) return [];
  return text.slice(tokens[before.at(-1) ?? 0]?.end, tokens[name[0] ?? 0]?.start) === ", " ? [before] : [];
}
