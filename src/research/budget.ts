import type { ModelReply, ModelUsage } from "../ports.ts";
import type { Depth, Usage } from "../types.ts";

/** What one run may use at the most. */
export interface Ceilings {
  turns: number;
  searches: number;
  pages: number;
  /** Prompt and completion tokens of all calls together. */
  tokens: number;
  costUsd: number;
  durationMs: number;
}

/** Turns of `standard` are the published demo's 35; the rest keeps a run of glm-5.x below the price. */
export const CEILINGS: Record<Depth, Ceilings> = {
  quick: { turns: 12, searches: 12, pages: 5, tokens: 150_000, costUsd: 0.1, durationMs: 90_000 },
  standard: { turns: 35, searches: 40, pages: 12, tokens: 600_000, costUsd: 0.5, durationMs: 300_000 },
  deep: { turns: 90, searches: 120, pages: 40, tokens: 3_000_000, costUsd: 2.5, durationMs: 1_200_000 },
};

export interface Budget {
  readonly ceilings: Ceilings;
  countReply(reply: ModelReply): void;
  /** Takes one search or page if one is left. */
  take(what: "searches" | "pages"): boolean;
  /** What was taken came to nothing: a page that could not be opened does not count. */
  giveBack(what: "searches" | "pages"): void;
  /** The first ceiling of which the share is used, or null. 1 = spent. */
  reached(share: number): keyof Ceilings | null;
  usage(): Usage;
  /** Calls by model, in the order of their first call. */
  models(): { model: string; calls: number }[];
}

export function createBudget(ceilings: Ceilings, elapsedMs: () => number): Budget {
  const used = { turns: 0, searches: 0, pages: 0, prompt: 0, cached: 0, completion: 0 };
  const models = new Map<string, number>();
  let costUsd: number | null = null;

  function countReply(reply: ModelReply): void {
    used.turns += 1;
    models.set(reply.model, (models.get(reply.model) ?? 0) + 1);
    for (const usage of [reply.usage, reply.discarded ?? null]) if (usage !== null) countUsage(usage);
  }

  function countUsage(usage: ModelUsage): void {
    used.prompt += usage.promptTokens;
    used.cached += usage.cachedTokens;
    used.completion += usage.completionTokens;
    if (usage.costUsd !== null) costUsd = (costUsd ?? 0) + usage.costUsd;
  }

  function reached(share: number): keyof Ceilings | null {
    const shares: [keyof Ceilings, number][] = [
      ["costUsd", (costUsd ?? 0) / ceilings.costUsd],
      ["tokens", (used.prompt + used.completion) / ceilings.tokens],
      ["durationMs", elapsedMs() / ceilings.durationMs],
      ["turns", used.turns / ceilings.turns],
      // A run that may still open what it found, or still search, is not at its end.
      ["searches", Math.min(used.searches / ceilings.searches, used.pages / ceilings.pages)],
    ];
    return shares.find(([, part]) => part >= share)?.[0] ?? null;
  }

  return {
    ceilings,
    countReply,
    take: (what) => {
      if (used[what] >= ceilings[what]) return false;
      used[what] += 1;
      return true;
    },
    giveBack: (what) => {
      used[what] -= 1;
    },
    reached,
    usage: () => ({
      modelCalls: used.turns,
      promptTokens: used.prompt,
      cachedTokens: used.cached,
      completionTokens: used.completion,
      costUsd,
      searches: used.searches,
      pages: used.pages,
      durationMs: elapsedMs(),
    }),
    models: () => Array.from(models, ([model, calls]) => ({ model, calls })),
  };
}
