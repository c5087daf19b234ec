import { type ErrorCode, RuminateError } from "../errors.ts";
import type { ModelRequest, ModelUsage } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import type { Breaker } from "./breaker.ts";
import { errorOf, type ModelFailure } from "./errors.ts";
import type { ModelEntry, Try } from "./model-entry.ts";

/** What the chain knows of an entry from call to call. */
export interface EntryState {
  readonly entry: ModelEntry;
  readonly breaker: Breaker;
  /** Shared by all entries of the endpoint: for failures that none of its models can help. */
  readonly endpointBreaker: Breaker;
  /** Factor of the idle time: a slow server that is the only one is given more. */
  patience: number;
  /** A reply was cut off below this; the next one starts with it. */
  minOutputTokens: number;
}

/** Time and chance, so that tests need not wait. */
export interface Clock {
  now(): number;
  random(): number;
  /** Rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** One entry as one call sees it. */
export interface Lane {
  readonly state: EntryState;
  maxOutputTokens: number;
  /** It was given more room once. */
  wasRaised: boolean;
  /** Its last reply was empty. */
  isNudged: boolean;
  /** Tries that failed. */
  failures: number;
  unusableReplies: number;
  /** Not before this moment, for backoff. */
  notBefore: number;
  /** Nothing more can come of it in this call. */
  isOut: boolean;
  lastFailure: ModelFailure | null;
}

export type Step =
  | { kind: "try"; lane: Lane }
  | { kind: "wait"; ms: number }
  | { kind: "give-up"; error: RuminateError };

/** Decides, within one call, who is tried next, how long to wait and when to give up. */
export interface ChainCall {
  next(): Step;
  succeed(lane: Lane): void;
  fail(lane: Lane, failure: ModelFailure, tried: Pick<Try, "usage" | "isAdapted">): void;
  /** What failed tries used up; null when that is nothing. */
  discarded(): ModelUsage | null;
  /** The limit that a cut-off reply would get instead; null when the window has no more room. */
  raisedLimit(lane: Lane, usage: ModelUsage): number | null;
  /** May this lane hang, because no other can answer? */
  isOnly(lane: Lane): boolean;
}

// One try and three repetitions cure what passes within seconds; a chain of several models moves on after two.
const MAX_FAILURES_PER_ENTRY = 6;
const MAX_UNUSABLE_REPLIES = 3;
// Nothing answers there at all: most likely a wrong address, which a person should soon be told.
const MAX_UNREACHABLE = 4;
// Nobody should wait for a model longer than this without being told. facts/security-and-reliability.md, F13 and F15.
const MAX_WAIT_MS = 20_000;
const MAX_WAITS_MS = 45_000;
// No try begins later than this after the call began.
const MAX_CALL_MS = 180_000;
// Rather wait this long for the preferred model, after its first failure, than change the model.
const STICK_MS = 1_000;
const UNAUTHORIZED_HOLD_MS = 60_000;
const GONE_HOLD_MS = 60 * 60_000;
const MAX_PATIENCE = 4;

export function createChainCall(request: ModelRequest, states: readonly EntryState[], clock: Clock): ChainCall {
  const lanes = lanesFor(request, states);
  const startedAt = clock.now();
  const discarded: ModelUsage[] = [];
  let waitedMs = 0;

  function next(): Step {
    const now = clock.now();
    const waiting = lanes
      .filter(({ isOut }) => !isOut)
      .map((lane) => ({ lane, ms: Math.max(0, readyAt(lane) - now), stick: lane.failures === 1 ? STICK_MS : 0 }));
    const chosen = waiting.find(({ lane, ms, stick }) => ms <= stick && !isClosed(lane, now)) ?? soonest(waiting);
    if (chosen === undefined || now - startedAt > MAX_CALL_MS) return giveUp(now);
    if (chosen.ms === 0) {
      chosen.lane.state.breaker.enter();
      chosen.lane.state.endpointBreaker.enter();
      return { kind: "try", lane: chosen.lane };
    }
    if (chosen.ms > MAX_WAIT_MS || waitedMs + chosen.ms > MAX_WAITS_MS) return giveUp(now);
    waitedMs += chosen.ms;
    return { kind: "wait", ms: chosen.ms };
  }

  function giveUp(now: number): Step {
    const reasons = lanes.map((lane) => ({ lane, failure: failureOf(lane) })).filter(({ failure }) => failure !== null);
    const tries = reasons.map(({ lane, failure }) => ({ model: lane.state.entry.key, code: failure?.code }));
    const chosen = reasons.map(({ failure }) => failure as ModelFailure).toSorted(byUse)[0];
    if (chosen === undefined)
      throw new RuminateError("INTERNAL", "Expected at least one model in the chain, got none.");
    const again = Math.min(...lanes.filter((lane) => failureOf(lane)?.isRetryable).map(readyAt));
    const retryAfterMs = chosen.isRetryable ? Math.max(0, again - now) : null;
    return { kind: "give-up", error: errorOf({ ...chosen, retryAfterMs }, { tries, discarded: total(discarded) }) };
  }

  function fail(lane: Lane, failure: ModelFailure, tried: Pick<Try, "usage" | "isAdapted">): void {
    discarded.push(tried.usage);
    if (tried.isAdapted) return;
    if (failure.scope === "length") {
      raise(lane, tried.usage);
      return;
    }
    lane.lastFailure = failure;
    lane.failures += 1;
    if (failure.scope === "prompt") failPrompt(lane, failure);
    else if (failure.scope === "reply") failReply(lane, failure);
    else if (failure.isRetryable) failInPassing(lane, failure);
    else failForGood(lane, failure);
    if (lane.failures >= MAX_FAILURES_PER_ENTRY) lane.isOut = true;
    lane.notBefore = clock.now() + backoffMs(lane.failures, clock.random());
  }

  function raise(lane: Lane, usage: ModelUsage): void {
    lane.maxOutputTokens = raisedLimit(lane, usage) ?? lane.maxOutputTokens;
    lane.wasRaised = true;
    lane.state.minOutputTokens = lane.maxOutputTokens;
  }

  function raisedLimit({ state, maxOutputTokens, wasRaised }: Lane, usage: ModelUsage): number | null {
    const prompt = usage.promptTokens || estimateTokens(JSON.stringify(request.messages));
    const room = state.entry.contextTokens - prompt;
    return wasRaised || room <= maxOutputTokens ? null : Math.min(maxOutputTokens * 2, room);
  }

  /** The prompt does not suit this model: one with a larger window, or another provider, may take it. */
  function failPrompt(lane: Lane, failure: ModelFailure): void {
    lane.isOut = true;
    if (failure.code !== "MODEL_CONTEXT_OVERFLOW") return;
    const tokens = lane.state.entry.contextTokens;
    if (failure.contextTokens !== null) lane.state.entry.learnContext(failure.contextTokens);
    for (const other of lanes) if (other.state.entry.contextTokens <= tokens) other.isOut = true;
  }

  function failReply(lane: Lane, failure: ModelFailure): void {
    lane.unusableReplies += 1;
    lane.isNudged = true;
    if (lane.unusableReplies >= MAX_UNUSABLE_REPLIES) lane.isOut = true;
    lane.state.breaker.fail(failure);
  }

  function failInPassing(lane: Lane, failure: ModelFailure): void {
    const { breaker, endpointBreaker } = lane.state;
    const affected = failure.scope === "endpoint" ? endpointBreaker : breaker;
    const mayHang = isOnly(lane);
    if (failure.isTimeout && mayHang) lane.state.patience = Math.min(lane.state.patience * 2, MAX_PATIENCE);
    // A model that hangs costs a minute each time: where there are others it is left at once.
    affected.fail(failure, failure.isTimeout ? (mayHang ? 2 : 4) : 1);
    if (failure.scope === "endpoint" && lane.failures >= MAX_UNREACHABLE) lane.isOut = true;
    if (failure.retryAfterMs !== null) affected.hold(failure, failure.retryAfterMs);
  }

  function failForGood(lane: Lane, failure: ModelFailure): void {
    lane.isOut = true;
    if (failure.scope === "endpoint") {
      lane.state.endpointBreaker.hold(failure, UNAUTHORIZED_HOLD_MS);
      for (const other of lanes) if (other.state.endpointBreaker === lane.state.endpointBreaker) other.isOut = true;
    } else if (failure.code !== "MODEL_BAD_REPLY") lane.state.breaker.hold(failure, GONE_HOLD_MS);
  }

  function isOnly(lane: Lane): boolean {
    return lanes.every((other) => other === lane || other.isOut);
  }

  return {
    next,
    fail,
    raisedLimit,
    isOnly,
    discarded: () => total(discarded),
    succeed: ({ state }) => {
      state.breaker.succeed();
      state.endpointBreaker.succeed();
    },
  };
}

/** The entries that serve this purpose; all of them where none does. */
function lanesFor(request: ModelRequest, states: readonly EntryState[]): Lane[] {
  const { purpose } = request;
  const serving = states.filter(({ entry }) => entry.purposes === undefined || entry.purposes.includes(purpose));
  const promptTokens = estimateTokens(JSON.stringify(request.messages)) * ESTIMATE_MARGIN;
  return (serving.length === 0 ? states : serving).map((state) => ({
    state,
    maxOutputTokens: firstLimit(request, state, promptTokens),
    wasRaised: false,
    isNudged: false,
    failures: 0,
    unusableReplies: 0,
    notBefore: 0,
    isOut: false,
    lastFailure: null,
  }));
}

// Estimates by characters are seldom further off than this.
const ESTIMATE_MARGIN = 1.3;

/** What is asked for, or what this model was found to need, as far as the window has room beside the prompt. */
function firstLimit({ maxOutputTokens }: ModelRequest, { entry, minOutputTokens }: EntryState, prompt: number): number {
  return Math.max(maxOutputTokens, Math.min(minOutputTokens, Math.floor(entry.contextTokens - prompt)));
}

function readyAt({ notBefore, state }: Lane): number {
  return Math.max(notBefore, state.breaker.openUntil, state.endpointBreaker.openUntil);
}

function isClosed({ state }: Lane, now: number): boolean {
  return Math.max(state.breaker.openUntil, state.endpointBreaker.openUntil) > now;
}

function soonest<Waiting extends { ms: number }>(waiting: readonly Waiting[]): Waiting | undefined {
  return waiting.toSorted((a, b) => a.ms - b.ms)[0];
}

function failureOf({ lastFailure, state }: Lane): ModelFailure | null {
  return lastFailure ?? state.endpointBreaker.lastFailure ?? state.breaker.lastFailure;
}

// 0.5, 1, 2, 4, 8 s, each by half more or less: many runs must not come back in step.
function backoffMs(failures: number, random: number): number {
  return Math.min(500 * 2 ** (failures - 1), 8_000) * (0.5 + random);
}

// What the caller can act on comes first, then what may pass, then what a person must mend.
const USE: Partial<Record<ErrorCode, number>> = { MODEL_CONTEXT_OVERFLOW: 0, MODEL_REFUSED: 2, MODEL_UNAUTHORIZED: 3 };

/** Sorting is stable: of equals the preferred model's failure is told. */
function byUse(a: ModelFailure, b: ModelFailure): number {
  const rank = (failed: ModelFailure) => USE[failed.code] ?? (failed.isRetryable ? 1 : 4);
  return rank(a) - rank(b);
}

function total(usages: readonly ModelUsage[]): ModelUsage | null {
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
