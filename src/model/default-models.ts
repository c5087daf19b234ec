import type { EndpointKind, ModelEntrySettings } from "./model-settings.ts";
import { type Price, perMillion } from "./prices.ts";

export interface KnownModel {
  contextTokens: number;
  /** Null where every reply tells its cost. */
  price: Price | null;
}

/** The chain of an endpoint for which no models were named; empty = ask its /models. */
export function defaultModels(kind: EndpointKind, endpoint: string): ModelEntrySettings[] {
  return DEFAULTS[kind].map((entry) => ({ ...entry, endpoint }));
}

/** What is known of a model before, or without, a catalogue that tells it. */
export function knownModel(model: string): KnownModel | null {
  return KNOWN[model] ?? null;
}

// OpenRouter: GLM continues the search protocol of Rumination; Kimi K2.6 has the best published search score of open
// weights (BrowseComp 83.2); DeepSeek V4 Pro finished most runs of the same-harness comparison (0.7% incomplete). The
// alias comes last: it still leads somewhere when the three are gone. facts/rumination-and-openrouter.md, A8, A10, A11; B2.
// OpenAI: gpt-5.6 takes function tools in chat completions only without reasoning effort (error text of 2026-07;
// BerriAI/litellm #34569); gpt-5.4 has none by default; gpt-5-mini is the cheap last resort.
const DEFAULTS: Record<EndpointKind, Omit<ModelEntrySettings, "endpoint">[]> = {
  openrouter: [
    { model: "z-ai/glm-5.2" },
    { model: "moonshotai/kimi-k2.6" },
    { model: "deepseek/deepseek-v4-pro" },
    { model: "~z-ai/glm-latest" },
  ],
  openai: [{ model: "gpt-5.6-terra", effort: "none" }, { model: "gpt-5.4" }, { model: "gpt-5-mini" }],
  compatible: [],
};

// OpenAI's /models tells neither windows nor prices: models.dev, providers/openai (commits 89b873e of 2026-07, 137b27c,
// 8734c00). Beyond 272,000 prompt tokens gpt-5.4 and later cost twice as much, so that is their window here.
// OpenRouter's windows (models.dev, providers/openrouter; facts A11) serve only while its catalogue cannot be fetched.
const KNOWN: Record<string, KnownModel | undefined> = {
  "gpt-5.6-terra": { contextTokens: 272_000, price: perMillion(2.5, 15, 0.25) },
  "gpt-5.6-luna": { contextTokens: 272_000, price: perMillion(1, 6, 0.1) },
  "gpt-5.4": { contextTokens: 272_000, price: perMillion(2.5, 15, 0.25) },
  "gpt-5-mini": { contextTokens: 400_000, price: perMillion(0.25, 2, 0.025) },
  "z-ai/glm-5.2": { contextTokens: 1_048_576, price: null },
  "moonshotai/kimi-k2.6": { contextTokens: 262_144, price: null },
  "deepseek/deepseek-v4-pro": { contextTokens: 1_048_576, price: null },
  "~z-ai/glm-latest": { contextTokens: 202_752, price: null },
};
