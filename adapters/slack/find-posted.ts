import type { MessageRef, ThreadRef } from "../../src/types.ts";
import { fileNameOf } from "./files.ts";
import type { History } from "./history.ts";
import { placeOf, type RunThreads, runOf } from "./run-threads.ts";
import type { Streams } from "./streams.ts";

/**
 * The message that carries this key: in the thread of its run, or in the channel where no thread is known. Where there is
 * none, what was begun in its place and never ended is taken away.
 */
export function createFindPosted(history: History, threads: RunThreads, streams: Streams) {
  return async (thread: ThreadRef, key: string): Promise<MessageRef | null> => {
    const runId = runOf(key);
    const found = runId === null ? null : await threads.find(runId, thread);
    const threadId = thread.threadId ?? found?.threadTs ?? null;
    const place = placeOf({ ...thread, threadId });
    const name = fileNameOf(key);
    const message = await history.find(place, (candidate) => {
      return candidate.key === key || candidate.fileNames.includes(name);
    });
    if (message !== null) return { thread: { ...thread, threadId }, messageId: message.ts };
    if (runId !== null) await streams.clear(place, runId);
    return null;
  };
}
