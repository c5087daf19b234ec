import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, extname, join, sep } from "node:path";

export interface SkippedFile {
  path: string;
  reason: string;
}

export type FoundPath = { path: string } | { skipped: SkippedFile };

/**
 * The documents of a folder, file by file, in the order of their names. Hidden entries and `node_modules` are left out.
 * Links are followed to places inside the folder only, since a link may have come with the documents and lead to
 * anything on this machine; each folder is visited once, so links in a circle end.
 *
 * @param root real path of a folder that exists
 */
export function* walkFolder(root: string): Generator<FoundPath> {
  yield* walk(root, root, new Set());
}

/** Markdown, HTML, text, reStructuredText and PDF by their ending, README and its kin without one. */
export function isDocumentName(name: string): boolean {
  return DOCUMENT_ENDINGS.has(extname(name).toLowerCase()) || BARE_NAME.test(name);
}

/** Entries in the order of their names, or null where they may not be listed. */
export function readFolder(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch {
    // No permission, or removed since its name was read: callers report it where it matters.
    return null;
  }
}

/** Where a link leads in the end, if that is inside the folder; else the reason. */
export function resolveInside(root: string, link: string): FoundPath {
  try {
    const path = realpathSync(link);
    if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return { path };
    return { skipped: { path: link, reason: "The link leads out of the folder." } };
  } catch {
    return { skipped: { path: link, reason: "The link leads nowhere or in a circle." } };
  }
}

function* walk(folder: string, root: string, visited: Set<string>): Generator<FoundPath> {
  if (visited.has(folder)) return;
  visited.add(folder);
  const entries = readFolder(folder);
  if (entries === null) yield { skipped: { path: folder, reason: "The folder may not be read." } };
  for (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isFile() && isDocumentName(entry.name)) yield { path };
    else if (entry.isDirectory() && entry.name !== "node_modules") yield* walk(path, root, visited);
    else if (entry.isSymbolicLink()) yield* follow(path, root, visited);
  }
}

function* follow(link: string, root: string, visited: Set<string>): Generator<FoundPath> {
  const target = resolveInside(root, link);
  if (!("path" in target)) {
    if (isDocumentName(basename(link))) yield target;
    return;
  }
  const stats = statSync(target.path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) yield* walk(target.path, root, visited);
  else if (stats?.isFile() && isDocumentName(basename(target.path))) yield target;
}

const DOCUMENT_ENDINGS: ReadonlySet<string> = new Set([".md", ".markdown", ".html", ".htm", ".txt", ".pdf", ".rst"]);
const BARE_NAME = /^(?:README|CHANGELOG|CHANGES|HISTORY|NEWS)$/i;
