import type { ModelReply, ModelRequest, ModelUsage } from "../ports.ts";
import { countTokens, toUsage } from "./call-usage.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Clock, REAL_CLOCK } from "./clock.ts";
import { knownModel } from "./default-models.ts";
import { adapt, createDialect, type Dialect, toBody } from "./dialect.ts";
import type { Adaptation, ModelFailure } from "./errors.ts";
import { generationUsage } from "./generation-usage.ts";
import type { ModelCallRecord } from "./model-call-record.ts";
import type { EndpointSettings, ModelEntrySettings, Transport } from "./model-settings.ts";
import { nearestSlugs } from "./nearest-slugs.ts";
import type { CompletionBody, Exchange, OpenAiClient } from "./openai-client.ts";
import type { RawUsage } from "./read-turn.ts";
import { toReply } from "./to-reply.ts";
import type { CallTimes } from "./watchdog.ts";

/** What came of one try; exactly one of `reply` and `failure`, or neither when the caller's signal ended it. */
export interface Try {
  reply: ModelReply | null;
  failure: ModelFailure | null;
  isAborted: boolean;
  /** The failure was one of dialect, and the next try will be in another one. */
  isAdapted: boolean;
  /** What it used up, also when it failed. */
  usage: ModelUsage;
  /** All but how it ended, which the chain decides. */
  record: Omit<ModelCallRecord, "outcome" | "errorCode">;
}

export interface TryOptions extends CallTimes {
  signal: AbortSignal;
  maxOutputTokens: number;
  /** Models that the gateway may use instead. */
  fallbacks: readonly string[];
}

/** One model at one endpoint: asks once, in the dialect that it has learnt. */
export interface ModelEntry {
  readonly model: string;
  readonly endpoint: string;
  /** `model@endpoint`: whose reasoning may be passed back. */
  readonly key: string;
  readonly transport: Transport;
  readonly contextTokens: number;
  readonly purposes: ModelEntrySettings["purposes"];
  /** Does the endpoint's list have it? Null while there is no list, or where lists are not complete. */
  readonly isListed: boolean | null;
  tryOnce(request: ModelRequest, options: TryOptions): Promise<Try>;
  /** The endpoint told the real window. */
  learnContext(contextTokens: number): void;
}

export interface ModelEntryParts {
  settings: ModelEntrySettings;
  endpoint: EndpointSettings;
  client: Pick<OpenAiClient, "complete" | "get">;
  catalogue: Catalogue;
  clock?: Clock;
}

