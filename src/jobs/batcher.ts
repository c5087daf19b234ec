import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { isOutage } from "./until-database-answers.ts";

export interface BatcherOptions {
  /** How long the first item of a batch waits for others. */
  collectMs: number;
  most: number;
  log: Logger;
}

/**
 * Turns a function of many items into one of a single item: what comes within `collectMs`, or while the last batch is
 * still at work, is done together. One bad item does not spoil the others: a batch that fails is done one by one.
 */
export function createBatcher<Item, Result>(
  workAll: (items: readonly Item[]) => Promise<Result[]>,
  { collectMs, most, log }: BatcherOptions,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    done: PromiseWithResolvers<Result>;
  }
  let waiting: Waiting[] = [];
  let isWorking = false;

  async function work(): Promise<void> {
    isWorking = true;
    await wait(collectMs);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await settle(batch);
    }
    isWorking = false;
  }

  async function settle(batch: Waiting[]): Promise<void> {
    try {
      const results = await workAll(batch.map(({ item }) => item));
      batch.forEach(({ done }, index) => {
        done.resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || isOutage(error)) {
        for (const { done } of batch) done.reject(error);
        return;
      }
      log.warn({ err: error, items: batch.length }, "batch failed, now one by one");
      for (const single of batch) await settle([single]);
    }
  }

  return (item) => {
    const done = Promise.withResolvers<Result>();
    waiting.push({ item, done });
    if (!isWorking) void work();
    return done.promise;
  };
}
