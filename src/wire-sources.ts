import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError } from "./errors.ts";
import { createLocalOpener } from "./pages/local-files.ts";
import { createPageReading, type PageReading } from "./pages/read-page.ts";
import type { Cache, OpenPage, SearchBackend } from "./ports.ts";
import { createLocalCorpus, indexFileFor, type LocalCorpus } from "./search/local-corpus.ts";
import type { Page } from "./types.ts";
import { hasLanguageModel } from "./wire-model.ts";

/** Where evidence comes from. */
export interface Sources {
  search: SearchBackend;
  openPage: OpenPage;
  /** Rejects when the configured documents cannot be used at all; resolves when they can be searched. */
  ready(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface SourcesOptions {
  /** Folders named on the command line; they replace the configured ones. */
  corpus: readonly string[];
  /** Sentences that somebody at a terminal should read. */
  notify?(sentence: string): void;
  /** For what the web gave; kept apart by use. */
  caches: { pages: Cache; searches: Cache };
  log: Logger;
}

// A README of this size is 2 million words; larger files are data, not documents.
const MAX_FILE_BYTES = 20_000_000;

type BackendName = NonNullable<Config["SEARCH"]>[number];

/** Local documents, the web, or both, as the configuration says. */
export async function createSources(config: Config, { corpus, caches, notify, log }: SourcesOptions): Promise<Sources> {
  const reading = createPageReading({ log });
  const names = backendsOf(config, corpus);
  const local = names.includes("local") ? createLocal(config, foldersOf(config, corpus), { reading, log }) : null;
  const isWebNeeded = names.some((name) => name !== "local");
  const web = isWebNeeded
    ? (await import("./wire-web.ts")).createWeb(config, {
        names,
        local: local?.corpus.backend ?? null,
        reading,
        caches,
        log,
      })
    : null;
  const search = web?.search ?? local?.corpus.backend;
  if (search === undefined) throw new RuminateError("CONFIG_INVALID", "SEARCH names no backend that can be used.");
  return {
    search,
    openPage: (url, options) => {
      const open = url.startsWith("file:") ? local?.openPage : web?.openPage;
      if (open !== undefined) return open(url, options);
      const kind = url.startsWith("file:") ? "Local files are" : "The web is";
      throw new RuminateError("PAGE_FORBIDDEN", `${kind} not searched here, so this address cannot be opened.`);
    },
    ready: async (signal) => {
      const refreshed = await local?.corpus.refresh({ signal });
      // Of the folders that somebody named; what npm brought is full of files that are no documents.
      if (corpus.length > 0 && refreshed !== undefined && refreshed.skipped.length > 0)
        notify?.(leftOut(refreshed.skipped));
    },
    close: async () => {
      await Promise.all([local?.corpus.close(), web?.close(), reading.close()]);
    },
  };
}

/** "3 files were left out: notes.pdf (The file holds no text), …" */
function leftOut(skipped: readonly { path: string; reason: string }[]): string {
  const named = skipped
    .slice(0, MOST_NAMED)
    .map(({ path, reason }) => `${basename(path)} (${reason.replace(/\.$/, "")})`);
  const more = skipped.length - named.length;
  const which = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
  return `${skipped.length === 1 ? "1 file was" : `${skipped.length} files were`} left out: ${which}.`;
}

const MOST_NAMED = 3;

/** In the configured order; else local documents, and the web only when a model was paid for or the web was set up. */
export function backendsOf(config: Config, corpus: readonly string[]): BackendName[] {
  if (config.SEARCH !== undefined) return config.SEARCH;
  const keyed: [BackendName, string | undefined][] = [
    ["searxng", config.SEARXNG_URL],
    ["brave", config.BRAVE_API_KEY],
    ["tavily", config.TAVILY_API_KEY],
    ["exa", config.EXA_API_KEY],
  ];
  const web = keyed.filter(([, value]) => value !== undefined).map(([name]) => name);
  const isLocalWanted = corpus.length > 0 || config.CORPUS.length > 0;
  if (web.length === 0 && !hasLanguageModel(config)) return ["local"];
  return [...(isLocalWanted ? (["local"] as const) : []), ...web, "wikipedia"];
}

/** Without a word about folders: the documentation that the installation itself brought. */
function foldersOf(config: Config, corpus: readonly string[]): string[] {
  const named = corpus.length > 0 ? corpus : config.CORPUS;
  return named.length > 0 ? named.map((folder) => resolve(folder)) : [ownPackages()];
}

function ownPackages(): string {
  const folder = join(import.meta.dirname, "..", "node_modules");
  if (existsSync(folder)) return folder;
  throw new RuminateError(
    "CORPUS_INVALID",
    "There is no node_modules folder to search. Run npm ci, or name a folder with --corpus.",
  );
}

interface LocalSources {
  corpus: LocalCorpus;
  openPage: OpenPage;
}

function createLocal(
  config: Config,
  folders: string[],
  { reading, log }: { reading: PageReading; log: Logger },
): LocalSources {
  const open = createLocalOpener({ roots: folders, toPage: reading.toPage, maxBytes: MAX_FILE_BYTES });
  const corpus = createLocalCorpus({
    directories: folders,
    indexFile: indexFileFor(config.DATA_DIR, folders),
    maxFileBytes: MAX_FILE_BYTES,
    readText: async (path, { signal }) => reading.readFile(path, { signal }),
    log,
  });
  return { corpus, openPage: async (url, options) => asKnown(await open(url, options), corpus) };
}

/**
 * A document as the corpus knows it: called as in the search results (many a README calls itself "Usage"), and with the
 * names of other documents as links, because documents of a folder seldom link to each other.
 */
function asKnown(page: Page, corpus: LocalCorpus): Page {
  const mentions = corpus
    .linkMentions(page.text, page.url)
    .filter((mention) => page.links.every((link) => link.end <= mention.start || link.start >= mention.end));
  const links = [...page.links, ...mentions].sort((a, b) => a.start - b.start);
  return { ...page, title: corpus.titleOf(page.url) ?? page.title, links };
}
