import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { mayBeDone, NOT_OFFERED, slackErrorOf } from "./call-failure.ts";
import { createForms } from "./forms.ts";
import type { History, HistoryMessage } from "./history.ts";
import { type MessageContent, problemsOfStream } from "./limits.ts";
import { metadataOf, type Place, type Tag } from "./posting.ts";
import { isDirect } from "./replies.ts";
import type { CallSlack } from "./slack-calls.ts";
import type { SlackWorkspaces } from "./workspaces.ts";

export interface StreamsParts {
  callSlack: CallSlack;
  history: History;
  workspaces: SlackWorkspaces;
  log: Logger;
}

/**
 * Messages that appear while they are sent, in the conversation of one person with the app. In channels only one reader
 * would see that, and the others an empty message.
 *
 * Slack takes a message's key with its end only. So a message of ours without a key is a stream that nobody ended: it is
 * taken away before the message is posted again, which then happens in one piece.
 */
export interface Streams {
  /**
   * Resolves to the message's `ts`; to null where nothing can be streamed, and nothing was posted.
   *
   * @param endings what stands below the text, richest form first
   * @throws {RuminateError} POST_FAILED, retryable, when half of it stands there
   */
  post(place: Place, text: string, endings: readonly MessageContent[], tag: Tag): Promise<string | null>;
  /** Takes away what was begun for the run and is not being sent from here. */
  clear(place: Place, runId: string): Promise<void>;
}

export function createStreams({ callSlack, history, workspaces, log }: StreamsParts): Streams {
  const sendFirst = createForms("stream", log);
  // Workspaces whose Slack offers no streams: asked once.
  const without = new Set<string>();
  // Runs of which a stream broke.
  const broken = new Set<string>();
  // Being sent from here, by their `ts`.
  const live = new Set<string>();

  /** Null when Slack refused: nothing stands there then. */
  async function begin({ workspaceId, channelId, threadTs }: Place, text: string): Promise<string | null> {
    const parameters = { channel: channelId, thread_ts: threadTs, markdown_text: text };
    try {
      const reply = await callSlack<webApi.ChatStartStreamResponse>(workspaceId, "chat.startStream", parameters, START);
      return reply.ts ?? null;
    } catch (error) {
      if (mayBeDone(error)) throw error;
      if (NOT_OFFERED.has(slackErrorOf(error) ?? "")) without.add(workspaceId);
      log.info({ err: error }, "answer not streamed, posting it whole");
      return null;
    }
  }

  async function finish(
    { workspaceId, channelId }: Place,
    ts: string,
    { rest, endings, tag }: { rest: readonly string[]; endings: readonly MessageContent[]; tag: Tag },
  ): Promise<void> {
    const message = { channel: channelId, ts };
    for (const segment of rest)
      await callSlack(workspaceId, "chat.appendStream", { ...message, markdown_text: segment }, GO_ON);
    await sendFirst(workspaceId, endings, ({ blocks }) =>
      callSlack(workspaceId, "chat.stopStream", { ...message, blocks, metadata: metadataOf(tag) }, GO_ON),
    );
  }

  async function take({ workspaceId, channelId }: Place, ts: string): Promise<void> {
    const message = { channel: channelId, ts };
    await callSlack(workspaceId, "chat.stopStream", message, GO_ON).catch((error: unknown) => {
      if (!ENDED.has(slackErrorOf(error) ?? "")) throw error;
    });
    await callSlack(workspaceId, "chat.delete", message, GO_ON).catch((error: unknown) => {
      if (slackErrorOf(error) !== "message_not_found") throw error;
    });
  }

  return {
    post: async (place, text, endings, tag) => {
      const { key, runId } = tag;
      if (!isDirect(place) || place.threadTs === null || without.has(place.workspaceId)) return null;
      if (broken.has(runId ?? key)) return null;
      const segments = segmentsOf(text);
      const problems = problemsOfStream(segments);
      if (problems.length > 0) {
        log.debug({ problems }, "answer too long to be streamed, posting it whole");
        return null;
      }
      const [first = "", ...rest] = segments;
      const ts = await begin(place, first);
      if (ts === null) return null;
      live.add(ts);
      try {
        await finish(place, ts, { rest, endings, tag });
        return ts;
      } catch (error) {
        broken.add(runId ?? key);
        const message = "An answer was streamed in part only; it is posted whole.";
        throw new RuminateError("POST_FAILED", message, { cause: error, isRetryable: true });
      } finally {
        live.delete(ts);
      }
    },
    clear: async (place, runId) => {
      if (!isDirect(place) || place.threadTs === null) return;
      const { botId } = await workspaces.find(place.workspaceId);
      for (const { ts } of unfinished(await readThread(history, place), { runId, botId })) {
        if (live.has(ts)) continue;
        log.info({ runId }, "half of an answer taken away");
        broken.add(runId);
        await take(place, ts);
      }
    },
  };
}

/** In segments that together are the text: cut after lines, else after words. */
export function segmentsOf(text: string): string[] {
  const size = Math.max(LEAST_SEGMENT_CHARS, Math.ceil(text.length / MOST_SEGMENTS));
  const segments: string[] = [];
  let start = 0;
  while (text.length - start > size) {
    const window = text.slice(start, start + size);
    const border = [window.lastIndexOf("\n"), window.lastIndexOf(" ")].find((place) => place > size / 2);
    const end = border === undefined ? wholeCharacters(window) : border + 1;
    segments.push(window.slice(0, end));
    start += end;
  }
  return [...segments, text.slice(start)];
}

/** Never between the halves of one character. */
function wholeCharacters(text: string): number {
  return /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
}

/** Ours, without a key, and later than everything of the run that has one. */
function unfinished(
  messages: readonly HistoryMessage[],
  { runId, botId }: { runId: string; botId: string },
): HistoryMessage[] {
  const last = messages.findLastIndex((message) => message.runId === runId);
  return messages
    .slice(last + 1)
    .filter((message) => message.botId === botId && message.key === null && message.fileNames.length === 0);
}

async function readThread(history: History, place: Place): Promise<HistoryMessage[]> {
  try {
    return await history.read(place, { limit: MOST_READ });
  } catch (error) {
    // Gone with the message it began with.
    if (slackErrorOf(error) === "thread_not_found") return [];
    throw error;
  }
}

// What is not begun at once is posted whole: 20 streams may be begun in a minute.
const START = { priority: "final", patienceMs: 1_000 } as const;
const GO_ON = { priority: "final", patienceMs: 5_000 } as const;
// A workspace has 100 of these calls a minute.
const MOST_SEGMENTS = 6;
const LEAST_SEGMENT_CHARS = 400;
const MOST_READ = 1_000;
/** Ended by Slack after five minutes, or taken away. */
const ENDED: ReadonlySet<string> = new Set(["message_not_in_streaming_state", "message_not_found", "stopped_by_user"]);
