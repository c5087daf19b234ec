import type { ModelPurpose } from "../ports.ts";

/** What the room is made from: plain data, checked where it is read. `createLanguageModel` takes it. */
export interface ModelSettings {
  /** At least one. */
  endpoints: EndpointSettings[];
  /** In the order of preference; empty = the defaults of each endpoint, or what its /models lists. */
  models: ModelEntrySettings[];
  /** Upper limit of what the loop may plan for, in tokens. */
  contextTokens?: number;
  /** No byte for this long is a dead connection. Default 60,000. */
  idleTimeoutMs?: number;
  /** One call, from the request to its last byte. Default 600,000. */
  totalTimeoutMs?: number;
}

/** `openrouter` gets its own extras; `openai` is OpenAI itself; `compatible` is vLLM, Ollama, llama.cpp, LiteLLM, … */
export type EndpointKind = "openrouter" | "openai" | "compatible";

export interface EndpointSettings {
  /** What MODELS calls it: `slug@name`. */
  name: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  /** Null for a server without keys. */
  apiKey: string | null;
  kind: EndpointKind;
  /** Sent as `provider` to OpenRouter, such as `{ data_collection: "deny", max_price: { … } }`; see its provider routing. */
  provider?: Record<string, unknown>;
}

/**
 * `tools`: the endpoint's own function calling. `text`: functions described in words, calls as JSON in the reply.
 * `raw`: the dialect of a self-hosted GLM-Z1-Rumination, whose chat template knows the role `observation`.
 */
export type Transport = "tools" | "text" | "raw";

export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";

export interface ModelEntrySettings {
  model: string;
  /** Name of an endpoint; null = the first that lists the model, else the first. */
  endpoint: string | null;
  /** Default: `tools`, unless the endpoint says that the model has none. */
  transport?: Transport;
  /** Default: what the endpoint's catalogue says. */
  contextTokens?: number;
  /** Default: what the model does by itself. */
  effort?: ReasoningEffort;
  /** Serve only these purposes; other entries are tried for the rest. */
  purposes?: ModelPurpose[];
}
