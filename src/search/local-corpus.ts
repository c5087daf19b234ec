import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { asRuminateError, RuminateError } from "../errors.ts";
import type { SearchBackend } from "../ports.ts";
import type { PageLink, SearchHit } from "../types.ts";
import { filterNote } from "./filter-note.ts";
import { isDamage, storageError } from "./index-file.ts";
import { createPassageIndex } from "./passage-index.ts";
import { parseOperators } from "./query-operators.ts";
import type { ReadText } from "./read-document.ts";
import { type RefreshProgress, type RefreshResult, refreshIndex } from "./refresh-index.ts";

export interface LocalCorpusOptions {
  /** A folder called `node_modules` stands for the documentation of the packages in it. */
  directories: readonly string[];
  /** One file for one set of folders: see `indexFileFor`. May be ":memory:". */
  indexFile: string;
  maxFileBytes: number;
  readText: ReadText;
  log: Logger;
}

export interface LocalCorpus {
  /** Searches wait for the first refresh, which they start if need be; later ones start one in passing. */
  backend: SearchBackend;
  /**
   * Brings the index in line with the folders. While one is running, others join it.
   *
   * @throws {RuminateError} CORPUS_INVALID, DATA_DIRECTORY_UNUSABLE, DISK_FULL
   */
  refresh(options?: { signal?: AbortSignal; onProgress?: (progress: RefreshProgress) => void }): Promise<RefreshResult>;
  /** What a document is called in the search results, or null for one that is not there. */
  titleOf(url: string): string | null;
  /** Where the text names other documents: the first mention of each. Existing links are not looked at. */
  linkMentions(text: string, ownUrl: string): PageLink[];
  close(): Promise<void>;
}

/**
 * Folders of documents as a search backend, kept in a full-text index on disk.
 *
 * @throws {RuminateError} DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function createLocalCorpus(options: LocalCorpusOptions): LocalCorpus {
  const { indexFile, log } = options;
  const closing = new AbortController();
  let index = createPassageIndex({ file: indexFile, log });
  let running: Promise<RefreshResult> | null = null;
  let refreshedAt: number | null = null;

  const refresh: LocalCorpus["refresh"] = ({ signal = closing.signal, onProgress } = {}) => {
    running ??= refreshOnce(AbortSignal.any([closing.signal, signal]), onProgress).finally(() => {
      running = null;
    });
    return running;
  };

  async function refreshOnce(signal: AbortSignal, onProgress: ((progress: RefreshProgress) => void) | undefined) {
    const work = () => refreshIndex(index, { ...options, signal, onProgress });
    const result = await work()
      .catch((error: unknown) => {
        replaceDamaged(error);
        return work();
      })
      .catch((error: unknown) => {
        throw storageError(indexFile, error);
      });
    refreshedAt = performance.now();
    return result;
  }

  /** Damage in the middle of the file shows only when it is met. Other errors are thrown on. */
  function replaceDamaged(error: unknown): void {
    if (!isDamage(error)) throw error;
    log.warn({ file: indexFile, err: error }, "search index is damaged and is built again");
    index.discard();
    index = createPassageIndex({ file: indexFile, log });
  }

  /** Waits for the first refresh only: later ones run beside the searches. */
  async function awaitReadiness(signal: AbortSignal): Promise<void> {
    if (refreshedAt === null) return await untilAborted(refresh(), signal);
    if (performance.now() - refreshedAt < FRESH_MS || running !== null) return;
    refresh().catch((error: unknown) => log.warn({ err: error }, "local documents could not be refreshed"));
  }

  async function searchIndex(query: string, limit: number, signal: AbortSignal): Promise<SearchHit[]> {
    await awaitReadiness(signal);
    try {
      return index.search(query, limit);
    } catch (error) {
      replaceDamaged(error);
    }
    await untilAborted(refresh(), signal);
    return index.search(query, limit);
  }

  return {
    backend: {
      name: "local",
      async search(query, { limit, signal }) {
        try {
          signal.throwIfAborted();
          // Alone, without `createSearch` before it, it gets the query as the model wrote it.
          return await searchIndex(parseOperators(query).text, limit, signal);
        } catch (error) {
          signal.throwIfAborted();
          throw searchError(error);
        }
      },
      filterNote,
    },
    refresh,
    titleOf: (url) => index.titleOf(url),
    linkMentions: (text, ownUrl) => index.linkMentions(text, ownUrl),
    async close() {
      closing.abort(new RuminateError("SEARCH_UNAVAILABLE", "The local corpus was closed."));
      // Whoever started the refresh hears how it ended.
      await running?.catch(() => undefined);
      index.close();
    },
  };
}

/** Where the index of these folders is kept: the same folders in any order and spelling, the same file. */
export function indexFileFor(dataDirectory: string, directories: readonly string[]): string {
  const folders = Array.from(new Set(directories.map((directory) => resolve(directory)))).sort();
  const name = createHash("sha256").update(JSON.stringify(folders)).digest("hex").slice(0, 16);
  return join(dataDirectory, "search", `${name}.sqlite`);
}

async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function searchError(error: unknown): RuminateError {
  const { message } = asRuminateError(error);
  return new RuminateError("SEARCH_UNAVAILABLE", `The local documents cannot be searched: ${message}`, {
    cause: error,
  });
}

/** A document that was written meanwhile is found by a search a minute later, and by those after that one. */
const FRESH_MS = 60_000;
