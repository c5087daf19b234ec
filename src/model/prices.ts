import type { RawUsage } from "./read-turn.ts";

/** US dollars for one token. */
export interface Price {
  prompt: number;
  completion: number;
  /** What a prompt token costs that came from the cache. */
  cacheRead: number;
}

/** What a call costs by the table; for endpoints that do not say it themselves. */
export function costOf({ promptTokens, cachedTokens, completionTokens }: TokenCounts, price: Price): number {
  const cached = Math.min(cachedTokens, promptTokens);
  return (promptTokens - cached) * price.prompt + cached * price.cacheRead + completionTokens * price.completion;
}

type TokenCounts = Pick<RawUsage, "promptTokens" | "cachedTokens" | "completionTokens">;

/** A price as tables print it, in dollars for a million tokens. */
export function perMillion(prompt: number, completion: number, cacheRead: number): Price {
  return { prompt: prompt / 1e6, completion: completion / 1e6, cacheRead: cacheRead / 1e6 };
}

/** A price as /models of OpenRouter gives it: text, dollars for a token; null when it is unknown or depends. */
export function readPrice(pricing: Record<string, unknown> | null | undefined): Price | null {
  const prompt = readAmount(pricing?.prompt);
  const completion = readAmount(pricing?.completion);
  if (prompt === null || completion === null) return null;
  return { prompt, completion, cacheRead: readAmount(pricing?.input_cache_read) ?? prompt };
}

/** Routers that choose a model for each request have the price -1. */
function readAmount(value: unknown): number | null {
  const amount = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof amount === "number" && Number.isFinite(amount) && amount >= 0 ? amount : null;
}
