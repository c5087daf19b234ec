import { pino } from "pino";
import { RuminateError } from "../../src/errors.ts";
import type { Journal, LanguageModel, Remark, SearchBackend, Tool } from "../../src/ports.ts";
import { CEILINGS, type Ceilings } from "../../src/research/budget.ts";
import { createMemoryJournal } from "../../src/research/recorder.ts";
import { research } from "../../src/research/research.ts";
import type { ThreadMaterial } from "../../src/research/understanding.ts";
import { clickTool } from "../../src/tools/click.ts";
import { finishTool } from "../../src/tools/finish.ts";
import { openTool } from "../../src/tools/open.ts";
import { searchTool } from "../../src/tools/search.ts";
import type { Depth, Page, ProgressEvent, Report, ReportForm, ResearchRequest } from "../../src/types.ts";
import { makePage } from "./pages.ts";

export const QUESTION = "What does the marsh heron of Velm eat in winter?";

export const PAGES: Record<string, Page> = Object.fromEntries(
  [
    makePage(
      "https://birds.example/heron",
      "Marsh heron",
      "In winter the marsh heron of Velm eats voles and dead fish. It nests in April.",
    ),
    makePage(
      "https://lakes.example/velm",
      "Herons of Velm",
      "Observers at Velm saw that each marsh heron will eat about four voles a day in winter.",
    ),
    makePage("https://towns.example/velm", "Velm", "Velm is a town with a harbour of 1623."),
  ].map((page) => [page.url, page]),
);

const TOOLS = [searchTool, clickTool, openTool, finishTool] as readonly Tool[];

export interface RunOptions {
  model: LanguageModel;
  pages?: Record<string, Page>;
  search?: SearchBackend;
  journal?: Journal;
  ceilings?: Partial<Ceilings>;
  depth?: Depth;
  question?: string;
  form?: ReportForm;
  signal?: AbortSignal;
  isLastTry?: boolean;
  events?: ProgressEvent[];
  thread?: () => Promise<ThreadMaterial>;
  remarks?: (after: number) => Promise<Remark[]>;
  secondOpinion?: { about: "weak" | "all"; timeoutMs: number };
  onOpen?(url: string): void;
}

/** One run of the real loop in a small world of pages. */
export function runResearch(options: RunOptions): Promise<Report> {
  const { model, pages = PAGES, depth = "standard", events = [] } = options;
  const ceilings = { ...CEILINGS[depth], ...options.ceilings };
  return research(
    { id: "run-1", request: requestOf(options.question ?? QUESTION, depth, options.form ?? "brief") },
    {
      model,
      tools: TOOLS,
      search: options.search ?? searchOver(pages),
      openPage: async (url) => {
        options.onOpen?.(url);
        const page = pages[url];
        if (page === undefined)
          throw new RuminateError("PAGE_NOT_FOUND", "The server says that there is no such page (404).");
        return page;
      },
      journal: options.journal ?? createMemoryJournal(),
      ceilings: { quick: ceilings, standard: ceilings, deep: ceilings },
      languages: { search: null, thinking: null, report: null },
      isLastTry: options.isLastTry ?? true,
      emit: (event) => events.push(event),
      ...(options.remarks === undefined ? {} : { remarks: options.remarks }),
      ...(options.secondOpinion === undefined ? {} : { secondOpinion: options.secondOpinion }),
      ...(options.thread === undefined ? {} : { thread: options.thread }),
      log: pino({ level: "silent" }),
    },
    { signal: options.signal ?? new AbortController().signal },
  );
}

/** Each search shows every page, each time beginning with another one. */
function searchOver(pages: Record<string, Page>): SearchBackend {
  const all = Object.values(pages);
  return {
    name: "world",
    search: async (query) => {
      const first = query.length % all.length;
      const order = [...all.slice(first), ...all.slice(0, first)];
      return order.map(({ title, url, text }) => ({ title, url, snippet: text.slice(0, 60), publishedAt: null }));
    },
  };
}

function requestOf(question: string, depth: Depth, form: ReportForm): ResearchRequest {
  return {
    question,
    depth,
    form,
    language: null,
    asker: "test:me",
    thread: { platform: "test", workspaceId: "w", channelId: "c", threadId: null },
    requestedAt: "2026-11-23T08:00:00.000Z",
  };
}
