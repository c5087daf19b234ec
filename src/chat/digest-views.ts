import type { AnswerView } from "../chat-ports.ts";
import type { Report, ReportForm } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { createAnswerView } from "./answer-view.ts";
import { defuse } from "./defuse.ts";

/** A digest as people get it: its points for everybody in the channel, and what they rest on for the thread below. */
export interface DigestViews {
  points: AnswerView;
  details: AnswerView;
}

/** What is more than one message should hold stands with the details: nothing is left out. */
export function createDigestViews(
  report: Report,
  { form, notice, heading }: { form: ReportForm; notice: string | null; heading: string },
): DigestViews {
  const [list = "", ...below] = report.answer.split("\n\n");
  const lines = list.split("\n");
  const most = form === "short-digest" ? MOST_IN_SHORT : MOST;
  const more = lines.slice(most);
  const points = { ...report, answer: lines.slice(0, most).join("\n"), contradictions: [], gaps: [] };
  const rest = [more.join("\n"), ...below, quotesOf(report)].filter((part) => part !== "").join("\n\n");
  const what = more.length === 0 ? "Details and sources" : `${more.length} more, details and sources`;
  return {
    points: { ...createAnswerView(points, form, null, heading), footer: [`${what} are in the thread`], isHead: true },
    details: {
      ...createAnswerView({ ...report, answer: rest }, form, notice, "**Details and sources**"),
      isBelow: true,
    },
  };
}

/** The passages that the points rest on, as far as they may be kept. */
function quotesOf({ citations }: Report): string {
  const quotes = citations.flatMap(({ number, passage }) =>
    passage === null ? [] : [`- “${defuse(cleanLine(passage.text, MAX_QUOTE_CHARS))}” [${number}]`],
  );
  return Array.from(new Set(quotes)).slice(0, MOST_QUOTES).join("\n");
}

const MOST = 7;
const MOST_IN_SHORT = 3;
const MAX_QUOTE_CHARS = 300;
const MOST_QUOTES = 14;
