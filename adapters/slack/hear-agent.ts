import type { App } from "@slack/bolt";
import type { Channels } from "./channels.ts";
import { workspaceIdOf } from "./hear-messages.ts";
import type { Attempt } from "./niceties.ts";
import { promptsFor } from "./prompts.ts";

export interface AgentParts {
  channels: Channels;
  attempt: Attempt;
}

/** Where somebody opened the conversation with the app, and the channel that they look at meanwhile. */
interface Opened {
  channelId: string;
  threadTs?: string;
  seen: string | undefined;
}

/** Somebody opens the conversation with the app, or looks at another channel beside it: there are things to press. */
export function hearAgent(app: App, { channels, attempt }: AgentParts): void {
  async function suggest(workspaceId: string, { channelId, threadTs, seen }: Opened): Promise<void> {
    const prompts = promptsFor(seen === undefined ? null : await channels.look(workspaceId, seen));
    const where = { channel_id: channelId, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
    await attempt(workspaceId, "assistant.threads.setSuggestedPrompts", { ...where, title: TITLE, prompts });
  }

  app.event("app_home_opened", async ({ event: { tab, channel: channelId, context: looks }, context }) => {
    if (tab === "messages") void suggest(workspaceIdOf(context), { channelId, seen: channelIn(looks) });
  });
  app.event("app_context_changed", async ({ event: { channel: channelId, context: looks }, context }) => {
    void suggest(workspaceIdOf(context), { channelId, seen: channelIn(looks) });
  });
  // From apps that were made with Slack's assistant view, before there were agents.
  for (const name of OLDER_EVENTS)
    app.event(name, async ({ event: { assistant_thread: thread }, context }) => {
      const { channel_id: channelId, thread_ts: threadTs, context: looks } = thread;
      void suggest(workspaceIdOf(context), { channelId, threadTs, seen: looks.channel_id });
    });
}

/** Heard although no app that is made from our manifest can ask for them any more. */
export const OLDER_EVENTS = ["assistant_thread_started", "assistant_thread_context_changed"] as const;

const TITLE = "What would you like to know?";

/** The first thing they look at that is a channel. */
function channelIn(looks: { entities?: readonly { type: string; value: unknown }[] } | undefined): string | undefined {
  const entity = looks?.entities?.find(({ type }) => type === "slack#/types/channel_id");
  return typeof entity?.value === "string" ? entity.value : undefined;
}
