/** Sets this process's wall clock forward or back, as somebody does who corrects the system's. Timers go on as before. */
export function skipTime(milliseconds: number): void {
  const now = (): number => RealDate.now() + milliseconds;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts, newTarget) =>
      Reflect.construct(
        target,
        parts.length === 0 ? [now()] : parts,
        newTarget === globalThis.Date ? target : newTarget,
      ),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
}

const RealDate = Date;
