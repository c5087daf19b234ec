export interface CallTimes {
  /** No byte for this long ends the call. */
  idleMs: number;
  /** The whole call. */
  totalMs: number;
}

export interface Watchdog {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** A byte came: the idle time starts anew. */
  touch(): void;
  /** Which time was up, or null. */
  expired(): "idle" | "total" | null;
  stop(): void;
}

/** Watches one call: `idleMs` without a byte, or `totalMs` in all, ends it. */
export function createWatchdog({ idleMs, totalMs }: CallTimes): Watchdog {
  const controller = new AbortController();
  let expired: "idle" | "total" | null = null;
  const expire = (kind: "idle" | "total") => {
    expired ??= kind;
    controller.abort();
  };
  const idle = setTimeout(expire, idleMs, "idle");
  const total = setTimeout(expire, totalMs, "total");
  return {
    signal: controller.signal,
    touch: () => {
      idle.refresh();
    },
    expired: () => expired,
    stop: () => {
      clearTimeout(idle);
      clearTimeout(total);
    },
  };
}
