import type { ModelRequest } from "../ports.ts";
import { estimateTokens } from "../words.ts";
import type { Breaker } from "./breaker.ts";
import type { ModelFailure } from "./errors.ts";
import type { ModelEntry } from "./model-entry.ts";

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

/** The entries that serve this purpose; all of them where none does. */
export function lanesFor(request: ModelRequest, states: readonly EntryState[]): Lane[] {
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

/** The moment from which it may be tried. */
export function readyAt({ notBefore, state }: Lane): number {
  return Math.max(notBefore, state.breaker.openUntil, state.endpointBreaker.openUntil);
}

/** A breaker keeps calls away from it now. */
export function isClosed({ state }: Lane, now: number): boolean {
  return Math.max(state.breaker.openUntil, state.endpointBreaker.openUntil) > now;
}

/** Why it was not tried, or why it failed; null when neither is so. */
export function failureOf({ lastFailure, state }: Lane): ModelFailure | null {
  return lastFailure ?? state.endpointBreaker.lastFailure ?? state.breaker.lastFailure;
}
