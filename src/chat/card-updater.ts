import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import { RuminateError } from "../errors.ts";
import type { MessageRef, ProgressCard } from "../types.ts";

/**
 * Keeps one card up to date. The latest state wins; edits never overtake each other. What the platform does not take for
 * the moment is tried again: the last state stands there for good.
 */
export interface CardUpdater {
  /** Never blocks, never throws: a card that cannot be posted or edited is no reason to stop a run. */
  show(card: ProgressCard): void;
  /** Resolves when the latest state was sent, or has failed to be. */
  flush(): Promise<void>;
}

/** The message that holds the card; `isNew` when the given card stands in it already. */
export interface OpenedCard {
  message: MessageRef;
  isNew: boolean;
}

/** @param open posts the card, or finds the one posted before; called again with the next state when it failed */
export function createCardUpdater(
  platform: ChatPlatform,
  open: (card: ProgressCard) => Promise<OpenedCard>,
  log: Logger,
): CardUpdater {
  let message: MessageRef | null = null;
  let latest: ProgressCard | null = null;
  let working: Promise<void> | null = null;
  let hurry = Promise.withResolvers<void>();

  async function draw(card: ProgressCard): Promise<void> {
    if (message === null) {
      const opened = await open(card);
      message = opened.message;
      if (opened.isNew) return;
    }
    await platform.updateCard(message, card);
  }

  async function work(): Promise<void> {
    let tries = 0;
    while (latest !== null) {
      const card = latest;
      latest = null;
      try {
        await draw(card);
        tries = 0;
      } catch (error) {
        log.warn({ err: error, runId: card.runId }, "progress card not updated");
        tries += 1;
        if (tries < MOST_TRIES && error instanceof RuminateError && error.isRetryable) {
          latest ??= card;
          await delay(Math.min(error.retryAfterMs ?? RETRY_MS, MAX_RETRY_MS));
        }
      }
      await Promise.race([delay(platform.limits.cardEditIntervalMs), hurry.promise]);
    }
    working = null;
  }

  return {
    show: (card) => {
      latest = card;
      working ??= work();
    },
    flush: async () => {
      hurry.resolve();
      await working;
      hurry = Promise.withResolvers<void>();
    },
  };
}

const MOST_TRIES = 3;
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 5_000;

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
