/** One fault of the matrix. */
export interface Scenario {
  name: string;
  engines: readonly Engine[];
  /** Also in the short version. */
  isShort: boolean;
  /** After that the row has failed; ten minutes unless told. */
  limitMinutes?: number;
  run(setting: Setting): Promise<Outcome>;
}

export type Engine = "PGlite" | "PostgreSQL";

export interface Setting {
  engine: Engine;
  /** An empty database for this scenario alone; null for the embedded one. */
  databaseUrl: string | null;
  isShort: boolean;
  /** Fires when the row has had its time: the house closes, whatever still waits in it. */
  signal: AbortSignal;
  /** Shows what is going on. */
  tell(text: string): void;
}

export interface Outcome {
  tried: number;
  held: number;
  /** Figures, and what went wrong. */
  remarks: string[];
}

/** A scenario with one trial: held when there is nothing to complain of. */
export function single(problems: readonly string[], remarks: readonly string[] = []): Outcome {
  return { tried: 1, held: problems.length === 0 ? 1 : 0, remarks: [...remarks, ...problems] };
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** True as soon as the condition holds, false when it does not within the time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await delay(25);
  }
  return true;
}
