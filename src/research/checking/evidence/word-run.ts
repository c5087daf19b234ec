import { matchIn } from "../reading/matching.ts";
import type { Reading, Token } from "../reading/reading.ts";
import type { Evidence, Place } from "./evidence.ts";

export interface Pair {
  /** Index in the statement's tokens. */
  own: number;
  /** Index in the place's tokens. */
  other: number;
}

/** The longest run of matching tokens in the same order on both sides. */
export function commonSequence(evidence: Evidence, place: Place): readonly Pair[] {
  return evidence.runs.getOrInsertComputed(place, () => longestRun(place));
}

function longestRun({ matches, isCore }: Place): Pair[] {
  const least = isCore ? 0.7 : 0.95;
  const pairs: Pair[] = [];
  matches.forEach((all, own) => {
    for (const { strength, index } of all) if (strength >= least) pairs.push({ own, other: index });
  });
  pairs.sort((a, b) => a.own - b.own || b.other - a.other);
  // Longest increasing subsequence by patience: tails[k] ends the best run of k + 1 pairs.
  const tails: number[] = [];
  const before: number[] = [];
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.other ?? 0) < pair.other) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const run: Pair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

/** Indices of the words between two tokens. */
function between(tokens: readonly Token[], from: number, to: number): number[] {
  const indices: number[] = [];
  for (let at = from + 1; at < to; at += 1) if (tokens[at]?.isContent) indices.push(at);
  return indices;
}

export interface Gap {
  own: number[];
  other: number[];
  isFirst: boolean;
  isLast: boolean;
}

/** What stands between two anchors on either side. */
export function gapsOf(statement: Reading, found: Reading, pairs: readonly Pair[]): Gap[] {
  const bounds = [{ own: -1, other: -1 }, ...pairs, { own: statement.tokens.length, other: found.tokens.length }];
  return bounds.slice(1).map((bound, index) => {
    const start = bounds[index] ?? { own: -1, other: -1 };
    return {
      own: between(statement.tokens, start.own, bound.own),
      other: between(found.tokens, start.other, bound.other),
      isFirst: index === 0,
      isLast: index === bounds.length - 2,
    };
  });
}

/** The share of the statement's words outside the gap, and outside what title and heading give, that are anchors. */
export function anchorShare(statement: Reading, place: Place, pairs: readonly Pair[], gap: readonly number[]): number {
  const all = ANCHORED.get(pairs) ?? anchored(statement, place, pairs, statement.tokens.keys());
  ANCHORED.set(pairs, all);
  const inside = anchored(statement, place, pairs, gap);
  const total = all.total - inside.total;
  return total === 0 ? 0 : (all.found - inside.found) / total;
}

interface Anchored {
  /** Words that are anchors, and those that could be. */
  found: number;
  total: number;
}

/** Of a whole run: it is asked for at each of its gaps. */
const ANCHORED = new WeakMap<readonly Pair[], Anchored>();

function anchored(statement: Reading, place: Place, pairs: readonly Pair[], indices: Iterable<number>): Anchored {
  let [found, total] = [0, 0];
  for (const index of indices) {
    const token = statement.tokens[index];
    if (token?.isContent !== true) continue;
    const isAnchor = pairs.some(({ own }) => own === index);
    if (isAnchor) found += 1;
    if (isAnchor || !isInContext(token, place)) total += 1;
  }
  return { found, total };
}

/** Title, heading and lead of the place hold the token. */
export function isInContext(token: Token | undefined, { page, unit }: Place): boolean {
  if (token === undefined) return false;
  if (matchIn(token, page.readContext(unit.section)) !== null) return true;
  return unit.lead !== null && matchIn(token, page.readLead(unit)) !== null;
}
