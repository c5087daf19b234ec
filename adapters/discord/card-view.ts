import { ButtonStyle } from "discord.js";
import { placeOf } from "../../src/canonical-url.ts";
import { linkTarget } from "../../src/chat/link-marks.ts";
import type { CardTask, Depth, ProgressCard } from "../../src/types.ts";
import { button, buttonRow, container, textDisplay } from "./components.ts";
import { formatCustomId } from "./custom-id.ts";
import { literal } from "./discord-text.ts";
import type { MessageContent } from "./limits.ts";

/** The live plan. */
export function cardContent(card: ProgressCard): MessageContent {
  const { state, runId } = card;
  const lines = card.tasks.flatMap(taskLines);
  const head = textDisplay(`**${literal(card.title, MAX_TITLE)}**\n${lines.join("\n")}`);
  const below = isOpen(card) ? [textDisplay(startedLine(card)), cancelRow(runId)] : [];
  return { components: [container([head, ...below], COLORS[state])] };
}

/** The reply in the channel that the thread hangs on: who asked what. */
export function rootContent(
  card: Pick<ProgressCard, "question" | "startedAt" | "asker"> & {
    /** Null while nobody said it. */
    depth: Depth | null;
    runId: string | null;
    state: ProgressCard["state"];
  },
): MessageContent {
  const head = textDisplay(`🔎 ${who(card.asker)} asked: **${literal(card.question, MAX_QUESTION)}**`);
  const isLive = card.state === "queued" || card.state === "running";
  const line = textDisplay(isLive ? startedLine(card) : `-# ${ENDED[card.state]}`);
  const cancel = isLive && card.runId !== null ? [cancelRow(card.runId)] : [];
  return { components: [container([head, line, ...cancel], COLORS[card.state])] };
}

/** What the reply in the channel becomes when the answer is there. */
export function summaryContent(view: {
  question: string;
  asker?: string | undefined;
  summary: string;
  answerUrl: string;
}): MessageContent {
  const { question, asker, summary, answerUrl } = view;
  const lines = [
    `🔎 ${who(asker)} asked: **${literal(question, MAX_QUESTION)}**`,
    literal(summary, MAX_SUMMARY),
    `-# [The full answer with its sources is in the thread.](${answerUrl})`,
  ];
  return { components: [container([textDisplay(lines.join("\n"))], COLORS.done)] };
}

export function isOpen({ state }: Pick<ProgressCard, "state">): boolean {
  return state === "queued" || state === "running";
}

const COLORS = { queued: 0x99aab5, running: 0x5865f2, done: 0x57f287, stopped: 0xfee75c, failed: 0xed4245 } as const;
const MARKS: Record<CardTask["status"], string> = { pending: "▫️", running: "🔄", done: "✅", failed: "❌" };
const ENDED = { queued: "", running: "", done: "Done.", stopped: "Stopped.", failed: "Ended early." } as const;
// The newest: a card is a glance, the whole list is in the report. At most 5 tasks of 900 characters each fit.
const SHOWN_DETAILS = 2;
const SHOWN_SOURCES = 6;
const MAX_TITLE = 300;
const MAX_DETAIL = 120;
const MAX_QUESTION = 1_200;
const MAX_SUMMARY = 600;
const MAX_LINK = 200;

function taskLines({ status, title, details, sources }: CardTask): string[] {
  const hidden = details.length - SHOWN_DETAILS;
  const shown = details.slice(-SHOWN_DETAILS).map((detail) => `-# ${literal(detail, MAX_DETAIL)}`);
  const more = hidden > 0 ? [`-# … ${hidden} more above`] : [];
  return [
    `${MARKS[status]} ${literal(title, MAX_DETAIL)}`,
    ...(status === "pending" ? [] : [...more, ...shown, ...sourceLine(sources)]),
  ];
}

/** "[host](address) · [host](address)": read pages, the newest. */
function sourceLine(sources: CardTask["sources"]): string[] {
  const links = sources.filter(({ url }) => /^https?:\/\//.test(url) && url.length <= MAX_LINK).slice(-SHOWN_SOURCES);
  if (links.length === 0) return [];
  return [`-# ${links.map(({ url }) => `[${literal(placeOf(url), 40)}](${linkTarget(url)})`).join(" · ")}`];
}

/** Discord counts the time by itself, in everybody's own zone: no edit is needed to show that it passes. */
function startedLine({ depth, startedAt }: { depth: Depth | null; startedAt: string }): string {
  return `-# ${depth === null ? "" : `${depth} · `}asked <t:${Math.floor(Date.parse(startedAt) / 1000)}:R>`;
}

function who(asker: string | undefined): string {
  const id = asker?.split(":").at(-1) ?? "";
  return /^\d+$/.test(id) ? `<@${id}>` : "Somebody";
}

function cancelRow(runId: string) {
  return buttonRow([button(formatCustomId({ action: "cancel", subject: runId }), "Cancel", ButtonStyle.Danger)]);
}
