import { type PointKind, pointsAmong } from "../../talk-cues.ts";
import { sentencesOf } from "../../words.ts";
import type { Step } from "./next-step.ts";
import type { View } from "./view.ts";

// The loop runs no more calls in one turn.
const MAX_CALLS = 8;

/** Opens the conversations one after the other, each to its end, as far as the run allows. */
export function talkSteps(view: View, threads: readonly number[]): Step[] {
  const fresh = (number: number) => !view.clicked.has(number);
  const nextParts = Array.from(view.pages.values()).flatMap(({ parts, partLinks }) =>
    partLinks.filter(({ part, number }) => !parts.has(part) && fresh(number)).map(({ number }) => number),
  );
  const room = Math.max(0, view.ceilings.pages - view.pages.size);
  // What was opened long ago is not shown any more; they are opened in their order.
  const last = threads.findLastIndex((number) => view.pages.has(number) || !fresh(number));
  const unopened = threads.slice(last + 1).slice(0, room);
  const clicks = Array.from(new Set([...nextParts, ...unopened])).slice(0, MAX_CALLS);
  return clicks.length === 0 ? [{ name: "finish" }] : clicks.map((number) => ({ name: "click", number }));
}

interface Saying {
  page: number;
  kind: PointKind;
  author: string;
  text: string;
  weight: number;
  /** Somebody else said something after it; null when that is not known. */
  isAnswered: boolean | null;
}

/** The points of the talk as a list: what was decided, asked, promised and reported, each in its author's words. */
export function tellTalk(view: View): string {
  const sayings = choose(sayingsOf(view), view.maxPoints);
  return sayings
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map((saying) => `- **${labelOf(saying)}:** ${saying.author}: "${saying.text}" 【${saying.page}†${saying.text}】`)
    .join("\n");
}

const ORDER: readonly PointKind[] = ["decision", "question", "request", "promise", "news"];
const MAX_OF_KIND: Record<PointKind, number> = { decision: 3, question: 2, request: 2, promise: 1, news: 2 };
const MAX_CHARS = 280;

function labelOf({ kind, isAnswered }: Saying): string {
  switch (kind) {
    case "decision":
      return "Decided";
    case "question":
      return isAnswered === false ? "Open" : "Asked";
    case "request":
      return "Asked";
    case "promise":
      return "Promised";
    case "news":
      return "News";
  }
}

/** The weightiest, no more than a few of one kind, and the second of a conversation only after the first of all others. */
function choose(sayings: Saying[], limit: number): Saying[] {
  const picked: Saying[] = [];
  const ranked = sayings.toSorted((a, b) => b.weight - a.weight);
  for (const perPage of [1, 2, limit]) {
    for (const saying of ranked) {
      if (picked.length === limit) return picked;
      const alike = picked.filter(({ kind }) => kind === saying.kind).length;
      const beside = picked.filter(({ page }) => page === saying.page).length;
      const isNew = picked.every(({ text }) => text !== saying.text);
      if (isNew && alike < MAX_OF_KIND[saying.kind] && beside < perPage) picked.push(saying);
    }
  }
  return picked;
}

function sayingsOf(view: View): Saying[] {
  const seen = Array.from(view.pages.values()).flatMap(({ number, parts, partCount }) => {
    const isWhole = parts.size === partCount && Array.from(parts.values()).every(({ isKept }) => !isKept);
    const text = Array.from(parts)
      .toSorted(([a], [b]) => a - b)
      .map(([, part]) => part.text)
      .join("\n");
    return sayingsIn(number, text, isWhole);
  });
  const known = new Set(seen.map(({ text }) => text));
  const kept = view.kept.flatMap(({ page, text }) => sayingsIn(page, text, false));
  return [...seen, ...kept.filter(({ text }) => !known.has(text))];
}

function sayingsIn(page: number, text: string, isWhole: boolean): Saying[] {
  const messages = messagesIn(text);
  return messages.flatMap(({ author, body }, index) => {
    const isAnswered = isWhole
      ? messages.slice(index + 1).some((later) => later.author !== author && !/\?\s*$/.test(later.body))
      : null;
    return pointsAmong(sentencesOf(body))
      .map(({ kind, sentence, weight }) => ({ page, kind, author, text: quotable(sentence.text), weight, isAnswered }))
      .map((saying) => ({
        ...saying,
        weight: saying.weight - (saying.kind === "question" && isAnswered !== false ? 2 : 0),
      }))
      .filter((saying) => saying.text.length <= MAX_CHARS);
  });
}

function messagesIn(text: string): { author: string; body: string }[] {
  return text
    .split(/^▸ /m)
    .slice(1)
    .map((message) => {
      const newline = message.indexOf("\n");
      return { author: message.slice(0, message.indexOf(",")), body: newline === -1 ? "" : message.slice(newline + 1) };
    });
}

/** On one line, in marks of quotation that it does not have itself, and without what Markdown would read. */
function quotable(sentence: string): string {
  return sentence
    .replace(/^(?:[-*+•>]|\d+[.)])\s+/, "")
    .replace(/["“”„]/g, "'")
    .replace(/[*_~`†]+/g, "")
    .trim();
}
