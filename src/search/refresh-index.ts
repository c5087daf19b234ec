import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import { type CorpusFile, listCorpusFiles, stampOf } from "./corpus-files.ts";
import { cutPassages } from "./cut-passages.ts";
import { describePackageFile } from "./default-corpus.ts";
import { createPacer } from "./pacer.ts";
import type { IndexedDocument, PassageIndex } from "./passage-index.ts";
import { type ReadText, readDocument, titleFromPath } from "./read-document.ts";
import { readFolder, type SkippedFile } from "./walk-folder.ts";

export interface RefreshOptions {
  directories: readonly string[];
  maxFileBytes: number;
  readText: ReadText;
  log: Logger;
  signal: AbortSignal;
  /** Called after each handful of files that had to be read. */
  onProgress?: (progress: RefreshProgress) => void;
}

/** Of the files that are new or changed. */
export interface RefreshProgress {
  filesRead: number;
  filesToRead: number;
}

export interface RefreshResult {
  /** Documents that can be found now. */
  files: number;
  passages: number;
  skipped: SkippedFile[];
}

/**
 * Brings the index in line with the folders: reads what is new or changed, forgets what is gone, leaves the rest
 * unread. Lets the event loop run about every 20 ms, between the files at least.
 *
 * @throws {RuminateError} CORPUS_INVALID when a folder is missing, may not be read or holds no documents, and when
 * nothing in all of them could be read
 */
export async function refreshIndex(index: PassageIndex, options: RefreshOptions): Promise<RefreshResult> {
  const startedAt = performance.now();
  const { files, skipped } = await listAll(options);
  const known = index.states();
  const changed: [string, CorpusFile][] = [];
  for (const [url, file] of files) {
    const state = known.get(url);
    known.delete(url);
    if (state?.fingerprint !== fingerprintOf(file)) changed.push([url, file]);
    else if (state.skipped !== null) skipped.push({ path: file.path, reason: state.skipped });
  }
  await index.remove(Array.from(known.keys()), options);
  skipped.push(...(await readAndWrite(index, changed, options)));
  const { documents, passages } = index.counts();
  const counts = { files: documents, passages, read: changed.length, removed: known.size, skipped: skipped.length };
  options.log.info({ ...counts, durationMs: Math.round(performance.now() - startedAt) }, "local documents indexed");
  if (documents === 0) throw nothingReadable(options.directories, skipped);
  return { files: documents, passages, skipped };
}

async function listAll({ directories, maxFileBytes, signal }: RefreshOptions) {
  const files = new Map<string, CorpusFile>();
  const skipped: SkippedFile[] = [];
  const pause = createPacer(signal);
  for (const directory of directories) {
    let count = 0;
    for (const found of listCorpusFiles(realFolder(directory))) {
      await pause();
      if ("skipped" in found) skipped.push(found.skipped);
      else if (found.file.sizeBytes > maxFileBytes)
        skipped.push({ path: found.file.path, reason: tooLarge(maxFileBytes) });
      else files.set(pathToFileURL(found.file.path).href, found.file);
      if ("file" in found) count++;
    }
    if (count === 0) throw invalid(`The corpus folder ${directory} holds no documents. ${NAME_ANOTHER}`);
  }
  return { files, skipped };
}

/** The folder's real path, so that a document has one address however it is reached. */
function realFolder(directory: string): string {
  const stats = statSync(resolve(directory), { throwIfNoEntry: false });
  if (stats === undefined) throw invalid(`The corpus folder ${directory} does not exist. ${NAME_ANOTHER}`);
  if (!stats.isDirectory()) throw invalid(`${directory} is a file, not a folder. Name the folder that holds it.`);
  const root = realpathSync(resolve(directory));
  if (readFolder(root) !== null) return root;
  throw invalid(`The corpus folder ${directory} may not be read by this user. Change its permissions or name another.`);
}

