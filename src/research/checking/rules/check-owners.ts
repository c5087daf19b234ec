import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import { type Held, heldAt, partsFor } from "../evidence/held-by.ts";
import { areAlike, isFlag, valuesOf } from "../evidence/owners.ts";
import { missingParts } from "../reading/dates.ts";
import { agree } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import { type Home, rivalOf, type Stated } from "./owner-rivals.ts";

/**
 * "Sales of £7m" where the page has "grants £7m, sales £12m": each figure and date has its part of the sentence, and
 * what the statement says of it must stand in that part, not in the part of another one.
 */
export function checkOwners(statement: Reading, evidence: Evidence): Finding[] {
  const stated = valuesOf(statement).flatMap((index) => {
    const own = homesOf(statement, evidence, index);
    return own.length === 0 ? [] : [{ index, own }];
  });
  for (const [order, one] of stated.entries()) {
    const joined = stated.filter(({ index }) => index === one.index || isJoined(statement, one.index, index));
    const homes = joined.flatMap(({ own }) => own);
    const rival = rivalOf(statement, evidence, one, homes);
    if (rival !== null) {
      const what = KINDS[statement.tokens[one.index]?.kind ?? "word"];
      const reason = `${what} "${written(statement, one)}" belongs to something else in the page; here it says "${rival.word}"`;
      return [{ weight: 1, reason }];
    }
    const other = stated.slice(order + 1).find((later) => areCrossed(statement, evidence, one, later));
    if (other === undefined) continue;
    const reason = `"${written(statement, one)}" and "${written(statement, other)}" have other parts in the page`;
    return [{ weight: 1, reason }];
  }
  return [];
}

const KINDS = { date: "The date", figure: "The figure", word: "The value" } as const;

function written({ tokens, text }: Reading, { index }: Stated): string {
  return text.slice(tokens[index]?.start, tokens[index]?.end);
}

/** "Between 2010 and 2022": both of one part. */
function isJoined(statement: Reading, one: number, other: number): boolean {
  const [a, b] = [statement.tokens[one], statement.tokens[other]];
  if (a === undefined || b === undefined || one === other || !areAlike(statement, a, statement, b)) return false;
  const { owners } = partsFor(statement, one);
  return owners[one] === owners[other];
}

function homesOf(statement: Reading, evidence: Evidence, index: number): Home[] {
  const all = evidence.matches[index] ?? [];
  const { date } = statement.tokens[index] as Token;
  // Of a date in full the year alone says little.
  const lacking = all.map(({ token }) =>
    date === null || token.date === null ? 0 : missingParts(date, token.date).length,
  );
  const least = Math.min(...lacking);
  return all
    .filter((_, at) => lacking[at] === least)
    .slice(0, MAX_MATCHES)
    .map(({ place, index: at }) => ({ place, at, ...heldAt(statement, evidence, index, { place, at }) }));
}

const MAX_MATCHES = 6;

/** Two have changed places: in the page what is said of one stands with the other, and the other way round. */
function areCrossed(statement: Reading, evidence: Evidence, one: Stated, other: Stated): boolean {
  const [a, b] = [statement.tokens[one.index], statement.tokens[other.index]];
  if (a === undefined || b === undefined || !areAlike(statement, a, statement, b) || agree(a, b)) return false;
  // Many options of a page are true or false.
  if (isFlag(a)) return false;
  if (a.figure?.unit != null && b.figure?.unit != null && a.figure.unit.factor !== b.figure.unit.factor) return false;
  // What is said twice has two parts.
  if ([one, other].some(({ index }) => isRepeated(statement, index))) return false;
  // Said with nothing of their own between them, they have their order only.
  if (isJoined(statement, one.index, other.index)) return false;
  let [kept, turned] = [0, 0];
  let isTurned = false;
  for (const here of one.own)
    for (const there of other.own) {
      const isOne = here.place === there.place && here.at === there.at;
      if (here.place.page !== there.place.page || isOne || [here, there].some(isInTable)) return false;
      const crossed = heldAt(statement, evidence, one.index, there);
      const back = heldAt(statement, evidence, other.index, here);
      kept = Math.max(kept, here.held + there.held);
      if (crossed.held + back.held <= turned) continue;
      turned = crossed.held + back.held;
      isTurned = hasNotLost(here, crossed) && hasNotLost(there, back);
    }
  return isTurned && turned >= kept * CROSSED.margin + CROSSED.gain;
}

function isRepeated({ tokens, quantities }: Reading, index: number): boolean {
  const own = tokens[index] as Token;
  return quantities.some((at) => at !== index && tokens[at]?.word === own.word);
}

function isInTable({ place }: Home): boolean {
  return place.unit.kind === "row";
}

function hasNotLost(own: Held, crossed: Held): boolean {
  return (
    crossed.held > CROSSED.least &&
    crossed.held >= own.held - CROSSED.slack &&
    crossed.beside >= own.beside - CROSSED.slack
  );
}

const CROSSED = { least: 0.1, slack: 0.12, margin: 1.2, gain: 0.1 };
