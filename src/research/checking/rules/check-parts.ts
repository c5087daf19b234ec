import type { Evidence, Place } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { type Part, partsOf } from "../evidence/parts.ts";
import { namesOf } from "../reading/names.ts";
import type { Reading, Token } from "../reading/reading.ts";

/**
 * Two names that have each other's parts: "Orr succeeded Tait" where the page says that Tait took over from Orr; "owned
 * by Orr, leased to Tait" where one sentence has Tait as the owner and another one Orr as the tenant.
 */
export function checkParts(statement: Reading, evidence: Evidence): Finding[] {
  const stated = partsOf(statement);
  if (stated.length < 2) return [];
  const found = evidence.places
    .filter(({ isSound, unit }) => isSound && unit.kind !== "row")
    .flatMap((place) => partsOf(place.reading).map((part) => ({ ...part, place })));
  const compared: Compared = { statement, evidence, stated, found };
  for (const [index, one] of stated.entries()) {
    const isCrossed = stated.slice(index + 1).some((other) => areCrossed(compared, one, other));
    if (!isCrossed && !isTurned(compared, one)) continue;
    const word = statement.tokens[one.at]?.word;
    return [{ weight: 1, reason: `In the page the parts around "${word}" are the other way round` }];
  }
  return [];
}

interface Found extends Part {
  place: Place;
}

interface Compared {
  statement: Reading;
  evidence: Evidence;
  stated: readonly Part[];
  found: readonly Found[];
}

/** Each of the two has the other's part in the page, and not its own. */
function areCrossed(compared: Compared, one: Part, other: Part): boolean {
  const [a, b] = apart(one.filler, other.filler);
  if (a.length === 0 || b.length === 0) return false;
  const isOne = one.at === other.at;
  if (isOne && (one.relation !== other.relation || one.role === other.role)) return false;
  const select = (part: Part, filler: readonly Token[]): Found[] =>
    compared.found.filter((there) => isSameRole(compared, part, there) && isFilled(compared, filler, there));
  const pairs = (first: readonly Found[], second: readonly Found[], isPair: typeof isTogether): boolean =>
    first.some((here) => second.some((there) => (!isOne || isTogether(here, there)) && isPair(here, there)));
  const [ownOne, ownOther] = [select(one, a), select(other, b)];
  if (isOne ? pairs(ownOne, ownOther, isTogether) : ownOne.length > 0 || ownOther.length > 0) return false;
  // One of the two may be a "he"; told in two sentences, each must have its name.
  return pairs(select(one, b), select(other, a), (here, there) => {
    const [isHere, isThere] = [isNamed(compared, b, here), isNamed(compared, a, there)];
    return isOne ? isHere || isThere : isHere && isThere;
  });
}

function isTogether(one: Found, other: Found): boolean {
  return one.at === other.at && one.place === other.place;
}

/** "Orr sold it to Tait" where the page only has that it was sold to Orr. */
function isTurned(compared: Compared, one: Part): boolean {
  if (one.relation === null || one.filler.length === 0) return false;
  const told = compared.found.filter(({ relation }) => relation === one.relation);
  return compared.stated.some((other) => {
    if (other.at !== one.at || other.relation !== one.relation || other.role === one.role) return false;
    const [own, opposite] = apart(one.filler, other.filler);
    if (own.length === 0 || opposite.length === 0) return false;
    const there = told.filter((part) => part.role === other.role && isNamed(compared, own, part));
    const elsewhere = told.filter((part) => !there.some((turned) => isTogether(part, turned)));
    if (elsewhere.some((part) => part.role === one.role && isFilled(compared, own, part))) return false;
    return there.some((turned) =>
      told
        .filter((part) => isTogether(part, turned) && part.role === one.role)
        .every((rival) => rival.filler.length === 0 || isFilled(compared, opposite, rival)),
    );
  });
}

/** What each of the two has alone: "Thomas" and "Edgar" of two Wylies. */
function apart(one: readonly Token[], other: readonly Token[]): [readonly Token[], readonly Token[]] {
  const own = (side: readonly Token[], opposite: readonly Token[]): readonly Token[] =>
    side.filter(({ stem }) => !opposite.some((token) => token.stem === stem));
  return [own(one, other), own(other, one)];
}

function isSameRole({ evidence }: Compared, own: Part, there: Found): boolean {
  if (own.role !== there.role || own.relation !== there.relation) return false;
  if (own.relation !== null) return true;
  const token = there.place.reading.tokens[there.at];
  return (evidence.matches[own.at] ?? []).some(({ token: other, strength }) => other === token && strength >= 0.8);
}

/** Has it this part, or may it be meant by the "he" or "the firm" that has it? */
function isFilled(compared: Compared, filler: readonly Token[], there: Found): boolean {
  if (isNamed(compared, filler, there)) return true;
  const isOpen = there.filler.every(({ isName }) => !isName);
  return (
    isOpen && namesBefore(compared.evidence, there.place).some(({ stem }) => filler.some((one) => one.stem === stem))
  );
}

function isNamed({ statement, evidence }: Compared, filler: readonly Token[], there: Found): boolean {
  return filler.some((token) => {
    const matches = evidence.matches[statement.tokens.indexOf(token)] ?? [];
    return there.filler.some((one) => matches.some((match) => match.token === one && match.strength >= 0.8));
  });
}

/** Whom a "he" or "it" may mean: the title's names, or those of the sentence before. */
function namesBefore({ places }: Evidence, { page, unit }: Place): Token[] {
  const before = places.find((place) => place.page === page && place.unit.index === unit.index - 1)?.reading;
  const context = page.readContext(unit.section);
  return [context, ...(before === undefined ? [] : [before])].flatMap((reading) =>
    namesOf(reading)
      .slice(0, 1)
      .flatMap((name) => name.flatMap((index) => reading.tokens[index] ?? [])),
  );
}
