import type { SlackBlock, SlackView } from "./fake-slack-world.ts";

/**
 * What Slack refuses, written down a second time and independently of the adapter's own check. Sources: Slack's reference
 * pages of Block Kit, and the ceilings that others met (bolt-js #2509 for all blocks together).
 */
export function refusalOfBlocks(blocks: unknown, surface: "message" | "modal" | "home"): string | null {
  if (!Array.isArray(blocks)) return "invalid_blocks_format";
  if (blocks.length > (surface === "message" ? 50 : 100)) return "invalid_blocks: too many blocks";
  const ids = blocks.flatMap((block) => (typeof block?.block_id === "string" ? [block.block_id] : []));
  if (new Set(ids).size !== ids.length) return "invalid_blocks: block_id repeated";
  for (const block of blocks) {
    const problem = problemOf(block, surface, true);
    if (problem !== null) return `invalid_blocks: ${block?.type}: ${problem}`;
  }
  return surface === "message" ? refusalOfTogether(blocks) : null;
}

function refusalOfTogether(blocks: SlackBlock[]): string | null {
  const markdown = blocks.filter(({ type }) => type === "markdown").map(({ text }) => String(text).length);
  if (sum(markdown) > 12_000) return "invalid_blocks: markdown text above 12000 in all";
  // Slack makes blocks of Markdown, and of tables only one is allowed in a message, of 100 rows and 20 columns.
  const tables = blocks.flatMap(({ type, text }) => (type === "markdown" ? tablesIn(String(text)) : []));
  if (tables.length + blocks.filter(({ type }) => type === "table").length > 1)
    return "invalid_attachments: only one table";
  if (tables.some(({ rows, columns }) => rows > 100 || columns > 20)) return "invalid_blocks: table too large";
  // bolt-js #2509: about 13,200 characters over all blocks.
  return sum(blocks.map(textLength)) > 13_200 ? "msg_blocks_too_long" : null;
}

