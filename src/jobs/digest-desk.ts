import { createHash, randomUUID } from "node:crypto";
import type { DigestDesk, DigestDraft } from "../chat/digest-desk.ts";
import type { DigestLimits } from "../chat/digest-form.ts";
import { RuminateError } from "../errors.ts";
import type { Cache } from "../ports.ts";
import { insertArrivals } from "../storage/arrivals.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { claimIssue, createDigestStore } from "../storage/digests.ts";
import { requestCancel } from "../storage/leases.ts";
import { insertRuns } from "../storage/queued-runs.ts";
import type { Digest } from "../types.ts";
import { budgetRefusal, runCapOf, spentThisMonth } from "./digest-budget.ts";
import type { DigestClockParts } from "./digest-clock.ts";
import { digestRun } from "./digest-run.ts";

export interface DigestDeskParts {
  database: OpenDatabase;
  queue: DigestClockParts["queue"];
  limits: DigestLimits;
  /** Forms that were filled in and not saved yet. */
  drafts: Cache;
  now?: () => number;
}

/** Digests as people manage them, on the database. */
export function createDigestDesk({ database, queue, limits, drafts, now = Date.now }: DigestDeskParts): DigestDesk {
  const store = createDigestStore(database);

  /** Beside the timetable: for the channel, or to be seen by one person alone. */
  function begin(digest: Digest, seenBy: string | null, event: string): Promise<string | null> {
    return database.transaction(async (query) => {
      const asked = { keys: [`digest ${digest.id} ${event}`] };
      if ((await insertArrivals(query, [asked])).length === 0) return null;
      const refusal = await budgetRefusal(query, digest, limits, now());
      if (refusal !== null) return refusal;
      const dueAt = new Date(now()).toISOString();
      const since = (await createDigestStore(query).lastTold(digest.id)) ?? weekBefore(now());
      const task = { dueAt, isLate: false, since, maxCostUsd: runCapOf(digest, limits), seenBy };
      const run = await digestRun(query, digest, task, now());
      await insertRuns(query, [run]);
      await claimIssue(query, digest.id, { dueAt, runId: run.id, state: "claimed" });
      await queue.send(query, [run]);
      return null;
    });
  }

  return {
    listOf: store.listOf,
    find: store.find,
    limits,
    add: async (wish, event) => {
      for (let nth = 0; ; nth += 1) {
        const digest = { ...wish, id: shortIdOf(`${event} ${nth}`), createdAt: new Date(now()).toISOString() };
        const known = await store.find(digest.id);
        if (known !== null && isOfSame(known, wish)) return known;
        if (known !== null) continue;
        await store.insert(digest);
        return digest;
      }
    },
    activate: (id, nextDueAt, owner) =>
      store.change(id, { state: "active", pausedBecause: null, failures: 0, nextDueAt, owner }),
    pause: async (id, pausedBecause) => {
      await store.change(id, { state: "paused", pausedBecause, nextDueAt: null });
      for (const runId of await store.atWork(id)) await requestCancel(database, runId);
    },
    edit: store.change,
    remove: store.remove,
    issues: store.issues,
    spentThisMonth: (id) => spentThisMonth(database, id, now()),
    keepDraft: async (draft) => {
      const id = shortIdOf(randomUUID());
      const isKept = await drafts.set(id, draft, DRAFT_MS);
      if (isKept === false) throw new RuminateError("DATABASE_UNAVAILABLE", "The draft of a digest was not stored.");
      return id;
    },
    // Only ever written above.
    draft: async (id) => ((await drafts.get(id)) as DigestDraft | undefined) ?? null,
    runNow: (digest, event) => begin(digest, null, event),
    preview: begin,
  };
}

/** Short enough to be typed; those of a channel are few. */
function shortIdOf(name: string): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const hash = createHash("sha256").update(name).digest().subarray(0, 5);
  return Array.from(hash, (byte) => letters[byte % letters.length]).join("");
}

/** Short ids of different events can be the same by chance; the topic may have been edited meanwhile. */
function isOfSame({ place, owner }: Digest, wish: Pick<Digest, "place" | "owner">): boolean {
  return (
    owner === wish.owner && place.workspaceId === wish.place.workspaceId && place.channelId === wish.place.channelId
  );
}

const DRAFT_MS = 24 * 60 * 60_000;

function weekBefore(now: number): string {
  return new Date(now - 7 * 24 * 60 * 60_000).toISOString();
}
