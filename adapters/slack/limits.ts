import type { types } from "@slack/bolt";

/** What one message carries. */
export interface MessageContent {
  /** For notifications and screen readers; always there. */
  text: string;
  blocks: types.KnownBlock[];
}

/**
 * Slack's limits. https://docs.slack.dev/reference/block-kit/blocks, …/methods/chat.postMessage, …/methods/chat.update
 * (read 2026-11-22); others as noted.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** An edit with more is refused with msg_too_long, a post is split by Slack while it tells one id only. */
  messageText: 4_000,
  /** Of all Markdown blocks of a message together. */
  markdown: 12_000,
  /** Over all blocks; about 13,200 was measured by others (slackapi/bolt-js#2509). */
  allBlocksText: 13_000,
  /**
   * Of everything that is streamed into one message, in UTF-8: between 10.6 and 11.3 KB others met msg_too_long
   * (openclaw/openclaw#143882), and what stands below is counted by itself.
   */
  streamBytes: 9_000,
  sectionText: 3_000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  contextActionsElements: 5,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  id: 255,
  containerBlocks: 10,
  containerTitle: 150,
  /** Titles of plans, tasks and sources: the documented figure; longer ones were seen to pass. */
  taskText: 256,
  optionText: 75,
  optionValue: 150,
  selectOptions: 100,
  overflowOptions: 5,
  radioOptions: 10,
  viewTitle: 24,
  privateMetadata: 3_000,
  confirmText: 300,
  labelText: 2_000,
  placeholderText: 150,
} as const;

/** What Slack would refuse in this message, in words; empty when it fits. */
export function problemsOfMessage({ text, blocks }: MessageContent): string[] {
  const problems: string[] = [];
  if (text.trim() === "") problems.push("text is empty");
  if (text.length > LIMITS.messageText) problems.push(`text has ${text.length} characters`);
  if (blocks.length > LIMITS.messageBlocks) problems.push(`${blocks.length} blocks`);
  const markdown = sum(blocks.map((block) => (block.type === "markdown" ? block.text.length : 0)));
  if (markdown > LIMITS.markdown) problems.push(`${markdown} characters of Markdown`);
  const all = textLength(blocks);
  if (all > LIMITS.allBlocksText) problems.push(`${all} characters in all blocks`);
  return [...problems, ...problemsOfBlocks(blocks, "message")];
}

/** What Slack would refuse in a text that is streamed in these segments. */
export function problemsOfStream(segments: readonly string[]): string[] {
  const problems = segments.flatMap((segment) => {
    return fits(segment, LIMITS.markdown) ? [] : [`a segment of ${segment.length} characters`];
  });
  const bytes = Buffer.byteLength(segments.join(""));
  return bytes > LIMITS.streamBytes ? [...problems, `${bytes} bytes in one message`] : problems;
}

/** What Slack would refuse in this modal or Home. */
export function problemsOfView(view: types.ModalView | types.HomeView): string[] {
  const problems: string[] = [];
  if (view.blocks.length > LIMITS.viewBlocks) problems.push(`${view.blocks.length} blocks`);
  if ((view.private_metadata ?? "").length > LIMITS.privateMetadata) problems.push("private_metadata is too long");
  if (view.type === "modal") {
    for (const [name, text] of Object.entries({ title: view.title, submit: view.submit, close: view.close }))
      if (text !== undefined && !fits(text.text, LIMITS.viewTitle)) problems.push(`${name} does not fit`);
    if (view.submit === undefined && view.blocks.some(({ type }) => type === "input"))
      problems.push("a form needs a submit button");
  }
  return [...problems, ...problemsOfBlocks(view.blocks, "view")];
}

type Surface = "message" | "view";
/** Blocks, elements and texts as they are sent. */
type Part = Record<string, unknown> & { type?: string };

