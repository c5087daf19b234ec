import { Worker } from "node:worker_threads";
import { RuminateError } from "../errors.ts";
import { unreadable } from "./fetch-failure.ts";
import type { ReadingJob, ReadingResult } from "./reading-worker.ts";

export interface ReadingLimits {
  /** Threads at most; each is started when it is needed. */
  maxWorkers: number;
  /** A web page that takes longer is killed with its thread. */
  timeoutMs: number;
  /** The same for all other kinds: a PDF of 2,000 pages, a table of 20 MB. */
  documentTimeoutMs: number;
  /** Of one thread; a page that needs more is given up. */
  maxHeapMb: number;
  /** A thread without work ends after so long. */
  idleMs: number;
}

export interface ReadingPool {
  /**
   * Reads a page in a thread of its own, after those that wait already. Rejects with `signal.reason` once aborted.
   *
   * @throws {RuminateError} PAGE_UNREADABLE when the page takes too long or too much memory
   */
  read(job: ReadingJob, options: { signal: AbortSignal }): Promise<ReadingResult>;
  close(): Promise<void>;
}

interface Task {
  job: ReadingJob;
  resolve(result: ReadingResult): void;
  reject(error: unknown): void;
}

interface Reader {
  worker: Worker;
  task: Task | null;
  /** Kills the running task, or ends the idle thread. */
  timer: NodeJS.Timeout | undefined;
}

/** A few threads that parse what strangers wrote: none of it can block, crash or fill up the process. */
export function createReadingPool(limits: ReadingLimits): ReadingPool {
  const readers = new Set<Reader>();
  const queue: Task[] = [];
  let isClosed = false;

  function startReader(): Reader {
    const resourceLimits = { maxOldGenerationSizeMb: limits.maxHeapMb };
    const worker = new Worker(WORKER_FILE, { resourceLimits, name: "reading" });
    const reader: Reader = { worker, task: null, timer: undefined };
    worker.on("message", (result: ReadingResult) => {
      reader.task?.resolve(result);
      takeNext(reader);
    });
    worker.on("error", (error) => stopReader(reader, failureOfWorker(error)));
    readers.add(reader);
    return reader;
  }

  function takeNext(reader: Reader): void {
    clearTimeout(reader.timer);
    reader.task = queue.shift() ?? null;
    if (reader.task === null) {
      reader.worker.unref();
      reader.timer = setTimeout(() => stopReader(reader, null), limits.idleMs).unref();
      return;
    }
    const timeoutMs = reader.task.job.kind === "html" ? limits.timeoutMs : limits.documentTimeoutMs;
    reader.timer = setTimeout(() => stopReader(reader, tookTooLong(timeoutMs)), timeoutMs);
    reader.worker.ref();
    reader.worker.postMessage(reader.task.job);
  }

  function stopReader(reader: Reader, failure: RuminateError | null): void {
    clearTimeout(reader.timer);
    readers.delete(reader);
    void reader.worker.terminate();
    if (failure !== null) reader.task?.reject(failure);
    serve();
  }

  /** Gives waiting tasks to readers that have none. */
  function serve(): void {
    while (queue.length > 0 && !isClosed) {
      const idle = Array.from(readers).find((reader) => reader.task === null);
      if (idle === undefined && readers.size >= limits.maxWorkers) return;
      takeNext(idle ?? startReader());
    }
  }

  return {
    read(job, { signal }) {
      signal.throwIfAborted();
      if (isClosed) throw new RuminateError("INTERNAL", "Pages cannot be read after close().");
      const { promise, resolve, reject } = Promise.withResolvers<ReadingResult>();
      const task = { job, resolve, reject };
      const onAbort = () => {
        const index = queue.indexOf(task);
        if (index !== -1) queue.splice(index, 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      queue.push(task);
      serve();
      return promise.finally(() => signal.removeEventListener("abort", onAbort));
    },
    async close() {
      isClosed = true;
      const closing = new RuminateError("INTERNAL", "The process is closing.");
      for (const task of queue.splice(0)) task.reject(closing);
      const ended = Array.from(readers, (reader) => reader.worker.terminate());
      for (const reader of readers) stopReader(reader, closing);
      await Promise.all(ended);
    },
  };
}

function tookTooLong(timeoutMs: number): RuminateError {
  return unreadable(`The page could not be read within ${Math.round(timeoutMs / 1000)} s. Try another source.`);
}

function failureOfWorker(error: unknown): RuminateError {
  const isOutOfMemory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  if (isOutOfMemory) return unreadable("The page takes too much memory to read. Try another source.", { cause: error });
  return unreadable("The page could not be read: the reader failed on it. Try another source.", { cause: error });
}

const WORKER_FILE = new URL("./reading-worker.ts", import.meta.url);
