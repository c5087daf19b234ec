import type { App, SlashCommand } from "@slack/bolt";
import type { Logger } from "pino";
import { userMessageFor } from "../../src/errors.ts";
import type { ChatHandlers, IncomingMessage } from "../../src/ports.ts";
import type { Channels } from "./channels.ts";
import { type Context, SHARED_REFUSAL, workspaceIdOf } from "./hear-messages.ts";
import { questionForm } from "./modals.ts";
import { isDirect, qualify, type Replies } from "./replies.ts";
import type { CallSlack } from "./slack-calls.ts";
import { readText, toMrkdwn } from "./slack-text.ts";

export interface CommandParts {
  handlers: ChatHandlers;
  channels: Channels;
  replies: Replies;
  callSlack: CallSlack;
  mayAnswerShared: boolean;
  log: Logger;
}

export const COMMAND = "/research";

/** `/research …`: checked, stored, and only then acknowledged, with the words that the person needs. */
export function hearCommands(app: App, parts: CommandParts): void {
  const { handlers, replies, callSlack, log } = parts;
  app.command(COMMAND, async ({ command, ack, context }) => {
    const workspaceId = workspaceIdOf(context);
    const { channel_id: channelId, user_id: userId, response_url: responseUrl } = command;
    const words = await hindrance(parts, workspaceId, channelId);
    if (words !== null) return ack(privately(words));
    if (command.text.trim() === "") {
      // The trigger lives 3 s: everything else is looked at when the form is sent.
      const view = questionForm({ channelId, threadTs: null, runId: null });
      await callSlack(workspaceId, "views.open", { trigger_id: command.trigger_id, view }, { patienceMs: 1_000 });
      return ack();
    }
    const interaction = replies.open({ workspaceId, userId, channelId, responseUrl });
    try {
      await handlers.onMessage(messageOf(command, context));
      await ack(privately(interaction.done() ?? RECEIVED));
    } catch (error) {
      log.warn({ err: error }, "command not stored");
      interaction.done();
      await ack(privately(`${userMessageFor(error)} Nothing was saved.`));
    }
  });
}

const RECEIVED = "On it. The answer comes in a thread here.";

/** Why nothing can be answered in this channel, and the way out; null when something can. */
async function hindrance(
  { channels, mayAnswerShared }: CommandParts,
  workspaceId: string,
  channelId: string,
): Promise<string | null> {
  if (isDirect({ channelId })) return null;
  const facts = await channels.look(workspaceId, channelId);
  if (facts === null) return null;
  if (facts.isArchived) return `${facts.name} is archived, so nothing can be posted here.`;
  if (facts.isShared && !mayAnswerShared) return SHARED_REFUSAL;
  if (facts.isMember) return null;
  return `I am not in ${facts.name}. Invite me with \`/invite @Ruminate\`, or ask me in a direct message.`;
}

/** A command has no message of its own; the id of its trigger names it. */
function messageOf(command: SlashCommand, context: Context): IncomingMessage {
  const { channel_id: channelId, user_id: userId, trigger_id: triggerId, text } = command;
  const workspaceId = workspaceIdOf(context);
  return {
    eventId: triggerId,
    messageId: triggerId,
    thread: { platform: "slack", workspaceId, channelId, threadId: null },
    asker: qualify(workspaceId, userId),
    text: readText(text, { botUserId: context.botUserId ?? null }),
    sentAt: new Date().toISOString(),
  };
}

function privately(markdown: string) {
  return { response_type: "ephemeral" as const, text: toMrkdwn(markdown) };
}