function problemsOfBlocks(blocks: readonly unknown[], surface: Surface): string[] {
  const ids = blocks.map((block) => (block as Part).block_id).filter((id) => id !== undefined);
  const repeated = new Set(ids).size === ids.length ? [] : ["a block_id is used twice"];
  return [...repeated, ...blocks.flatMap((block) => problemsOfPart(block as Part, surface))];
}

/** Walks through a block with everything inside it. */
function problemsOfPart(part: Part, surface: Surface): string[] {
  const rules = RULES[part.type ?? ""];
  if (rules === undefined) return [`unknown part ${part.type}`];
  const own = rules(part, surface).map((problem) => `${part.type}: ${problem}`);
  const ids = [part.block_id, part.action_id].filter((id) => id !== undefined && !fits(id, LIMITS.id));
  const confirm = part.confirm === undefined ? [] : problemsOfConfirm(part.confirm as Part);
  return [...own, ...ids.map(() => `${part.type}: id`), ...confirm];
}

type Rule = (part: Part, surface: Surface) => string[];

const RULES: Record<string, Rule> = {
  section: ({ text, accessory }, surface) => [
    ...textProblem("text", text, LIMITS.sectionText),
    ...(accessory === undefined ? [] : problemsOfPart(accessory as Part, surface)),
  ],
  header: ({ text }) => textProblem("text", text, LIMITS.headerText),
  divider: () => [],
  context: ({ elements }) => [
    ...countProblem(elements, LIMITS.contextElements),
    ...list(elements).flatMap((element) => textProblem("element", element, LIMITS.sectionText)),
  ],
  actions: ({ elements }, surface) => children(elements, LIMITS.actionsElements, surface),
  context_actions: ({ elements }, surface) => [
    ...(surface === "message" ? [] : ["only in messages"]),
    ...children(elements, LIMITS.contextActionsElements, surface),
  ],
  markdown: ({ text }, surface) => [
    ...(surface === "message" ? [] : ["only in messages"]),
    ...(fits(text, LIMITS.markdown) ? [] : ["text"]),
  ],
  plan: ({ title, tasks }, surface) => [
    ...(fits(title, LIMITS.taskText) ? [] : ["title"]),
    ...list(tasks).flatMap((task) => problemsOfPart(task, surface)),
  ],
  task_card: ({ task_id: id, title, details, output, sources }, surface) => [
    ...(fits(id, LIMITS.id) && fits(title, LIMITS.taskText) ? [] : ["task_id or title"]),
    ...[details, output].flatMap((part) => (part === undefined ? [] : problemsOfPart(part as Part, surface))),
    ...list(sources).flatMap(({ url, text }) => (isLink(url) && fits(text, LIMITS.taskText) ? [] : ["source"])),
  ],
  container: ({ title, child_blocks: blocks }, surface) => [
    ...textProblem("title", title, LIMITS.containerTitle),
    ...children(blocks, LIMITS.containerBlocks, surface),
    ...list(blocks).flatMap(({ type }) => (NOT_IN_CONTAINERS.has(type ?? "") ? [`${type} inside`] : [])),
  ],
  input: ({ label, element, hint }, surface) => [
    ...(surface === "view" ? [] : ["only in views"]),
    ...textProblem("label", label, LIMITS.labelText),
    ...(hint === undefined ? [] : textProblem("hint", hint, LIMITS.labelText)),
    ...problemsOfPart(element as Part, surface),
  ],
  rich_text: ({ elements }, surface) => (list(elements).length === 0 ? ["empty"] : inside(elements, surface)),
  rich_text_section: ({ elements }, surface) => (list(elements).length === 0 ? ["empty"] : inside(elements, surface)),
  rich_text_list: ({ elements }, surface) => (list(elements).length === 0 ? ["empty"] : inside(elements, surface)),
  text: ({ text }) => (typeof text === "string" && text !== "" ? [] : ["empty"]),
  link: ({ url }) => (isLink(url) ? [] : ["url"]),
  citation: ({ url, text }) => (isLink(url) && fits(text, LIMITS.taskText) ? [] : ["url or text"]),
  channel: ({ channel_id: id }) => (fits(id, LIMITS.id) ? [] : ["channel_id"]),
  user: ({ user_id: id }) => (fits(id, LIMITS.id) ? [] : ["user_id"]),
  date: ({ timestamp, format }) => (Number.isInteger(timestamp) && typeof format === "string" ? [] : ["timestamp"]),
  emoji: () => [],
  button: ({ text, value, url }) => [
    ...textProblem("text", text, LIMITS.buttonText),
    ...(value === undefined || fits(value, LIMITS.buttonValue) ? [] : ["value"]),
    ...(url === undefined || isLink(url) ? [] : ["url"]),
  ],
  feedback_buttons: ({ positive_button: positive, negative_button: negative }) =>
    [positive, negative].flatMap((button) => {
      const { text, value } = button as Part;
      return [...textProblem("text", text, LIMITS.buttonText), ...(fits(value, LIMITS.buttonValue) ? [] : ["value"])];
    }),
  icon_button: ({ text, value }) => [
    ...textProblem("text", text, LIMITS.buttonText),
    ...(fits(value, LIMITS.buttonValue) ? [] : ["value"]),
  ],
  plain_text_input: ({ placeholder }) =>
    placeholder === undefined ? [] : textProblem("placeholder", placeholder, LIMITS.placeholderText),
  number_input: () => [],
  timepicker: () => [],
  conversations_select: () => [],
  multi_conversations_select: () => [],
  static_select: ({ options }) => optionsProblem(options, LIMITS.selectOptions),
  radio_buttons: ({ options }) => optionsProblem(options, LIMITS.radioOptions),
  checkboxes: ({ options }) => optionsProblem(options, LIMITS.radioOptions),
  overflow: ({ options }) => optionsProblem(options, LIMITS.overflowOptions),
};

