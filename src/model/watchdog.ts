export interface CallTimes {
  /** No byte for this long ends the call. */
  idleMs: number;
  /** The whole call. */
  totalMs: number;
}

export interface Watchdog {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** A byte came, perhaps of a keep-alive. */
  noteBytes(): void;
  /** A piece of the reply came. */
  notePiece(): void;
  /** Which time was up, or null. */
  expired(): "idle" | "total" | null;
  stop(): void;
}

// Gateways keep a connection alive while the model behind them starts; one that never does must end, too.
const KEEP_ALIVE_FACTOR = 2;

/** Watches one call: ends it after `idleMs` without a byte, twice that with keep-alives only, or `totalMs` in all. */
export function createWatchdog({ idleMs, totalMs }: CallTimes): Watchdog {
  const controller = new AbortController();
  let expired: "idle" | "total" | null = null;
  const expire = (kind: "idle" | "total") => {
    expired ??= kind;
    controller.abort();
  };
  const bytes = setTimeout(expire, idleMs, "idle");
  const pieces = setTimeout(expire, idleMs * KEEP_ALIVE_FACTOR, "idle");
  const total = setTimeout(expire, totalMs, "total");
  return {
    signal: controller.signal,
    noteBytes: () => {
      bytes.refresh();
    },
    notePiece: () => {
      pieces.refresh();
    },
    expired: () => expired,
    stop: () => {
      for (const timer of [bytes, pieces, total]) clearTimeout(timer);
    },
  };
}
