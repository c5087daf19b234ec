import {
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from "discord.js";

/** What one message carries, besides its text a file at most. */
export interface MessageContent {
  components: APIMessageTopLevelComponent[];
  file?: { name: string; text: string };
}

/**
 * Discord's limits. https://discord.com/developers/docs/components/reference, …/resources/message (read 2026-11-22)
 * The total of text in a message is not among the checks of discord.js' own builders.
 */
export const LIMITS = {
  components: 40,
  messageText: 4_000,
  buttonLabel: 80,
  buttonsInRow: 5,
  customId: 100,
  selectOptions: 25,
  optionText: 100,
  placeholder: 150,
  threadName: 100,
  modalTitle: 45,
  modalParts: 5,
  label: 45,
  labelDescription: 100,
  inputText: 4_000,
  url: 512,
  nonce: 25,
  /** The least that any server takes; boosted ones take more. */
  fileBytes: 10 * 1024 * 1024,
} as const;

/** What Discord would refuse in this message, in words; empty when it fits. */
export function problemsOfMessage({ components, file }: MessageContent): string[] {
  const parts = components.flatMap(withInner);
  const text = parts.reduce((total, { content }) => total + (typeof content === "string" ? content.length : 0), 0);
  const ids = parts.map(({ id }) => id).filter((id) => id !== undefined);
  const customIds = parts.map(({ custom_id: id }) => id).filter((id) => id !== undefined);
  return [
    ...(parts.length === 0 ? ["nothing in it"] : []),
    ...(parts.length > LIMITS.components ? [`${parts.length} components`] : []),
    ...(text > LIMITS.messageText ? [`${text} characters`] : []),
    ...(new Set(ids).size === ids.length ? [] : ["an id is used twice"]),
    ...(new Set(customIds).size === customIds.length ? [] : ["a custom_id is used twice"]),
    ...(file !== undefined && Buffer.byteLength(file.text) > LIMITS.fileBytes ? ["the file is too large"] : []),
    ...parts.flatMap(problemsOfPart),
  ];
}

/** What Discord would refuse in this form. */
export function problemsOfModal({
  title,
  custom_id: id,
  components,
}: APIModalInteractionResponseCallbackData): string[] {
  return [
    ...(fits(title, 1, LIMITS.modalTitle) ? [] : ["title"]),
    ...(fits(id, 1, LIMITS.customId) ? [] : ["custom_id"]),
    ...(components.length >= 1 && components.length <= LIMITS.modalParts ? [] : [`${components.length} parts`]),
    ...components.flatMap(withInner).flatMap(problemsOfPart),
  ];
}

/** A component as it is sent. */
type Part = Record<string, unknown> & { type?: number };

function withInner(part: unknown): Part[] {
  const { components, accessory, component } = part as Part;
  const inner = [
    ...list(components),
    ...(accessory === undefined ? [] : [accessory]),
    ...(component === undefined ? [] : [component]),
  ];
  return [part as Part, ...inner.flatMap(withInner)];
}

function problemsOfPart(part: Part): string[] {
  const rule = RULES[part.type ?? 0];
  if (rule === undefined) return [`unknown part ${part.type}`];
  return rule(part).map((problem) => `${ComponentType[part.type ?? 0]}: ${problem}`);
}

const RULES: Record<number, (part: Part) => string[]> = {
  [ComponentType.ActionRow]: ({ components }) => {
    const parts = list(components);
    const isRow = parts.every(({ type }) => type === ComponentType.Button)
      ? parts.length <= LIMITS.buttonsInRow
      : parts.length === 1;
    return isRow && parts.length > 0 ? [] : [`${parts.length} parts in a row`];
  },
  [ComponentType.Button]: ({ label, custom_id: id, url }) => [
    ...(fits(label, 1, LIMITS.buttonLabel) ? [] : ["label"]),
    ...(url === undefined ? problemOf("custom_id", id, LIMITS.customId) : problemOf("url", url, LIMITS.url)),
  ],
  [ComponentType.StringSelect]: ({ custom_id: id, options, placeholder }) => {
    const given = list(options);
    const isGood = given.every(
      ({ label, value, description }) =>
        fits(label, 1, LIMITS.optionText) &&
        fits(value, 1, LIMITS.optionText) &&
        (description === undefined || fits(description, 1, LIMITS.optionText)),
    );
    return [
      ...problemOf("custom_id", id, LIMITS.customId),
      ...(given.length >= 1 && given.length <= LIMITS.selectOptions ? [] : [`${given.length} options`]),
      ...(isGood ? [] : ["an option does not fit"]),
      ...(new Set(given.map(({ value }) => value)).size === given.length ? [] : ["a value is used twice"]),
      ...(placeholder === undefined || fits(placeholder, 1, LIMITS.placeholder) ? [] : ["placeholder"]),
    ];
  },
  [ComponentType.TextInput]: ({ custom_id: id, value, placeholder }) => [
    ...problemOf("custom_id", id, LIMITS.customId),
    ...(value === undefined || fits(value, 0, LIMITS.inputText) ? [] : ["value"]),
    ...(placeholder === undefined || fits(placeholder, 0, 100) ? [] : ["placeholder"]),
  ],
  [ComponentType.Section]: ({ components, accessory }) => {
    const texts = list(components);
    const isGood =
      texts.length >= 1 && texts.length <= 3 && texts.every(({ type }) => type === ComponentType.TextDisplay);
    return isGood && accessory !== undefined ? [] : ["texts or accessory"];
  },
  [ComponentType.TextDisplay]: ({ content }) => problemOf("content", content, LIMITS.messageText),
  [ComponentType.File]: ({ file }) =>
    String((file as Part | undefined)?.url).startsWith("attachment://") ? [] : ["address"],
  [ComponentType.Separator]: () => [],
  [ComponentType.Container]: ({ components }) => (list(components).length > 0 ? [] : ["nothing in it"]),
  [ComponentType.Label]: ({ label, description }) => [
    ...problemOf("label", label, LIMITS.label),
    ...(description === undefined || fits(description, 0, LIMITS.labelDescription) ? [] : ["description"]),
  ],
};

function problemOf(name: string, value: unknown, most: number): string[] {
  return fits(value, 1, most) ? [] : [name];
}

function fits(value: unknown, least: number, most: number): boolean {
  return typeof value === "string" && value.length >= least && value.length <= most;
}

function list(value: unknown): Part[] {
  return Array.isArray(value) ? (value as Part[]) : [];
}
