import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";

/** The channel, if it can stand in LISTEN as it is: LISTEN takes no parameters, and PostgreSQL folds other names. */
export function requireChannelName(channel: string): string {
  // 63 bytes: longer names are cut. https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) return channel;
  throw new RuminateError("INTERNAL", `Expected a channel of a-z, 0-9 and _, at most 63, got "${channel}".`);
}

/** A handler that cannot break the connection that calls it: what it throws is logged. */
export function guardHandler(onNotify: (payload: string) => void, log: Logger): (payload: string) => void {
  return (payload) => {
    try {
      onNotify(payload);
    } catch (error) {
      log.error({ err: error }, "notification handler failed");
    }
  };
}
