import type { types } from "@slack/bolt";
import { placeOf } from "../../src/canonical-url.ts";
import type { AnswerView } from "../../src/chat-ports.ts";
import { type AnswerPart, type AnswerPlan, MAX_BODY_CHARS, sourceLabel } from "./answer-parts.ts";
import { button, context, isHttp, plain, section, textElement } from "./block-parts.ts";
import { LIMITS, type MessageContent } from "./limits.ts";
import { clip, escapeText, literal, notificationText } from "./slack-text.ts";

export const ANSWER_ACTIONS = {
  followUp: "ruminate_follow_up",
  deeper: "ruminate_deeper",
  redo: "ruminate_redo",
  download: "ruminate_download",
  feedback: "ruminate_feedback",
  remove: "ruminate_remove",
} as const;

/** One message of the answer, richest form first: with citation elements, with plain links, in plain words. */
export function answerContents(answer: AnswerView, plan: AnswerPlan, index: number): MessageContent[] {
  const part = partOf(plan, index);
  const body = part.body === null ? [] : [{ type: "markdown" as const, text: part.body }];
  const [cited, linked] = answerEndings(answer, plan, index).map(({ text, blocks }) => {
    return { text, blocks: [...body, ...blocks] };
  }) as [MessageContent, MessageContent];
  const below = part.isLast ? endBlocks(answer) : NOTHING;
  const words = inWords(part);
  return [
    cited,
    linked,
    { text: cited.text, blocks: [...sections(words), ...below.footer, ...below.actions] },
    // Never cut: what is longer goes into a file.
    ...(escapeText(words).length <= LIMITS.messageText ? [{ text: escapeText(words), blocks: [] }] : []),
  ];
}

/** The same as a file with a few words beside it, for when Slack takes no message of it. */
export function answerInFile(plan: AnswerPlan, index: number): { content: string; words: string } {
  const content = inWords(partOf(plan, index));
  const begin = escapeText(clip(content, 600));
  return { content, words: `${begin}\nSlack did not take this as a message: it is in the file.` };
}

function inWords({ body, sources }: AnswerPart): string {
  return [body ?? "", ...sources.map(sourceLine)].join("\n").trim();
}

/** The same message without its text, for where that stands already: sources, footer, buttons. */
export function answerEndings(answer: AnswerView, plan: AnswerPlan, index: number): MessageContent[] {
  const part = partOf(plan, index);
  const numbering = plan.parts.length > 1 ? [context([`${index + 1}/${plan.parts.length}`])] : [];
  const { footer, actions, rating } = part.isLast ? endBlocks(answer) : NOTHING;
  const text = notificationText(part.body ?? "Sources");
  const assemble = (sources: types.KnownBlock[], below: types.KnownBlock[]): MessageContent => {
    return { text, blocks: [...sources, ...numbering, ...footer, ...actions, ...below] };
  };
  return [
    assemble(sourceBlocks(part.sources, citation), rating),
    assemble(sourceBlocks(part.sources, link), rating),
    assemble(sections(part.sources.map(sourceLine).join("\n")), []),
  ];
}

const NOTHING = { footer: [], actions: [], rating: [] };

function partOf({ parts }: AnswerPlan, index: number): AnswerPart {
  const part = parts[index];
  if (part === undefined) throw new RangeError(`Expected a part below ${parts.length}, got ${index}.`);
  return part;
}

/** What stands under the last message. */
function endBlocks({ runId, footer, outcome, asker, isPrivate = false, isHead = false }: AnswerView) {
  const isMute = isPrivate || isHead;
  const actions = [
    button({ action: ANSWER_ACTIONS.followUp, label: "Ask a follow-up", value: runId }),
    button({ action: ANSWER_ACTIONS.deeper, label: outcome === "partial" ? "Continue" : "Go deeper", value: runId }),
    button({ action: ANSWER_ACTIONS.redo, label: "Redo", value: runId }),
    button({ action: ANSWER_ACTIONS.download, label: "Download .md", value: runId }),
  ];
  return {
    footer: footer.length === 0 ? [] : [context(footer.map(literal))],
    actions: isMute ? [] : [{ type: "actions" as const, elements: actions }],
    rating: isMute ? [] : [ratingRow(runId, asker)],
  };
}

