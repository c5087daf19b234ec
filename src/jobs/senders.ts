import type { OpenDatabase } from "../storage/database.ts";

/**
 * Everything in a process that posts has a name of its own, so that of two posts under one key it can be told which is
 * whose.
 */
export function senderName(processId: string, what: "worker" | "reception"): string {
  return `${processId}:${what}`;
}

/** Might this sender be about to post right now? On the embedded database no process but this one lives. */
export function mayLive(sender: string, processId: string, { engine }: OpenDatabase): boolean {
  return engine === "postgres" || sender.startsWith(processId);
}
