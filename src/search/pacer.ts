import { setImmediate } from "node:timers/promises";

/**
 * For long work on the main thread: called after each small step, it lets the rest of the process run whenever the work
 * has held the thread long enough, and otherwise returns undefined, which need not be awaited.
 *
 * @throws the signal's reason once it is aborted, at the next pause
 */
export function createPacer(signal?: AbortSignal): () => Promise<void> | undefined {
  let sliceStart = performance.now();
  return () => {
    if (performance.now() - sliceStart < SLICE_MS) return undefined;
    return setImmediate().then(() => {
      signal?.throwIfAborted();
      sliceStart = performance.now();
    });
  };
}

const SLICE_MS = 20;
