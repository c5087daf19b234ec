import type { Logger } from "pino";
import type { ProgressCard } from "../../src/ports.ts";
import type { ThreadRef } from "../../src/types.ts";
import { NOT_OFFERED, slackErrorOf } from "./call-failure.ts";
import type { CallSlack } from "./slack-calls.ts";
import { clip, literal } from "./slack-text.ts";

/** Agent sessions: while one is at work, Slack shows its own Stop button in the thread. A nicety, never waited for. */
export interface Sessions {
  begin(thread: ThreadRef, card: ProgressCard): void;
  end(thread: ThreadRef): void;
}

export function createSessions(callSlack: CallSlack, log: Logger): Sessions {
  // Workspaces in which the app is no agent: asked once.
  const without = new Set<string>();

  function setStatus({ workspaceId, channelId, threadId }: ThreadRef, fields: Record<string, unknown>): void {
    if (threadId === null || without.has(workspaceId)) return;
    const parameters = { channel_id: channelId, thread_ts: threadId, ...fields };
    callSlack(workspaceId, "agents.sessions.setStatus", parameters).catch((error: unknown) => {
      if (NOT_OFFERED.has(slackErrorOf(error) ?? "")) without.add(workspaceId);
      else log.debug({ err: error }, "agent session not updated");
    });
  }

  return {
    begin: (thread, card) => {
      const initiator = card.asker === undefined ? {} : { initiator_user_id: card.asker.split(":").at(-1) };
      setStatus(thread, { status: "processing", title: clip(literal(card.question), MAX_TITLE), ...initiator });
    },
    end: (thread) => setStatus(thread, { status: "active" }),
  };
}

// https://docs.slack.dev/reference/methods/agents.sessions.setStatus (read 2026-11-22)
const MAX_TITLE = 200;
