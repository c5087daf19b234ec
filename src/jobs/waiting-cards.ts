import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { createDeliveryStore } from "../storage/deliveries.ts";
import { claimPlace, listWaiting, type WaitingRun } from "../storage/queued-runs.ts";
import { cardKeyOf } from "./delivery.ts";
import { IN_FLIGHT_MS } from "./outbox.ts";
import { waitingCard } from "./run-cards.ts";
import { mayLive, senderName } from "./senders.ts";

export interface WaitingCardsParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  processId: string;
  log: Logger;
}

/**
 * Shows people who wait their place in the queue, and counts it down. Of several processes the one that claims a place
 * shows it; a run that a worker takes up meanwhile is left to that worker.
 */
export function createWaitingCards({ database, platform, processId, log }: WaitingCardsParts) {
  const sender = senderName(processId, "reception");
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<void> = Promise.resolve();

  async function showAll(): Promise<void> {
    const waiting = await listWaiting(database, {
      platform: platform.name,
      sinceMs: WORTH_SAYING_MS,
      limit: MOST_LOOKED_AT,
    });
    const changed = waiting.filter(
      ({ run, place, shownPlace }) => run.request.digest === undefined && roundedPlace(place) !== shownPlace,
    );
    for (const run of changed.slice(0, MOST_SHOWN)) await show(run);
  }

  async function show({ run, place: exact }: WaitingRun): Promise<void> {
    const place = roundedPlace(exact);
    const { thread } = run.request;
    const key = cardKeyOf(run.id);
    const alive = { inFlightMs: IN_FLIGHT_MS, mayLive: (other: string) => mayLive(other, processId, database) };
    const attempt = await database.transaction(async (query) => {
      if (!(await claimPlace(query, run.id, place))) return null;
      return createDeliveryStore(query).begin({ key, runId: run.id, thread, sender }, alive);
    });
    if (attempt?.kind === "posted") await platform.updateCard(attempt.message, waitingCard(run, place));
    if (attempt?.kind !== "new") return;
    const message = await platform.postCard(thread, waitingCard(run, place), key);
    await createDeliveryStore(database).complete(key, message);
  }

  return {
    /** One pass. */
    showAll,
    start: (): void => {
      const look = (): void => {
        pass = showAll().catch((error: unknown) => log.warn({ err: error }, "places in the queue not shown"));
        void pass.then(() => {
          timer = setTimeout(look, PASS_MS).unref();
        });
      };
      timer = setTimeout(look, PASS_MS).unref();
    },
    stop: async (): Promise<void> => {
      clearTimeout(timer);
      await pass;
      clearTimeout(timer);
    },
  };
}

/** Exact up to ten, then in tens: a place far back is no news each time it changes. */
function roundedPlace(place: number): number {
  return place <= 10 ? place : Math.ceil(place / 10) * 10;
}

const PASS_MS = 2_000;
// Most runs are taken up at once, and then the worker shows the card.
const WORTH_SAYING_MS = 1_000;
const MOST_LOOKED_AT = 1_000;
// Platforms take about one message a second and channel; the places near the front come first.
const MOST_SHOWN = 10;
