import { z } from "zod";
import { addCallPiece, callBody, type RawCall } from "./read-call-pieces.ts";

/** A model's reply as it came, before it is understood. */
export interface Turn {
  text: string;
  calls: RawCall[];
  /** What the model wants back untouched: `reasoning_details`, `reasoning_content` or `reasoning`, as received. */
  reasoning: Record<string, unknown>;
  refusal: string;
  /** Null while the reply is not finished. */
  finishReason: string | null;
  nativeFinishReason: string | null;
  usage: RawUsage | null;
  model: string | null;
  provider: string | null;
  generationId: string | null;
  /** An error that came inside a 200 reply; its body as it came. */
  error: { status: number | null; body: unknown } | null;
}

export interface RawUsage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
}

/** Puts a turn together from stream chunks, or from one whole completion. */
export interface TurnReader {
  readonly turn: Turn;
  /** Takes one chunk or completion; what is not one is an error of the turn. */
  add(chunk: unknown): void;
}

export function createTurnReader(): TurnReader {
  const turn: Turn = { ...EMPTY_TURN, calls: [], reasoning: {} };
  const callAt = new Map<number, RawCall>();

  function add(json: unknown): void {
    const parsed = chunkBody.safeParse(json);
    if (!parsed.success) {
      turn.error ??= { status: null, body: { message: "The reply has an unknown form." } };
      return;
    }
    const chunk = parsed.data;
    const choice = chunk.choices?.[0];
    turn.model ??= chunk.model ?? null;
    turn.provider ??= chunk.provider ?? null;
    turn.generationId ??= chunk.id ?? null;
    turn.usage = readUsage(chunk.usage ?? choice?.usage) ?? turn.usage;
    turn.error ??= readError(chunk.error ?? choice?.error, chunk.choices === undefined ? json : null);
    if (choice == null) return;
    turn.finishReason = choice.finish_reason ?? turn.finishReason;
    turn.nativeFinishReason = choice.native_finish_reason ?? turn.nativeFinishReason;
    const delta = choice.delta ?? choice.message;
    if (delta == null) return;
    turn.text += textOf(delta.content);
    turn.refusal += delta.refusal ?? "";
    addReasoning(turn.reasoning, delta);
    for (const call of delta.tool_calls ?? []) addCallPiece(turn.calls, callAt, call);
  }

  return { turn, add };
}

const EMPTY_TURN: Turn = {
  text: "",
  calls: [],
  reasoning: {},
  refusal: "",
  finishReason: null,
  nativeFinishReason: null,
  usage: null,
  model: null,
  provider: null,
  generationId: null,
  error: null,
};

const text = z.string().nullish().catch(null);
const count = z.number().nonnegative().nullish().catch(null);
const deltaBody = z.object({
  content: z.unknown().optional(),
  refusal: text,
  reasoning: text,
  reasoning_content: text,
  reasoning_details: z.array(z.record(z.string(), z.unknown())).nullish().catch(null),
  tool_calls: z.array(callBody).nullish().catch(null),
});
const usageBody = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
  // DeepSeek's own API counts its cache here.
  prompt_cache_hit_tokens: count,
  cost: count,
  is_byok: z.boolean().nullish().catch(null),
  cost_details: z.object({ upstream_inference_cost: count }).nullish().catch(null),
});
const choiceBody = z.object({
  delta: deltaBody.nullish().catch(null),
  message: deltaBody.nullish().catch(null),
  finish_reason: text,
  native_finish_reason: text,
  error: z.unknown().optional(),
  // Moonshot's own API puts it here.
  usage: usageBody.nullish().catch(null),
});
// A chunk that is no object or has no form at all fails; a field of another type counts as absent.
const chunkBody = z.object({
  id: text,
  model: text,
  provider: text,
  choices: z.array(choiceBody).nullish(),
  usage: usageBody.nullish().catch(null),
  error: z.unknown().optional(),
});

function readUsage(usage: z.infer<typeof usageBody> | null | undefined): RawUsage | null {
  if (usage?.prompt_tokens == null) return null;
  // With a key of one's own at the provider, OpenRouter's cost is only its fee.
  const upstream = usage.is_byok ? (usage.cost_details?.upstream_inference_cost ?? 0) : 0;
  return {
    promptTokens: usage.prompt_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0,
    completionTokens: usage.completion_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    costUsd: usage.cost == null ? null : usage.cost + upstream,
  };
}

const errorStatus = z.object({ code: z.unknown().optional(), http_status: z.number().nullish().catch(null) });

/** `error` as an object with a numeric or worded code, as a string, or a bare error body without `choices`. */
function readError(error: unknown, whole: unknown): Turn["error"] {
  const bare = z.object({ object: z.literal("error") }).safeParse(whole).success ? whole : null;
  const body = error ?? bare;
  if (body == null) return null;
  const parsed = errorStatus.safeParse(body);
  const code = parsed.success ? Number(parsed.data.code) : Number.NaN;
  const status = Number.isInteger(code) && code >= 400 ? code : parsed.data?.http_status;
  return { status: status ?? null, body };
}

const contentPart = z.object({ type: z.literal("text"), text: z.string() });

/** Most send a string; some an array of parts, of which only text is shown. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => contentPart.safeParse(part).data?.text ?? "").join("");
}

function addReasoning(reasoning: Turn["reasoning"], delta: z.infer<typeof deltaBody>): void {
  for (const field of ["reasoning", "reasoning_content"] as const) {
    const piece = delta[field];
    if (piece != null) reasoning[field] = `${reasoning[field] ?? ""}${piece}`;
  }
  if (delta.reasoning_details == null) return;
  // Also an empty list is kept: DeepSeek's thinking mode refuses the next request without it.
  reasoning.reasoning_details ??= [];
  const details = reasoning.reasoning_details as Record<string, unknown>[];
  for (const detail of delta.reasoning_details) addDetail(details, detail);
}

/** Pieces of one text or summary are joined; encrypted pieces come whole and stay as they are. */
function addDetail(details: Record<string, unknown>[], detail: Record<string, unknown>): void {
  const last = details.at(-1);
  const field = FIELD_OF[String(detail.type)];
  if (last === undefined || field === undefined || last.type !== detail.type || last.index !== detail.index) {
    details.push({ ...detail });
    return;
  }
  const joined = `${last[field] ?? ""}${detail[field] ?? ""}`;
  const known = Object.fromEntries(Object.entries(detail).filter(([, value]) => value != null));
  Object.assign(last, known, { [field]: joined });
}

const FIELD_OF: Record<string, string | undefined> = { "reasoning.text": "text", "reasoning.summary": "summary" };
