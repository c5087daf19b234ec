import type { ToolCall } from "../ports.ts";
import { wordsOf } from "../words.ts";

export type RepetitionVerdict = "fresh" | "warn" | "refuse" | "stop";

/**
 * Counts identical calls of one run: warn at the 2nd, refuse from the 3rd, end the browsing at the 6th. Calls that
 * repeat inside one turn count once. Thresholds after OpenRouter's agent SDK, with a later stop; see facts, B10.
 */
export function createRepetitionWatch(): (call: ToolCall, turn: number) => RepetitionVerdict {
  const seen = new Map<string, { count: number; lastTurn: number }>();
  return (call, turn) => {
    const key = identityOf(call);
    const before = seen.get(key) ?? { count: 0, lastTurn: -1 };
    const count = before.lastTurn === turn ? before.count : before.count + 1;
    seen.set(key, { count, lastTurn: turn });
    if (count >= 6) return "stop";
    if (count >= 3) return "refuse";
    return count === 2 ? "warn" : "fresh";
  };
}

/** Spelling of a query does not make another call. */
function identityOf({ name, arguments: args }: ToolCall): string {
  const query = (args as { query?: unknown } | null)?.query;
  return `${name} ${typeof query === "string" ? wordsOf(query).join(" ") : JSON.stringify(args)}`;
}
