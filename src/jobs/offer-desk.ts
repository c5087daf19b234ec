import type { Logger } from "pino";
import type { OfferDesk } from "../chat/busy-thread.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { requestCancel } from "../storage/leases.ts";
import { addRemark, dropOffer, listForgottenOffers, noteOffered, releaseOffer } from "../storage/offers.ts";
import { createRunStore } from "../storage/runs.ts";
import type { Queue } from "./queue.ts";

/** What becomes of questions that came while another one is at work in their thread; from any process. */
export function createOfferDesk(database: OpenDatabase, queue: Queue): OfferDesk {
  const release = (runId: string, after: string | null): Promise<boolean> =>
    database.transaction(async (query) => {
      const run = await releaseOffer(query, runId, after);
      if (run !== null) await queue.send(query, [run]);
      return run !== null;
    });
  return {
    atWorkIn: async (thread) => {
      const runs = createRunStore(database);
      const [run] = await runs.listRecent({ limit: 1, thread, states: ["queued", "running"] });
      return run ?? null;
    },
    release,
    note: (runId, { target, person, text }) =>
      database.transaction(async (query) => {
        if (!(await addRemark(query, { runId: target, person, text }))) return false;
        return dropOffer(query, runId);
      }),
    stop: (runId) => requestCancel(database, runId),
    drop: (runId) => dropOffer(database, runId),
    asked: (runId, message) => noteOffered(database, runId, message),
  };
}

/** Nobody was asked what to do with these: they wait their turn, as most people would have it. */
export function createForgottenOffers(database: OpenDatabase, desk: OfferDesk, platform: string, log: Logger) {
  const releaseAll = async (): Promise<void> => {
    for (const { id, request } of await listForgottenOffers(database, platform, FORGOTTEN_MS)) {
      const busy = await desk.atWorkIn(request.thread);
      await desk.release(id, busy?.id ?? null);
      log.warn({ runId: id }, "question released that nobody was asked about");
    }
  };
  const look = (): unknown =>
    releaseAll().catch((error: unknown) => log.warn({ err: error }, "held questions not looked at"));
  const timer = setInterval(look, LOOK_MS).unref();
  return { releaseAll, stop: () => clearInterval(timer) };
}

// A post to a platform that is slow takes less.
const FORGOTTEN_MS = 2 * 60_000;
const LOOK_MS = 30_000;
