import { type Stats, statSync } from "node:fs";
import { basename } from "node:path";
import { listPackageFiles, type PackageFile } from "./default-corpus.ts";
import { type SkippedFile, walkFolder } from "./walk-folder.ts";

/** A file that may be a document, as it stands on the disk. */
export interface CorpusFile {
  path: string;
  sizeBytes: number;
  /** Differs whenever the content may. */
  stamp: string;
  /** What is known of a file that belongs to an installed package. */
  owner: PackageFile | null;
}

export type FoundFile = { file: CorpusFile } | { skipped: SkippedFile };

/**
 * The documents of a folder with their state. Of a folder called `node_modules` it is the documentation of the packages
 * in it. Nothing is read but names and states, lazily, so that the caller can pause.
 *
 * @param root real path of a folder that exists
 */
export function* listCorpusFiles(root: string): Generator<FoundFile> {
  if (basename(root) !== "node_modules") {
    for (const found of walkFolder(root)) yield "path" in found ? examine(found.path, null) : found;
    return;
  }
  for (const found of listPackageFiles(root)) yield "path" in found ? examine(found.path, found) : found;
}

/** Size and times; the time of the last writing can be set at will (archives do), that of the last change cannot. */
export function stampOf(stats: Stats): string {
  return `${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;
}

function examine(path: string, owner: PackageFile | null): FoundFile {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { skipped: { path, reason: "The file has vanished." } };
  return { file: { path, sizeBytes: stats.size, stamp: stampOf(stats), owner } };
}
