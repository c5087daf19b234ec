import type { IncomingHttpHeaders } from "node:http";

export interface CheckOptions {
  /** Which endpoint is played: decides the fields that are known. Default "openrouter". */
  kind?: "openrouter" | "openai" | "compatible";
  /** Only this key is let in. */
  apiKey?: string;
  /** Prompts above this, at 4 characters a token, are refused. */
  contextTokens?: number;
  /** Plays the chat template of a self-hosted Rumination: role `observation` instead of `tool`, no null content. */
  isRaw?: boolean;
  /** No model here can call functions. */
  hasNoTools?: boolean;
}

export interface Refusal {
  status: number;
  message: string;
  code?: string;
}

interface CheckContext extends CheckOptions {
  issuedReasoning: Map<string, Set<string>>;
  problems: string[];
}

interface Message {
  role: string;
  content: unknown;
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
  reasoning_details?: unknown;
}

interface Body {
  model?: unknown;
  messages?: Message[];
  tools?: { function: { name: string; parameters?: unknown } }[];
  tool_choice?: unknown;
  stop?: unknown[];
  stream?: boolean;
  models?: unknown[];
  session_id?: string;
  provider?: Record<string, unknown>;
  [field: string]: unknown;
}

/** What a real endpoint would refuse, or null. What it would let pass although it goes wrong lands in `problems`. */
export function checkRequest(body: Body, headers: IncomingHttpHeaders, context: CheckContext): Refusal | null {
  if (context.apiKey !== undefined && headers.authorization !== `Bearer ${context.apiKey}`) {
    return { status: 401, message: `Incorrect API key provided: ${headers.authorization}` };
  }
  const complaint = checkFields(body, context) ?? checkMessages(body.messages ?? [], body, context);
  if (complaint !== null) return { status: 400, message: complaint };
  if (context.hasNoTools && body.tools !== undefined) {
    return { status: 404, message: "No endpoints found that support tool use." };
  }
  const promptTokens = Math.ceil(JSON.stringify([body.messages, body.tools ?? []]).length / 4);
  const replyTokens = Number(body.max_tokens ?? body.max_completion_tokens ?? 0);
  if (context.contextTokens !== undefined && promptTokens + replyTokens > context.contextTokens) {
    const asked = `you requested about ${promptTokens + replyTokens} tokens`;
    const message = `This endpoint's maximum context length is ${context.contextTokens} tokens. However, ${asked}.`;
    return { status: 400, message, code: "context_length_exceeded" };
  }
  noteProblems(body, context);
  return null;
}

const COMMON_FIELDS = `model messages stream stream_options tools tool_choice parallel_tool_calls max_tokens stop seed
  max_completion_tokens temperature top_p presence_penalty frequency_penalty response_format`.split(/\s+/);
const EXTRA_FIELDS = {
  openrouter:
    `models provider cache_control session_id reasoning usage plugins transforms top_k min_p user metadata`.split(
      /\s+/,
    ),
  openai: `reasoning_effort prompt_cache_key store metadata user service_tier`.split(/\s+/),
  compatible: `reasoning_effort top_k min_p chat_template_kwargs`.split(/\s+/),
};
// ProviderPreferences of the OpenAPI file, which allows no others. facts/rumination-and-openrouter.md, B3.
const PROVIDER_FIELDS = `order allow_fallbacks require_parameters data_collection zdr only ignore quantizations sort
  preferred_min_throughput preferred_max_latency max_price enforce_distillable_text`.split(/\s+/);

function checkFields(body: Body, { kind = "openrouter" }: CheckOptions): string | null {
  const known = new Set([...COMMON_FIELDS, ...EXTRA_FIELDS[kind]]);
  const unknown = Object.keys(body).find((field) => !known.has(field));
  if (unknown !== undefined) return `Unrecognized request argument supplied: ${unknown}`;
  if (typeof body.model !== "string" || body.model === "") return "you must provide a model parameter";
  if (!Array.isArray(body.messages) || body.messages.length === 0) return "messages must not be empty";
  if (kind === "openai" && body.max_tokens !== undefined) {
    return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  }
  if (body.max_tokens !== undefined && body.max_completion_tokens !== undefined)
    return "only one token limit may be set";
  const limit = body.max_tokens ?? body.max_completion_tokens;
  if (limit !== undefined && !(Number.isInteger(limit) && Number(limit) >= 16))
    return "the token limit must be at least 16";
  if (body.stream_options !== undefined && body.stream !== true) return "stream_options needs stream";
  if ((body.stop?.length ?? 0) > 4) return "at most 4 stop sequences";
  if ((body.models?.length ?? 0) > 2) return "'models' array must have 3 items or fewer.";
  if ((body.session_id?.length ?? 0) > 256) return "session_id is too long";
  const foreign = Object.keys(body.provider ?? {}).find((field) => !PROVIDER_FIELDS.includes(field));
  if (foreign !== undefined) return `provider: unrecognized key ${foreign}`;
  return checkTools(body);
}

