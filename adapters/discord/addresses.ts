import type { Logger } from "pino";
import type { ChatPlatform } from "../../src/chat-ports.ts";
import type { RunThreads } from "./run-threads.ts";
import { permalinkOf } from "./talk-export.ts";

/** Where people find a message. The thread on our reply to a command may have to be looked for. */
export function createAddressOf({ find }: Pick<RunThreads, "find">, log: Logger): ChatPlatform["permalinkOf"] {
  return async ({ thread, messageId }) => {
    try {
      const place = await Promise.race([find(thread), late()]);
      return place === null ? null : permalinkOf(thread.workspaceId, place.channelId, messageId);
    } catch (error) {
      log.warn({ err: error }, "place of a message not known");
      return null;
    }
  };
}

async function late(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS).unref());
}

// Somebody waits for the reply to a command, for which Discord gives 3 s.
const PATIENCE_MS = 1_000;
