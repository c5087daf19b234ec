import { parentPort } from "node:worker_threads";
import { RuminateError } from "../errors.ts";
import type { PageBytes, PageContent } from "../ports.ts";
import type { PagePart } from "../types.ts";
import type { MediaKind } from "./media-kind.ts";
import { splitIntoParts } from "./parts.ts";
import { readContent } from "./read-content.ts";

/** The thread that hostile pages may keep busy: one job at a time, killed from outside when it takes too long. */
export interface ReadingJob {
  kind: MediaKind;
  page: PageBytes;
}

export type ReadingResult =
  | { kind: "read"; content: PageContent; parts: PagePart[] }
  | { kind: "unreadable"; message: string; details: Record<string, unknown> }
  | { kind: "failed"; message: string };

parentPort?.on("message", async (job: ReadingJob) => {
  parentPort?.postMessage(await read(job));
});

async function read({ kind, page }: ReadingJob): Promise<ReadingResult> {
  try {
    const content = await readContent(kind, page, new AbortController().signal);
    return { kind: "read", content, parts: splitIntoParts(content.text, content.links) };
  } catch (error) {
    if (error instanceof RuminateError) return { kind: "unreadable", message: error.message, details: error.details };
    return { kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
