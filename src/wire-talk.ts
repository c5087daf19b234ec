import type { Logger } from "pino";
import { canonicalUrl } from "./canonical-url.ts";
import type { Config } from "./config.ts";
import type { LanguageModel, Tool } from "./ports.ts";
import type { Ceilings } from "./research/budget.ts";
import { createMemoryJournal } from "./research/recorder.ts";
import { research } from "./research/research.ts";
import { createTalk } from "./talk/talk.ts";
import { clickTool } from "./tools/click.ts";
import { finishTool } from "./tools/finish.ts";
import { searchTool } from "./tools/search.ts";
import type { Depth, ProgressEvent, Report, Run, SearchHit, TalkMessage } from "./types.ts";
import { ceilingsOf, withinCost } from "./wire-research.ts";

/**
 * The loop over what was said in a channel. Its journal is in memory only, since its steps hold messages: a run that is
 * interrupted begins anew.
 */
export type ResearchTalk = (
  run: Pick<Run, "id" | "request">,
  messages: readonly TalkMessage[],
  options: { emit(event: ProgressEvent): void; isLastTry: boolean; signal: AbortSignal },
) => Promise<Report>;

// No `open`: an address in a message leads out of the talk.
const TOOLS = [searchTool, clickTool, finishTool] as readonly Tool[];
// Enough to read what a lively channel says in a week; conversations are short pages.
const TALK_PAGES = 40;
const TALK_TURNS = 60;

export function createTalkResearch(
  config: Config,
  { model, log }: { model: LanguageModel; log: Logger },
): ResearchTalk {
  const { THINKING_LANGUAGE: thinking = null, REPORT_LANGUAGE: report = null } = config;
  const { quick, standard, deep } = ceilingsOf(config);
  const widened = (ceilings: Ceilings): Ceilings => ({ ...ceilings, pages: TALK_PAGES, turns: TALK_TURNS });
  const ceilings: Record<Depth, Ceilings> = { quick: widened(quick), standard: widened(standard), deep: widened(deep) };
  return (run, messages, { emit, isLastTry, signal }) => {
    const { search, openPage, threads } = createTalk(messages, run.request.requestedAt);
    return research(
      run,
      {
        model,
        tools: TOOLS,
        search,
        openPage,
        journal: createMemoryJournal(),
        ceilings: withinCost(ceilings, run.request.digest?.maxCostUsd ?? Infinity),
        languages: { search: null, thinking, report },
        talk: { threads },
        isLastTry,
        emit: (event) => emit(withoutWords(event, threads)),
        log,
      },
      { signal },
    );
  };
}

/** A card is stored, and the title of a conversation is made of what somebody said. */
function withoutWords(event: ProgressEvent, threads: readonly SearchHit[]): ProgressEvent {
  if (event.type !== "page-start" && event.type !== "page-end" && event.type !== "page-error") return event;
  const thread = threads.find(({ url }) => canonicalUrl(url) === canonicalUrl(event.url));
  const title = `Conversation of ${thread?.publishedAt?.slice(0, 10) ?? "the channel"}, ${thread?.snippet ?? ""}`;
  return { ...event, title };
}
