import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Exchange, OpenAiClient } from "./openai-client.ts";
import type { RawUsage } from "./read-turn.ts";

export interface GenerationParts {
  client: Pick<OpenAiClient, "get">;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * What OpenRouter charged for a reply that broke off before its usage arrived, by its record of the generation; null
 * where there is none in time, and the estimate stands. Never rejects, and takes no longer than a cancel may.
 */
export async function generationUsage(exchange: Exchange, parts: GenerationParts): Promise<RawUsage | null> {
  const { generationId, usage } = exchange.turn;
  const hasBegun = exchange.firstByteMs !== null;
  if (exchange.failure === null || exchange.isAborted || !hasBegun || usage !== null || generationId === null)
    return null;
  return (await ask(generationId, parts)) ?? (await askLater(generationId, parts));
}

// A cancel reaches the model call within 2 seconds, whatever is being asked.
const TIMEOUT_MS = 1_500;
// The record is written after the reply has ended.
const PAUSE_MS = 1_000;

async function askLater(generationId: string, parts: GenerationParts): Promise<RawUsage | null> {
  try {
    await parts.clock.sleep(PAUSE_MS, parts.signal);
  } catch (error) {
    if (parts.signal.aborted) return null;
    throw error;
  }
  return ask(generationId, parts);
}

async function ask(generationId: string, { client, signal }: GenerationParts): Promise<RawUsage | null> {
  if (signal.aborted) return null;
  const path = `/generation?id=${encodeURIComponent(generationId)}`;
  // Not there yet, or not there at all: what the record would have told is then estimated.
  const body: unknown = await client.get(path, { timeoutMs: TIMEOUT_MS }).catch(() => null);
  const parsed = generation.safeParse(body);
  return parsed.success ? parsed.data : null;
}

const count = z.number().nonnegative().nullish();

// The provider's own counts are what is paid for; the others are by a common tokenizer.
// https://openrouter.ai/docs/api-reference/get-a-generation (facts/rumination-and-openrouter.md, B5)
const generation = z
  .object({
    data: z.object({
      total_cost: z.number().nonnegative(),
      tokens_prompt: count,
      tokens_completion: count,
      native_tokens_prompt: count,
      native_tokens_completion: count,
      native_tokens_reasoning: count,
      native_tokens_cached: count,
    }),
  })
  .transform(
    ({ data }): RawUsage => ({
      promptTokens: data.native_tokens_prompt ?? data.tokens_prompt ?? 0,
      cachedTokens: data.native_tokens_cached ?? 0,
      completionTokens: data.native_tokens_completion ?? data.tokens_completion ?? 0,
      reasoningTokens: data.native_tokens_reasoning ?? 0,
      costUsd: data.total_cost,
    }),
  );
