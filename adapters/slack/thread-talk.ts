import type { ThreadTalk } from "../../src/chat-ports.ts";
import type { SaidMessage, ThreadRef } from "../../src/types.ts";
import { slackErrorOf } from "./call-failure.ts";
import { timeOf } from "./hear-messages.ts";
import type { History, HistoryMessage } from "./history.ts";
import type { People } from "./people.ts";
import { placeOf } from "./run-threads.ts";
import { readText } from "./slack-text.ts";
import type { HistoryPace } from "./talk.ts";
import type { SlackWorkspaces } from "./workspaces.ts";

export interface ThreadReaderParts {
  history: History;
  people: People;
  workspaces: SlackWorkspaces;
  pace: HistoryPace;
}

/** What was said in a thread: by people, and by other apps, whose alerts are often what a question is about. */
export function createThreadReader({ history, people, workspaces, pace }: ThreadReaderParts) {
  return async (thread: ThreadRef, limit: number): Promise<ThreadTalk> => {
    if (thread.threadId === null) return { messages: [], hindrance: null };
    if (pace === "off") return { messages: [], hindrance: NOT_ALLOWED };
    const { botUserId } = await workspaces.find(thread.workspaceId);
    try {
      const read = await history.read(placeOf(thread), { limit: pace === "slow" ? SLOW_LIMIT : MOST_READ });
      const said = read.filter((message) => isSaid(message) && message.user !== botUserId && message.runId === null);
      const [first, ...others] = said;
      const chosen = first === undefined ? [] : [first, ...others.slice(1 - limit)];
      const users = chosen.flatMap(({ user }) => user ?? []);
      const names = await people.namesOf(thread.workspaceId, users);
      const messages = chosen.map((message) => saidOf(message, names, botUserId));
      return { messages, hindrance: pace === "slow" && read.length >= SLOW_LIMIT ? ONLY_FIRST : null };
    } catch (error) {
      if (!CLOSED.has(slackErrorOf(error) ?? "")) throw error;
      return { messages: [], hindrance: NOT_ALLOWED };
    }
  };
}

function saidOf({ ts, user, text }: HistoryMessage, names: Map<string, string>, botUserId: string | null): SaidMessage {
  const author = user === null ? "an app" : (names.get(user) ?? user);
  return { id: ts, author, at: timeOf(ts), text: readText(text, { botUserId }) };
}

function isSaid({ subtype, text }: HistoryMessage): boolean {
  return text.trim() !== "" && SAID.has(subtype);
}

const SAID: ReadonlySet<string | null> = new Set([null, "thread_broadcast", "file_share", "bot_message"]);
// Five requests of 200; of a thread that is longer than that, the first thousand are read.
const MOST_READ = 1_000;
// https://docs.slack.dev/changelog/2025/05/29/tos-updates (read 2026-11-27)
const SLOW_LIMIT = 15;
const CLOSED: ReadonlySet<string> = new Set([
  "missing_scope",
  "not_in_channel",
  "channel_not_found",
  "thread_not_found",
  "not_allowed_token_type",
]);
const NOT_ALLOWED =
  "I cannot read what was said in this thread, only the messages that mention me. Questions must stand alone, or follow on my answers.";
const ONLY_FIRST = "Slack lets me read only the first 15 messages of a thread.";
