import type { OfferDesk } from "../chat/busy-thread.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { requestCancel } from "../storage/leases.ts";
import { addRemark, dropOffer, releaseOffer } from "../storage/offers.ts";
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
  };
}
