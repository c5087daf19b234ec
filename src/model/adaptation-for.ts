import type { Adaptation } from "./errors.ts";

/** The change of dialect that a complaint asks for, or null when it is about something else. */
export function adaptationFor(words: string, status: number): Adaptation | null {
  // The limit first: OpenAI says "max_tokens is too large: … supports at most 16384 completion tokens".
  const most = /max\w*_tokens.{0,120}(?:at most|less than or equal to|maximum(?: value)?(?: of)?|<=) ?(\d+)/i.exec(
    words,
  );
  if (most !== null && !CONTEXT_OVERFLOW.test(words)) return { kind: "lower-limit", maxOutputTokens: Number(most[1]) };
  if (EFFORT_AND_TOOLS.test(words) && OBJECTS.test(words)) return { kind: "no-reasoning-effort" };
  if (TOOLS_UNSUPPORTED.test(words)) return { kind: "text-transport" };
  if (status === 401 || status === 402 || status === 403 || status === 429 || !OBJECTS.test(words)) return null;
  if (/max_(?:completion_)?tokens/i.test(words)) return { kind: "other-limit-name" };
  if (/stream_options|include_usage/i.test(words)) return { kind: "no-usage-option" };
  if (/reasoning(?:_content|_details)?\b/i.test(words)) return { kind: "no-reasoning-passback" };
  if (/'?models'? array|\bfallback/i.test(words)) return { kind: "no-fallbacks" };
  if (/\bstream(?:ing)?\b/i.test(words)) return { kind: "no-stream" };
  return null;
}

// OpenRouter: "No endpoints found that support tool use". Ollama: "… does not support tools". llama.cpp: "tools param
// requires --jinja flag" and "Unsupported param: tools", both with 500. vLLM: "\"auto\" tool choice requires
// --enable-auto-tool-choice". LiteLLM: "does not support parameters: ['tools']".
export const TOOLS_UNSUPPORTED =
  /support(?:s|ing)? tool|not support (?:tools|function)|tools? (?:param|use|calling).{0,30}(?:requires|not supported|unsupported)|unsupported param\w*:? ?\W{0,3}tools|tool choice requires|not support parameters: \[[^\]]*tools/i;
// OpenAI, gpt-5.4 and later: "Function tools with reasoning_effort are not supported … set reasoning_effort to 'none'".
const EFFORT_AND_TOOLS = /reasoning_effort|unsupported.{0,20}effort/i;
const OBJECTS =
  /unsupported|not supported|unrecognized|unknown|unexpected|not permitted|not allowed|extra inputs|invalid/i;

// OpenAI and vLLM: context_length_exceeded, "maximum context length is N tokens". llama.cpp: exceed_context_size_error.
// Anthropic: "prompt is too long". Google: "exceeds the maximum number of tokens".
export const CONTEXT_OVERFLOW =
  /context_length|context[ _](?:length|window|size)|maximum (?:prompt|input) length|prompt is too long|input is too long|too many (?:input )?tokens|exceeds the (?:maximum|available) (?:number of tokens|context)/i;
