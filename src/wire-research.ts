import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { withoutSites } from "./pages/without-sites.ts";
import type { Journal, LanguageModel, Remark, SearchBackend, SearchOptions, Tool } from "./ports.ts";
import { CEILINGS, type Ceilings } from "./research/budget.ts";
import { research } from "./research/research.ts";
import type { ThreadMaterial } from "./research/understanding.ts";
import { clickTool } from "./tools/click.ts";
import { finishTool } from "./tools/finish.ts";
import { openTool } from "./tools/open.ts";
import { searchTool } from "./tools/search.ts";
import type { Depth, ProgressEvent, Report, Run } from "./types.ts";
import type { Sources } from "./wire-sources.ts";

export interface RunParts {
  journal: Journal;
  /** Nobody will take the run up again. */
  isLastTry: boolean;
  emit(event: ProgressEvent): void;
  /** For a question that has to be understood by what came before it. */
  thread?: () => Promise<ThreadMaterial>;
  /** What people added to the question meanwhile. */
  remarks?: (after: number) => Promise<Remark[]>;
}

/** The loop with everything that the configuration chose; a run brings its journal. */
export type ResearchWith = (run: Run, parts: RunParts, options: { signal: AbortSignal }) => Promise<Report>;

const TOOLS = [searchTool, clickTool, openTool, finishTool] as readonly Tool[];

export function createResearch(
  config: Config,
  { sources, model, log }: { sources: Sources; model: LanguageModel; log: Logger },
): ResearchWith {
  const { SEARCH_LANGUAGE: search = null, THINKING_LANGUAGE: thinking = null, REPORT_LANGUAGE: report = null } = config;
  const about = config.SECOND_OPINION;
  const fixed = {
    model,
    tools: TOOLS,
    search: sources.search,
    openPage: sources.openPage,
    ceilings: ceilingsOf(config),
    languages: { search, thinking, report },
    ...(about === "off" ? {} : { secondOpinion: { about, timeoutMs: SECOND_OPINION_MS[about] } }),
    log,
  };
  return async (run, parts, { signal }) => {
    await sources.ready(signal);
    const { since, digest, blockedSites = [] } = run.request;
    const dated = since === undefined ? fixed.search : searchWith({ since }, fixed.search);
    const isBlocked = blockedSites.length > 0;
    const search = isBlocked ? searchWith({ domains: { allowed: [], blocked: blockedSites } }, dated) : dated;
    const openPage = isBlocked ? withoutSites(fixed.openPage, blockedSites) : fixed.openPage;
    const ceilings = withinCost(fixed.ceilings, digest?.maxCostUsd ?? Infinity);
    return research(run, { ...fixed, search, openPage, ceilings, ...parts }, { signal });
  };
}

// An answer that is written waits no longer than this for opinions that it can do without.
const SECOND_OPINION_MS = { weak: 30_000, all: 90_000 } as const;

/** The backend with options that hold for a whole run. */
function searchWith(always: Partial<SearchOptions>, search: SearchBackend): SearchBackend {
  return {
    ...search,
    search: (query, options) => search.search(query, { ...always, ...options }),
    filterNote: (query, options, hits) => search.filterNote?.(query, { ...always, ...options }, hits) ?? null,
  };
}

/** Ceilings that a digest lowers for each of its runs. */
export function withinCost(ceilings: Record<Depth, Ceilings>, most: number): Record<Depth, Ceilings> {
  const lower = (each: Ceilings): Ceilings => ({ ...each, costUsd: Math.min(each.costUsd, most) });
  return { quick: lower(ceilings.quick), standard: lower(ceilings.standard), deep: lower(ceilings.deep) };
}

/** The ceilings of the depths, lowered to what the configuration allows. */
export function ceilingsOf({
  MAX_COST_PER_RUN = Infinity,
  MAX_MINUTES_PER_RUN = Infinity,
}: Config): Record<Depth, Ceilings> {
  const lower = (ceilings: Ceilings): Ceilings => ({
    ...ceilings,
    costUsd: Math.min(ceilings.costUsd, MAX_COST_PER_RUN),
    durationMs: Math.min(ceilings.durationMs, MAX_MINUTES_PER_RUN * 60_000),
  });
  return { quick: lower(CEILINGS.quick), standard: lower(CEILINGS.standard), deep: lower(CEILINGS.deep) };
}