export function refusalOfView(view: SlackView): string | null {
  if (view.type !== "modal" && view.type !== "home") return "invalid_arguments: view type";
  if (view.type === "modal") {
    if (!fits(view.title, "plain_text", 24)) return "invalid_arguments: title";
    for (const field of ["submit", "close"]) {
      if (view[field] !== undefined && !fits(view[field], "plain_text", 24)) return `invalid_arguments: ${field}`;
    }
    if (view.blocks.some(({ type }) => type === "input") && view.submit === undefined)
      return "invalid_arguments: submit is missing";
  }
  if (String(view.callback_id ?? "").length > 255) return "invalid_arguments: callback_id";
  if (String(view.private_metadata ?? "").length > 3000) return "invalid_arguments: private_metadata";
  return refusalOfBlocks(view.blocks, view.type);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire
type Foreign = any;
type Check = (block: Foreign, surface: string) => string | null;

const BLOCKS: Record<string, Check> = {
  section: (block) => {
    if (block.text === undefined && !Array.isArray(block.fields)) return "text or fields";
    if (block.text !== undefined && !fitsText(block.text, 3000)) return "text";
    if (block.fields?.length > 10 || block.fields?.some((field: Foreign) => !fitsText(field, 2000))) return "fields";
    return block.accessory === undefined ? null : problemOfElement(block.accessory, "section");
  },
  header: ({ text }) => (fits(text, "plain_text", 150) ? null : "text"),
  context: ({ elements }) =>
    many(elements, 1, 10) && elements.every((element: Foreign) => fitsText(element, 3000)) ? null : "elements",
  divider: () => null,
  actions: ({ elements }) => {
    if (!many(elements, 1, 25)) return "elements";
    const ids = elements.map(({ action_id: id }: Foreign) => id).filter((id: unknown) => id !== undefined);
    if (new Set(ids).size !== ids.length) return "an action_id is there twice";
    return firstProblem(elements, (element: Foreign) => problemOfElement(element, "actions"));
  },
  context_actions: ({ elements }, surface) => {
    if (surface !== "message") return "only in messages";
    if (!many(elements, 1, 5)) return "elements";
    return firstProblem(elements, (element: Foreign) => problemOfElement(element, "context_actions"));
  },
  markdown: ({ text }, surface) =>
    surface === "message" && typeof text === "string" && text.length > 0 && text.length <= 12_000 ? null : "text",
  rich_text: ({ elements }) => (many(elements, 1, 400) ? firstProblem(elements, problemOfRichText) : "elements"),
  input: (block, surface) => {
    if (surface === "message") return "not in messages";
    if (!fits(block.label, "plain_text", 2000)) return "label";
    if (block.hint !== undefined && !fits(block.hint, "plain_text", 2000)) return "hint";
    return problemOfElement(block.element, "input");
  },
  plan: ({ title, tasks }, surface) => {
    if (surface !== "message" || !short(title, 256)) return "title";
    const ids = (tasks ?? []).map(({ task_id: id }: Foreign) => id);
    if (new Set(ids).size !== ids.length) return "a task_id is there twice";
    return firstProblem(tasks ?? [], (task: Foreign) => problemOf(task, "message", false));
  },
  task_card: (task) => {
    if (!short(task.task_id, 255) || !short(task.title, 256)) return "task_id or title";
    if (!["pending", "in_progress", "complete", "error"].includes(task.status)) return "status";
    for (const part of [task.details, task.output]) {
      if (part !== undefined && (part.type !== "rich_text" || problemOf(part, "message", false) !== null))
        return "details";
    }
    const isSource = (source: Foreign) => source.type === "url" && isUrl(source.url) && short(source.text, 256);
    return (task.sources ?? []).every(isSource) ? null : "sources";
  },
  container: (block, surface) => {
    if (!fits(block.title, "plain_text", 150) || !many(block.child_blocks, 1, 10)) return "title or child_blocks";
    const allowed = ["actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table"];
    if (block.default_collapsed && !block.is_collapsible) return "default_collapsed";
    return firstProblem(block.child_blocks, (child: Foreign) =>
      allowed.includes(child.type) ? problemOf(child, surface, false) : `${child.type} inside`,
    );
  },
};

function problemOf(block: Foreign, surface: string, isTop: boolean): string | null {
  const check = BLOCKS[block?.type];
  if (check === undefined) return "unknown type";
  if (block.block_id !== undefined && !short(block.block_id, 255)) return "block_id";
  if (isTop && block.type === "task_card" && surface !== "message") return "only in messages";
  return check(block, surface);
}

const ELEMENTS: Record<string, Check> = {
  button: (element) => {
    if (!fits(element.text, "plain_text", 75)) return "button text";
    if (element.url !== undefined && (!isUrl(element.url) || element.url.length > 3000)) return "button url";
    if (element.style !== undefined && !["primary", "danger"].includes(element.style)) return "button style";
    return element.value !== undefined && !short(element.value, 2000) ? "button value" : null;
  },
  feedback_buttons: ({ positive_button: positive, negative_button: negative }) =>
    [positive, negative].every((button) => fits(button?.text, "plain_text", 75) && short(button.value, 2000))
      ? null
      : "feedback buttons",
  icon_button: ({ icon, text, value }) =>
    icon === "trash" && fits(text, "plain_text", 75) && short(value, 2000) ? null : "icon button",
  plain_text_input: ({ max_length: longest, placeholder }) =>
    (longest ?? 1) <= 3000 && (placeholder === undefined || fits(placeholder, "plain_text", 150)) ? null : "text input",
  static_select: (element) => optionsProblem(element, 100),
  radio_buttons: (element) => optionsProblem(element, 10),
  checkboxes: (element) => optionsProblem(element, 10),
  overflow: (element) => optionsProblem(element, 5),
  conversations_select: () => null,
  users_select: () => null,
  multi_conversations_select: () => null,
  timepicker: () => null,
  number_input: ({ is_decimal_allowed: isDecimal }) => (typeof isDecimal === "boolean" ? null : "is_decimal_allowed"),
};

/** Where each element may stand, by the types of @slack/types. */
const PLACES: Record<string, readonly string[]> = {
  button: ["actions", "section"],
  feedback_buttons: ["context_actions"],
  icon_button: ["context_actions"],
  overflow: ["actions", "section"],
  plain_text_input: ["input"],
  number_input: ["input"],
};
const ANYWHERE = ["actions", "section", "input"];

function problemOfElement(element: Foreign, place: string): string | null {
  const check = ELEMENTS[element?.type];
  if (check === undefined) return `unknown element ${element?.type}`;
  if (!(PLACES[element.type] ?? ANYWHERE).includes(place)) return `${element.type} in ${place}`;
  if (element.placeholder !== undefined && !fits(element.placeholder, "plain_text", 150)) return "placeholder";
  if (element.action_id !== undefined && !short(element.action_id, 255)) return "action_id";
  const { confirm } = element;
  if (confirm !== undefined) {
    const { title, text, confirm: yes, deny } = confirm;
    if (!fits(title, "plain_text", 100) || !fitsText(text, 300) || !fits(yes, "plain_text", 30)) return "confirm";
    if (!fits(deny, "plain_text", 30)) return "confirm deny";
  }
  return check(element, "");
}

function optionsProblem(element: Foreign, most: number): string | null {
  const { options, initial_option: initial, initial_options: several } = element;
  if (!many(options, 1, most)) return "options";
  const values = options.map(({ value }: Foreign) => value);
  if (new Set(values).size !== values.length) return "an option is there twice";
  const chosen: Foreign[] = [...(initial === undefined ? [] : [initial]), ...(several ?? [])];
  const same = ({ text, value }: Foreign, option: Foreign) => option.value === value && option.text.text === text.text;
  if (!chosen.every((one) => options.some((option: Foreign) => same(one, option)))) return "initial option";
  if (several?.length === 0) return "initial_options is empty";
  const isOption = ({ text, value }: Foreign) => fitsText(text, 75) && short(value, 150);
  return options.every(isOption) ? null : "option";
}

function problemOfRichText(element: Foreign): string | null {
  const inner: Foreign[] = element?.elements;
  switch (element?.type) {
    case "rich_text_section":
    case "rich_text_quote":
    case "rich_text_preformatted":
      return Array.isArray(inner) && inner.length > 0 ? firstProblem(inner, problemOfInline) : "empty section";
    case "rich_text_list":
      if (!["ordered", "bullet"].includes(element.style)) return "list style";
      return Array.isArray(inner) && inner.length > 0 ? firstProblem(inner, problemOfRichText) : "empty list";
    default:
      return `unknown rich text ${element?.type}`;
  }
}

function problemOfInline(element: Foreign): string | null {
  switch (element?.type) {
    case "text":
      return typeof element.text === "string" && element.text.length > 0 ? null : "empty text";
    case "link":
      return isUrl(element.url) ? null : "link url";
    case "citation":
      return isUrl(element.url) && short(element.text, 256) && Number.isInteger(element.index) ? null : "citation";
    case "date":
      return Number.isInteger(element.timestamp) && element.format ? null : "date";
    case "channel":
      return /^[CGD]\w+$/.test(element.channel_id) ? null : "channel_id";
    case "user":
    case "broadcast":
    case "usergroup":
    case "emoji":
      return null;
    default:
      return `unknown inline ${element?.type}`;
  }
}

/** Everything in a payload that would notify somebody. */
export function pingsOf(text: string, blocks: readonly SlackBlock[]): string[] {
  const pings: string[] = [];
  const look = (value: Foreign, key: string): void => {
    if (typeof value === "string" && READ_FOR_MENTIONS.has(key)) pings.push(...(value.match(MENTION) ?? []));
    if (Array.isArray(value)) for (const item of value) look(item, "");
    if (value === null || typeof value !== "object" || Array.isArray(value)) return;
    if (["user", "usergroup", "broadcast"].includes(value.type)) pings.push(JSON.stringify(value));
    const isLiteral = value.type === "plain_text" || (value.type === "text" && value.text !== undefined);
    for (const [name, field] of Object.entries(value)) if (!(isLiteral && name === "text")) look(field, name);
  };
  look(text, "text");
  look(blocks, "blocks");
  return pings;
}

const READ_FOR_MENTIONS = new Set(["text"]);
const MENTION = /<(?:!(?:channel|here|everyone|subteam\^\w+)|@[UW]\w+)(?:\|[^>]*)?>/g;

function textLength(value: Foreign): number {
  if (Array.isArray(value)) return sum(value.map(textLength));
  if (value === null || typeof value !== "object") return 0;
  return sum(
    Object.entries(value).map(([key, field]) =>
      typeof field === "string" && ["text", "title"].includes(key) ? field.length : textLength(field),
    ),
  );
}

/** Tables are found by their second line. */
function tablesIn(markdown: string): { rows: number; columns: number }[] {
  const withoutCode = markdown.replace(/^```[\s\S]*?^```/gm, "");
  return Array.from(
    withoutCode.matchAll(/^\|?[ :|-]*-{3}[ :|-]*\|[ :|-]*\n((?:.*\|.*(?:\n|$))*)/gm),
    ([all, rows = ""]) => ({
      rows: rows.split("\n").filter((row) => row.includes("|")).length + 1,
      columns: (
        all
          .split("\n")[0]
          ?.replace(/^\||\|$/g, "")
          .split("|") ?? []
      ).length,
    }),
  );
}

function firstProblem(items: Foreign, problem: (item: Foreign) => string | null): string | null {
  for (const item of items) {
    const found = problem(item);
    if (found !== null) return found;
  }
  return null;
}

function fitsText(text: Foreign, most: number): boolean {
  return fits(text, "plain_text", most) || fits(text, "mrkdwn", most);
}

function fits(text: Foreign, type: string, most: number): boolean {
  // Slack refuses what does not belong to the kind of text: "additional property: emoji".
  const own = type === "plain_text" ? "emoji" : "verbatim";
  return (
    text?.type === type &&
    short(text.text, most) &&
    Object.keys(text).every((key) => ["type", "text", own].includes(key))
  );
}

function short(text: unknown, most: number): boolean {
  return typeof text === "string" && text.length > 0 && text.length <= most;
}

function many(list: unknown, least: number, most: number): boolean {
  return Array.isArray(list) && list.length >= least && list.length <= most;
}

function isUrl(url: unknown): boolean {
  return typeof url === "string" && URL.canParse(url) && /^(https?|mailto):/.test(url) && url.length <= 3000;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
