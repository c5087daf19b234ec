import type { ProgressCard, ThreadRef } from "../../src/types.ts";
import type { Attempt } from "./niceties.ts";
import { isDirect } from "./replies.ts";
import { clip, literal } from "./slack-text.ts";

/** While a run is at work, Slack says so beside the thread, with its own Stop button where the app is an agent. */
export interface Sessions {
  begin(thread: ThreadRef, card: ProgressCard): void;
  /** It is still at work. */
  goOn(thread: ThreadRef): void;
  end(thread: ThreadRef): void;
}

export function createSessions(attempt: Attempt, now: () => number = Date.now): Sessions {
  // By thread: when the older kind of status was last set, which Slack takes away after two minutes.
  const saidAt = new Map<string, number>();

  async function setStatus(thread: ThreadRef, fields: Record<string, unknown>): Promise<boolean> {
    const outcome = await attempt(thread.workspaceId, "agents.sessions.setStatus", { ...idsOf(thread), ...fields });
    return outcome !== "absent";
  }

  /** As apps had it before sessions, in conversations with one person only. Both at once would take each other's place. */
  async function say(thread: ThreadRef, status: string): Promise<void> {
    const { workspaceId } = thread;
    if (status === "") saidAt.delete(keyOf(thread));
    else saidAt.set(keyOf(thread), now());
    const outcome = await attempt(workspaceId, "assistant.threads.setStatus", { ...idsOf(thread), status });
    if (outcome !== "done") saidAt.delete(keyOf(thread));
  }

  async function begin(thread: ThreadRef, { question, asker }: ProgressCard): Promise<void> {
    const title = clip(literal(question), MAX_TITLE);
    const initiator = asker === undefined ? {} : { initiator_user_id: asker.split(":").at(-1) };
    if (await setStatus(thread, { status: "processing", title, ...initiator })) return;
    if (!isDirect(thread)) return;
    await Promise.all([
      say(thread, AT_WORK),
      attempt(thread.workspaceId, "assistant.threads.setTitle", { ...idsOf(thread), title }),
    ]);
  }

  return {
    begin: (thread, card) => {
      if (thread.threadId !== null) void begin(thread, card);
    },
    goOn: (thread) => {
      const at = saidAt.get(keyOf(thread));
      if (at !== undefined && now() - at > SAY_AGAIN_MS) void say(thread, AT_WORK);
    },
    end: (thread) => {
      if (thread.threadId === null) return;
      if (saidAt.has(keyOf(thread))) void say(thread, "");
      else void setStatus(thread, { status: "active" });
    },
  };
}

function idsOf({ channelId, threadId }: ThreadRef) {
  return { channel_id: channelId, thread_ts: threadId };
}

function keyOf({ workspaceId, channelId, threadId }: ThreadRef): string {
  return `${workspaceId} ${channelId} ${threadId}`;
}

// https://docs.slack.dev/reference/methods/agents.sessions.setStatus, …/assistant.threads.setStatus (read 2026-11-22)
const MAX_TITLE = 200;
const SAY_AGAIN_MS = 100_000;
const AT_WORK = "is researching…";
