import type { ModelReply, ModelRequest, ModelUsage, ToolCall } from "../ports.ts";
import type { Transport } from "./model-settings.ts";
import { parseCalls } from "./parse-calls.ts";
import { readArguments } from "./read-candidate.ts";
import type { Turn } from "./read-turn.ts";
import { splitThinking } from "./split-thinking.ts";

export interface ReplyContext {
  request: ModelRequest;
  transport: Transport;
  usage: ModelUsage;
  /** Under which key the model's state may come back; null when another model served. */
  stateKey: string | null;
  model: string;
}

/** A finished turn as the loop sees it: thinking taken out, calls found, ids unique. */
export function toReply(turn: Turn, { request, transport, usage, stateKey, model }: ReplyContext): ModelReply {
  const { text, calls } = transport === "tools" ? readToolsTurn(turn, request) : readTextTurn(turn, request);
  const stopReason = isCutOff(turn.finishReason) ? "length" : calls.length > 0 ? "tool-calls" : "stop";
  const hasState = stateKey !== null && Object.keys(turn.reasoning).length > 0;
  return {
    text,
    toolCalls: withUniqueIds(calls, request),
    stopReason,
    usage,
    model,
    providerState: hasState ? { model: stateKey, data: passBack(turn.reasoning) } : null,
  };
}

type CallWithoutId = Omit<ToolCall, "id"> & { id: string | null };

/** Also with finish reason "stop": what counts is that there are calls. Markup that leaked into the text is a call too. */
function readToolsTurn(turn: Turn, request: ModelRequest): { text: string; calls: CallWithoutId[] } {
  const named = turn.calls.filter(({ name }) => name !== "");
  if (named.length === 0) return readText(turn.text, request, { onlyKnown: true });
  const calls = named.map(({ id, name, argumentsText }) => ({ id, name, arguments: readArguments(argumentsText) }));
  return { text: splitThinking(turn.text).visible, calls: request.toolChoice === "none" ? [] : calls };
}

function readTextTurn(turn: Turn, request: ModelRequest): { text: string; calls: CallWithoutId[] } {
  return readText(turn.text, request, { onlyKnown: false });
}

/** A report written in the same breath as `finish` is the text; else the words around the calls. */
function readText(
  text: string,
  request: ModelRequest,
  options: { onlyKnown: boolean },
): { text: string; calls: CallWithoutId[] } {
  const parsed = parseCalls(text, request.tools, { onlyKnown: options.onlyKnown || request.toolChoice === "none" });
  const isFinish = parsed.calls.some(({ name }) => name === "finish");
  const visible = isFinish && parsed.textAfter !== "" ? parsed.textAfter : parsed.text;
  if (request.toolChoice === "none") return { text: visible, calls: [] };
  return { text: visible, calls: parsed.calls.map((call) => ({ id: null, ...call })) };
}

// OpenAI says "length"; the others are upstream's own words, let through by some gateways.
const CUT_OFF = new Set(["length", "max_tokens", "max_output_tokens", "model_length"]);

export function isCutOff(finishReason: string | null): boolean {
  return finishReason !== null && CUT_OFF.has(finishReason.toLowerCase());
}

/** Providers repeat ids within a turn and between turns; an answer must be for one call only. */
function withUniqueIds(calls: CallWithoutId[], { messages }: ModelRequest): ToolCall[] {
  const taken = new Set(messages.flatMap((message) => (message.role === "tool" ? [message.callId] : [])));
  return calls.map((call, index) => {
    const made = `call${messages.length}n${index}`;
    const id = call.id === null || taken.has(call.id) ? made : call.id;
    taken.add(id);
    return { ...call, id };
  });
}

/** `reasoning_details` hold all that the plain fields hold; sending both would send it twice. */
function passBack({ reasoning_details, reasoning, reasoning_content }: Turn["reasoning"]): Record<string, unknown> {
  if (reasoning_details !== undefined) return { reasoning_details };
  return reasoning_content !== undefined ? { reasoning_content } : { reasoning };
}
