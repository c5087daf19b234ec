import { RuminateError } from "../errors.ts";

/**
 * The error as a RuminateError where the reason is known (no connection, no space), else the error itself.
 *
 * The messages are for people in a chat, too: no host, no path. Those are in `details` and `cause`.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof RuminateError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (isDiskFull(error)) {
    return new RuminateError(
      "DISK_FULL",
      "The disk that holds the database is full. Free some space on it and try again.",
      { cause: error, isRetryable: true, details: { code } },
    );
  }
  if (isConnectionFailure(error)) {
    return new RuminateError("DATABASE_UNAVAILABLE", "The database does not answer. Try again in a moment.", {
      cause: error,
      isRetryable: true,
      details: { code },
    });
  }
  return error;
}

/** Is there no space left, told by PostgreSQL (53100), by the file system or by SQLite? */
export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === "53100" || code === "ENOSPC" || code === "EDQUOT" || /no space left on device/i.test(String(error));
}

/** Did the connection fail rather than the statement? Such a connection is not used again. */
export function isConnectionFailure(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return NETWORK_CODES.has(code) || SERVER_GONE.test(code) || CONNECTION_LOST.test(String(error));
}

/** SQLSTATE or errno name, whichever the error carries. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

const NETWORK_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT", // no such unix socket
]);
// Connection exception, shut down by the administrator or a crash, still starting, too many connections, and a server
// that was demoted to a read-only replica. https://www.postgresql.org/docs/18/errcodes-appendix.html
const SERVER_GONE = /^(?:08...|57P0[1-5]|53300|25006)$/;
// pg 8.23 and pg-pool 3.14 give these no code (client.js, index.js); the last one is PGlite's.
const CONNECTION_LOST =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|connection error and is not queryable|Cannot use a pool after calling end|Client was closed|PGlite is clos/;
