import { type ErrorCode, RuminateError } from "../errors.ts";
import type { ModelRequest, ModelUsage } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import { addUsages } from "./call-usage.ts";
import type { Clock } from "./clock.ts";
import { errorOf, type ModelFailure } from "./errors.ts";
import { type EntryState, failureOf, isClosed, type Lane, lanesFor, readyAt } from "./lane.ts";
import type { Try } from "./model-entry.ts";

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
const MAX_UNUSABLE_REPLIES = 4;
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
    if (chosen === undefined) throw new RuminateError("INTERNAL", "Expected a model in the chain, got none.");
    const again = Math.min(...lanes.filter((lane) => failureOf(lane)?.isRetryable).map(readyAt));
    const retryAfterMs = chosen.isRetryable ? Math.max(0, again - now) : null;
    return { kind: "give-up", error: errorOf({ ...chosen, retryAfterMs }, { tries, discarded: addUsages(discarded) }) };
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
    if (failure.code === "MODEL_CONTEXT_OVERFLOW" && lane.maxOutputTokens > request.maxOutputTokens) {
      // Perhaps only the room that was added for the reply is too much.
      lane.maxOutputTokens = request.maxOutputTokens;
      lane.wasRaised = true;
      lane.state.minOutputTokens = 0;
      return;
    }
    lane.isOut = true;
    if (failure.code !== "MODEL_CONTEXT_OVERFLOW") return;
    const tokens = lane.state.entry.contextTokens;
    if (failure.contextTokens !== null) lane.state.entry.learnContext(failure.contextTokens);
    for (const other of lanes) if (other.state.entry.contextTokens <= tokens) other.isOut = true;
  }

  function failReply(lane: Lane, failure: ModelFailure): void {
    lane.unusableReplies += 1;
    lane.isNudged = failure.code === "MODEL_BAD_REPLY";
    if (lane.unusableReplies >= MAX_UNUSABLE_REPLIES) lane.isOut = true;
    // An answer without sense is no outage: it closes nobody out who has no other model.
    if (failure.code === "MODEL_UNAVAILABLE" || !isOnly(lane)) lane.state.breaker.fail(failure);
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
    discarded: () => addUsages(discarded),
    succeed: ({ state }) => {
      state.breaker.succeed();
      state.endpointBreaker.succeed();
    },
  };
}

function soonest<Waiting extends { ms: number }>(waiting: readonly Waiting[]): Waiting | undefined {
  return waiting.toSorted((a, b) => a.ms - b.ms)[0];
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
