/** The seams of the house: what one room may ask of another. A port exists only where two implementations do. */
import type { z } from "zod";
import type { DomainRules } from "./domain-rules.ts";
import type { Page, PageAnchor, PageLink, SearchHit, Step } from "./types.ts";

// ── the model ────────────────────────────────────────────────────────────────────────────────────────────────

export interface ToolCall {
  /** Unique in its turn; made up by the transport when the model gave none. */
  id: string;
  name: string;
  /** Parsed JSON; the raw text where it was not JSON, so that the loop can tell the model. */
  arguments: unknown;
}

export type ModelMessage =
  | { role: "system" | "user"; content: string }
  | {
      role: "assistant";
      content: string;
      toolCalls: ToolCall[];
      /** What the model wants back untouched (reasoning details), with the model that may have it. */
      providerState?: ProviderState | null;
    }
  | { role: "tool"; callId: string; content: string };

export interface ProviderState {
  model: string;
  data: unknown;
}

/** Function description as it is sent: `parameters` is a JSON Schema object. */
export interface ToolDescription {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

export type ModelPurpose = "condense" | "plan" | "browse" | "write" | "revise" | "check";

export interface ModelRequest {
  /** Why the call is made: for records, and for a chain that serves purposes with different models. */
  purpose: ModelPurpose;
  messages: ModelMessage[];
  /** The same list in every call of a run, also when `toolChoice` is "none": caches depend on it. */
  tools: ToolDescription[];
  toolChoice: "auto" | "none";
  maxOutputTokens: number;
  /** Stable for one run: sticky routing. */
  sessionId: string;
}

export interface ModelUsage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  /** Null when neither the endpoint nor a price table knows it. */
  costUsd: number | null;
}

export interface ModelReply {
  text: string;
  toolCalls: ToolCall[];
  stopReason: "stop" | "length" | "tool-calls";
  usage: ModelUsage;
  /** The model that really served. */
  model: string;
  providerState: ProviderState | null;
  /** What failed tries of this call used up beside `usage`; null or absent when that is nothing. Money was spent on it. */
  discarded?: ModelUsage | null;
  /** What people added to the question right before this call. */
  remarks?: Remark[];
}

/** Said by people to a run at work. */
export interface Remark {
  id: number;
  text: string;
}

/**
 * A chat model with tools.
 *
 * `complete` rejects with a RuminateError MODEL_*; `isRetryable` says whether the same call may work later (retries
 * inside one call are the implementation's own). It rejects with `signal.reason` once the signal is aborted.
 */
export interface LanguageModel {
  readonly name: string;
  /** Tokens that prompt and reply may take together. */
  readonly contextTokens: number;
  /** Said under the answer when the reader must know what kind of model wrote it; else null. */
  readonly notice: string | null;
  complete(request: ModelRequest, options: { signal: AbortSignal }): Promise<ModelReply>;
}

// ── the sources ──────────────────────────────────────────────────────────────────────────────────────────────

export interface SearchOptions {
  limit: number;
  /** Only what was published after this moment, where the backend can tell. */
  since?: string | null;
  /** `newest`: by date, those without one last; else the best first. */
  order?: "best" | "newest";
  /** BCP 47: pages in this language, where the backend can tell. */
  language?: string | null;
  /** Only hosts that these rules allow, where the backend can tell. */
  domains?: DomainRules;
  signal: AbortSignal;
}

/** Rejects with SEARCH_UNAVAILABLE; no hits is an empty list. */
export interface SearchBackend {
  readonly name: string;
  search(query: string, options: SearchOptions): Promise<SearchHit[]>;
  /** For several services as one: which are not asked at the moment, why, and which are left; null when all may be. */
  restingNote?(): string | null;
  /** What these hits do not fulfil although the query or the options asked for it; null when they fulfil all. */
  filterNote?(query: string, options: SearchOptions, hits: readonly SearchHit[]): string | null;
}

/** What a reader makes of bytes. All text is already cleaned (`untrusted.ts`); links are absolute. */
export interface PageContent {
  title: string;
  publishedAt: string | null;
  text: string;
  links: PageLink[];
  anchors: PageAnchor[];
}

