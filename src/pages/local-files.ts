import { type FileHandle, open, realpath } from "node:fs/promises";
import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { RuminateError } from "../errors.ts";
import type { OpenPage, PageBytes } from "../ports.ts";
import type { Page } from "../types.ts";
import { unreadable } from "./fetch-failure.ts";
import { mediaTypeOfName } from "./media-kind.ts";

export interface LocalOpenerOptions {
  /** Folders, or single files, that may be read; absolute. */
  roots: readonly string[];
  toPage(bytes: PageBytes, options: { signal: AbortSignal }): Promise<Page>;
  /** Larger files are refused without being loaded. */
  maxBytes: number;
}

/**
 * Opens `file:` addresses below the given folders, and nothing else: symbolic links count as what they lead to.
 *
 * Rejects with PAGE_FORBIDDEN outside of them, PAGE_NOT_FOUND for a file that is not (or no longer) there,
 * PAGE_TOO_LARGE above `maxBytes`, PAGE_UNREADABLE for what is no text or may not be read.
 */
export function createLocalOpener({ roots, toPage, maxBytes }: LocalOpenerOptions): OpenPage {
  return async (url, { signal }) => {
    signal.throwIfAborted();
    const path = pathOf(url);
    const name = basename(path);
    const real = await realpath(path).catch((error) => Promise.reject(failureOfFile(error, name)));
    if (!(await isBelow(real, roots))) throw forbidden(`${name} is not in the folders that are searched here.`);
    const bytes = await readWhole(real, name, maxBytes).catch((error) => Promise.reject(failureOfFile(error, name)));
    const address = withoutFragment(url);
    return toPage({ url: address, bytes, mediaType: mediaTypeOfName(address), charset: null }, { signal });
  };
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(withoutFragment(url));
  } catch (error) {
    throw forbidden("Expected the address of a local file, such as file:///folder/name.md.", error);
  }
}

function withoutFragment(url: string): string {
  return url.replace(/[?#].*$/s, "");
}

async function isBelow(path: string, roots: readonly string[]): Promise<boolean> {
  const reals = await Promise.allSettled(roots.map((root) => realpath(root)));
  return reals.some(
    (root) => root.status === "fulfilled" && (path === root.value || path.startsWith(withSeparator(root.value))),
  );
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

/** Size and kind are asked of the opened file, so that it cannot be exchanged in between; a growing one is cut off. */
async function readWhole(path: string, name: string, maxBytes: number): Promise<Uint8Array> {
  const file: FileHandle = await open(path, "r");
  try {
    const { size, isFile } = await file.stat().then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
    if (!isFile) throw unreadable(`${name} is a folder, not a document.`);
    if (size > maxBytes) throw tooLarge(name, size, maxBytes);
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await file.read(buffer, 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function tooLarge(name: string, size: number, maxBytes: number): RuminateError {
  const [is, most] = [size, maxBytes].map((bytes) => `${Math.ceil(bytes / 1_000_000)} MB`);
  return new RuminateError("PAGE_TOO_LARGE", `${name} has ${is}; files up to ${most} are read. Try another source.`);
}

function failureOfFile(error: unknown, name: string): RuminateError {
  if (error instanceof RuminateError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new RuminateError("PAGE_NOT_FOUND", `There is no file ${name} (any more).`, { cause: error });
  }
  const matter = code === "EACCES" || code === "EPERM" ? "may not be read by this user" : `could not be read (${code})`;
  return unreadable(`${name} ${matter}.`, { cause: error });
}

function forbidden(message: string, cause?: unknown): RuminateError {
  return new RuminateError("PAGE_FORBIDDEN", message, { cause });
}
