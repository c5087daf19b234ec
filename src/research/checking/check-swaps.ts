import { bindingOf } from "./bindings.ts";
import { namesOf } from "./check-names.ts";
import type { Evidence, Match } from "./evidence.ts";
import { areComparable } from "./figures.ts";
import type { Finding } from "./finding.ts";
import type { Reading, Token } from "./reading.ts";

/** Two figures, dates or names of the statement that have changed places against the page. */
export function checkSwaps(statement: Reading, evidence: Evidence): Finding[] {
  const items = itemsOf(statement).filter((item) => item.every((index) => (evidence.matches[index]?.length ?? 0) > 0));
  for (const [position, a] of items.entries())
    for (const b of items.slice(position + 1))
      if (areSwapped(statement, evidence, a, b)) return [describe(statement, a, b)];
  return [];
}

/** Names as groups of tokens, figures and dates one by one. */
function itemsOf(statement: Reading): number[][] {
  const quantities = statement.tokens.flatMap((token, index) => (token.kind === "word" ? [] : [[index]]));
  return [...namesOf(statement), ...quantities];
}

function areSwapped(statement: Reading, evidence: Evidence, a: number[], b: number[]): boolean {
  const first = headOf(statement, a, b);
  const second = headOf(statement, b, a);
  if (first === null || second === null || !areOfOneKind(statement.tokens[first], statement.tokens[second]))
    return false;
  const skipped = new Set([...a, ...b]);
  let own = 0;
  let crossed = 0;
  for (const here of core(evidence, first))
    for (const there of core(evidence, second)) {
      if (here.token === there.token || !areNear(here, there)) continue;
      const bind = (from: number, to: Match): number => bindingOf(statement, evidence, from, to, skipped);
      own = Math.max(own, bind(first, here) + bind(second, there));
      crossed = Math.max(crossed, bind(first, there) + bind(second, here));
    }
  return crossed > own * SWAP_MARGIN + 0.08;
}

// Below this the order of words alone would make a swap of what is only put otherwise.
const SWAP_MARGIN = 1.25;

function core(evidence: Evidence, index: number): Match[] {
  return (evidence.matches[index] ?? []).filter(({ place, strength }) => place.isCore && strength >= 0.85).slice(0, 6);
}

function areNear(a: Match, b: Match): boolean {
  return a.place.page === b.place.page && Math.abs(a.place.unit.index - b.place.unit.index) <= 4;
}

/** The token by which a name differs from the other one. */
function headOf(statement: Reading, item: number[], other: number[]): number | null {
  const words = new Set(other.map((index) => statement.tokens[index]?.stem));
  return item.findLast((index) => !words.has(statement.tokens[index]?.stem)) ?? null;
}

function areOfOneKind(a: Token | undefined, b: Token | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  if (a.figure !== null && b.figure !== null) return areComparable(a.figure, b.figure);
  return true;
}

function describe(statement: Reading, a: number[], b: number[]): Finding {
  const [one, other] = [a, b].map((item) =>
    statement.text.slice(statement.tokens[item[0] ?? 0]?.start, statement.tokens[item.at(-1) ?? 0]?.end),
  );
  return { weight: 1, reason: `"${one}" and "${other}" have other parts in the page` };
}
