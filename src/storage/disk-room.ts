import { statfsSync } from "node:fs";

/** Are so many bytes free where the directory is, for a process without privileges? */
export function hasRoom(directory: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize >= bytes;
}

/**
 * Less than this and PGlite cannot be relied on: without room for the next segment of the write-ahead log (16 MB)
 * PostgreSQL panics, and an opening database fails without saying why (both measured).
 */
export const LEAST_FREE_BYTES = 24 * 2 ** 20;
