import type { ModelMessage, ModelRequest, ToolCall } from "../ports.ts";

/** A chat message as endpoints take it. */
export type WireMessage = Record<string, unknown> & { role: string };

/** What a transport makes of a request; joined with the model, the limits and the extras of the endpoint. */
export interface WireRequest {
  messages: WireMessage[];
  [field: string]: unknown;
}

/**
 * The request in the endpoint's own function calling. The list of tools is in every request, also when none may be
 * called: without it caches break and GLM-like models leak markup as the answer (facts/rumination-and-openrouter.md, B10).
 *
 * @param stateKey whose provider state may be passed back; null = nobody's
 */
export function toToolsRequest(request: ModelRequest, stateKey: string | null): WireRequest {
  const tools = request.tools.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters },
  }));
  const messages = joinUsers(request.messages.map((message) => toWireMessage(message, stateKey)));
  return { messages, ...(tools.length === 0 ? {} : { tools, tool_choice: request.toolChoice }) };
}

function toWireMessage(message: ModelMessage, stateKey: string | null): WireMessage {
  if (message.role === "tool") return { role: "tool", tool_call_id: message.callId, content: message.content };
  if (message.role !== "assistant") return { role: message.role, content: message.content };
  const state = message.providerState ?? null;
  const reasoning = state !== null && state.model === stateKey ? (state.data as Record<string, unknown>) : {};
  if (message.toolCalls.length === 0) {
    return { role: "assistant", content: message.content.trim() === "" ? EMPTY_REPLY : message.content, ...reasoning };
  }
  return {
    role: "assistant",
    // Bedrock's models refuse an empty string beside tool calls. facts/rumination-and-openrouter.md, B10.
    content: message.content.trim() === "" ? null : message.content,
    tool_calls: message.toolCalls.map(toWireCall),
    ...reasoning,
  };
}

// Several providers refuse a message without text.
const EMPTY_REPLY = "(no reply)";

function toWireCall({ id, name, arguments: given }: ToolCall): Record<string, unknown> {
  return { id, type: "function", function: { name, arguments: JSON.stringify(asObject(given)) } };
}

/** Providers refuse a history whose arguments are no JSON object: broken ones travel as a quotation of themselves. */
function asObject(given: unknown): unknown {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  return isObject ? given : { unparsed: typeof given === "string" ? given.slice(0, MAX_BROKEN_CHARS) : given };
}

const MAX_BROKEN_CHARS = 500;

/** Chat templates of some open models insist that user and assistant alternate. */
export function joinUsers(messages: WireMessage[]): WireMessage[] {
  const joined: WireMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === "user" && last?.role === "user") last.content = `${last.content}\n\n${message.content}`;
    else joined.push({ ...message });
  }
  return joined;
}
