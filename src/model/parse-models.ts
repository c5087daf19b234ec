import { RuminateError } from "../errors.ts";
import type { ModelPurpose } from "../ports.ts";
import type { ModelEntrySettings, ReasoningEffort, Transport } from "./model-settings.ts";

/**
 * Reads an ordered list of models: `slug`, `slug@endpoint`, with options behind semicolons, entries divided by commas
 * or line breaks. Example: `z-ai/glm-5.2, qwen3@local;transport=text;context=32k;for=browse+plan`.
 *
 * @throws {RuminateError} CONFIG_INVALID, naming the entry and what was expected
 */
export function parseModels(text: string): ModelEntrySettings[] {
  const entries = text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map(parseEntry);
  const repeated = entries.find(({ model, endpoint }, index) =>
    entries.slice(0, index).some((earlier) => earlier.model === model && earlier.endpoint === endpoint),
  );
  if (repeated !== undefined) throw invalid(repeated.model, "each model once, it is listed twice");
  return entries;
}

function parseEntry(entry: string): ModelEntrySettings {
  const [address = "", ...options] = entry.split(";").map((piece) => piece.trim());
  const settings: ModelEntrySettings = parseAddress(address, entry);
  for (const option of options) if (option !== "") Object.assign(settings, parseOption(option, entry));
  return settings;
}

/** The endpoint stands behind the last `@`; a leading one belongs to the slug, as in `@cf/meta/llama-3`. */
function parseAddress(address: string, entry: string): { model: string; endpoint: string | null } {
  const at = address.lastIndexOf("@");
  const model = at > 0 ? address.slice(0, at) : address;
  const endpoint = at > 0 ? address.slice(at + 1) : null;
  if (model === "" || /\s/.test(model)) throw invalid(entry, "a model name without spaces");
  if (endpoint !== null && !/^[\w-]+$/.test(endpoint)) throw invalid(entry, "the name of an endpoint behind the @");
  return { model, endpoint };
}

function parseOption(option: string, entry: string): Partial<ModelEntrySettings> {
  const [name = "", value = ""] = option.split("=", 2).map((piece) => piece.trim());
  switch (name) {
    case "transport":
      return { transport: oneOf(TRANSPORTS, value, name, entry) };
    case "context":
      return { contextTokens: parseTokens(value, entry) };
    case "effort":
      return { effort: oneOf(EFFORTS, value, name, entry) };
    case "for":
      return { purposes: value.split("+").map((purpose) => oneOf(PURPOSES, purpose.trim(), name, entry)) };
    default:
      throw invalid(entry, `transport=, context=, effort= or for= behind the semicolon, got "${option}"`);
  }
}

// A context below this holds neither the instructions nor a page.
const MIN_CONTEXT_TOKENS = 4_000;

/** "32768" or "32k"; k is 1,000, the smaller of its two meanings. */
function parseTokens(value: string, entry: string): number {
  const match = /^(\d+)(k?)$/i.exec(value);
  const tokens = match === null ? 0 : Number(match[1]) * (match[2] === "" ? 1 : 1_000);
  if (tokens < MIN_CONTEXT_TOKENS) {
    throw invalid(entry, `context= with at least ${MIN_CONTEXT_TOKENS} tokens, such as 32768 or 32k, got "${value}"`);
  }
  return tokens;
}

function oneOf<Value extends string>(values: readonly Value[], got: string, option: string, entry: string): Value {
  const found = values.find((value) => value === got);
  if (found === undefined) throw invalid(entry, `${option}= with one of ${values.join(", ")}, got "${got}"`);
  return found;
}

function invalid(entry: string, expected: string): RuminateError {
  return new RuminateError("CONFIG_INVALID", `The list of models has "${entry}": expected ${expected}.`);
}

const TRANSPORTS: readonly Transport[] = ["tools", "text", "raw"];
const EFFORTS: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh"];
const PURPOSES: readonly ModelPurpose[] = ["condense", "plan", "browse", "write", "revise", "check"];
