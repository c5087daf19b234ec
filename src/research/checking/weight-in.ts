import type { Evidence, Place } from "./evidence.ts";
import type { Reading } from "./reading.ts";

/** How much of the statement the sentence holds, by the weights of its words. */
export function weightIn(statement: Reading, evidence: Evidence, place: Place): number {
  return statement.tokens.reduce((sum, _, index) => {
    const strengths = (evidence.matches[index] ?? [])
      .filter((match) => match.place === place)
      .map(({ strength }) => strength);
    return sum + (evidence.weights[index] ?? 0) * Math.max(0, ...strengths);
  }, 0);
}
