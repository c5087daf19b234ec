import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { RuminateError } from "../../src/errors.ts";

/** The files of an exported talk, parsed. */
export interface TalkFiles {
  /** Of the channel, after the folder or file. */
  name: string;
  documents: unknown[];
  /** Slack's users.json and channels.json, beside or one folder above; null when there are none. */
  users: unknown;
  channels: unknown;
}

// A year of a lively channel is some tens of megabytes.
const MAX_FILE_BYTES = 200_000_000;

/** @throws {RuminateError} USAGE_INVALID in one sentence, when there is nothing to read or it is no JSON */
export async function readTalkFiles(path: string): Promise<TalkFiles> {
  const full = resolve(path);
  const isFolder = await isDirectory(full);
  const folder = isFolder ? full : dirname(full);
  const names = isFolder ? (await readdir(full)).filter(isTalkFile).sort() : [basename(full)];
  if (names.length === 0) throw unusable(path, "there are no JSON files in this folder");
  const documents: unknown[] = [];
  for (const name of names) documents.push(await readJson(join(folder, name)));
  const beside = async (name: string) =>
    (await readIfThere(join(folder, name))) ?? (await readIfThere(join(folder, "..", name)));
  return {
    name: isFolder || /^\d{4}-\d\d-\d\d$/.test(nameOf(full)) ? basename(folder) : nameOf(full),
    documents,
    users: await beside("users.json"),
    channels: await beside("channels.json"),
  };
}

function isTalkFile(name: string): boolean {
  return name.endsWith(".json") && !/^(?:users|channels|groups|dms|mpims|integration_logs)\.json$/.test(name);
}

function nameOf(path: string): string {
  return basename(path).replace(/\.json$/i, "");
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw unusable(path, "there is no such file or folder", error);
  }
}

async function readIfThere(path: string): Promise<unknown> {
  try {
    return await readJson(path);
  } catch (error) {
    // What only adds names may be missing or unreadable: the talk is told with ids then.
    if (error instanceof RuminateError) return null;
    throw error;
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) throw unusable(path, `the file has more than ${MAX_FILE_BYTES / 1_000_000} MB`);
    return JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    if (error instanceof RuminateError) throw error;
    throw unusable(path, error instanceof SyntaxError ? "it is no JSON" : "it cannot be read", error);
  }
}

function unusable(path: string, reason: string, cause?: unknown): RuminateError {
  return new RuminateError("USAGE_INVALID", `The talk cannot be read from ${path}: ${reason}.`, { cause });
}
