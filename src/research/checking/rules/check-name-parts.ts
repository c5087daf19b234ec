import type { Evidence, Match, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { isPeople, nameIndices, shapeOf, substitution } from "../evidence/substitutes.ts";
import { isInContext } from "../evidence/word-run.ts";
import { matchIn } from "../reading/matching.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { isFree } from "./check-names.ts";

/**
 * "The director since 2019 is Rolf Pick" where the page has "the director is since 2019 Maud Ansley, the chairman Rolf
 * Pick": what is said of the name stands in another name's part of the sentence, and nothing of it in the name's own.
 */
export function checkNameParts(statement: Reading, evidence: Evidence): Finding[] {
  for (const name of namesOf(statement)) {
    const match = onlyMatch(statement, evidence, name);
    const rival = match === null ? null : rivalOf(statement, evidence, name, match);
    if (match !== null && rival !== null)
      return [substitution(statement, name.at(-1) ?? 0, match.place.reading, rival)];
  }
  return [];
}

/** Where the page has the name, if it is one place. What documentation says of its options often stands in several. */
function onlyMatch(statement: Reading, evidence: Evidence, name: readonly number[]): Match | null {
  const last = name.at(-1) ?? 0;
  const token = statement.tokens[last];
  if (token === undefined || shapeOf(statement, token) === "code") return null;
  if (name.some((index) => evidence.inContext[index] === true)) return null;
  const [match, ...more] = (evidence.matches[last] ?? []).filter(
    ({ place, strength }) => place.isSound && strength >= 0.85,
  );
  if (match === undefined || more.length > 0) return null;
  return match.place.isCore && match.place.unit.kind !== "row" ? match : null;
}

function rivalOf(
  statement: Reading,
  evidence: Evidence,
  name: readonly number[],
  { place, index }: Match,
): number | null {
  const { reading } = place;
  const last = name.at(-1) ?? 0;
  const parts = partsOf(reading);
  const partAt = (at: number): number => parts[reading.tokens[at]?.clause ?? 0] ?? 0;
  const said = partsAbout(statement, evidence, name, { place, index });
  const own = partAt(index);
  if (said.length < MIN_SAID || !tellsMore(statement, reading, parts, own)) return null;
  const rival = namesOf(reading).find(([at = 0]) => {
    const part = partAt(at);
    return (
      part !== own &&
      isOnlyThere(said, part, own) &&
      isRival(statement, last, place, at) &&
      !areBeside(reading, index, at) &&
      !areBeside(reading, at, index)
    );
  });
  return rival?.[0] ?? null;
}

const MIN_SAID = 2;

/** Most of what is said stands in one part, and nothing that the other part has is missing there. */
function isOnlyThere(said: readonly ReadonlySet<number>[], part: number, own: number): boolean {
  const there = said.filter((parts) => parts.has(part) && !parts.has(own)).length;
  return there >= Math.max(MIN_SAID, said.length * MOST) && said.every((parts) => !parts.has(own) || parts.has(part));
}

const MOST = 0.6;

function isRival(statement: Reading, own: number, place: Place, at: number): boolean {
  const { reading } = place;
  const [stated, token] = [statement.tokens[own], reading.tokens[at]];
  return (
    stated !== undefined &&
    token !== undefined &&
    shapeOf(reading, token) === shapeOf(statement, stated) &&
    isFree(token, reading, statement) &&
    !isInContext(token, place) &&
    isPeople(place.reading, at) === isPeople(statement, own)
  );
}

/** The part says something of its own, which the statement leaves out. */
function tellsMore(statement: Reading, { tokens }: Reading, parts: readonly number[], part: number): boolean {
  return tokens.some(
    (token) => token.isContent && !token.isName && parts[token.clause] === part && matchIn(token, statement) === null,
  );
}

/** "Chicago, Illinois": one place, or two names of an enumeration. */
function areBeside(reading: Reading, before: number, after: number): boolean {
  const end = reading.tokens[nameIndices(reading, before).at(-1) ?? before]?.end ?? 0;
  const start = reading.tokens[nameIndices(reading, after)[0] ?? after]?.start ?? 0;
  return end < start && /^\W*(?:,|and|or|und|oder|y|et|ou)\W*$/u.test(reading.text.slice(end, start));
}

/** For each clause the one whose name it belongs to: the last before it, but none across a semicolon, else the next. */
function partsOf(reading: Reading): readonly number[] {
  const { tokens, text } = reading;
  const named = new Set(namesOf(reading).map(([at = 0]) => tokens[at]?.clause ?? 0));
  const parts: number[] = [];
  let part: number | null = null;
  tokens.forEach(({ clause, start }, at) => {
    if (text.slice(tokens[at - 1]?.end ?? 0, start).includes(";")) part = null;
    if (named.has(clause)) part = clause;
    parts[clause] = part ?? [...named].find((other) => other > clause) ?? clause;
  });
  return parts;
}

/** For each word of the name's part of the statement that the place has, in which parts it has it; no epithets. */
function partsAbout(
  statement: Reading,
  evidence: Evidence,
  name: readonly number[],
  { place, index: at }: Pick<Match, "place" | "index">,
): ReadonlySet<number>[] {
  const first = statement.tokens[name[0] ?? 0];
  const named = place.reading.tokens[nameIndices(place.reading, at)[0] ?? at];
  const [parts, there] = [partsOf(statement), partsOf(place.reading)];
  return statement.tokens.flatMap((token, index) => {
    if (!token.isContent || name.includes(index) || evidence.inContext[index] === true) return [];
    if (parts[token.clause] !== parts[first?.clause ?? 0]) return [];
    const found = (place.matches[index] ?? []).filter(({ strength }) => strength >= 0.7);
    const isEpithet = found.some((match) => isRightBefore(token, first) && isRightBefore(match.token, named));
    if (found.length === 0 || isEpithet) return [];
    return [new Set(found.flatMap((match) => there[match.token.clause] ?? []))];
  });
}

/** "The former miner Rolf Pick". */
function isRightBefore(token: Token, name: Token | undefined): boolean {
  const distance = (name?.position ?? 0) - token.position;
  return distance > 0 && distance <= 2;
}
