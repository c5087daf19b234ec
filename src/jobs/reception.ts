import type { Logger } from "pino";
import type { Admission, AskParts } from "../chat/ask.ts";
import { quotaKeysOf, refusalOf, type Used } from "../chat/quotas.ts";
import { completeRequest, type OperatorBounds, placeRefusal, resolveSettings } from "../chat/settings.ts";
import type { IncomingMessage, PlaceKind } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { Queryable } from "../ports.ts";
import { insertArrivals } from "../storage/arrivals.ts";
import { listAtWork, threadName } from "../storage/busy-threads.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { insertRuns } from "../storage/queued-runs.ts";
import { addUse, type Counter, type CounterKey, nameOf } from "../storage/quotas.ts";
import { readSettings } from "../storage/settings.ts";
import type { AskedRequest, Run } from "../types.ts";
import { createBatcher } from "./batcher.ts";
import type { Queue } from "./queue.ts";
import { messageKeyOf, runIdOf } from "./run-id.ts";

export interface ReceptionParts {
  database: OpenDatabase;
  queue: Queue;
  /** Of whoever runs us; settings may lower them. */
  bounds: OperatorBounds;
  log: Logger;
}

export interface Reception {
  /**
   * Stores the question and its job in one transaction, and resolves when it is stored. One that may be held gets no job
   * while another one waits or is at work in its thread; of two that come at the same moment, to whatever process, one is
   * first.
   *
   * @throws {RuminateError} DATABASE_UNAVAILABLE when that took longer than two and a half seconds
   */
  accept: AskParts["accept"];
  /** The message is not taken any more, should it come yet; false when it came before. */
  refuse(message: Pick<IncomingMessage, "thread" | "messageId">): Promise<boolean>;
}

interface Asked {
  keys: readonly string[];
  run: Omit<Run, "request"> & { request: AskedRequest };
  mayBeHeld: boolean;
  kind: PlaceKind;
}

interface Judged {
  question: Asked;
  run: Run;
  refusal: string | null;
}

/**
 * Where questions are stored. Platforms give three seconds for an acknowledgement, and what was acknowledged never comes
 * again: so everything that arrived within some 5 ms goes into one transaction, however much it is.
 */
export function createReception({ database, queue, bounds, log }: ReceptionParts): Reception {
  async function storeAll(questions: readonly Asked[]): Promise<Admission[]> {
    return database.transaction(async (query) => {
      const fresh = new Set(await insertArrivals(query, questions));
      const judged = await judge(query, Array.from(fresh), bounds);
      const accepted = judged.filter(({ refusal }) => refusal === null);
      const busy = await holdWhereBusy(query, accepted);
      const runs = accepted.map(({ run }): Run => (busy.has(run.id) ? { ...run, state: "offered" } : run));
      await insertRuns(query, runs);
      const queued = runs.filter(({ state }) => state === "queued");
      if (queued.length > 0) await queue.send(query, queued);
      const refusals = new Map(judged.map(({ question, refusal }) => [question, refusal]));
      return questions.map((question): Admission => {
        const refusal = refusals.get(question);
        if (refusal === undefined) return { kind: "repeated" };
        if (refusal !== null) return { kind: "refused", reason: refusal };
        const { id: runId } = question.run;
        const other = busy.get(runId);
        return other === undefined ? { kind: "accepted", runId } : { kind: "held", runId, busy: other };
      });
    });
  }

  const store = createBatcher(storeAll, { collectMs: COLLECT_MS, most: MOST_AT_ONCE, log });

  return {
    accept: (message, request, { mayBeHeld, kind = "channel" }) => {
      const createdAt = new Date().toISOString();
      const run = { id: runIdOf(message), request, state: "queued" as const, createdAt };
      const keys = [`event ${message.thread.platform} ${message.eventId}`, messageKeyOf(message)];
      return inTime(store({ keys, run, mayBeHeld, kind }));
    },
    refuse: async (message) => (await insertArrivals(database, [{ keys: [messageKeyOf(message)] }])).length > 0,
  };
}

/**
 * By id of the question that is held: the run that waits or is at work in its thread. Nobody else decides on questions of
 * this workspace meanwhile: its counters, which were written before, are locked until the end of the transaction.
 */
async function holdWhereBusy(query: Queryable, judged: readonly Judged[]): Promise<Map<string, Run>> {
  const mayBeHeld = judged.filter(({ question }) => question.mayBeHeld);
  const atWork = await listAtWork(
    query,
    mayBeHeld.map(({ run }) => run.request.thread),
  );
  const held = new Map<string, Run>();
  for (const { run, question } of judged) {
    const name = threadName(run.request.thread);
    const busy = question.mayBeHeld ? atWork.get(name) : undefined;
    if (busy === undefined) atWork.set(name, run);
    else held.set(run.id, busy);
  }
  return held;
}

/** All are counted in one statement; what is over a limit, in the order of arrival, is taken back in another. */
async function judge(query: Queryable, questions: readonly Asked[], bounds: OperatorBounds): Promise<Judged[]> {
  if (questions.length === 0) return [];
  const now = new Date();
  const counted = countAll(questions, now);
  const totals = await addUse(query, Array.from(counted.values()));
  const used = new Map<string, Used>(
    totals.map(({ runs, costUsd, ...key }) => {
      const name = nameOf(key);
      return [name, { runs: runs - (counted.get(name)?.runs ?? 0), costUsd }];
    }),
  );
  const usedBy = (key: CounterKey): Used => used.get(nameOf(key)) ?? { runs: 0, costUsd: 0 };
  const stored = await readSettings(
    query,
    questions.map(({ run }) => run.request),
  );
  const judged = questions.map((question, index) => {
    const settings = resolveSettings(stored[index] ?? [], bounds);
    const own = quotaKeysOf(question.run.request, now);
    const place = placeRefusal(settings, question.run.request.thread.channelId, question.kind);
    const refusal = place ?? (settings.mayAsk ? refusalOf(own, settings.limits, usedBy, now) : TURNED_OFF);
    if (refusal === null) for (const key of own) used.set(nameOf(key), { ...usedBy(key), runs: usedBy(key).runs + 1 });
    return { question, run: { ...question.run, request: completeRequest(question.run.request, settings) }, refusal };
  });
  const refused = judged.filter(({ refusal }) => refusal !== null).map(({ question }) => question);
  const takenBack = Array.from(countAll(refused, now).values(), (counter) => ({ ...counter, runs: -counter.runs }));
  await addUse(query, takenBack);
  return judged;
}

function countAll(questions: readonly Asked[], now: Date): Map<string, Counter> {
  const counted = new Map<string, Counter>();
  for (const { run } of questions)
    for (const key of quotaKeysOf(run.request, now)) {
      const { runs } = counted.get(nameOf(key)) ?? { runs: 0 };
      counted.set(nameOf(key), { ...key, runs: runs + 1, costUsd: 0 });
    }
  return counted;
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = "The database does not answer in time. If nothing appears here within a minute, ask again.";
    late.reject(new RuminateError("DATABASE_UNAVAILABLE", message, { isRetryable: true }));
  }, STORE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const TURNED_OFF =
  "Questions are turned off in this channel. Admins turn them on with `settings channel answers on`; ask elsewhere meanwhile.";
const COLLECT_MS = 5;
// Each batch costs seven round trips and a sync of the disk, whatever its size; a larger one keeps those who came first
// waiting.
const MOST_AT_ONCE = 500;
// Slack and Discord give 3 seconds. https://docs.slack.dev/apis/events-api/ (read 2026-11-22)
// What is left is for the way there and back.
const STORE_MS = 2_500;
