import type { ToolDescription } from "../ports.ts";

export interface ParsedCall {
  name: string;
  /** Parsed JSON; the raw text where it was not JSON. */
  arguments: unknown;
}

/** A place in a reply that may be a call. */
export interface Candidate {
  kind: "object" | "markup";
  start: number;
  end: number;
  /** Raw text of the candidate. */
  text: string;
  /** Parsed JSON of an object; undefined where it is none. */
  value: unknown;
}

/** The calls that a candidate is or holds; none when it is something else. */
export function readCandidate(candidate: Candidate, tools: readonly ToolDescription[]): ParsedCall[] {
  if (candidate.kind === "markup") return readMarkup(candidate.text, tools);
  if (candidate.value !== undefined) return callsIn(candidate.value, tools, 0);
  const name = NAME_IN_BROKEN.exec(candidate.text)?.[1];
  return name === undefined ? [] : [{ name, arguments: candidate.text }];
}

// A broken object counts as a call only when it says so in its first words: {"name": "search", "arguments": …
const NAME_IN_BROKEN = /^\{\s*"name"\s*:\s*"([\w.-]{1,64})"\s*,\s*"(?:arguments|parameters)"/;
// {"tool_calls": [{"function": {"name": …, "arguments": …}}]} is three levels deep.
const MAX_LEVELS = 3;

/** The calls that a JSON value is, or holds under the usual names. */
function callsIn(value: unknown, tools: readonly ToolDescription[], level: number): ParsedCall[] {
  if (level > MAX_LEVELS || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => callsIn(item, tools, level + 1));
  const { name, function: inner, tool_calls: several, ...rest } = value as Record<string, unknown>;
  const called = typeof name === "string" ? name : inner;
  if (typeof called === "string") {
    if ("arguments" in rest) return [{ name: called, arguments: readArguments(rest.arguments) }];
    if ("parameters" in rest) return [{ name: called, arguments: readArguments(rest.parameters) }];
    // {"name": "finish"} and nothing else.
    const isBare = Object.keys(rest).length === 0 && tools.some((tool) => tool.name === called);
    return isBare ? [{ name: called, arguments: {} }] : [];
  }
  return [...callsIn(inner, tools, level + 1), ...callsIn(several, tools, level + 1)];
}

/** `arguments` as an object, or as JSON text, also twice wrapped; text that is no JSON stays text; nothing is `{}`. */
export function readArguments(given: unknown): unknown {
  let value = given;
  for (let layer = 0; layer < 2 && typeof value === "string"; layer++) {
    if (value.trim() === "") return {};
    const parsed = parseJson(value);
    if (parsed === undefined) return value;
    value = parsed;
  }
  return value ?? {};
}

/** GLM's markup: the name, then pairs of arg_key and arg_value; or JSON, as Hermes and Qwen write it. */
function readMarkup(text: string, tools: readonly ToolDescription[]): ParsedCall[] {
  const body = text.trim();
  if (body.startsWith("{") || body.startsWith("[")) {
    const value = parseJson(body);
    if (value !== undefined) return callsIn(value, tools, 0);
    const name = NAME_IN_BROKEN.exec(body)?.[1];
    return name === undefined ? [] : [{ name, arguments: body }];
  }
  const name = /^[\w.-]{1,64}/.exec(body)?.[0];
  if (name === undefined) return [];
  const types = propertyTypes(tools, name);
  const pairs = body.split(/<arg_key>/i).slice(1);
  const entries = pairs.map((pair): [string, unknown] => {
    const [key = "", value = ""] = pair.split(/<arg_value>/i, 2);
    const plain = key.replace(/<\/arg_key>/i, "").trim();
    return [plain, readMarkupValue(value.split(/<\/arg_value>/i, 1).join(""), types[plain])];
  });
  return [{ name, arguments: Object.fromEntries(entries) }];
}

function propertyTypes(tools: readonly ToolDescription[], name: string): Record<string, string | undefined> {
  const properties = tools.find((tool) => tool.name === name)?.parameters.properties ?? {};
  return Object.fromEntries(
    Object.entries(properties as Record<string, { type?: string }>).map(([key, { type }]) => [key, type]),
  );
}

/** Markup has no types: the schema says whether `2024` is a number or a word. */
function readMarkupValue(value: string, type: string | undefined): unknown {
  const trimmed = value.trim();
  return type === "string" || type === undefined ? trimmed : (parseJson(trimmed) ?? trimmed);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller keeps the text as it is
  }
}