function ratingRow(runId: string, asker: string | undefined): types.ContextActionsBlock {
  const rate: types.FeedbackButtons = {
    type: "feedback_buttons",
    action_id: ANSWER_ACTIONS.feedback,
    positive_button: { text: plain("Good answer"), value: `good:${runId}` },
    negative_button: { text: plain("Bad answer"), value: `bad:${runId}` },
  };
  if (asker === undefined) return { type: "context_actions", elements: [rate] };
  const remove: types.IconButton = {
    type: "icon_button",
    action_id: ANSWER_ACTIONS.remove,
    icon: "trash",
    text: plain("Delete this answer"),
    value: runId,
    visible_to_user_ids: [asker.split(":").at(-1) ?? asker],
  };
  return { type: "context_actions", elements: [rate, remove] };
}

type Source = AnswerView["sources"][number];

/** Few sources stand open, many are folded away. */
function sourceBlocks(
  sources: readonly Source[],
  element: (source: Source) => types.RichTextElement[],
): types.KnownBlock[] {
  if (sources.length === 0) return [];
  // Numbered by us: a list of Slack's own would count from one again in the next message.
  const lines = sources.flatMap((source, index) => [
    textElement(`${index === 0 ? "" : "\n"}${source.number}. `),
    ...element(source),
  ]);
  const list: types.RichTextBlock = { type: "rich_text", elements: [{ type: "rich_text_section", elements: lines }] };
  if (sources.length <= SHOWN_OPEN) return [{ type: "divider" }, list];
  const title = plain(`${sources.length} sources`);
  return [{ type: "container", title, child_blocks: [list], is_collapsible: true, default_collapsed: true }];
}

const SHOWN_OPEN = 6;

function link(source: Source): types.RichTextElement[] {
  const { title, place } = sourceLabel(source);
  const shown = literal(title);
  const head: types.RichTextElement = isHttp(source.url)
    ? { type: "link", url: source.url, text: shown }
    : textElement(shown);
  return [head, ...(place === "" ? [] : [textElement(` — ${place}`)])];
}

/** Slack's own citation. Documented, but not among the types of @slack/types 3.2.0; hence the cast and the way without it. */
function citation(source: Source): types.RichTextElement[] {
  if (!isHttp(source.url)) return link(source);
  const { title, place } = sourceLabel(source);
  const shown = clip(literal(title), LIMITS.taskText);
  const details = { citation_type: "web", display_name: clip(placeOf(source.url) || "web", 100), title: shown };
  const element = { type: "citation", url: source.url, text: shown, index: source.number, details };
  return [element as unknown as types.RichTextElement, ...(place === "" ? [] : [textElement(` — ${place}`)])];
}

function sourceLine(source: Source): string {
  const { title, place } = sourceLabel(source);
  return `${source.number}. ${literal(title)}${place === "" ? "" : ` — ${place}`}${isHttp(source.url) ? ` ${source.url}` : ""}`;
}

/** Plain sections of at most 3,000 characters, cut between lines where possible. */
function sections(text: string): types.SectionBlock[] {
  const pieces: string[] = [];
  for (let rest = text.slice(0, MAX_BODY_CHARS + LIMITS.sectionText); rest !== ""; ) {
    const newline = rest.lastIndexOf("\n", LIMITS.sectionText);
    const end = rest.length <= LIMITS.sectionText ? rest.length : newline > 500 ? newline : LIMITS.sectionText;
    pieces.push(rest.slice(0, end).toWellFormed());
    rest = rest.slice(end).trimStart();
  }
  return pieces.filter((piece) => piece.trim() !== "").map(section);
}
