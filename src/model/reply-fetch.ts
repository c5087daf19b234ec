import { readText } from "./read-events.ts";

/**
 * A fetch that brings error replies into one form, `{ "error": { "message": … } }`, before the SDK reads them: the SDK
 * drops what is not under `error`, and servers differ. Error bodies are cut.
 */
export async function replyFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.ok) return response;
  const text = await readStart(response.body);
  const isHtml = /\bhtml\b/i.test(response.headers.get("content-type") ?? "");
  const error = isHtml ? { message: "", is_html: true } : errorIn(text);
  const headers = new Headers({ "content-type": "application/json" });
  const retryAfter = response.headers.get("retry-after");
  if (retryAfter !== null) headers.set("retry-after", retryAfter);
  return new Response(JSON.stringify({ error }), { status: response.status, headers });
}

// Errors are a few hundred bytes; OpenRouter's with upstream's body inside stay below 20 KB.
const MAX_ERROR_BYTES = 64 * 1024;

async function readStart(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  try {
    return await readText(body, { maxBytes: MAX_ERROR_BYTES, onBytes: () => undefined });
  } catch (error) {
    if (error instanceof RangeError) return ""; // an endless error page says nothing that its status does not
    throw error;
  }
}

/** OpenAI: `error` is an object. Ollama, TGI: a string. Older vLLM: the fields stand bare. FastAPI: `detail`. */
function errorIn(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { message: text }; // plain text, such as a proxy's "upstream connect error"
  }
  if (typeof body !== "object" || body === null) return { message: String(body) };
  const { error, detail } = body as { error?: unknown; detail?: unknown };
  if (typeof error === "object" && error !== null) return error;
  if (typeof error === "string") return { ...body, message: error };
  if (detail !== undefined) return { message: typeof detail === "string" ? detail : JSON.stringify(detail) };
  return body;
}
