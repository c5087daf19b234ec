import type { ThreadRef } from "../../src/types.ts";
import { type History, isOurs } from "./history.ts";
import type { Place } from "./posting.ts";

/** Where the messages of a run stand. */
export interface RunThread {
  threadTs: string;
  /** Did we open the thread with a message of our own? Null when that is not known any more. */
  isRootOurs: boolean | null;
}

export interface RunThreads {
  get(runId: string): RunThread | null;
  set(runId: string, thread: RunThread): void;
  /** The thread of a run whose channel alone is known: from memory, else from the channel itself. */
  find(runId: string, thread: ThreadRef): Promise<RunThread | null>;
}

/**
 * A question that was asked by command has no thread before its first message is posted. Afterwards the thread is known
 * here; a process that did not post it learns it from the card, or reads the channel.
 */
export function createRunThreads(history: History): RunThreads {
  const known = new Map<string, RunThread>();

  function set(runId: string, thread: RunThread): void {
    known.delete(runId);
    known.set(runId, thread);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  return {
    get: (runId) => known.get(runId) ?? null,
    set,
    find: async (runId, { workspaceId, channelId, threadId }) => {
      const remembered = known.get(runId);
      if (remembered !== undefined) return remembered;
      if (threadId !== null) return { threadTs: threadId, isRootOurs: null };
      const root = await history.find({ workspaceId, channelId, threadTs: null }, (message) =>
        isOurs(message, rootKey(runId)),
      );
      if (root === null) return null;
      const thread = { threadTs: root.ts, isRootOurs: true };
      set(runId, thread);
      return thread;
    },
  };
}

/** The run that the message of this key belongs to; null where it belongs to none. */
export function runOf(key: string): string | null {
  return key.split(":")[0] || null;
}

/** Names the message that opens the thread of a run. */
export function rootKey(runId: string): string {
  return `${runId}:root`;
}

export function placeOf({ workspaceId, channelId, threadId }: ThreadRef): Place {
  return { workspaceId, channelId, threadTs: threadId };
}

const MOST_KNOWN = 10_000;
