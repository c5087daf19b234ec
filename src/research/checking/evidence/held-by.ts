import type { Reading, Token } from "../reading/reading.ts";
import { isVerb } from "../reading/verbs.ts";
import { acrossSentences, closeness } from "./bindings.ts";
import type { Evidence, Place } from "./evidence.ts";
import { areAlike, isFlag, OPEN, type Parts, partsOf, valuesOf } from "./owners.ts";

export interface Held {
  /** How much of what the statement says of its figure stands in the part of the page's figure, 0 to 1. */
  held: number;
  /** The same of the words right beside it. */
  beside: number;
}

/** What the statement says of its figure or date, looked for in the part of one of the page's. */
export function heldAt(
  statement: Reading,
  evidence: Evidence,
  index: number,
  { place, at }: { place: Place; at: number },
): Held {
  const [stated, found] = [statement.tokens[index], place.reading.tokens[at]];
  if (stated === undefined || found === undefined) return { held: 0, beside: 0 };
  const own = partsFor(statement, index);
  const parts = partsFor(place.reading, at);
  let [held, beside, total] = [0, 0, 0];
  statement.tokens.forEach((token, other) => {
    const weight = evidence.weights[other] ?? 0;
    if (weight === 0 || other === index || isSaidOfBoth(statement, own, other)) return;
    const isApart = token.clause !== stated.clause;
    const distance = closeness(stated, token);
    const close = distance * gate(own, other, index) * (isApart ? OTHER_CLAUSE : 1);
    if (close === 0) return;
    const near = weight * close * (token.kind === "word" ? 1 : QUANTITY_WEIGHT);
    total += near;
    let best = evidence.inContext[other] === true ? CONTEXT_SHARE : 0;
    for (const match of evidence.matches[other] ?? []) {
      // "With `false` no error is thrown" is not said where one is thrown with `true`.
      if (match.token === found || (isFlag(found) && match.token.isNegated !== token.isNegated)) continue;
      const there =
        match.place === place
          ? nearnessIn(place.reading, parts, { index: match.index, at, distance })
          : Math.min(1, acrossSentences(match, { place, token: found }) / distance);
      best = Math.max(best, match.strength * there);
    }
    held += near * best;
    if (!isApart && Math.abs(token.position - stated.position) <= 1) beside += near * best;
  });
  return total === 0 ? { held: 0, beside: 0 } : { held: held / total, beside: beside / total };
}

/** "Version 4.2 followed version 4.1", "31 guests took tea and 46 coffee". */
function isSaidOfBoth({ tokens, byStem }: Reading, { owners, leftOut }: Parts, index: number): boolean {
  if ([...leftOut.values()].some((words) => words.includes(index))) return true;
  const same = byStem.get(tokens[index]?.stem ?? "") ?? [];
  return same.some((other) => owners[other] !== owners[index]);
}

const QUANTITY_WEIGHT = 2;
const OTHER_CLAUSE = 0.5;
const CONTEXT_SHARE = 0.4;

/** How far a word belongs to the part of a quantity, 0 to 1. */
function gate({ owners, first, sharedUntil }: Parts, index: number, at: number): number {
  const [owner = OPEN, own = OPEN] = [owners[index], owners[at]];
  if (owner === own) return 1;
  if (owner === first && own !== OPEN && index < sharedUntil) return SHARED_SHARE;
  return owner === OPEN ? OPEN_SHARE : 0;
}

/** The same, less where it stands further off than in the statement. What is left out is as near as to the first one. */
function nearnessIn(
  reading: Reading,
  parts: Parts,
  { index, at, distance }: { index: number; at: number; distance: number },
): number {
  const { tokens } = reading;
  const isElided = mayLeaveOut(reading, parts, index, at);
  const to = tokens[isElided ? parts.first : at] as Token;
  return (
    (isElided ? ELIDED_SHARE : gate(parts, index, at)) * Math.min(1, closeness(tokens[index] as Token, to) / distance)
  );
}

/** A later part may leave out what the first one says: its subject, its verb, or all. */
function mayLeaveOut(reading: Reading, parts: Parts, index: number, at: number): boolean {
  const { owners, first, stubs, subjectless, verbless, leftOut } = parts;
  const own = owners[at] ?? OPEN;
  if (reading.tokens[index]?.kind !== "word" || owners[index] !== first || own === first) return false;
  if (stubs.has(own) || (index < first && subjectless.has(own))) return true;
  return verbless.has(own) && (isVerb(reading, index) || leftOut.get(own)?.includes(index) === true);
}

const OPEN_SHARE = 0.5;
const SHARED_SHARE = 0.6;
const ELIDED_SHARE = 0.9;

/** The parts of a sentence by those of its quantities that could stand in the place of this one. */
export function partsFor(reading: Reading, at: number): Parts {
  return KNOWN.getOrInsertComputed(reading, () => new Map()).getOrInsertComputed(at, () => findParts(reading, at));
}

/** Of a page's sentence they are asked for by statement after statement. */
const KNOWN = new WeakMap<Reading, Map<number, Parts>>();

function findParts(reading: Reading, at: number): Parts {
  const own = reading.tokens[at] as Token;
  const alike = valuesOf(reading).filter((index) => areAlike(reading, own, reading, reading.tokens[index] as Token));
  return partsOf(reading, alike);
}
