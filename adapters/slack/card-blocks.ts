import type { types } from "@slack/bolt";
import type { CardTask, ProgressCard } from "../../src/types.ts";
import { button, isHttp, richText, section, textElement, userElement } from "./block-parts.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import { clip, escapeText, literal } from "./slack-text.ts";

export const CANCEL_ACTION = "ruminate_cancel";

/** The live plan, richest form first; the later ones are for servers that do not know its blocks. */
export function planContents(card: ProgressCard): MessageContent[] {
  const text = fallbackText(card);
  const below = isOpen(card) ? [startedLine(card), cancelRow(card.runId)] : [];
  return [
    { text, blocks: [planBlock(card), ...below] },
    { text, blocks: [section(planLines(card)), ...(isOpen(card) ? [cancelRow(card.runId)] : [])] },
  ];
}

/** The message in the channel that opens the thread: who asked what, and how it stands. */
export function rootContents(card: ProgressCard): MessageContent[] {
  const question = clip(literal(card.question), MAX_ROOT_QUESTION);
  const who = card.asker === undefined ? [textElement("Somebody")] : [userElement(card.asker)];
  const headline = richText([...who, textElement(" asked: "), textElement(question, { bold: true })]);
  const state = isOpen(card) ? stateLine(card) : [richText([textElement(clip(literal(card.title), 500))])];
  const blocks = [headline, ...state, ...(isOpen(card) ? [cancelRow(card.runId)] : [])];
  return [{ text: fallbackText(card), blocks }];
}

/** What the root becomes when the answer is there. */
export function summaryContents(question: string, asker: string | undefined, summary: string): MessageContent[] {
  const who = asker === undefined ? [textElement("Somebody")] : [userElement(asker)];
  const shown = clip(literal(question), MAX_ROOT_QUESTION);
  const blocks = [
    richText([...who, textElement(" asked: "), textElement(shown, { bold: true })]),
    richText([textElement(clip(literal(summary), 600))]),
    richText([textElement("The full answer with its sources is in the thread.", { italic: true })]),
  ];
  return [{ text: escapeText(clip(`${literal(summary)} (full answer in the thread)`, 300)), blocks }];
}

export function isOpen({ state }: ProgressCard): boolean {
  return state === "queued" || state === "running";
}

const MAX_ROOT_QUESTION = 1_500;
const STATUSES = { pending: "pending", running: "in_progress", done: "complete", failed: "error" } as const;
const MARKS: Record<CardTask["status"], string> = { pending: "○", running: "◐", done: "●", failed: "✕" };
// The newest: a card is a glance, the whole list is in the report.
const SHOWN_DETAILS = 5;
const SHOWN_SOURCES = 6;
const MAX_DETAIL = 200;

function fallbackText(card: ProgressCard): string {
  return escapeText(`${clip(literal(card.title), 200)}: ${clip(literal(card.question), 200)}`);
}

function planBlock(card: ProgressCard): types.PlanBlock {
  return { type: "plan", title: clip(literal(card.title), LIMITS.taskText), tasks: card.tasks.map(taskCard) };
}

function taskCard(task: CardTask): types.TaskCardBlock {
  const details = detailLines(task);
  const sources = task.sources.filter(({ url }) => isHttp(url)).slice(-SHOWN_SOURCES);
  return {
    type: "task_card",
    task_id: task.id,
    title: clip(task.title, LIMITS.taskText),
    status: STATUSES[task.status],
    ...(details.length === 0 ? {} : { details: richText([textElement(details.join("\n"))]) }),
    ...(sources.length === 0
      ? {}
      : { sources: sources.map(({ url, title }) => ({ type: "url" as const, url, text: clip(literal(title), 100) })) }),
  };
}

function detailLines({ details, sources }: CardTask): string[] {
  const hidden = details.length - SHOWN_DETAILS;
  const shown = details.slice(-SHOWN_DETAILS).map((detail) => clip(literal(detail), MAX_DETAIL));
  const more = hidden > 0 ? [`… and ${hidden} more`] : [];
  const hiddenSources = sources.length - SHOWN_SOURCES;
  return [...shown, ...more, ...(hiddenSources > 0 ? [`${sources.length} pages in all`] : [])];
}

/** The same in plain words. */
function planLines(card: ProgressCard): string {
  const lines = card.tasks.flatMap((task) => [
    `${MARKS[task.status]} ${task.title}`,
    ...detailLines(task)
      .slice(-2)
      .map((detail) => `      ${detail}`),
  ]);
  return [clip(literal(card.title), 300), ...lines].join("\n").slice(0, LIMITS.sectionText);
}

/** Slack counts the time by itself: no edit is needed to show that it passes. */
function startedLine({ depth, startedAt }: ProgressCard): types.RichTextBlock {
  const timestamp = Math.floor(Date.parse(startedAt) / 1000);
  const started: types.RichTextDate = { type: "date", timestamp, format: "{ago}", fallback: startedAt };
  return richText([textElement(`${depth} · asked `), started]);
}

function stateLine(card: ProgressCard): types.RichTextBlock[] {
  const waiting = card.state === "queued" ? [richText([textElement(clip(literal(card.title), 300))])] : [];
  return [...waiting, startedLine(card)];
}

function cancelRow(runId: string): types.ActionsBlock {
  const cancel = button({ action: CANCEL_ACTION, label: "Cancel", value: runId, style: "danger" });
  const confirm = {
    title: { type: "plain_text" as const, text: "Stop this research?" },
    text: { type: "plain_text" as const, text: "What was found until now is posted as partial findings." },
    confirm: { type: "plain_text" as const, text: "Stop it" },
    deny: { type: "plain_text" as const, text: "Go on" },
  };
  return { type: "actions", elements: [{ ...cancel, confirm }] };
}
