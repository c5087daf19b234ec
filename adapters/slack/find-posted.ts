import type { MessageRef, ThreadRef } from "../../src/types.ts";
import { fileNameOf } from "./files.ts";
import type { History } from "./history.ts";
import { placeOf, type RunThreads } from "./run-threads.ts";

/** The message that carries this key: in the thread of its run, or in the channel where no thread is known. */
export function createFindPosted(history: History, threads: RunThreads) {
  return async (thread: ThreadRef, key: string): Promise<MessageRef | null> => {
    const runId = key.split(":")[0] ?? key;
    const found = await threads.find(runId, thread);
    const threadId = thread.threadId ?? found?.threadTs ?? null;
    const place = placeOf({ ...thread, threadId });
    const name = fileNameOf(key);
    const message = await history.find(place, (candidate) => {
      return candidate.key === key || candidate.fileNames.includes(name);
    });
    return message === null ? null : { thread: { ...thread, threadId }, messageId: message.ts };
  };
}
