import type { App, BlockButtonAction, ViewOutput } from "@slack/bolt";
import type { Logger } from "pino";
import { SAMPLES } from "../../src/chat/samples.ts";
import type { ActionSource, ChatAction, ChatHandlers, IncomingMessage } from "../../src/chat-ports.ts";
import { userMessageFor } from "../../src/errors.ts";
import type { Report, ThreadRef } from "../../src/types.ts";
import { ANSWER_ACTIONS } from "./answer-blocks.ts";
import { CANCEL_ACTION } from "./card-blocks.ts";
import type { Files } from "./files.ts";
import { type Context, workspaceIdOf } from "./hear-messages.ts";
import {
  FIELDS,
  type FormContext,
  fieldOf,
  followUpForm,
  MODALS,
  opinionForm,
  questionForm,
  questionWords,
  readContext,
} from "./modals.ts";
import { ASK_ACTION, SAMPLE_ACTIONS } from "./notes.ts";
import { OFFER_ACTIONS, settledContents } from "./offers.ts";
import type { OpenForm } from "./open-form.ts";
import type { Posting } from "./posting.ts";
import { personOf, qualify, type Replies } from "./replies.ts";
import { placeOf } from "./run-threads.ts";
import type { CallSlack } from "./slack-calls.ts";
import { readText } from "./slack-text.ts";

export interface ActionParts {
  handlers: ChatHandlers;
  replies: Replies;
  files: Files;
  posting: Posting;
  callSlack: CallSlack;
  openForm: OpenForm;
  renderReport(report: Report): string;
  log: Logger;
}

export const SHORTCUT = "ruminate_research_this";

/** Buttons under cards and answers, the forms behind them, and the message shortcut. */
export function hearActions(app: App, parts: ActionParts): void {
  const { handlers, callSlack, openForm } = parts;

  app.action<BlockButtonAction>(CANCEL_ACTION, async ({ action, body, context, ack }) => {
    const press = pressOf(body, context);
    const { done } = parts.replies.open(press.interaction);
    await handlers.onCancel(action.value ?? "", press.source);
    await ack();
    const words = done();
    if (words !== null) sayLate(parts, press.source, words);
  });

  for (const [type, name] of [
    ["deeper", ANSWER_ACTIONS.deeper],
    ["redo", ANSWER_ACTIONS.redo],
    ["download", ANSWER_ACTIONS.download],
    ["remove", ANSWER_ACTIONS.remove],
    ["note", OFFER_ACTIONS.note],
    ["queue", OFFER_ACTIONS.queue],
    ["replace", OFFER_ACTIONS.replace],
  ] as const) {
    app.action<BlockButtonAction>(name, async ({ action, body, context, ack }) => {
      const press = pressOf(body, context);
      const { messageTs } = press;
      const isDone = await perform(parts, { type, runId: action.value ?? "" }, press.source, messageTs);
      await ack();
      if (type === "remove" && isDone) await removeMessage(callSlack, body, press.source.thread);
    });
  }

  app.action<BlockButtonAction>(ANSWER_ACTIONS.followUp, async ({ action, body, context, ack }) => {
    const form = followUpForm(formContext(body, action.value ?? null));
    await openForm(workspaceIdOf(context), body.trigger_id, form);
    await ack();
  });

  app.action<BlockButtonAction>(ANSWER_ACTIONS.feedback, async ({ action, body, context, ack }) => {
    const [rating, runId = ""] = (action.value ?? "").split(":");
    if (rating === "good")
      await perform(parts, { type: "feedback", runId, rating: 1, reason: null }, pressOf(body, context).source);
    else await openForm(workspaceIdOf(context), body.trigger_id, opinionForm(formContext(body, runId)));
    await ack();
  });

  for (const [index, name] of [ASK_ACTION, ...SAMPLE_ACTIONS].entries())
    app.action<BlockButtonAction>(name, async ({ body, context, ack }) => {
      // In the channel itself: below the hello nobody would look for an answer.
      const form = questionForm({ ...formContext(body, null), threadTs: null }, SAMPLES[index - 1]);
      await openForm(workspaceIdOf(context), body.trigger_id, form);
      await ack();
    });

  app.view(MODALS.followUp, async ({ view, body, context, ack }) => {
    const sent = sentOf(view, body, context);
    if (sent?.runId) await perform(parts, { type: "follow-up", runId: sent.runId, text: sent.text }, sent.source);
    await ack();
  });

  app.view(MODALS.opinion, async ({ view, body, context, ack }) => {
    const sent = sentOf(view, body, context);
    const reason = [fieldOf(view, FIELDS.reason), fieldOf(view, FIELDS.text)]
      .filter(Boolean)
      .join(": ")
      .slice(0, 2_000);
    if (sent?.runId) await perform(parts, { type: "feedback", runId: sent.runId, rating: -1, reason }, sent.source);
    await ack();
  });

  app.view(MODALS.question, async ({ view, body, context, ack }) => {
    const sent = sentOf(view, body, context);
    if (sent === null) return ack();
    try {
      await handlers.onMessage(messageOf(sent.source, questionWords(view)));
      await ack();
    } catch (error) {
      parts.log.warn({ err: error }, "form not stored");
      await ack({
        response_action: "errors",
        errors: { [FIELDS.text]: `${userMessageFor(error)} Nothing was saved.` },
      });
    }
  });

  app.shortcut({ callback_id: SHORTCUT, type: "message_action" }, async ({ shortcut, context, ack }) => {
    if (shortcut.type !== "message_action") return ack();
    const { channel, message, message_ts: ts, trigger_id: triggerId } = shortcut;
    const text = readText(message.text ?? "", { botUserId: context.botUserId ?? null });
    const threadTs = typeof message.thread_ts === "string" ? message.thread_ts : ts;
    const form = questionForm({ channelId: channel.id, threadTs, runId: null }, { question: text });
    await openForm(workspaceIdOf(context), triggerId, form);
    await ack();
  });
}

