import { classifyStatus } from "./classify-status.ts";
import type { TransportTarget } from "./classify-transport.ts";
import { failure, type ModelFailure } from "./errors.ts";
import { readEvents, readText } from "./read-events.ts";
import type { Turn, TurnReader } from "./read-turn.ts";
import type { Watchdog } from "./watchdog.ts";

/**
 * Reads a streamed or a whole reply, whichever the server sent, into the reader. Null when it came to its end: with a
 * finish reason, and without an error inside. Throws what breaks it off.
 */
export async function readReply(
  response: Response,
  { turn, add }: TurnReader,
  { watchdog, target }: { watchdog: Watchdog; target: TransportTarget },
): Promise<ModelFailure | null> {
  watchdog.noteBytes();
  const type = response.headers.get("content-type") ?? "";
  if (/\bhtml\b/i.test(type)) {
    await response.body?.cancel();
    return htmlReply(target);
  }
  if (response.body !== null) {
    if (/\bjson\b/i.test(type)) await readWhole(response.body, add, watchdog);
    else await readStream(response.body, add, watchdog);
  }
  return failureOfTurn(turn, target);
}

// Two orders of magnitude above a long report; a reply beyond it is a server gone wild.
const MAX_REPLY_BYTES = 8 * 1024 * 1024;

async function readWhole(body: AsyncIterable<Uint8Array>, add: TurnReader["add"], watchdog: Watchdog): Promise<void> {
  add(JSON.parse(await readText(body, { onBytes: watchdog.noteBytes, maxBytes: MAX_REPLY_BYTES })));
}

async function readStream(body: AsyncIterable<Uint8Array>, add: TurnReader["add"], watchdog: Watchdog): Promise<void> {
  for await (const data of readEvents(body, { onBytes: watchdog.noteBytes, maxBytes: MAX_REPLY_BYTES })) {
    if (data.trim() === "[DONE]") return;
    watchdog.notePiece();
    add(JSON.parse(data));
  }
}

function htmlReply({ endpoint, baseUrl }: TransportTarget): ModelFailure {
  const message = `${endpoint}: ${baseUrl} answered with a web page instead of JSON. Check the base URL; it usually ends in /v1.`;
  return failure("MODEL_UNREACHABLE", message, "reply", { status: 200 });
}

function failureOfTurn(turn: Turn, target: TransportTarget): ModelFailure | null {
  if (turn.error !== null) {
    // An error inside a 200 without a number is the provider's: OpenRouter reports those as 502.
    const status = turn.error.status ?? 502;
    return classifyStatus({ ...target, status, body: turn.error.body, retryAfterMs: null });
  }
  const name = `${target.model} at ${target.endpoint}`;
  if (turn.finishReason === "content_filter" || (turn.refusal !== "" && turn.text === "")) {
    return failure("MODEL_REFUSED", `${name} refused to answer.`, "prompt", { status: 200 });
  }
  const isRetryable = true;
  if (turn.finishReason === "error") {
    return failure("MODEL_UNAVAILABLE", `${name} ended its reply with an error.`, "reply", {
      isRetryable,
      status: 200,
    });
  }
  if (turn.finishReason !== null) return null;
  return failure("MODEL_BAD_REPLY", `${name} ended its reply without a finish reason.`, "reply", {
    isRetryable,
    status: 200,
  });
}
