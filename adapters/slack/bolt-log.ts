import { LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

type BoltLogger = NonNullable<ConstructorParameters<typeof import("@slack/bolt").SocketModeReceiver>[0]["logger"]>;

/** Slack's libraries speak into our log. Their debug lines hold whole messages and are left out. */
export function createBoltLog(log: Logger): BoltLogger {
  const write = (level: "info" | "warn" | "error") => {
    return (...words: unknown[]): void => {
      const error = words.find((word) => word instanceof Error);
      const text = words.filter((word) => !(word instanceof Error)).join(" ");
      log[level]({ library: "slack", text, ...(error === undefined ? {} : { err: error }) }, "message of a library");
    };
  };
  return {
    debug: () => {},
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
