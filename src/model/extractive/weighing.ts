import type { Hop } from "./hops.ts";

/** Share of the weight that the terms cover, 0 to 1. */
export function coverage(weights: Map<string, number>, terms: ReadonlySet<string>): number {
  let total = 0;
  let found = 0;
  for (const [term, weight] of weights) {
    total += weight;
    if (terms.has(term)) found += weight;
  }
  return total === 0 ? 0 : found / total;
}

export function without(weights: Map<string, number>, ...known: ReadonlySet<string>[]): Map<string, number> {
  return new Map(Array.from(weights).filter(([term]) => !known.some((terms) => terms.has(term))));
}

/** The part of the weights that stands in a hop. */
export function weightsOf({ stems }: Hop, weights: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(Array.from(weights).filter(([term]) => stems.has(term)));
}

/** The hop whose words a page has most of, where the question has several. */
export function hopToldBy(
  terms: ReadonlySet<string>,
  hops: readonly Hop[],
  weights: ReadonlyMap<string, number>,
): Hop | null {
  if (hops.length < 2) return null;
  const told = hops.map((hop) => coverage(weightsOf(hop, weights), terms));
  return hops[told.indexOf(Math.max(...told))] ?? null;
}
