import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import type { SearchBackend } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { unavailable } from "./ask-json.ts";
import type { Availability } from "./availability.ts";
import { distinctHits } from "./merge-hits.ts";
import type { SearchPlan } from "./search-plan.ts";

/** One backend among several: asked only while it is available, within its time. */
export interface SearchMember {
  name: string;
  availability: Availability;
  /** Failing is an answer; rejects only with `signal.reason` and with what is no failure of searching. */
  ask(plan: SearchPlan): Promise<MemberAnswer>;
}

export type MemberAnswer = { hits: SearchHit[] } | { failure: string };

export interface MemberOptions {
  availability: Availability;
  timeoutMs: number;
  log: Logger;
}

export function createSearchMember(
  backend: SearchBackend,
  { availability, timeoutMs, log }: MemberOptions,
): SearchMember {
  const { name } = backend;

  async function askOnce(plan: SearchPlan): Promise<SearchHit[]> {
    const { signal } = plan.options;
    const deadline = AbortSignal.timeout(timeoutMs);
    await availability.spend();
    try {
      return await backend.search(plan.text, { ...plan.options, signal: AbortSignal.any([signal, deadline]) });
    } catch (error) {
      signal.throwIfAborted();
      if (!deadline.aborted) throw error;
      throw unavailable(`No answer within ${timeoutMs / 1000} s.`, { isRetryable: true, cause: error });
    }
  }

  return {
    name,
    availability,
    async ask(plan) {
      const refusal = availability.refusal();
      if (refusal !== null) return { failure: `${name}: ${refusal}.` };
      try {
        const hits = await withShortPauses(() => askOnce(plan), plan.options.signal);
        availability.succeeded();
        return { hits: distinctHits(hits.filter(plan.isWanted)) };
      } catch (error) {
        plan.options.signal.throwIfAborted();
        if (!(error instanceof RuminateError) || error.code !== "SEARCH_UNAVAILABLE") throw error;
        availability.failed(error);
        log.warn({ err: error, backend: name }, "search backend failed");
        return { failure: `${name}: ${error.message}` };
      }
    },
  };
}

/** Asks again when a service wants no more than a moment's pause: some plans allow one search a second. */
async function withShortPauses<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let pauses = 0; ; pauses++) {
    try {
      return await ask();
    } catch (error) {
      const waitMs = error instanceof RuminateError ? error.retryAfterMs : null;
      if (waitMs === null || waitMs > LONGEST_PAUSE_MS || pauses === MAX_PAUSES) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}

const LONGEST_PAUSE_MS = 2_000;
const MAX_PAUSES = 2;
