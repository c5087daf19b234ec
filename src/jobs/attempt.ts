import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { Journal, Remark } from "../ports.ts";
import type { ThreadMaterial } from "../research/understanding.ts";
import type { OpenDatabase } from "../storage/database.ts";
import type { Ending, TakenRun } from "../storage/leases.ts";
import type { ProgressEvent, Report, ResearchRequest, Run } from "../types.ts";
import type { LiveCard, Outbox } from "./delivery.ts";
import type { Lease } from "./lease.ts";

/** The loop, as a worker calls it. */
export type ResearchRun = (
  run: Run,
  parts: {
    journal: Journal;
    isLastTry: boolean;
    emit(event: ProgressEvent): void;
    /** For a question that has to be understood by what came before it. */
    thread?: () => Promise<ThreadMaterial>;
    remarks?: (after: number) => Promise<Remark[]>;
  },
  options: { signal: AbortSignal },
) => Promise<Report>;

export interface AttemptParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  research: ResearchRun;
  /** Said under each answer, or null. */
  notice: string | null;
  processId: string;
  /** Why nothing may be told in the place of this request, by what is set there; null when something may. */
  placeRefusal(request: ResearchRequest): Promise<string | null>;
  /** Told when a run is at its end and people know. Must neither block nor throw. */
  onEnd(run: Run, ending: Ending): void;
  log: Logger;
}

/** One try at a run, with what it works with. */
export interface Attempt extends AttemptParts {
  taken: TakenRun;
  lease: Lease;
  outbox: Outbox;
  card: LiveCard;
}

/** A run that was taken up so often without getting any further is given up. */
export const MAX_TRIES = 3;

/**
 * A try that ended with its process says less: a machine that restarts again and again kills runs that are not to blame.
 * Of 480 questions under 100 random kills, 6 were given up after 3 and 1 after 6.
 */
export const MAX_DEATHS = 10;
