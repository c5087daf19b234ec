import type { Figure } from "./figures.ts";
import { unitOf } from "./units.ts";

/** "The number of milliseconds to wait. Default is `500`": an option says its unit before its default. */
export function nameDefaultUnits(text: string, figures: readonly Figure[]): void {
  if (!DEFAULT.test(text)) return;
  for (const [index, figure] of figures.entries()) {
    if (figure.unit !== null || figure.isOrdinal) continue;
    const before = text.slice(figures[index - 1]?.end ?? 0, figure.start);
    if (!DEFAULT_BEFORE.test(before)) continue;
    const named = [...before.matchAll(NAMED)].flatMap(({ groups }) => groups?.unit ?? []);
    if (new Set(named).size !== 1) continue;
    figure.unit = unitOf(named[0] ?? "");
    figure.isUnitApart = true;
  }
}

const DEFAULT = /default/i;
const DEFAULT_BEFORE = /default(?:s|ed| value)?\W{0,6}(?:is|are|to|of)?\W{0,6}$/i;
const NAMED =
  /\b(?:number of|amount of|measured in|in|\()\s?(?<unit>milliseconds|seconds|minutes|hours|days|bytes|kilobytes|megabytes|ms)\b/gi;
