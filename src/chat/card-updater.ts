import type { Logger } from "pino";
import type { ChatPlatform } from "../chat-ports.ts";
import type { MessageRef, ProgressCard } from "../types.ts";

/** Keeps one card up to date. The latest state wins; edits never overtake each other. */
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
    while (latest !== null) {
      const card = latest;
      latest = null;
      await draw(card).catch((error: unknown) => {
        log.warn({ err: error, runId: card.runId }, "progress card not updated");
      });
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

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
