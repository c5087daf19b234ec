import type { Logger } from "pino";
import type { DigestLimits } from "../chat/digest-form.ts";
import { wallTime } from "../chat/timetable/describe-timetable.ts";
import { nextTimes } from "../chat/timetable/next-times.ts";
import { RuminateError } from "../errors.ts";
import type { Queryable } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { changeDigest, claimIssue, createDigestStore, takeDue } from "../storage/digests.ts";
import { insertRuns } from "../storage/queued-runs.ts";
import type { Digest, Run } from "../types.ts";
import { budgetRefusal, runCapOf } from "./digest-budget.ts";
import { digestRun, titleOf } from "./digest-run.ts";
import type { Queue } from "./queue.ts";

export interface DigestClockParts {
  database: OpenDatabase;
  queue: Pick<Queue, "send">;
  limits: DigestLimits;
  /** Said to the owner alone; what cannot be said is logged. */
  tell(owner: string, text: string, digest: Digest): Promise<void>;
  now?: () => number;
  log: Logger;
}

export interface DigestClock {
  /** Sends what is due into the queue. Any number of processes may look at the same time. */
  look(): Promise<void>;
  start(): void;
  stop(): void;
}

/**
 * When digests are told. A due time is written down together with its run, under the digest and the time as the key, so
 * that no two processes tell it twice. What was missed while nobody ran is told once if it is less than six hours late,
 * else skipped; several missed times are never told in a burst.
 */
export function createDigestClock({
  database,
  queue,
  limits,
  tell,
  now = Date.now,
  log,
}: DigestClockParts): DigestClock {
  let timer: NodeJS.Timeout | undefined;

  async function take(query: Queryable, digest: Digest, words: Words): Promise<Run | null> {
    const times = dueTimes(digest, now());
    if ("unreadable" in times) return pause(query, digest, times.unreadable, words);
    const { due, next } = times;
    await changeDigest(query, digest.id, { nextDueAt: next });
    const lateMs = now() - Date.parse(due);
    if (lateMs >= TOO_LATE_MS) {
      await claimIssue(query, digest.id, { dueAt: due, runId: null, state: "skipped" });
      words.push([
        digest,
        `I was not running ${whenOf(digest, due)}, so this digest was left out: ${titleOf(digest)}.`,
      ]);
      return null;
    }
    const refusal = await budgetRefusal(query, digest, limits, now());
    if (refusal !== null) {
      await claimIssue(query, digest.id, { dueAt: due, runId: null, state: "skipped" });
      return pause(query, digest, refusal, words);
    }
    const store = createDigestStore(query);
    const since = (await store.lastTold(digest.id)) ?? digest.createdAt;
    const maxCostUsd = runCapOf(digest, limits);
    const run = await digestRun(query, digest, { dueAt: due, isLate: lateMs >= LATE_MS, since, maxCostUsd }, now());
    await insertRuns(query, [run]);
    return (await claimIssue(query, digest.id, { dueAt: due, runId: run.id, state: "claimed" })) ? run : null;
  }

  async function pause(query: Queryable, digest: Digest, reason: string, words: Words): Promise<null> {
    await changeDigest(query, digest.id, { state: "paused", pausedBecause: reason });
    words.push([
      digest,
      `Paused: the digest about ${titleOf(digest)}. ${reason} \`digest resume ${digest.id}\` goes on.`,
    ]);
    return null;
  }

  async function look(): Promise<void> {
    const words: Words = [];
    await database.transaction(async (query) => {
      words.length = 0;
      const runs: Run[] = [];
      for (const digest of await takeDue(query, new Date(now()).toISOString(), MOST_AT_ONCE)) {
        const run = await take(query, digest, words);
        if (run !== null) runs.push(run);
      }
      if (runs.length === 0) return;
      await queue.send(query, runs);
      log.info({ digests: runs.length }, "digests due");
    });
    for (const [digest, text] of words)
      await tell(digest.owner, text, digest).catch((error: unknown) => log.warn({ err: error }, "owner not told"));
  }

  return {
    look,
    start: () => {
      const lookSafely = (): void =>
        void look().catch((error: unknown) => log.warn({ err: error }, "digests not looked at"));
      timer = setInterval(lookSafely, LOOK_MS).unref();
      lookSafely();
    },
    stop: () => clearInterval(timer),
  };
}

type Words = [digest: Digest, text: string][];

/** The newest time that is due, and the one after it; or why nobody can tell, such as a zone that is gone. */
function dueTimes(digest: Digest, now: number): { due: string; next: string } | { unreadable: string } {
  const timetable = { cron: digest.timetable, timeZone: digest.timeZone };
  let due = digest.nextDueAt ?? digest.createdAt;
  try {
    for (;;) {
      const [next = ""] = nextTimes(timetable, { after: due, count: 1 });
      if (Date.parse(next) > now) return { due, next };
      due = next;
    }
  } catch (error) {
    if (error instanceof RuminateError && error.code === "TIMETABLE_INVALID") return { unreadable: error.message };
    throw error;
  }
}

function whenOf({ timeZone }: Digest, due: string): string {
  return `on ${wallTime(due, timeZone)}`;
}

const LOOK_MS = 15_000;
const MOST_AT_ONCE = 50;
const LATE_MS = 10 * 60_000;
const TOO_LATE_MS = 6 * 60 * 60_000;
