import type { App, SlashCommand } from "@slack/bolt";
import type { Logger } from "pino";
import type { ChatHandlers, IncomingMessage } from "../../src/chat-ports.ts";
import { userMessageFor } from "../../src/errors.ts";
import type { Channels } from "./channels.ts";
import { listContent } from "./digest-list.ts";
import { type DigestPress, openDigestForm } from "./hear-digests.ts";
import { type Context, workspaceIdOf } from "./hear-messages.ts";
import { openSettings } from "./hear-settings.ts";
import { questionForm } from "./modals.ts";
import type { OpenForm } from "./open-form.ts";
import { isDirect, qualify, type Replies } from "./replies.ts";
import { readText, toMrkdwn } from "./slack-text.ts";

export interface CommandParts {
  handlers: ChatHandlers;
  channels: Channels;
  replies: Replies;
  openForm: OpenForm;
  log: Logger;
}

export const COMMAND = "/research";

/** `/research …`: checked, stored, and only then acknowledged, with the words that the person needs. */
export function hearCommands(app: App, parts: CommandParts): void {
  const { handlers, replies, openForm, log } = parts;
  app.command(COMMAND, async ({ command, ack, context }) => {
    const workspaceId = workspaceIdOf(context);
    const { channel_id: channelId, user_id: userId, response_url: responseUrl } = command;
    const words = await hindrance(parts, workspaceId, channelId);
    if (words !== null) return ack(privately(words));
    // The trigger lives 3 s: everything else is looked at when a form is sent.
    if (command.text.trim() === "") {
      const view = questionForm({ channelId, threadTs: null, runId: null });
      await openForm(workspaceId, command.trigger_id, view);
      return ack();
    }
    const press = pressOf(command, context);
    if (SETTINGS.test(command.text.trim())) {
      await openSettings(parts, press);
      return ack();
    }
    const wanted = DIGEST_FORM.exec(command.text.trim());
    if (wanted !== null) {
      const refusal = await openDigestForm(parts, wanted[1]?.toLowerCase() ?? null, press);
      return refusal === null ? ack() : ack(privately(refusal));
    }
    if (DIGEST_LIST.test(command.text.trim())) {
      const reply = await handlers.onDigest({ type: "list" }, press.source);
      if (reply.kind === "list") return ack({ response_type: "ephemeral", ...listContent(reply.digests) });
    }
    const interaction = replies.open({ workspaceId, userId, channelId, responseUrl });
    try {
      await handlers.onMessage(messageOf(command, context));
      await ack({ response_type: "ephemeral", text: interaction.done() ?? receivedWords(command.text.trim()) });
    } catch (error) {
      log.warn({ err: error }, "command not stored");
      interaction.done();
      await ack(privately(`${userMessageFor(error)} Nothing was saved.`));
    }
  });
}

// Without words: the form. "edit" with words is read like any message.
const DIGEST_FORM = /^digest(?: new| edit ([a-z0-9]{4,8}))?$/i;
const DIGEST_LIST = /^digests$/i;
const SETTINGS = /^settings[.!?]*$/i;

/** Where nothing else is said. */
function receivedWords(text: string): string {
  if (/^(?:stop|cancel)[.!?]*$/i.test(text)) return "Stopping it: what was found so far is told in its thread.";
  if (/^answer[.!?]*$/i.test(text)) return "On it: the newest answer comes once more.";
  return "On it. The answer comes in a thread here.";
}

/** Why nothing can be answered in this channel, and the way out; null when something can. */
export async function hindrance(
  { channels }: Pick<CommandParts, "channels">,
  workspaceId: string,
  channelId: string,
): Promise<string | null> {
  if (isDirect({ channelId })) return null;
  const facts = await channels.look(workspaceId, channelId);
  if (facts === null) return null;
  if (facts.isArchived) return `${facts.name} is archived, so nothing can be posted here.`;
  if (facts.isMember) return null;
  return `I am not in ${facts.name}. Invite me with \`/invite @Ruminate\`, or ask me in a direct message.`;
}

function pressOf(command: SlashCommand, context: Context): DigestPress {
  const { eventId, asker: person, thread } = messageOf(command, context);
  return { source: { eventId, person, thread }, triggerId: command.trigger_id };
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
