import type { ModelUsage } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import type { CompletionBody, Exchange } from "./openai-client.ts";
import { costOf, type Price } from "./prices.ts";
import type { RawUsage } from "./read-turn.ts";

/** What an exchange used up: as the endpoint counted it, else estimated; also when it failed. */
export function countTokens(exchange: Exchange, body: CompletionBody): RawUsage {
  return exchange.turn.usage ?? estimate(exchange, body);
}

/** By the length of the texts: what was sent when a reply began, what arrived. */
function estimate({ turn, firstByteMs, failure }: Exchange, body: CompletionBody): RawUsage {
  const wasServed = firstByteMs !== null && (failure === null || failure.scope === "reply");
  const reasoning = Object.keys(turn.reasoning).length === 0 ? "" : JSON.stringify(turn.reasoning);
  const written = turn.text + reasoning + turn.calls.map(({ argumentsText }) => argumentsText).join("");
  return {
    promptTokens: wasServed ? estimateTokens(JSON.stringify(body.messages)) : 0,
    cachedTokens: 0,
    completionTokens: estimateTokens(written),
    reasoningTokens: 0,
    costUsd: null,
  };
}

/** The same with its cost: the endpoint's own figure, else by the price table, else unknown. */
export function toUsage(raw: RawUsage, price: Price | null, isCounted: boolean): ModelUsage {
  const { promptTokens, cachedTokens, completionTokens } = raw;
  const isNothing = !isCounted && promptTokens === 0 && completionTokens === 0;
  const byTable = price === null ? (isNothing ? 0 : null) : costOf(raw, price);
  return { promptTokens, cachedTokens, completionTokens, costUsd: raw.costUsd ?? byTable };
}

/** Several calls together; null when they used up nothing. */
export function addUsages(usages: readonly ModelUsage[]): ModelUsage | null {
  const paid = usages.filter(({ promptTokens, completionTokens }) => promptTokens + completionTokens > 0);
  if (paid.length === 0) return null;
  const sum = (field: "promptTokens" | "cachedTokens" | "completionTokens") =>
    paid.reduce((tokens, usage) => tokens + usage[field], 0);
  const costs = paid.map(({ costUsd }) => costUsd).filter((cost) => cost !== null);
  return {
    promptTokens: sum("promptTokens"),
    cachedTokens: sum("cachedTokens"),
    completionTokens: sum("completionTokens"),
    costUsd: costs.length === 0 ? null : costs.reduce((dollars, cost) => dollars + cost, 0),
  };
}
