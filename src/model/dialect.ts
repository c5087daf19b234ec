import type { ModelRequest } from "../ports.ts";
import type { Adaptation } from "./errors.ts";
import type { EndpointSettings, ModelEntrySettings, ReasoningEffort, Transport } from "./model-settings.ts";
import type { CompletionBody } from "./openai-client.ts";
import { toRawRequest, toTextRequest } from "./text-protocol.ts";
import { toToolsRequest, type WireRequest } from "./tools-protocol.ts";

/** How one model at one endpoint wants to be asked; learnt from its complaints. */
export interface Dialect {
  transport: Transport;
  limitName: "max_completion_tokens" | "max_tokens";
  /** Null = as the model sees fit. */
  effort: ReasoningEffort | null;
  asksForUsage: boolean;
  passesReasoning: boolean;
  hasFallbacks: boolean;
  isStreamed: boolean;
  maxOutputTokens: number | null;
  /** Changes made so far: one that did not help is no way out a second time. */
  made: readonly Adaptation["kind"][];
}

export function createDialect(
  { kind }: EndpointSettings,
  { transport, effort }: ModelEntrySettings,
  hasTools: boolean | null,
): Dialect {
  return {
    transport: transport ?? (hasTools === false ? "text" : "tools"),
    // Ollama and llama.cpp know only the old name, OpenAI's newer models only the new one.
    limitName: kind === "compatible" ? "max_tokens" : "max_completion_tokens",
    effort: effort ?? null,
    // OpenRouter always tells; the option has no effect there.
    asksForUsage: kind !== "openrouter",
    passesReasoning: true,
    hasFallbacks: kind === "openrouter",
    isStreamed: true,
    maxOutputTokens: null,
    made: [],
  };
}

/** The dialect after a complaint; null when nothing is left to change. */
export function adapt(dialect: Dialect, adaptation: Adaptation): Dialect | null {
  const times = dialect.made.filter((kind) => kind === adaptation.kind).length;
  if (times >= (adaptation.kind === "no-reasoning-effort" ? 2 : 1)) return null;
  const change = changeFor(dialect, adaptation);
  return change === null ? null : { ...dialect, ...change, made: [...dialect.made, adaptation.kind] };
}

function changeFor(dialect: Dialect, adaptation: Adaptation): Partial<Dialect> | null {
  switch (adaptation.kind) {
    case "text-transport":
      return dialect.transport === "tools" ? { transport: "text" } : null;
    case "no-reasoning-effort":
      // "none" is what OpenAI asks for beside tools; a server that does not know the field gets nothing.
      return { effort: dialect.effort === "none" ? null : "none" };
    case "other-limit-name":
      return { limitName: dialect.limitName === "max_tokens" ? "max_completion_tokens" : "max_tokens" };
    case "no-usage-option":
      return { asksForUsage: false };
    case "no-reasoning-passback":
      return { passesReasoning: false };
    case "no-fallbacks":
      return { hasFallbacks: false };
    case "no-stream":
      return { isStreamed: false };
    case "lower-limit":
      return { maxOutputTokens: adaptation.maxOutputTokens };
  }
}

export interface BodyParts {
  endpoint: EndpointSettings;
  model: string;
  maxOutputTokens: number;
  /** Whose provider state may be passed back. */
  stateKey: string;
  /** Models that the gateway may use instead, in order. */
  fallbacks: readonly string[];
}

/** The request as this model wants it. */
export function toBody(dialect: Dialect, request: ModelRequest, parts: BodyParts): CompletionBody {
  const wire = toWire(dialect, request, parts.stateKey);
  const limit = Math.min(parts.maxOutputTokens, dialect.maxOutputTokens ?? parts.maxOutputTokens);
  return {
    model: parts.model,
    ...wire,
    stream: dialect.isStreamed,
    ...(dialect.isStreamed && dialect.asksForUsage ? { stream_options: { include_usage: true } } : {}),
    // Some providers refuse less than 16. facts/rumination-and-openrouter.md, B1.
    [dialect.limitName]: Math.max(16, Math.floor(limit)),
    ...extrasFor(dialect, request, wire, parts),
  };
}

function toWire(dialect: Dialect, request: ModelRequest, stateKey: string): WireRequest {
  if (dialect.transport === "text") return toTextRequest(request);
  if (dialect.transport === "raw") return toRawRequest(request);
  return toToolsRequest(request, dialect.passesReasoning ? stateKey : null);
}

// OpenRouter refuses more than three models in one request. coder/xum #2963, 2026-03-15.
const MAX_FALLBACKS = 2;
// Longer session ids are refused. facts/rumination-and-openrouter.md, B1.
const MAX_SESSION_ID_CHARS = 256;

function extrasFor(
  dialect: Dialect,
  { sessionId }: ModelRequest,
  wire: WireRequest,
  { endpoint, model, fallbacks }: BodyParts,
): Record<string, unknown> {
  const session = sessionId.slice(0, MAX_SESSION_ID_CHARS);
  if (endpoint.kind !== "openrouter") {
    const effort = dialect.effort === null ? {} : { reasoning_effort: dialect.effort };
    return endpoint.kind === "openai" ? { ...effort, prompt_cache_key: session } : effort;
  }
  // Reasoning of one model must not reach another: with such in the history the gateway may not switch by itself.
  const hasState = wire.messages.some((message) => "reasoning_details" in message || "reasoning" in message);
  const others = dialect.hasFallbacks && !hasState ? fallbacks.slice(0, MAX_FALLBACKS) : [];
  return {
    session_id: session,
    // Others cache by themselves; Claude must be asked, and reads its cache at a tenth of the price. B11 of the facts.
    ...(model.startsWith("anthropic/") ? { cache_control: { type: "ephemeral" } } : {}),
    ...(dialect.effort === null ? {} : { reasoning: { effort: dialect.effort } }),
    ...(endpoint.provider === undefined ? {} : { provider: endpoint.provider }),
    ...(others.length === 0 ? {} : { models: others }),
  };
}
