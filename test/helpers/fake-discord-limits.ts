import type { Part } from "./fake-discord-world.ts";

/**
 * What Discord refuses, written down apart from the code under test.
 * https://discord.com/developers/docs/components/reference, …/resources/message (read 2026-11-22)
 */
export function refusalOfMessage(body: Part, fileNames: readonly string[]): string | null {
  const flags = Number(body.flags ?? 0);
  const components = listOf(body.components);
  const content = String(body.content ?? "");
  if (content.length > 2_000) return "content: Must be 2000 or fewer in length.";
  if (fileNames.length > 10) return "attachments: Must be 10 or fewer.";
  if ((flags & IS_COMPONENTS_V2) === 0) {
    if (content === "" && components.length === 0 && fileNames.length === 0) return EMPTY;
    if (components.some(({ type }) => type !== 1)) return "components: type: only action rows without the flag";
    if (components.length > 5) return "components: Must be 5 or fewer in length.";
    return refusalOfParts(components, fileNames);
  }
  if (content !== "" || listOf(body.embeds).length > 0)
    return "content: The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
  if (components.length === 0) return EMPTY;
  const all = components.flatMap(withInner);
  if (all.length > 40) return `components: ${all.length} components, at most 40.`;
  const text = all.reduce((total, { content: words }) => total + (typeof words === "string" ? words.length : 0), 0);
  if (text > 4_000) return `components: The total displayable text is ${text}, at most 4000.`;
  const ids = all.map(({ id }) => id).filter((id) => id !== undefined && id !== 0);
  if (new Set(ids).size !== ids.length) return "components: id: used twice";
  return refusalOfParts(components, fileNames);
}

/** A form: at most five labelled inputs. */
export function refusalOfModal(body: Part): string | null {
  const { title, custom_id: customId, components } = body;
  if (!fits(title, 1, 45) || !fits(customId, 1, 100)) return "title or custom_id";
  const parts = listOf(components);
  if (parts.length < 1 || parts.length > 5) return "components: Must be between 1 and 5 in length.";
  return first(parts, (part) =>
    MODAL_PARTS.includes(part.type ?? 0) ? (RULES[part.type ?? 0]?.(part, []) ?? null) : "type",
  );
}

/** A command of the application. */
export function refusalOfCommand({ type = 1, name, description, options }: Part): string | null {
  if (!fits(name, 1, 32)) return "name";
  if (type === 1 && (!/^[-_\p{L}\p{N}]{1,32}$/u.test(String(name)) || String(name) !== String(name).toLowerCase()))
    return "name";
  if (type === 1 ? !fits(description, 1, 100) : description !== undefined && description !== "") return "description";
  const given = listOf(options);
  if (given.length > 25) return "options";
  const firstOptional = given.findIndex((option) => option.required !== true);
  if (firstOptional !== -1 && given.slice(firstOptional).some((option) => option.required === true))
    return "options: Required options must be placed before non-required options";
  return first(given, (option) => {
    if (!fits(option.name, 1, 32) || !fits(option.description, 1, 100)) return "option";
    if (option.type === 1) return refusalOfCommand(option);
    if (option.autocomplete === true && option.choices !== undefined) return "choices: not with autocomplete";
    return listOf(option.choices).length > 25 ? "choices" : null;
  });
}

type Rule = (part: Part, fileNames: readonly string[]) => string | null;