export function createModelEntry({
  settings,
  endpoint,
  client,
  catalogue,
  clock = REAL_CLOCK,
}: ModelEntryParts): ModelEntry {
  const { model } = settings;
  const key = `${model}@${endpoint.name}`;
  let dialect = createDialect(endpoint, settings, catalogue.find(model)?.hasTools ?? null);
  let learntContext = Number.POSITIVE_INFINITY;

  async function tryOnce(request: ModelRequest, options: TryOptions): Promise<Try> {
    catalogue.refreshIfOld();
    const asked = dialect;
    const at = new Date(clock.now()).toISOString();
    const cap = catalogue.find(model)?.maxOutputTokens ?? options.maxOutputTokens;
    const maxOutputTokens = Math.min(options.maxOutputTokens, cap);
    const fallbacks = asked.transport === "tools" ? options.fallbacks : [];
    const body = toBody(asked, request, { endpoint, model, maxOutputTokens, stateKey: key, fallbacks });
    const exchange = await exchangeOnce(body, options);
    const { turn, failure, isAborted } = exchange;
    const raw = countTokens(exchange, body);
    const usage = toUsage(raw, priceOf(turn.model), turn.usage !== null);
    const call = { at, endpoint: endpoint.name, model, transport: asked.transport };
    const record = { ...call, ...usage, ...describeExchange(exchange, raw), ...purposeOf(request) };
    if (failure !== null || isAborted) {
      const isAdapted = failure?.adaptation != null && adaptTo(failure.adaptation, asked);
      return { reply: null, failure: failure && withAlternatives(failure), isAborted, isAdapted, usage, record };
    }
    const served = { model: turn.model ?? model, stateKey: ownerOfState(turn.model, fallbacks) };
    const reply = toReply(turn, { request, transport: asked.transport, usage, ...served });
    return { reply, failure: null, isAborted, isAdapted: false, usage, record };
  }

  /** A reply that broke off has been paid for: what it cost is asked where that can be asked. */
  async function exchangeOnce(body: CompletionBody, options: TryOptions): Promise<Exchange> {
    const exchange = await client.complete(body, options);
    if (endpoint.kind !== "openrouter") return exchange;
    const usage = await generationUsage(exchange, { client, clock, signal: options.signal });
    return usage === null ? exchange : { ...exchange, turn: { ...exchange.turn, usage } };
  }

  /** A call at the same time may have learnt the same already. */
  function adaptTo(adaptation: Adaptation, asked: Dialect): boolean {
    if (dialect.made.length > asked.made.length) return true;
    const adapted = adapt(dialect, adaptation);
    if (adapted !== null) dialect = adapted;
    return adapted !== null;
  }

  function withAlternatives(failed: ModelFailure): ModelFailure {
    if (failed.code !== "MODEL_UNKNOWN") return failed;
    const alternatives = nearestSlugs(
      model,
      catalogue.models.map(({ id }) => id),
    );
    const hint = alternatives.length === 0 ? "" : ` It offers ${alternatives.join(", ")}.`;
    return { ...failed, message: `${failed.message}${hint}` };
  }

  function priceOf(servedModel: string | null) {
    const served = servedModel === null ? null : catalogue.find(servedModel);
    return (served ?? catalogue.find(model))?.price ?? knownModel(model)?.price ?? null;
  }

  /** The asked model, under whatever name it was resolved to, unless one of the fallbacks served. */
  function ownerOfState(servedModel: string | null, fallbacks: readonly string[]): string {
    const other = fallbacks.find((fallback) => servedModel?.startsWith(fallback) && !servedModel.startsWith(model));
    return other === undefined ? key : `${other}@${endpoint.name}`;
  }

  return {
    model,
    endpoint: endpoint.name,
    key,
    purposes: settings.purposes,
    get transport() {
      return dialect.transport;
    },
    get isListed() {
      return catalogue.isKnown && endpoint.kind === "openrouter" ? catalogue.find(model) !== null : null;
    },
    get contextTokens() {
      const told = catalogue.find(model)?.contextTokens ?? knownModel(model)?.contextTokens;
      return Math.min(settings.contextTokens ?? told ?? assumedContext(catalogue, model), learntContext);
    },
    tryOnce,
    learnContext: (contextTokens) => {
      if (contextTokens >= MIN_CONTEXT_TOKENS) learntContext = Math.min(learntContext, contextTokens);
    },
  };
}

// Smaller numbers in an error message are something else than a window.
const MIN_CONTEXT_TOKENS = 2_048;
// What most servers are started with when they say nothing; the original's window, too.
const ASSUMED_CONTEXT_TOKENS = 32_768;
// Ollama's own default is 4,096 on small machines; the loop needs twice that.
const OLLAMA_CONTEXT_TOKENS = 8_192;

export function assumedContext(catalogue: Catalogue, model: string): number {
  return catalogue.find(model)?.isOllama ? OLLAMA_CONTEXT_TOKENS : ASSUMED_CONTEXT_TOKENS;
}

function purposeOf({ sessionId, purpose }: ModelRequest): Pick<ModelCallRecord, "sessionId" | "purpose"> {
  return { sessionId, purpose };
}

function describeExchange({ turn, failure, latencyMs, firstByteMs }: Exchange, { reasoningTokens }: RawUsage) {
  return {
    servedModel: turn.model,
    provider: turn.provider,
    generationId: turn.generationId,
    status: failure?.status ?? (turn.finishReason === null ? null : 200),
    finishReason: turn.finishReason,
    nativeFinishReason: turn.nativeFinishReason,
    reasoningTokens,
    isEstimated: turn.usage === null,
    latencyMs: Math.round(latencyMs),
    firstByteMs: firstByteMs === null ? null : Math.round(firstByteMs),
  } satisfies Partial<ModelCallRecord>;
}
