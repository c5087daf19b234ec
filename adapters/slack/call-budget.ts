import { setTimeout as delay } from "node:timers/promises";
import { RuminateError } from "../../src/errors.ts";
import type { RateBudget } from "../../src/ports.ts";

/** Who goes first when there is not room for all. */
export type Priority = "final" | "state" | "heartbeat";

export interface Turn {
  workspaceId: string;
  method: string;
  channelId: string | null;
  priority: Priority;
  /** Gives up when its turn would come later than this. */
  patienceMs: number;
}

/** Slack's limits are for each method and workspace, for the whole app. Calls line up here before they are made. */
export interface CallBudget {
  /** Resolves when the call may be made. @throws {RuminateError} POST_FAILED with the wait, when patience does not reach */
  enter(turn: Turn): Promise<void>;
  /** Slack asked to wait. */
  pause(turn: Pick<Turn, "workspaceId" | "method" | "channelId">, milliseconds: number): void;
}

interface Waiter extends Turn {
  givesUpAt: number;
  done: PromiseWithResolvers<void>;
}

interface Lane {
  waiters: Waiter[];
  pausedUntil: number;
  isWorking: boolean;
}

export function createCallBudget(shared: RateBudget, now: () => number = Date.now): CallBudget {
  const lanes = new Map<string, Lane>();

  async function work(key: string, lane: Lane, pace: Pace): Promise<void> {
    lane.isWorking = true;
    while (lane.waiters.length > 0) {
      const pausedMs = lane.pausedUntil - now();
      const waitMs = pausedMs > 0 ? pausedMs : await shared.take(key, pace);
      if (waitMs <= 0) lane.waiters.shift()?.done.resolve();
      else {
        giveUpBefore(lane, now() + waitMs);
        if (lane.waiters.length > 0) await delay(Math.min(waitMs, LONGEST_SLEEP_MS));
      }
    }
    lane.isWorking = false;
  }

  return {
    enter: async (turn) => {
      const pace = PACES[turn.method];
      if (pace === undefined) return;
      const key = keyOf(turn);
      const lane = laneOf(lanes, key);
      const waiter = { ...turn, givesUpAt: now() + turn.patienceMs, done: Promise.withResolvers<void>() };
      const place = lane.waiters.findIndex(({ priority }) => RANKS[priority] > RANKS[turn.priority]);
      lane.waiters.splice(place === -1 ? lane.waiters.length : place, 0, waiter);
      if (!lane.isWorking) work(key, lane, pace).catch((error: unknown) => refuseAll(lane, error));
      return waiter.done.promise;
    },
    pause: (turn, milliseconds) => {
      const lane = laneOf(lanes, keyOf(turn));
      lane.pausedUntil = Math.max(lane.pausedUntil, now() + milliseconds);
    },
  };
}

interface Pace {
  perMinute: number;
  burst: number;
}

/**
 * A little below Slack's tiers (20, 50, 100 a minute; posts one a second and channel), so that within any minute burst and
 * pace together stay under them. https://docs.slack.dev/apis/web-api/rate-limits (read 2026-11-22)
 */
const PACES: Readonly<Record<string, Pace>> = {
  "chat.postMessage": { perMinute: 60, burst: 4 },
  "chat.update": { perMinute: 36, burst: 4 },
  "chat.startStream": { perMinute: 16, burst: 3 },
  "chat.stopStream": { perMinute: 16, burst: 3 },
  "chat.appendStream": { perMinute: 85, burst: 10 },
  "conversations.history": { perMinute: 40, burst: 8 },
  "conversations.replies": { perMinute: 40, burst: 8 },
  "views.publish": { perMinute: 85, burst: 10 },
};
const PER_CHANNEL: ReadonlySet<string> = new Set(["chat.postMessage"]);
const RANKS: Record<Priority, number> = { final: 0, state: 1, heartbeat: 2 };
// Somebody more important may have come meanwhile, or a pause may have begun.
const LONGEST_SLEEP_MS = 1_000;

function keyOf({ workspaceId, method, channelId }: Pick<Turn, "workspaceId" | "method" | "channelId">): string {
  return PER_CHANNEL.has(method) ? `slack ${workspaceId} ${method} ${channelId}` : `slack ${workspaceId} ${method}`;
}

function laneOf(lanes: Map<string, Lane>, key: string): Lane {
  const lane = lanes.get(key) ?? { waiters: [], pausedUntil: 0, isWorking: false };
  lanes.set(key, lane);
  return lane;
}

/** Nobody gets a turn before `earliest`: who would not wait that long hears it now. */
function giveUpBefore(lane: Lane, earliest: number): void {
  const patient = lane.waiters.filter(({ givesUpAt }) => givesUpAt >= earliest);
  for (const { done, method, givesUpAt } of lane.waiters.filter((waiter) => !patient.includes(waiter))) {
    const retryAfterMs = Math.max(0, Math.ceil(earliest - givesUpAt));
    const message = `There is no room for ${method} at the moment.`;
    done.reject(new RuminateError("POST_FAILED", message, { isRetryable: true, retryAfterMs, details: { method } }));
  }
  lane.waiters = patient;
}

function refuseAll(lane: Lane, error: unknown): void {
  for (const { done } of lane.waiters) done.reject(error);
  lane.waiters = [];
  lane.isWorking = false;
}