function checkTools({ tools, tool_choice, messages = [] }: Body): string | null {
  const speaksOfCalls = messages.some(({ role, tool_calls }) => role === "tool" || tool_calls !== undefined);
  if (tools === undefined) {
    if (tool_choice !== undefined) return "tool_choice is only allowed when tools are specified";
    return speaksOfCalls ? "tools must be sent with every request that has tool messages" : null;
  }
  if (tools.length === 0) return "tools must not be empty";
  const bad = tools.find((tool) => !/^[\w-]{1,64}$/.test(tool.function.name));
  return bad === undefined ? null : `Invalid function name: ${bad.function.name}`;
}

function checkMessages(messages: Message[], body: Body, { isRaw = false }: CheckOptions): string | null {
  let open: string[] = [];
  for (const [place, message] of messages.entries()) {
    const complaint = isRaw ? checkRawMessage(message) : checkMessage(message, place);
    if (complaint !== null) return complaint;
    if (message.role === "tool") {
      const id = message.tool_call_id ?? "";
      if (!open.includes(id)) return `messages[${place}]: tool message without a preceding call ${id}`;
      open = open.filter((other) => other !== id);
      continue;
    }
    if (open.length > 0) return `messages[${place}]: calls without an answer: ${open.join(", ")}`;
    open = message.tool_calls?.map(({ id }) => id) ?? [];
    if (new Set(open).size < open.length) return `messages[${place}]: duplicate tool call ids`;
  }
  if (open.length > 0) return `calls without an answer: ${open.join(", ")}`;
  return isRaw && body.tools !== undefined ? "this server takes no tools" : null;
}

const ROLES = new Set(["system", "developer", "user", "assistant", "tool"]);

function checkMessage(message: Message, place: number): string | null {
  const { role, content, tool_calls } = message;
  if (!ROLES.has(role)) return `messages[${place}].role: '${role}' is not one of 'system', 'user', 'assistant', 'tool'`;
  if (role !== "assistant") return typeof content === "string" ? null : `messages[${place}].content must be a string`;
  if (tool_calls === undefined) {
    return typeof content === "string" && content !== "" ? null : `messages[${place}].content must not be empty`;
  }
  if (tool_calls.length === 0) return `messages[${place}].tool_calls must not be empty`;
  if (content === "") return `messages[${place}].content must be null beside tool calls, or have text`;
  return tool_calls.map((call) => checkCall(call, place)).find((complaint) => complaint !== null) ?? null;
}

function checkCall(
  { id, type, function: called }: NonNullable<Message["tool_calls"]>[number],
  place: number,
): string | null {
  if (typeof id !== "string" || id === "" || type !== "function")
    return `messages[${place}]: a tool call without id or type`;
  try {
    const given: unknown = JSON.parse(called.arguments);
    if (typeof given === "object" && given !== null && !Array.isArray(given)) return null;
  } catch {
    // told below, like any other text that is no object
  }
  return `messages[${place}]: arguments of ${called.name} are not a JSON object`;
}

/** The template drops `tool` and `system`, fails on null and loses what stands before `</think>`. */
function checkRawMessage({ role, content, tool_calls }: Message): string | null {
  if (!["user", "assistant", "observation"].includes(role)) return `role ${role} is not in the chat template`;
  if (typeof content !== "string") return "'None' has no attribute 'split'";
  if (content.includes("</think>")) return "text before </think> would be lost";
  return tool_calls === undefined ? null : "tool_calls are ignored by the chat template";
}

function noteProblems({ messages = [], model }: Body, { issuedReasoning, problems }: CheckContext): void {
  if (messages.at(-1)?.role === "assistant") problems.push("prefill: the last message is the assistant's");
  const own = issuedReasoning.get(String(model));
  for (const { reasoning_details } of messages) {
    if (reasoning_details === undefined || own?.has(JSON.stringify(reasoning_details))) continue;
    problems.push(`reasoning that ${model} never gave, or that was changed, was sent to it`);
  }
}
