import { statfsSync } from "node:fs";

/** What a process without privileges may still write where the directory is. */
export function freeBytesOf(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/**
 * Less than this and PGlite cannot be relied on: without room for the next segment of the write-ahead log (16 MB)
 * PostgreSQL panics, and an opening database fails without saying why (both measured).
 */
export const LEAST_FREE_BYTES = 24 * 2 ** 20;