export interface PageBytes {
  /** Final address. */
  url: string;
  bytes: Uint8Array;
  /** Media type without parameters, lower case; guessed from the file name for local files. */
  mediaType: string;
  /** From the charset parameter, or null. */
  charset: string | null;
}

/** Bytes to text. Rejects with PAGE_UNREADABLE and a reason in words. */
export interface PageReader {
  readonly mediaTypes: readonly string[];
  read(bytes: PageBytes, options: { signal: AbortSignal }): Promise<PageContent>;
}

/** Opens an address. Rejects with PAGE_* and a reason that the model can act on. */
export type OpenPage = (url: string, options: { signal: AbortSignal }) => Promise<Page>;

/** What may be lost. Values are plain JSON and live `ttlMs` at most; a missing one is undefined. Keyv has this shape. */
export interface Cache {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs: number): Promise<unknown>;
}

// ── the tools ────────────────────────────────────────────────────────────────────────────────────────────────

/** What a tool found, as plain JSON: it is journaled, and the run turns it into numbers and text. */
export type ToolResult =
  /** `note`: what the model should know of the search services. */
  | { kind: "hits"; query: string; hits: SearchHit[]; note?: string | null }
  /** `from` is the number of the link that was followed; null for an address that was not numbered. */
  | { kind: "page"; from: number | null; page: Page }
  | { kind: "part"; source: number; part: number }
  | { kind: "finish" }
  | { kind: "failure"; code: string; message: string };

/** What is behind a number of the run. */
export type LinkTarget =
  | { kind: "address"; number: number; url: string; title: string; hops: number; foundBy: "search" | "asker" | "link" }
  | { kind: "part"; number: number; source: number; part: number };

/** The part of a run that tools may see. */
export interface ToolContext {
  search: SearchBackend;
  openPage: OpenPage;
  /** What a number leads to, or null for a number that was never shown. */
  target(number: number): LinkTarget | null;
  /** May the run open this address (search hit, link of an opened page, the asker's own words)? The reason if not. */
  refusalFor(url: string): string | null;
  /** May this query be sent to a search service? The reason if not. */
  refusalForQuery(query: string): string | null;
  /** The source that already holds this address, or null. */
  openedAs(url: string): number | null;
  signal: AbortSignal;
}

/** Something the model may do. `run` rejects only for failures of our own; what the model can act on is a result. */
export interface Tool<Input = unknown> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}

// ── what lasts ───────────────────────────────────────────────────────────────────────────────────────────────

export interface Queryable {
  /** One statement, parameters as $1, $2 … JSON columns come back parsed. */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** PostgreSQL, in the process (PGlite) or outside. Never send BEGIN: use `transaction`. */
export interface Database extends Queryable {
  transaction<Result>(work: (query: Queryable) => Promise<Result>): Promise<Result>;
  /** Calls back for each NOTIFY on the channel; resolves to a function that ends it. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** A pace that everybody who calls a service keeps together. */
export interface RateBudget {
  /** Takes a turn if there is one (0); else the milliseconds until there may be one. A full budget holds `burst` turns. */
  take(key: string, pace: { perMinute: number; burst: number }): Promise<number>;
}

/** What a platform gave us for each workspace in which the app was installed: tokens, kept encrypted. */
export interface Installations {
  /** @throws {RuminateError} CONFIG_INVALID when it was encrypted with a key that is not there any more */
  find(workspaceId: string): Promise<{ content: string; version: number } | null>;
  /** The app was installed, perhaps again. */
  save(workspaceId: string, content: string): Promise<void>;
  /** May the caller, alone among all processes, renew this version for so many milliseconds? */
  claimRenewal(workspaceId: string, version: number, forMs: number): Promise<boolean>;
  /** False when it is another version by now: the caller's is of no use. */
  renew(workspaceId: string, version: number, content: string): Promise<boolean>;
  /** The app was removed at that time; an installation made later stays. True when one went. */
  remove(workspaceId: string, removedAt: string): Promise<boolean>;
}

/** The finished steps of one run, in order. `append` resolves when the step is stored. */
export interface Journal {
  load(runId: string): Promise<Step[]>;
  append(runId: string, step: Step): Promise<void>;
}
