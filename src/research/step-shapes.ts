import { z } from "zod";
import type { ModelReply, ModelUsage, ToolResult } from "../ports.ts";
import type { Page, SearchHit, Step, StepKind } from "../types.ts";
import type { OpinionStep } from "./second-opinion.ts";
import type { Understanding } from "./understanding.ts";

/**
 * Is the stored step what this version makes of such a step? Another version of Ruminate may have stored it, and a field
 * that is missing would show much later, as a run that fails in the middle for reasons that nobody understands.
 */
export function isReadableStep({ kind, result }: Step): boolean {
  return SHAPES[kind].safeParse(result).success;
}

const usage = z.object({
  promptTokens: z.number(),
  cachedTokens: z.number(),
  completionTokens: z.number(),
  costUsd: z.number().nullable(),
}) satisfies z.ZodType<ModelUsage>;

const modelReply = z.object({
  text: z.string(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.unknown() })),
  stopReason: z.enum(["stop", "length", "tool-calls"]),
  usage,
  model: z.string(),
  providerState: z.object({ model: z.string(), data: z.unknown() }).nullable(),
  discarded: usage.nullish(),
}) satisfies z.ZodType<ModelReply>;

const hit = z.object({
  title: z.string(),
  url: z.string(),
  snippet: z.string(),
  publishedAt: z.string().nullable(),
}) satisfies z.ZodType<SearchHit>;

const place = z.object({ url: z.string(), publishedAt: z.string() });
const page = z.object({
  url: z.string(),
  title: z.string(),
  publishedAt: z.string().nullable(),
  readAt: z.string(),
  text: z.string(),
  links: z.array(z.object({ start: z.number(), end: z.number(), url: z.string() })),
  anchors: z.array(z.object({ start: z.number(), label: z.string(), place: place.optional() })),
  parts: z.array(z.object({ start: z.number(), end: z.number(), heading: z.string().nullable() })).min(1),
}) satisfies z.ZodType<Page>;

const toolResult = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hits"), query: z.string(), hits: z.array(hit), note: z.string().nullish() }),
  z.object({ kind: z.literal("page"), from: z.number().nullable(), page }),
  z.object({ kind: z.literal("part"), source: z.number(), part: z.number() }),
  z.object({ kind: z.literal("finish") }),
  z.object({ kind: z.literal("failure"), code: z.string(), message: z.string() }),
]) satisfies z.ZodType<ToolResult>;

const understanding = z.object({
  question: z.string(),
  withheld: z.array(z.string()),
  known: z.array(z.object({ number: z.number().nullable(), page })),
  messages: z.number(),
  answers: z.number(),
  replies: z.array(modelReply),
}) satisfies z.ZodType<Understanding>;

const secondOpinion = z.object({ reply: modelReply.nullable() }) satisfies z.ZodType<OpinionStep>;

const SHAPES: Record<StepKind, z.ZodType> = {
  thread: understanding,
  plan: modelReply,
  model: modelReply,
  tool: toolResult,
  check: secondOpinion,
};