// https://docs.slack.dev/reference/block-kit/blocks/container-block and its type in @slack/types 3.2.0
const NOT_IN_CONTAINERS: ReadonlySet<string> = new Set([
  "markdown",
  "plan",
  "task_card",
  "context_actions",
  "container",
]);

function children(elements: unknown, most: number, surface: Surface): string[] {
  return [...countProblem(elements, most), ...inside(elements, surface)];
}

function inside(elements: unknown, surface: Surface): string[] {
  return list(elements).flatMap((element) => problemsOfPart(element, surface));
}

function countProblem(elements: unknown, most: number): string[] {
  const { length } = list(elements);
  return length >= 1 && length <= most ? [] : [`${length} elements`];
}

function optionsProblem(options: unknown, most: number): string[] {
  const wrong = list(options).filter(
    ({ text, value }) => textProblem("", text, LIMITS.optionText).length > 0 || !fits(value, LIMITS.optionValue),
  );
  return [...countProblem(options, most), ...wrong.map(() => "option")];
}

function problemsOfConfirm({ title, text, confirm, deny }: Part): string[] {
  return [
    ...textProblem("confirm title", title, 100),
    ...textProblem("confirm text", text, LIMITS.confirmText),
    ...textProblem("confirm button", confirm, 30),
    ...textProblem("deny button", deny, 30),
  ];
}

function textProblem(name: string, text: unknown, most: number): string[] {
  return fits((text as Part | undefined)?.text, most) ? [] : [`${name} is empty or above ${most} characters`];
}

function fits(text: unknown, most: number): boolean {
  return typeof text === "string" && text !== "" && text.length <= most;
}

export function isLink(url: unknown): boolean {
  return typeof url === "string" && url.length <= LIMITS.url && URL.canParse(url) && /^(?:https?|mailto):/i.test(url);
}

function list(elements: unknown): Part[] {
  return Array.isArray(elements) ? elements : [];
}

/** Characters that people read, in everything inside. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return sum(value.map(textLength));
  if (value === null || typeof value !== "object") return 0;
  const own = Object.entries(value).map(([name, field]) =>
    typeof field === "string" ? (name === "text" || name === "title" ? field.length : 0) : textLength(field),
  );
  return sum(own);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
