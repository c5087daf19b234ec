import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createGuardedFetch } from "./pages/guarded-fetch.ts";
import { createHostQueue } from "./pages/host-queue.ts";
import { createWebOpener } from "./pages/open-web-page.ts";
import type { PageReading } from "./pages/read-page.ts";
import { createRobots } from "./pages/robots.ts";
import type { Cache, OpenPage, SearchBackend } from "./ports.ts";
import { createAskJson } from "./search/ask-json.ts";
import { createSearch } from "./search/backends.ts";
import { createBrave } from "./search/brave.ts";
import { createExa } from "./search/exa.ts";
import { createSearxng } from "./search/searxng.ts";
import { createTavily } from "./search/tavily.ts";
import { createWikipedia } from "./search/wikipedia.ts";

export interface Web {
  search: SearchBackend;
  openPage: OpenPage;
  close(): Promise<void>;
}

export interface WebOptions {
  /** Names of the backends, in order. */
  names: readonly string[];
  /** The local documents, when they are among the names. */
  local: SearchBackend | null;
  reading: PageReading;
  /** For pages and searches; two uses, two namespaces. */
  caches: { pages: Cache; searches: Cache };
  log: Logger;
}

const PRODUCT = "Ruminate";

/** The web behind the guard: its search services and its pages. Loaded only where the web is used. */
export function createWeb(config: Config, { names, local, reading, caches, log }: WebOptions): Web {
  const userAgent = `${PRODUCT}/0.1 (research bot${config.CONTACT === undefined ? "" : `; ${config.CONTACT}`})`;
  const domains = { allowed: config.ALLOWED_DOMAINS, blocked: config.BLOCKED_DOMAINS };
  const guarded = createGuardedFetch({ userAgent, inTurn: createHostQueue() });
  const askJson = createAskJson({ userAgent });
  const makers: Record<string, () => SearchBackend | null> = {
    local: () => local,
    wikipedia: () => createWikipedia({ askJson, language: config.WIKIPEDIA_LANGUAGE }),
    searxng: () => createSearxng({ askJson, baseUrl: needed(config, "SEARXNG_URL") }),
    brave: () => createBrave({ askJson, apiKey: needed(config, "BRAVE_API_KEY") }),
    tavily: () => createTavily({ askJson, apiKey: needed(config, "TAVILY_API_KEY") }),
    exa: () => createExa({ askJson, apiKey: needed(config, "EXA_API_KEY") }),
  };
  const backends = names.map((name) => makers[name]?.() ?? null).filter((backend) => backend !== null);
  // Local documents nearly always hold some of the words: asked in order, the web would never get its turn.
  const mode = config.SEARCH_MODE ?? (local !== null && backends.length > 1 ? "merge" : "first");
  return {
    search: createSearch({ backends, mode, domains, cache: caches.searches, log }),
    openPage: createWebOpener({
      fetch: guarded.fetch,
      toPage: reading.toPage,
      robots: createRobots({ fetch: guarded.fetch, productToken: PRODUCT }),
      domains,
      cache: caches.pages,
      // A query may hold a person's words; the page is then nobody else's.
      isShareable: (url) => new URL(url).search === "",
      log,
    }),
    close: guarded.close,
  };
}

type Setting = "SEARXNG_URL" | "BRAVE_API_KEY" | "TAVILY_API_KEY" | "EXA_API_KEY";

function needed(config: Config, name: Setting): string {
  const value = config[name];
  if (value !== undefined) return value;
  throw new RuminateError(
    "CONFIG_INVALID",
    `SEARCH names a backend that needs ${name}. Set it, or take the backend out of SEARCH.`,
  );
}
