import type { Reading } from "../reading/reading.ts";
import type { Evidence, Place } from "./evidence.ts";

/** How much of the statement the sentence holds, by the weights of its words. */
export function weightIn(statement: Reading, evidence: Evidence, place: Place): number {
  let weight = 0;
  // The best match comes first.
  statement.tokens.forEach((_, index) => {
    const [best] = place.matches[index] ?? [];
    if (best !== undefined) weight += (evidence.weights[index] ?? 0) * best.strength;
  });
  return weight;
}
