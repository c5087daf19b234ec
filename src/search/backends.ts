import type { Logger } from "pino";
import type { DomainRules } from "../domain-rules.ts";
import type { Cache, SearchBackend } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { unavailable } from "./ask-json.ts";
import { createAvailability } from "./availability.ts";
import { filterNote } from "./filter-note.ts";
import { mergeHits } from "./merge-hits.ts";
import { createSearchCache } from "./search-cache.ts";
import { createSearchMember, type SearchMember } from "./search-member.ts";
import { ANY_DOMAIN, inOrder, planSearch, type SearchPlan } from "./search-plan.ts";

export interface SearchSetup {
  /** In the order in which they are asked. */
  backends: readonly SearchBackend[];
  /** `first`: the first that finds something. `merge`: all at once, one list. */
  mode: "first" | "merge";
  /** Longest wait for one backend. */
  timeoutMs?: number;
  /** Rest after two failures in a row; doubles with each further one. */
  cooldownMs?: number;
  /** Searches a day (UTC), by name of the backend. */
  dailyQuota?: Readonly<Record<string, number>>;
  /** For hits of the web; local documents are not bound by them. */
  domains?: DomainRules;
  cache?: Cache | null;
  log: Logger;
}

export interface Search extends SearchBackend {
  /** Names of the backends that may be asked now. */
  available(): string[];
  restingNote(): string | null;
}

/**
 * Several backends as one: the next is asked when one fails, rests or finds nothing. Operators in a
 * query (`site:`, `after:`, `sort:date`, `lang:`) become wishes, and hits that break a rule or are too old are dropped.
 *
 * Rejects with SEARCH_UNAVAILABLE when no backend answered, naming those that failed and those that rest.
 */
export function createSearch(setup: SearchSetup): Search {
  const { backends, mode, timeoutMs = 10_000, cooldownMs = 30_000, dailyQuota = {}, log } = setup;
  const cache = setup.cache ?? null;
  const name = backends.map((backend) => backend.name).join("+");
  const members = backends.map((backend) => {
    const limits = { cooldownMs, dailyQuota: dailyQuota[backend.name] ?? null, cache };
    return createSearchMember(backend, { availability: createAvailability(backend.name, limits), timeoutMs, log });
  });
  const searchCache = createSearchCache(cache, `${mode}:${name}`, log);
  const ask = mode === "merge" ? askTogether : askInOrder;

  return {
    name,
    available: () => members.filter(({ availability }) => availability.refusal() === null).map((member) => member.name),
    restingNote: () => restingNote(members),
    filterNote,
    async search(query, options) {
      const plan = planSearch(query, options, setup.domains ?? ANY_DOMAIN);
      const known = await searchCache.read(plan);
      if (known !== null) return known;
      const { hits, failures } = await ask(members, plan);
      // What one backend missed for a moment is not kept for an hour.
      if (failures.length === 0) await searchCache.write(plan, hits);
      return hits;
    },
  };
}

function restingNote(members: readonly SearchMember[]): string | null {
  const reasons = members.map(({ name, availability }) => ({ name, refusal: availability.refusal() }));
  const resting = reasons.flatMap(({ name, refusal }) => (refusal === null ? [] : [`${name} (${refusal})`]));
  if (resting.length === 0) return null;
  const left = reasons.flatMap(({ name, refusal }) => (refusal === null ? [name] : []));
  return `Not asked at the moment: ${resting.join(", ")}. Left: ${left.join(", ") || "none"}.`;
}

interface Outcome {
  hits: SearchHit[];
  failures: string[];
}

async function askInOrder(members: readonly SearchMember[], plan: SearchPlan): Promise<Outcome> {
  const failures: string[] = [];
  for (const member of members) {
    const answer = await member.ask(plan);
    if ("failure" in answer) failures.push(answer.failure);
    else if (answer.hits.length > 0) return { hits: inOrder(answer.hits, plan).slice(0, plan.limit), failures };
  }
  throwIfNoneAnswered(members, failures);
  return { hits: [], failures };
}

async function askTogether(members: readonly SearchMember[], plan: SearchPlan): Promise<Outcome> {
  const answers = await Promise.all(members.map((member) => member.ask(plan)));
  const failures = answers.flatMap((answer) => ("failure" in answer ? [answer.failure] : []));
  throwIfNoneAnswered(members, failures);
  const rankings = answers.flatMap((answer) => ("hits" in answer ? [answer.hits] : []));
  return { hits: inOrder(mergeHits(rankings), plan).slice(0, plan.limit), failures };
}

function throwIfNoneAnswered(members: readonly SearchMember[], failures: string[]): void {
  if (members.length === 0) throw unavailable("No search service is set up.");
  if (failures.length < members.length) return;
  const waitMs = Math.min(...members.map(({ availability }) => availability.waitMs()));
  throw unavailable(`No search service answered. ${failures.join(" ")}`, {
    isRetryable: true,
    ...(waitMs > 0 ? { retryAfterMs: waitMs } : {}),
  });
}
