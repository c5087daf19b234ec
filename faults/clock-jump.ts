const RealDate = Date;
// A process that is started after a jump begins with it.
let aheadMs = Number(process.env.FAULT_AHEAD_MS ?? 0);
const now = (): number => RealDate.now() + aheadMs;

// In place from the start: who keeps `Date.now` keeps this one.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, newTarget) =>
    Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget === globalThis.Date ? target : newTarget),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});

/** Sets this process's wall clock forward or back, as somebody does who corrects the system's. Timers go on as before. */
export function skipTime(milliseconds: number): void {
  aheadMs = milliseconds;
}
