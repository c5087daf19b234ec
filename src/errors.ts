/** Every failure that the house knows by name. Imports nothing. */

export type ErrorCode = keyof typeof USER_MESSAGES;

export interface RuminateErrorOptions {
  cause?: unknown;
  /** Would the same call, made later, have a chance? Set where the fact is known. */
  isRetryable?: boolean;
  /** Earliest sensible retry, as the other side asked for it. */
  retryAfterMs?: number;
  /** Fields for the log; never secrets. */
  details?: Record<string, unknown>;
}

/** The message is for the log and the model; people see `userMessageFor(error)`. */
export class RuminateError extends Error {
  override readonly name = "RuminateError";
  readonly code: ErrorCode;
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | null;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: RuminateErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.isRetryable = options.isRetryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.details = options.details ?? {};
  }
}

/** What happened and what the reader can do, one sentence or two for each code. */
const USER_MESSAGES = {
  QUESTION_EMPTY: "There was no question. Write what you want to know.",
  QUESTION_TOO_LONG: "The question is too long.",
  USAGE_INVALID: "The command was not understood.",
  TIMETABLE_INVALID: "The timetable was not understood.",
  AMOUNT_INVALID: "The amount was not understood.",
  CONFIG_INVALID: "The configuration is not valid.",
  CORPUS_INVALID: "The folder of documents cannot be used.",
  CORPUS_CHANGED: "A document changed while it was read. Ask again.",
  OUTPUT_UNWRITABLE: "The report could not be written to the file.",
  DATA_DIRECTORY_TAKEN: "Another process is using the data directory.",
  DATA_DIRECTORY_UNUSABLE: "The data directory cannot be used.",
  DISK_FULL: "The disk is full. Free some space and try again.",
  DATABASE_UNAVAILABLE: "The database does not answer. Try again in a moment.",
  DATABASE_INCOMPATIBLE: "The database belongs to another version of Ruminate.",
  MODEL_UNAUTHORIZED: "The model provider refused the key. Check the API key.",
  MODEL_NO_CREDIT: "The account at the model provider has no credit left. Top it up or raise the key's limit.",
  MODEL_REFUSED: "The model provider refused this question. Try to put it differently.",
  MODEL_UNKNOWN: "The model is not offered by the provider. Check MODELS.",
  MODEL_UNREACHABLE: "The model provider cannot be reached. Check the base URL and the network.",
  MODEL_UNAVAILABLE: "The model provider is overloaded. Try again in a few minutes.",
  MODEL_BAD_REPLY: "The model provider gave an answer that could not be read.",
  MODEL_CONTEXT_OVERFLOW: "The question and its evidence do not fit into the model's context window.",
  SEARCH_UNAVAILABLE: "Search is not available at the moment. Try again in a few minutes.",
  PAGE_FORBIDDEN: "That address may not be opened.",
  PAGE_NOT_FOUND: "That page does not exist.",
  PAGE_UNREADABLE: "That page could not be read.",
  PAGE_TOO_LARGE: "That page is too large to read.",
  CANCELLED: "The research was stopped.",
  SHUTTING_DOWN: "Ruminate is restarting. The research goes on afterwards.",
  LEASE_LOST: "Another process works on this research now.",
  POST_FAILED: "The message could not be posted.",
  HISTORY_UNAVAILABLE: "What is said in this channel cannot be read here.",
  QUOTA_REACHED: "A limit is reached.",
  NOT_ALLOWED: "Ruminate may not be used here. Ask the person who runs it.",
  JOURNAL_MISMATCH: "Another process works on this run.",
  JOURNAL_UNREADABLE:
    "This research was begun by another version of Ruminate, and this one cannot read what it found. Ask again.",
  INTERNAL: "Something went wrong inside Ruminate. The log has the details.",
} as const;

/** Codes whose message was written for people and holds nothing secret. */
const SPEAKS_TO_PEOPLE: ReadonlySet<ErrorCode> = new Set([
  "QUESTION_TOO_LONG",
  "USAGE_INVALID",
  "TIMETABLE_INVALID",
  "AMOUNT_INVALID",
  "CONFIG_INVALID",
  "CORPUS_INVALID",
  "CORPUS_CHANGED",
  "OUTPUT_UNWRITABLE",
  "DATA_DIRECTORY_TAKEN",
  "DATA_DIRECTORY_UNUSABLE",
  "DISK_FULL",
  "DATABASE_UNAVAILABLE",
  "DATABASE_INCOMPATIBLE",
  "QUOTA_REACHED",
  "HISTORY_UNAVAILABLE",
  "NOT_ALLOWED",
  "MODEL_UNAUTHORIZED",
  "MODEL_UNKNOWN",
  "MODEL_UNREACHABLE",
]);

/** The sentence that people see: the error's own words where they were written for people, else the code's. */
export function userMessageFor(error: unknown): string {
  if (!(error instanceof RuminateError)) return USER_MESSAGES.INTERNAL;
  return SPEAKS_TO_PEOPLE.has(error.code) ? error.message : USER_MESSAGES[error.code];
}

/** The error as a `RuminateError`: itself, or wrapped as INTERNAL with the original as cause. */
export function asRuminateError(error: unknown): RuminateError {
  if (error instanceof RuminateError) return error;
  return new RuminateError("INTERNAL", error instanceof Error ? error.message : String(error), { cause: error });
}
