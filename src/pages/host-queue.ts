import timers from "node:timers/promises";

export type InTurn = <T>(host: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>;

/**
 * One polite queue per host: at most `atOnce` tasks at a time, starts at least `gapMs` apart, first come first served.
 *
 * A task that waits is dropped when its signal aborts; a running one is left to its own signal.
 */
export function createHostQueue({ atOnce = 2, gapMs = 250 } = {}): InTurn {
  const hosts = new Map<string, HostState>();

  function stateOf(host: string): HostState {
    if (hosts.size > MAX_REMEMBERED_HOSTS) for (const [name, state] of hosts) if (isIdle(state)) hosts.delete(name);
    const state = hosts.get(host) ?? { running: 0, waiting: [], nextStartAt: 0 };
    hosts.set(host, state);
    return state;
  }

  return async (host, signal, task) => {
    const state = stateOf(host);
    await placeIn(state, atOnce, signal);
    try {
      const now = Date.now();
      // Never longer than all who started at once need, also when the clock was set back.
      const waitMs = Math.min(Math.max(0, state.nextStartAt - now), gapMs * atOnce);
      state.nextStartAt = now + waitMs + gapMs;
      if (waitMs > 0) await timers.setTimeout(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      return await task();
    } finally {
      state.running--;
      state.waiting.shift()?.();
    }
  };
}

interface HostState {
  running: number;
  waiting: (() => void)[];
  nextStartAt: number;
}

const MAX_REMEMBERED_HOSTS = 1_000;

function isIdle(state: HostState): boolean {
  return state.running === 0 && state.waiting.length === 0;
}

/** Resolves when the caller counts as running. */
async function placeIn(state: HostState, atOnce: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (state.running < atOnce) {
    state.running++;
    return;
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const start = () => {
    signal.removeEventListener("abort", leave);
    state.running++;
    resolve();
  };
  const leave = () => {
    state.waiting.splice(state.waiting.indexOf(start), 1);
    reject(signal.reason);
  };
  state.waiting.push(start);
  signal.addEventListener("abort", leave, { once: true });
  await promise;
}
