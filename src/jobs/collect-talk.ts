import { setTimeout as delay } from "node:timers/promises";
import type { ChatPlatform } from "../chat-ports.ts";
import { asRuminateError } from "../errors.ts";
import type { TalkMessage, ThreadRef } from "../types.ts";

export interface CollectedTalk {
  messages: TalkMessage[];
  /** False when a limit came first: then the rest was not read. */
  isComplete: boolean;
}

export interface CollectOptions {
  signal: AbortSignal;
  mostMessages?: number;
  /** A distributed Slack app gets 15 messages a minute. */
  mostMs?: number;
  /** For tests, whose clock is their own. */
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Reads what people said in a channel since then, page after page, at the pace that the platform asks for. The messages are
 * held in memory only: who is interrupted begins anew.
 *
 * @throws {RuminateError} HISTORY_UNAVAILABLE in words for people; POST_FAILED when the platform does not answer
 */
export async function collectTalk(
  platform: Pick<ChatPlatform, "history">,
  channel: ThreadRef,
  since: string,
  { signal, mostMessages = MOST_MESSAGES, mostMs = MOST_MS, pause = wait }: CollectOptions,
): Promise<CollectedTalk> {
  const messages = new Map<string, TalkMessage>();
  let cursor: string | null = null;
  let failures = 0;
  let waitedMs = 0;
  for (;;) {
    signal.throwIfAborted();
    let pauseMs: number;
    try {
      const page = await platform.history(channel, since, cursor);
      for (const message of page.messages) messages.set(message.id, message);
      failures = 0;
      if (page.next === null) return { messages: Array.from(messages.values()), isComplete: true };
      cursor = page.next;
      pauseMs = page.pauseMs;
    } catch (error) {
      const failure = asRuminateError(error);
      failures += 1;
      if (!failure.isRetryable || failures > MOST_FAILURES) throw error;
      pauseMs = failure.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (failures - 1);
    }
    waitedMs += pauseMs;
    const isEnough = messages.size >= mostMessages || waitedMs > mostMs;
    if (isEnough) return { messages: Array.from(messages.values()), isComplete: false };
    if (pauseMs > 0) await pause(pauseMs, signal);
  }
}

// What 40 conversations hold, and twice as much.
const MOST_MESSAGES = 3_000;
const MOST_MS = 30 * 60_000;
const MOST_FAILURES = 4;
const FIRST_PAUSE_MS = 2_000;

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
