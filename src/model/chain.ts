import type { Logger } from "pino";
import type { LanguageModel, ModelReply, ModelRequest } from "../ports.ts";
import { createBreaker } from "./breaker.ts";
import { type ChainCall, createChainCall } from "./chain-call.ts";
import { type Clock, REAL_CLOCK } from "./clock.ts";
import { failure, type ModelFailure } from "./errors.ts";
import type { EntryState, Lane } from "./lane.ts";
import type { RecordModelCall } from "./model-call-record.ts";
import type { ModelEntry, Try } from "./model-entry.ts";
import type { CallTimes } from "./watchdog.ts";

export interface ChainOptions {
  /** In the order of preference; at least one. */
  entries: readonly ModelEntry[];
  log: Logger;
  record: RecordModelCall;
  /** Upper limit of what the loop may plan for. */
  contextTokens?: number;
  times?: Partial<CallTimes>;
  clock?: Clock;
}

/**
 * Several models as one that does not fail easily: each call goes to the first model that is ready; what fails in
 * passing is tried again with backoff, what fails for good is left for the next model. The only retry loop of the room.
 */
export function createModelChain(options: ChainOptions): LanguageModel {
  const { entries, clock = REAL_CLOCK } = options;
  const endpointBreakers = new Map(entries.map(({ endpoint }) => [endpoint, createBreaker(clock.now)]));
  const states = entries.map((entry): EntryState => {
    const endpointBreaker = endpointBreakers.get(entry.endpoint) ?? createBreaker(clock.now);
    return { entry, breaker: createBreaker(clock.now), endpointBreaker, patience: 1, minOutputTokens: 0 };
  });
  return {
    name: entries.map(({ model }) => model).join(" → "),
    notice: null,
    get contextTokens() {
      const usable = entries.filter(({ isListed }) => isListed !== false);
      const windows = (usable.length === 0 ? entries : usable).map(({ contextTokens }) => contextTokens);
      return Math.min(...windows, options.contextTokens ?? Number.POSITIVE_INFINITY);
    },
    complete: (request, { signal }) => complete(request, signal, { ...options, clock, states }),
  };
}

interface ChainParts extends ChainOptions {
  clock: Clock;
  states: readonly EntryState[];
}

async function complete(request: ModelRequest, signal: AbortSignal, parts: ChainParts): Promise<ModelReply> {
  const call = createChainCall(request, parts.states, parts.clock);
  for (;;) {
    signal.throwIfAborted();
    const step = call.next();
    if (step.kind === "give-up") throw step.error;
    if (step.kind === "wait") {
      await sleep(step.ms, signal, parts.clock);
      continue;
    }
    const tried = await step.lane.state.entry.tryOnce(withNudge(request, step.lane), {
      ...timesFor(step.lane, call, parts),
      signal,
      maxOutputTokens: step.lane.maxOutputTokens,
      fallbacks: fallbacksOf(step.lane.state.entry, parts.entries),
    });
    const judged = judge(tried, step.lane, call);
    record(tried, judged, parts);
    signal.throwIfAborted();
    if (!("scope" in judged)) {
      call.succeed(step.lane);
      return { ...judged, discarded: call.discarded() };
    }
    logFailure(judged, step.lane, parts.log);
    call.fail(step.lane, judged, tried);
  }
}

async function sleep(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

const DEFAULT_TIMES: CallTimes = { idleMs: 60_000, totalMs: 600_000 };

// A model that hung is probed for this share of the idle time while others can answer.
const PROBE_SHARE = 1 / 4;

function timesFor(lane: Lane, call: ChainCall, { times }: ChainParts): CallTimes {
  const { idleMs, totalMs } = { ...DEFAULT_TIMES, ...times };
  const { patience, breaker } = lane.state;
  const hung = breaker.lastFailure?.isTimeout ?? false;
  if (hung && !call.isOnly(lane)) return { idleMs: idleMs * PROBE_SHARE, totalMs };
  return { idleMs: Math.min(idleMs * patience, totalMs), totalMs };
}

/** After a reply without words: the same request with a reminder at its end. */
function withNudge(request: ModelRequest, { isNudged }: Lane): ModelRequest {
  if (!isNudged) return request;
  const what = request.toolChoice === "none" ? "Write the text that was asked for." : "Call a function.";
  const content = `(Your last reply was empty or broke off. ${what})`;
  return { ...request, messages: [...request.messages, { role: "user", content }] };
}

/** OpenRouter may use the later models of the same endpoint by itself, where it lists them. */
function fallbacksOf(entry: ModelEntry, entries: readonly ModelEntry[]): string[] {
  return entries
    .slice(entries.indexOf(entry) + 1)
    .filter((other) => other.endpoint === entry.endpoint && other.isListed === true && other.transport === "tools")
    .map(({ model }) => model);
}

/** A reply is taken, or is a failure too: cut off although there is room for more, or without words and calls. */
function judge({ reply, failure: failed, usage }: Try, lane: Lane, call: ChainCall): ModelReply | ModelFailure {
  const { model, endpoint } = lane.state.entry;
  if (failed !== null) return failed;
  if (reply?.stopReason === "length") {
    if (call.raisedLimit(lane, usage) === null) return { ...reply, toolCalls: [] }; // a call that was cut off is none
    return failure("MODEL_BAD_REPLY", `${model} at ${endpoint} was cut off by its token limit.`, "length");
  }
  if (reply !== null && (reply.text.trim() !== "" || reply.toolCalls.length > 0)) return reply;
  return failure("MODEL_BAD_REPLY", `${model} at ${endpoint} gave an empty reply.`, "reply", { isRetryable: true });
}

function record(tried: Try, judged: ModelReply | ModelFailure, { record: store, log }: ChainParts): void {
  const isFailure = "scope" in judged;
  const outcome = isFailure ? (tried.reply === null ? "failed" : "discarded") : "ok";
  const end = tried.isAborted
    ? ({ outcome: "aborted", errorCode: null } as const)
    : { outcome, errorCode: isFailure ? judged.code : null };
  try {
    store({ ...tried.record, ...end } as Parameters<RecordModelCall>[0]);
  } catch (error) {
    log.warn({ err: error }, "model call could not be recorded");
  }
}

/** Handled here, so told here; only what ends the call is thrown. */
function logFailure(failed: ModelFailure, { state }: Lane, log: Logger): void {
  const { model, endpoint } = state.entry;
  const { code, status, message, cause } = failed;
  const fields = {
    model,
    endpoint,
    errorCode: code,
    status,
    reason: message,
    ...(cause === null ? {} : { err: cause }),
  };
  if (failed.scope === "dialect" || failed.scope === "length") log.info(fields, "model is asked in another way");
  else if (code === "MODEL_UNAUTHORIZED" || code === "MODEL_NO_CREDIT") log.error(fields, "model account is refused");
  else log.warn(fields, "model call failed");
}
