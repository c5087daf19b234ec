/** One line of a benchmark: what was measured, what came out, and what we want. */
export interface Measurement {
  what: string;
  value: string;
  /** In words, such as "at most 50 ms"; "" when it is measured without a goal. */
  goal: string;
  /** Null when there is no goal. */
  isHeld: boolean | null;
}

export interface Bench {
  title: string;
  measurements: Measurement[];
}

export function atMost(what: string, value: number, goal: number, unit: string): Measurement {
  return { what, value: `${round(value)} ${unit}`, goal: `at most ${goal} ${unit}`, isHeld: value <= goal };
}

export function atLeast(what: string, value: number, goal: number, unit: string): Measurement {
  return { what, value: `${round(value)} ${unit}`, goal: `at least ${goal} ${unit}`, isHeld: value >= goal };
}

export function measured(what: string, value: number | string, unit = ""): Measurement {
  return { what, value: `${typeof value === "number" ? round(value) : value} ${unit}`.trim(), goal: "", isHeld: null };
}

/** Middle value; of an even number the lower one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}
