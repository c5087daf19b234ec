import type { Logger } from "pino";
import type { ChatPlatform, ThreadTalk } from "../chat-ports.ts";
import { asRuminateError } from "../errors.ts";
import type { ToolResult } from "../ports.ts";
import type { KnownPage, ThreadMaterial, Understanding } from "../research/understanding.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { createJournal } from "../storage/journal.ts";
import { createRunStore, type StoredRun } from "../storage/runs.ts";
import type { Page, Report, Run } from "../types.ts";
import type { Outbox } from "./delivery.ts";
import { runIdOf } from "./run-id.ts";

export interface ThreadMaterialParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  outbox: Outbox;
  log: Logger;
}

/**
 * What a question has to be understood by: the talk of its thread, as the platform gives it now, and the answers that
 * were given there, with the pages that were read for them. Undefined for a question that stands alone.
 */
export function threadMaterialOf(run: Run, parts: ThreadMaterialParts): (() => Promise<ThreadMaterial>) | undefined {
  const { follows } = run.request;
  if (follows === undefined) return undefined;
  return async () => {
    const talk = follows.kind === "thread" ? await readTalk(run, parts) : [];
    const answered = await findAnswered(run, parts);
    const read = await Promise.all(
      answered.map(async (run) => ({ ...run, ...(await readJournal(run.id, parts.database)) })),
    );
    const withheld = Array.from(new Set(read.flatMap((run) => run.withheld)));
    // Who wants it done anew wants other pages.
    if (follows.kind === "anew") return { talk, earlier: [], known: [], withheld };
    const earlier = answered.map(({ report }) => ({ question: report.question, answer: report.answer }));
    return { talk, earlier: earlier.toReversed(), known: knownPagesOf(read), withheld };
  };
}

type Answered = StoredRun & { report: Report };
type ReadRun = Answered & { pages: Map<string, Page> };

/** Newest first. */
async function findAnswered({ id, request }: Run, { database }: ThreadMaterialParts): Promise<Answered[]> {
  const { follows, thread } = request;
  const runs = createRunStore(database);
  const ids =
    follows?.kind === "thread"
      ? (await runs.listRecent({ limit: MOST_ANSWERS, thread, states: ["done", "delivering"] })).map((run) => run.id)
      : follows === undefined
        ? []
        : [follows.runId];
  const found = await Promise.all(ids.filter((other) => other !== id).map((other) => runs.find(other)));
  return found.filter((run): run is Answered => run !== null && run.report !== null && isOfPages(run.report));
}

/** What people said in a channel is no evidence for a question of another day. */
function isOfPages({ material }: Report): boolean {
  return material !== "talk";
}

async function readTalk({ id, request }: Run, parts: ThreadMaterialParts): Promise<ThreadMaterial["talk"]> {
  const { messages, hindrance } = await readThread(request.thread, parts);
  if (hindrance !== null) await sayOnce(hindrance, request.thread, parts);
  parts.log.debug({ runId: id, messages: messages.length }, "thread read");
  const { thread, requestedAt } = request;
  // Several can be of one millisecond; the question itself is told by what it became.
  return messages.filter((message) => message.at <= requestedAt && runIdOf({ thread, messageId: message.id }) !== id);
}

async function readThread(
  thread: Run["request"]["thread"],
  { platform, log }: ThreadMaterialParts,
): Promise<ThreadTalk> {
  try {
    return await platform.readThread(thread, MOST_MESSAGES);
  } catch (error) {
    const reason = asRuminateError(error);
    if (reason.isRetryable) throw reason;
    log.warn({ err: reason }, "thread not read");
    return { messages: [], hindrance: null };
  }
}

/** Once in a channel: people need not hear it with each question. */
async function sayOnce(
  words: string,
  thread: Run["request"]["thread"],
  { platform, outbox, log }: ThreadMaterialParts,
) {
  const key = `can-see:${platform.name}:${thread.workspaceId}:${thread.channelId}`;
  await outbox
    .post(thread, key, () => platform.postNote(thread, words, key))
    .catch((error: unknown) => {
      log.warn({ err: error }, "what can be read was not said");
    });
}

/** The newest answer's numbers win; a page that two answers number differently keeps the newer one. */
function knownPagesOf(answered: readonly ReadRun[]): KnownPage[] {
  const known = new Map<string, KnownPage>();
  const taken = new Set<number>();
  for (const { report, pages } of answered) {
    for (const { url, number } of report.sources) {
      const page = pages.get(url);
      if (page === undefined || known.has(url) || taken.has(number)) continue;
      taken.add(number);
      known.set(url, { number, page });
    }
    for (const [url, page] of pages) if (!known.has(url)) known.set(url, { number: null, page });
  }
  const all = Array.from(known.values());
  const cited = all.filter(({ number }) => number !== null);
  return [...cited, ...all.filter(({ number }) => number === null)].slice(0, Math.max(MOST_PAGES, cited.length));
}

/** What the run opened, by address, with what it had from the answer that it followed itself. */
async function readJournal(
  runId: string,
  database: OpenDatabase,
): Promise<{ pages: Map<string, Page>; withheld: string[] }> {
  const pages = new Map<string, Page>();
  const withheld: string[] = [];
  for (const { kind, result } of await createJournal(database).load(runId)) {
    if (kind === "thread") {
      const understanding = result as Understanding;
      withheld.push(...understanding.withheld);
      for (const { page } of understanding.known) pages.set(page.url, page);
    }
    const tool = result as ToolResult;
    if (kind === "tool" && tool.kind === "page") pages.set(tool.page.url, tool.page);
  }
  return { pages, withheld };
}

const MOST_MESSAGES = 100;
const MOST_ANSWERS = 5;
// What was read and not cited is worth less; the journal keeps a copy of each.
const MOST_PAGES = 20;
