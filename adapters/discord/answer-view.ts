import { placeOf } from "../../src/canonical-url.ts";
import { WORD_JOINER } from "../../src/chat/defuse.ts";
import { linkMarks, linkTarget } from "../../src/chat/link-marks.ts";
import { splitMarkdown } from "../../src/chat/split-markdown.ts";
import { textTables } from "../../src/chat/text-tables.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import type { Report } from "../../src/types.ts";
import { attachedFile, button, buttonRow, selectRow, textDisplay } from "./components.ts";
import { formatCustomId } from "./custom-id.ts";
import { literal, toDiscordMarkdown } from "./discord-text.ts";
import { LIMITS, type MessageContent } from "./limits.ts";

/** What the buttons under an answer are for. */
export type AnswerAction = "follow-up" | "deeper" | "redo" | "download" | "good" | "bad" | "source";

/** The messages that an answer becomes. The same answer always becomes the same ones. */
export function answerContents(answer: AnswerView, renderReport: (report: Report) => string): MessageContent[] {
  const bodies = bodiesOf(answer);
  const isCut = bodies.length > MAX_BODIES;
  const shown = isCut ? [...bodies.slice(0, MAX_BODIES), "*The answer goes on in the file.*"] : bodies;
  const texts = joinShort([...shown, ...(answer.isHead ? [] : sourceTexts(answer.sources))]);
  return texts.map((text, index) => {
    const isLast = index === texts.length - 1;
    const number = texts.length > 1 ? [textDisplay(`-# ${index + 1}/${texts.length}`)] : [];
    if (!isLast) return { components: [textDisplay(text), ...number] };
    const components = [
      textDisplay(text),
      ...number,
      ...footer(answer),
      ...(isCut ? [attachedFile(FILE_NAME)] : []),
      ...(answer.isPrivate || answer.isHead ? [] : controls(answer)),
    ];
    return isCut ? { components, file: { name: FILE_NAME, text: renderReport(answer.report) } } : { components };
  });
}

/**
 * Of the 4,000 characters of a message, so that the lines below and the number of the part have room.
 */
export const MAX_PART_CHARS = 3_600;
// More messages than this are a flood; the rest is in the file.
const MAX_BODIES = 5;
const MAX_SOURCES = 60;
const MAX_FOOTER = 340;
const MAX_TITLE = 100;
const MAX_LINK = 500;
const FILE_NAME = "report.md";
// A line of a phone in the font of code.
const TABLES = { keep: 0, maxRows: 0, maxColumns: 0, maxLineChars: 60 };

function bodiesOf({ body, sources }: AnswerView): string[] {
  const addresses = new Map(sources.map(({ number, url }) => [number, url]));
  const addressOf = (number: number): string | null => {
    const url = addresses.get(number);
    return url !== undefined && isLinkable(url) ? url : null;
  };
  const prepared = toDiscordMarkdown(textTables(linkMarks(body, addressOf), TABLES));
  return splitMarkdown(prepared, MAX_PART_CHARS);
}

function isLinkable(url: string): boolean {
  return /^https?:\/\//.test(url) && url.length <= MAX_LINK;
}

/** "1. Title — host, 2026-11-22", as many lines as there is room for in one message after the other. */
function sourceTexts(sources: AnswerView["sources"]): string[] {
  const lines = sources.slice(0, MAX_SOURCES).map(sourceLine);
  const hidden = sources.length - lines.length;
  const more = hidden > 0 ? [`-# and ${hidden} more in the report`] : [];
  return lines.length === 0 ? [] : groupLines(["**Sources**", ...lines, ...more]);
}

function sourceLine({ number, title, url, date }: AnswerView["sources"][number]): string {
  const { name, place } = sourceLabel({ title, url, date });
  const shown = literal(name, MAX_TITLE);
  const head = isLinkable(url) ? `[${shown}](${linkTarget(url)})` : shown;
  return `-# ${number}. ${head}${place === "" ? "" : ` — ${literal(place, 60)}`}`;
}

function sourceLabel({ title, url, date }: Pick<AnswerView["sources"][number], "title" | "url" | "date">) {
  const place = [placeOf(url), date?.slice(0, 10) ?? ""].filter((word) => word !== "").join(", ");
  return { name: title.replaceAll(WORD_JOINER, "").trim() || place || url, place };
}

function groupLines(lines: readonly string[]): string[] {
  const groups: string[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= MAX_PART_CHARS)
      groups[groups.length - 1] = `${last}\n${line}`;
    else groups.push(line);
  }
  return groups;
}

/** The sources stand under the end of the answer where there is room. */
function joinShort(texts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of texts) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + 2 + text.length <= MAX_PART_CHARS)
      joined[joined.length - 1] = `${last}\n\n${text}`;
    else joined.push(text);
  }
  return joined;
}

function footer({ footer: lines }: AnswerView) {
  const shown: string[] = [];
  for (const line of lines.map((words) => `-# ${literal(words, 160)}`)) {
    if (shown.join("\n").length + line.length < MAX_FOOTER) shown.push(line);
  }
  return shown.length === 0 ? [] : [textDisplay(shown.join("\n"))];
}

function controls({ runId, outcome, sources }: AnswerView) {
  const id = (action: AnswerAction): string => formatCustomId({ action, subject: runId });
  const choices = sources.slice(0, LIMITS.selectOptions).map((source) => {
    const { name, place } = sourceLabel(source);
    return { label: `${source.number}. ${name}`, value: String(source.number), description: place };
  });
  const select = choices.length === 0 ? [] : [selectRow(id("source"), `Sources (${sources.length})`, choices)];
  const asking = [
    button(id("follow-up"), "Ask a follow-up"),
    button(id("deeper"), outcome === "partial" ? "Continue" : "Go deeper"),
    button(id("redo"), "Redo"),
    button(id("download"), "Download .md"),
  ];
  const rating = [button(id("good"), "👍"), button(id("bad"), "👎")];
  return [...select, buttonRow(asking), buttonRow(rating)];
}
