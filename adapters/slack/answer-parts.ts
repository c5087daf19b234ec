import { placeOf } from "../../src/canonical-url.ts";
import { linkMarks } from "../../src/chat/link-marks.ts";
import { splitMarkdown } from "../../src/chat/split-markdown.ts";
import { textTables } from "../../src/chat/text-tables.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import { isHttp } from "./block-parts.ts";
import { withoutMentions } from "./slack-text.ts";

/** One message of an answer. */
export interface AnswerPart {
  /** Markdown, or null where there is only more of the sources. */
  body: string | null;
  sources: AnswerView["sources"];
  /** Has this the lines below, the buttons and the rating? */
  isLast: boolean;
}

export interface AnswerPlan {
  parts: AnswerPart[];
  /** Is there more than messages hold? Then the whole report follows as a file, after the last part. */
  hasFile: boolean;
}

/** How an answer becomes messages. The same answer always gives the same plan. */
export function planAnswer(answer: AnswerView): AnswerPlan {
  const bodies = bodiesOf(answer);
  const shown = bodies.slice(0, MAX_BODIES);
  const sources = answer.isHead ? [] : answer.sources.slice(0, MAX_SOURCES);
  const hasFile = bodies.length > shown.length || (!answer.isHead && answer.sources.length > sources.length);
  if (bodies.length > shown.length) shown.push("*The answer goes on in the file below.*");
  const parts = shown.map((body): AnswerPart => ({ body, sources: [], isLast: false }));
  for (const source of sources) {
    const last = parts.at(-1);
    if (last !== undefined && lengthOf(last) + sourceLength(source) <= ROOM_CHARS) last.sources.push(source);
    else parts.push({ body: null, sources: [source], isLast: false });
  }
  const last = parts.at(-1);
  if (last !== undefined) last.isLast = true;
  return { parts, hasFile };
}

/**
 * Slack takes 12,000 characters of Markdown in a message, and about 13,200 of everything together; 9,000 leave room for
 * sources, footer and buttons.
 */
export const MAX_BODY_CHARS = 9_000;
const ROOM_CHARS = 11_500;
// More messages than this are a flood; the rest is in the file.
const MAX_BODIES = 3;
const MAX_SOURCES = 60;
const MAX_TITLE = 120;
// Slack shows one table in a message, of at most 100 rows and 20 columns.
// https://docs.slack.dev/reference/block-kit/blocks/table-block (read 2026-11-22)
const TABLES = { keep: 1, maxRows: 100, maxColumns: 20, maxLineChars: 100 };

function bodiesOf({ body, sources }: AnswerView): string[] {
  const addresses = new Map(sources.map(({ number, url }) => [number, url]));
  const addressOf = (number: number): string | null => {
    const url = addresses.get(number);
    return url !== undefined && isHttp(url) ? url : null;
  };
  const linked = withoutMentions(linkMarks(body, addressOf));
  return splitMarkdown(linked, MAX_BODY_CHARS)
    .map((part) => textTables(part, TABLES))
    .flatMap((part) => splitMarkdown(part, MAX_BODY_CHARS));
}

/** "Title — host, 2026-11-22" */
export function sourceLabel({ title, url, date }: AnswerView["sources"][number]): { title: string; place: string } {
  const line = title.replace(/\s+/g, " ").trim();
  const shown = line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1).toWellFormed()}…` : line;
  const place = [placeOf(url), date?.slice(0, 10) ?? ""].filter((word) => word !== "").join(", ");
  return { title: shown === "" ? place || url : shown, place };
}

function sourceLength(source: AnswerView["sources"][number]): number {
  const { title, place } = sourceLabel(source);
  // A citation names its title twice.
  return 2 * title.length + 2 * place.length + 10;
}

function lengthOf({ body, sources }: AnswerPart): number {
  return (body?.length ?? 0) + sources.reduce((total, source) => total + sourceLength(source), 0);
}
