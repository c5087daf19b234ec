import { placeOf } from "../canonical-url.ts";
import { estimateTokens } from "../words.ts";
import { linkMark } from "./observation.ts";
import { bestPassages } from "./passages.ts";
import type { SourceList } from "./source-list.ts";
import type { KnownPage } from "./understanding.ts";

/** The pages of earlier answers are sources from the start: cited ones under the numbers that readers know. */
export function restoreKnown(known: readonly KnownPage[], sources: SourceList): void {
  for (const { number, page } of known) if (number !== null) sources.restore(number, page);
  for (const { number, page } of known) if (number === null) sources.restore(null, page);
}

/** Tells the model which pages it need not open again; "" when there are none. */
export function knownOpening(sources: SourceList, questions: readonly string[], contextTokens: number): string {
  if (sources.sources.length === 0) return "";
  const entries = sources.sources.map(({ number, page }) => {
    const passages = questions
      .flatMap((text) => bestPassages(page, text, { limit: 1, index: sources.indexOf(page) }))
      .map(({ text }) => `- "${text.slice(0, MAX_PASSAGE_CHARS)}"`);
    const mark = linkMark(number, page.title, placeOf(page.url));
    return { mark, full: [mark, ...new Set(passages)].join("\n") };
  });
  const full = entries.map((entry) => entry.full).join("\n");
  const fits = estimateTokens(full) <= contextTokens * SHARE;
  const list = fits ? full : entries.map(({ mark }) => mark).join("\n");
  return `Opened earlier in this conversation. Cite these pages by their numbers; click one to read it again at no cost:\n${list}`;
}

const MAX_PASSAGE_CHARS = 300;
const SHARE = 0.2;
