import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { createDeliveryStore } from "../storage/deliveries.ts";
import type { MessageRef, ThreadRef } from "../types.ts";
import type { Outbox } from "./delivery.ts";
import type { Lease } from "./lease.ts";
import { mayLive } from "./senders.ts";
import { untilDatabaseAnswers } from "./until-database-answers.ts";

export interface OutboxParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  /** What is posted belongs to its run; to none where that is null. */
  lease: Pick<Lease, "confirm" | "fenced"> & { runId: string | null };
  processId: string;
  sender: string;
  log: Logger;
}

/**
 * Posts what the worker has to say about its run, each message once: the intention is stored, the message is posted, its
 * place is stored. Who finds an intention without a place asks the platform before posting.
 *
 * What is left open: a process that is frozen between its last look at the lease and the first byte on the wire, for
 * longer than a takeover takes. Platforms that know keys (Discord) close it; an edit in place of a post does, too.
 */
export function createOutbox({ database, platform, lease, processId, sender, log }: OutboxParts): Outbox {
  const alive = { inFlightMs: IN_FLIGHT_MS, mayLive: (other: string) => mayLive(other, processId, database) };

  async function begin(thread: ThreadRef, key: string): Promise<MessageRef | "free" | "ask"> {
    for (;;) {
      const attempt = await lease.fenced((query) =>
        createDeliveryStore(query).begin({ key, runId: lease.runId, thread, sender }, alive),
      );
      switch (attempt.kind) {
        case "posted":
          return attempt.message;
        case "new":
          return "free";
        case "perhaps":
          return "ask";
        case "in-flight":
          await wait(LOOK_AGAIN_MS);
      }
    }
  }

  async function record(key: string, message: MessageRef): Promise<MessageRef> {
    // Not fenced: where a message stands is a fact, whoever has the run by now.
    const store = createDeliveryStore(database);
    await untilDatabaseAnswers(() => store.complete(key, message), { signal: AbortSignal.timeout(RECORD_MS) });
    log.debug({ key }, "post recorded");
    return message;
  }

  return {
    post: async (thread, key, post) => {
      const begun = await begin(thread, key);
      if (typeof begun === "object") return begun;
      log.debug({ key }, "post begun");
      const found = begun === "ask" ? await platform.findPosted(thread, key) : null;
      if (found !== null) return record(key, found);
      await lease.confirm();
      const message = await post();
      log.debug({ key }, "posted");
      return record(key, message);
    },
  };
}

/** Longer than any request to a platform may take. */
export const IN_FLIGHT_MS = 15_000;
const LOOK_AGAIN_MS = 500;
const RECORD_MS = 60_000;