/** After the press is acknowledged: nothing is lost when it fails, the button is still there. */
function sayLate({ replies, log }: ActionParts, { person, thread }: ActionSource, words: string): void {
  void replies.say(personOf(person), words, thread).catch((error: unknown) => {
    log.warn({ err: error }, "reply to a button not delivered");
  });
}

/** True when it was done; what there is to say about it is said to the person alone. */
async function perform(
  parts: ActionParts,
  action: ChatAction,
  source: ActionSource,
  messageTs: string | null = null,
): Promise<boolean> {
  const { handlers, files, posting, renderReport, log } = parts;
  const reply = await handlers.onAction(action, source);
  if (reply.kind === "words") sayLate(parts, source, reply.text);
  // As late.
  const late = async (): Promise<void> => {
    if (reply.kind === "settled" && messageTs !== null)
      await posting.update(placeOf(source.thread), messageTs, settledContents(reply.text), { priority: "final" });
    if (reply.kind === "file") {
      const key = `${action.runId}:download:${source.eventId}`;
      await files.share(placeOf(source.thread), { key, content: renderReport(reply.report) });
    }
  };
  void late().catch((error: unknown) => log.warn({ err: error }, "reply to a button not delivered"));
  return reply.kind === "done";
}

type PressBody = Parameters<typeof pressOf>[0];

/** Where a button was pressed, and by whom. Whose run its value names is for the core to check. */
function pressOf(
  body: {
    user: { id: string };
    channel?: { id: string };
    container?: Record<string, unknown>;
    trigger_id: string;
    response_url?: string;
  },
  context: Context,
) {
  const workspaceId = workspaceIdOf(context);
  const { channelId, threadTs } = formContext(body, null);
  const thread: ThreadRef = { platform: "slack", workspaceId, channelId, threadId: threadTs };
  const source: ActionSource = { eventId: body.trigger_id, person: qualify(workspaceId, body.user.id), thread };
  const interaction = { workspaceId, userId: body.user.id, channelId, responseUrl: body.response_url ?? null };
  const { message_ts: ts } = body.container ?? {};
  return { source, interaction, messageTs: typeof ts === "string" ? ts : null };
}

function formContext(
  body: { channel?: { id: string }; container?: Record<string, unknown> },
  runId: string | null,
): FormContext {
  const { message_ts: messageTs, thread_ts: threadTs } = body.container ?? {};
  const ts = threadTs ?? messageTs;
  return { channelId: body.channel?.id ?? "", threadTs: typeof ts === "string" ? ts : null, runId };
}

function sentOf(view: ViewOutput, body: { user: { id: string }; trigger_id?: string }, context: Context) {
  const form = readContext(view.private_metadata);
  if (form === null) return null;
  const workspaceId = workspaceIdOf(context);
  const thread = { platform: "slack", workspaceId, channelId: form.channelId, threadId: form.threadTs };
  // The form's own id: sent twice, it is one question.
  const source: ActionSource = { eventId: view.id, person: qualify(workspaceId, body.user.id), thread };
  return { source, runId: form.runId, text: fieldOf(view, FIELDS.text) ?? "" };
}

function messageOf({ eventId, person, thread }: ActionSource, text: string): IncomingMessage {
  return { eventId, messageId: eventId, thread, asker: person, text, sentAt: new Date().toISOString() };
}

async function removeMessage(callSlack: CallSlack, body: PressBody, thread: ThreadRef): Promise<void> {
  const ts = body.container?.message_ts;
  if (typeof ts !== "string") return;
  await callSlack(thread.workspaceId, "chat.delete", { channel: thread.channelId, ts });
}