const RULES: Record<number, Rule> = {
  1: ({ components }, files) => {
    const parts = listOf(components);
    const isRow = parts.every(({ type }) => type === 2) ? parts.length <= 5 : parts.length === 1;
    if (parts.length === 0 || !isRow) return "action row";
    return refusalOfParts(parts, files);
  },
  2: ({ style, label, custom_id: customId, url, emoji }) => {
    if (label === undefined && emoji === undefined) return "button: a label or an emoji";
    if (label !== undefined && !fits(label, 1, 80)) return "button: label";
    if (style === 5) return fits(url, 1, 512) && customId === undefined ? null : "button: url";
    return fits(customId, 1, 100) && url === undefined ? null : "button: custom_id";
  },
  3: ({ custom_id: customId, options, placeholder, max_values: max }) => {
    const given = listOf(options);
    if (!fits(customId, 1, 100) || given.length < 1 || given.length > 25) return "select";
    const chosen = given.filter((option) => option.default === true).length;
    if (Number(max ?? 1) > given.length || chosen > Number(max ?? 1)) return "select: max_values";
    if (placeholder !== undefined && !fits(placeholder, 0, 150)) return "select: placeholder";
    const values = given.map(({ value }) => value);
    if (new Set(values).size !== values.length) return "select: value: The specified option value is already used";
    return first(given, (option) => {
      const isGood = fits(option.label, 1, 100) && fits(option.value, 1, 100);
      return isGood && (option.description === undefined || fits(option.description, 1, 100)) ? null : "select: option";
    });
  },
  4: ({ custom_id: customId, style, max_length: max, value, placeholder }) => {
    if (!fits(customId, 1, 100) || (style !== 1 && style !== 2)) return "text input";
    if (max !== undefined && (Number(max) < 1 || Number(max) > 4_000)) return "text input: max_length";
    if (placeholder !== undefined && !fits(placeholder, 0, 100)) return "text input: placeholder";
    return value === undefined || fits(value, 0, Number(max ?? 4_000)) ? null : "text input: value";
  },
  9: ({ components, accessory }, files) => {
    const parts = listOf(components);
    if (parts.length < 1 || parts.length > 3 || parts.some(({ type }) => type !== 10)) return "section";
    return refusalOfParts([...parts, ...(accessory === undefined ? [] : [accessory as Part])], files);
  },
  10: ({ content }) => (fits(content, 1, 4_000) ? null : "text display: content"),
  13: ({ file }, files) => {
    const url = String((file as Part | undefined)?.url ?? "");
    return url.startsWith("attachment://") && files.includes(url.slice(13)) ? null : "file: not attached";
  },
  14: () => null,
  17: ({ components, accent_color: color }, files) => {
    if (color !== undefined && (Number(color) < 0 || Number(color) > 0xffffff)) return "container: accent_color";
    const parts = listOf(components);
    if (parts.length === 0 || parts.some(({ type }) => ![1, 9, 10, 12, 13, 14].includes(type ?? 0))) return "container";
    return refusalOfParts(parts, files);
  },
  18: ({ label, description, component }, files) => {
    if (!fits(label, 1, 45) || (description !== undefined && !fits(description, 0, 100))) return "label";
    return component === undefined ? "label: component" : refusalOfParts([component as Part], files);
  },
};

const IS_COMPONENTS_V2 = 1 << 15;
const EMPTY = "Cannot send an empty message";
const MODAL_PARTS: readonly number[] = [1, 10, 18];

function refusalOfParts(parts: readonly Part[], fileNames: readonly string[]): string | null {
  return first(parts, (part) => {
    const rule = RULES[part.type ?? 0];
    if (rule === undefined) return `type: ${part.type} is not known here`;
    if (part.id !== undefined && !(Number.isInteger(part.id) && Number(part.id) >= 0 && Number(part.id) < 2 ** 31))
      return "id";
    return rule(part, fileNames);
  });
}

/** The part and everything inside it. */
export function withInner(part: Part): Part[] {
  const inner = [...listOf(part.components), ...(part.accessory === undefined ? [] : [part.accessory as Part])];
  return [part, ...inner.flatMap(withInner)];
}

export function listOf(value: unknown): Part[] {
  return Array.isArray(value) ? (value as Part[]) : [];
}

function first(parts: readonly Part[], refusal: (part: Part) => string | null): string | null {
  for (const part of parts) {
    const found = refusal(part);
    if (found !== null) return found;
  }
  return null;
}

function fits(value: unknown, least: number, most: number): boolean {
  return typeof value === "string" && value.length >= least && value.length <= most;
}