async function readAndWrite(index: PassageIndex, changed: [string, CorpusFile][], options: RefreshOptions) {
  const { signal, log, onProgress } = options;
  const skipped: SkippedFile[] = [];
  const unread: string[] = [];
  async function* documents(): AsyncGenerator<IndexedDocument> {
    for (let start = 0; start < changed.length; start += FILES_AT_ONCE) {
      signal.throwIfAborted();
      const some = changed.slice(start, start + FILES_AT_ONCE);
      for (const { url, path, document, reason } of await readFiles(some, options)) {
        if (reason !== null) skipped.push({ path, reason });
        if (document === null) unread.push(url);
        else yield document;
      }
      onProgress?.({ filesRead: start + some.length, filesToRead: changed.length });
    }
  }
  await index.upsert(documents(), { signal });
  await index.remove(unread, { signal });
  for (const skip of skipped) log.info(skip, "document skipped");
  return skipped;
}

function readFiles(files: [string, CorpusFile][], options: RefreshOptions): Promise<ReadFile[]> {
  return Promise.all(files.map(([url, file]) => readFileForIndex(url, file, options)));
}

interface ReadFile {
  url: string;
  path: string;
  /** Null when the file should be tried again next time. */
  document: IndexedDocument | null;
  reason: string | null;
}

async function readFileForIndex(url: string, file: CorpusFile, options: RefreshOptions): Promise<ReadFile> {
  const { path } = file;
  try {
    const document = await documentOf(url, file, options);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { url, path, document: null, reason: "The file has vanished." };
    if (stampOf(stats) === file.stamp) return { url, path, document, reason: document.skipped ?? null };
    return { url, path, document: null, reason: "The file changed while it was read." };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof RuminateError)) return { url, path, document: null, reason: systemReason(error) };
    return { url, path, document: unreadable(url, file, error.message), reason: error.message };
  }
}

async function documentOf(url: string, file: CorpusFile, options: RefreshOptions): Promise<IndexedDocument> {
  const { title: heading, text } = await readDocument(file.path, options);
  const naming =
    file.owner === null ? { title: heading ?? titleFromPath(file.path) } : describePackageFile(file.owner, heading);
  const passages = cutPassages(text, heading ?? naming.title);
  if (passages.length === 0) return unreadable(url, file, "The file holds no text.");
  return { url, ...naming, passages, fingerprint: fingerprintOf(file) };
}

/** Remembered, so that it is not read in vain at every start. */
function unreadable(url: string, file: CorpusFile, reason: string): IndexedDocument {
  return { url, title: titleFromPath(file.path), passages: [], fingerprint: fingerprintOf(file), skipped: reason };
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "The file has vanished.";
  if (code === "EACCES" || code === "EPERM") return "The file may not be read.";
  return `The file could not be read (${error instanceof Error ? error.message : String(error)}).`;
}

function fingerprintOf({ stamp, owner }: CorpusFile): string {
  const version = owner === null ? "" : `:${owner.version}${owner.isSecondVersion ? ":second" : ""}`;
  return `${FORMAT_VERSION}:${stamp}${version}`;
}

function nothingReadable(directories: readonly string[], skipped: SkippedFile[]): RuminateError {
  const [first] = skipped;
  const example = first === undefined ? "" : ` (${first.path}: ${first.reason.replace(/\.$/, "")})`;
  return invalid(`No document in ${directories.join(", ")} could be read${example}. ${NAME_ANOTHER}`);
}

function invalid(message: string): RuminateError {
  return new RuminateError("CORPUS_INVALID", message);
}

function tooLarge(maxFileBytes: number): string {
  return `The file is larger than ${maxFileBytes / 1_000_000} MB.`;
}

/** Changes with what is made of a file: `readDocument`, `cutPassages`, `describePackageFile`. */
const FORMAT_VERSION = 2;
const FILES_AT_ONCE = 16;
const NAME_ANOTHER = "Name a folder with Markdown, HTML, text or PDF files.";
