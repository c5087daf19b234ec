import type { App, BlockButtonAction, BlockOverflowAction, types, ViewOutput } from "@slack/bolt";
import type { Logger } from "pino";
import type { ActionSource, ChatHandlers, DigestAction, DigestReply } from "../../src/chat-ports.ts";
import { userMessageFor } from "../../src/errors.ts";
import { slackErrorOf } from "./call-failure.ts";
import {
  CHANNEL_FIELD,
  DIGEST_VIEWS,
  type DigestContext,
  digestForm,
  digestProposal,
  digestWords,
  readDigestContext,
  readDigestFields,
} from "./digest-forms.ts";
import { DIGEST_ACTIONS, listContent, readChoice } from "./digest-list.ts";
import type { PublishHome } from "./hear-home.ts";
import { type Context, workspaceIdOf } from "./hear-messages.ts";
import { fieldOf } from "./modals.ts";
import { checkedView, type OpenForm } from "./open-form.ts";
import { personOf, qualify, type Replies } from "./replies.ts";

export interface DigestParts {
  handlers: ChatHandlers;
  replies: Replies;
  openForm: OpenForm;
  /** Makes the Home tab of the person anew. */
  publishHome: PublishHome;
  /** Why nothing can be told in the channel, and the way out; null when something can. */
  hindranceIn(workspaceId: string, channelId: string): Promise<string | null>;
  log: Logger;
}

/** Where and by whom a form is wanted. */
export interface DigestPress {
  source: ActionSource;
  triggerId: string;
}

/** Where a button was pressed: a private list can be replaced. */
type ListPress = DigestPress & { listUrl: string | null };

const CHANGES: ReadonlySet<string> = new Set(["pause", "resume", "start", "delete"]);

/** Forms, lists and buttons of digests, in channels and on the Home tab. */
export function hearDigests(app: App, parts: DigestParts): void {
  const { handlers, log } = parts;

  for (const name of [DIGEST_ACTIONS.create, DIGEST_ACTIONS.edit])
    app.action<BlockButtonAction>(name, async ({ action, body, context, ack }) => {
      const digestId = name === DIGEST_ACTIONS.edit ? (action.value ?? "") : null;
      const press = pressOf(body, context);
      const words = await openDigestForm(parts, digestId, press);
      await ack();
      if (words !== null) void sayLater(parts, press.source, words);
    });

  for (const [name, type] of [
    [DIGEST_ACTIONS.run, "run"],
    [DIGEST_ACTIONS.preview, "preview"],
    [DIGEST_ACTIONS.remove, "delete"],
  ] as const)
    app.action<BlockButtonAction>(name, async ({ action, body, context, ack }) => {
      await perform(parts, { type, digestId: action.value ?? "" }, pressOf(body, context));
      await ack();
    });

  app.action<BlockOverflowAction>(DIGEST_ACTIONS.more, async ({ action, body, context, ack }) => {
    const choice = readChoice(action.selected_option.value);
    if (choice !== null) await perform(parts, { type: choice.verb, digestId: choice.digestId }, pressOf(body, context));
    await ack();
  });

  app.view(DIGEST_VIEWS.form, async ({ view, body, context, ack }) => {
    const sent = sentOf(view, body, context);
    if (sent === null) return ack();
    try {
      await ack(await answerForm(parts, view, sent));
    } catch (error) {
      log.warn({ err: error }, "form of a digest not kept");
      await ack(errorsAt({ timetable: `${userMessageFor(error)} Nothing was saved.` }));
    }
  });

  app.view(DIGEST_VIEWS.proposal, async ({ view, body, context, ack }) => {
    const sent = sentOf(view, body, context);
    const draftId = sent?.form.draftId ?? null;
    if (sent === null || draftId === null) return ack();
    const reply = await handlers.onDigest({ type: "save", draftId }, sent.source);
    if (reply.kind !== "saved") return ack(update(digestWords(wordsOf(reply))));
    await ack({ response_action: "clear" });
    void sayLater(parts, sent.source, reply.text);
  });
}

/** Opens it; what there is to say instead, or null. */
export async function openDigestForm(
  { handlers, openForm }: Pick<DigestParts, "handlers" | "openForm">,
  digestId: string | null,
  { source, triggerId }: DigestPress,
): Promise<string | null> {
  const reply = await handlers.onDigest({ type: "fill-in", digestId }, source);
  if (reply.kind !== "form") return wordsOf(reply);
  const { workspaceId, channelId } = source.thread;
  try {
    await openForm(workspaceId, triggerId, digestForm(reply.form, { channelId, digestId, draftId: null }));
    return null;
  } catch (error) {
    // The trigger lives 3 s. https://docs.slack.dev/interactivity/handling-user-interaction (read 2026-11-22)
    if (slackErrorOf(error) !== "expired_trigger_id") throw error;
    return "That took me too long, and Slack opens no form any more. Try once more.";
  }
}

type Sent = { form: DigestContext; source: ActionSource };

/** What Slack is told when the form is sent: what is wrong at its fields, or the next view. */
async function answerForm(parts: DigestParts, view: ViewOutput, { form, source }: Sent) {
  const { channelId } = source.thread;
  const hindrance =
    channelId === "" ? null : await parts.hindranceIn(source.thread.workspaceId, channelId).catch(() => null);
  if (hindrance !== null)
    return errorsAt({ [fieldOf(view, CHANNEL_FIELD) === null ? "timetable" : CHANNEL_FIELD]: hindrance });
  const action: DigestAction = { type: "propose", digestId: form.digestId, form: readDigestFields(view) };
  const reply = await parts.handlers.onDigest(action, source);
  switch (reply.kind) {
    case "problems":
      return errorsAt(Object.fromEntries(reply.problems.map(({ field, text }) => [field, text])));
    case "proposal":
      return {
        response_action: "push" as const,
        view: checkedView(digestProposal(reply, { ...form, channelId }), parts.log),
      };
    default:
      return update(digestWords(wordsOf(reply)));
  }
}

async function perform(parts: DigestParts, action: DigestAction, { source, listUrl }: ListPress): Promise<void> {
  const reply = await parts.handlers.onDigest(action, source);
  void sayLater(parts, source, wordsOf(reply));
  if (listUrl !== null && CHANGES.has(action.type)) void renewList(parts, source, listUrl);
}

/** The list with the button shows how it is now. */
async function renewList({ handlers, replies, log }: DigestParts, source: ActionSource, url: string): Promise<void> {
  try {
    const list = await handlers.onDigest({ type: "list" }, source);
    if (list.kind === "list") await replies.replace(url, listContent(list.digests));
  } catch (error) {
    log.warn({ err: error }, "list of digests not renewed");
  }
}

/** After the press is acknowledged: nothing is lost when it fails. On the Home tab the page itself changes as well. */
async function sayLater({ replies, publishHome, log }: DigestParts, source: ActionSource, words: string) {
  const { thread, person } = source;
  const { workspaceId, userId } = personOf(person);
  const isHome = thread.channelId === "";
  try {
    await replies.say({ workspaceId, userId }, words, isHome ? null : thread);
    if (isHome) await publishHome(thread.workspaceId, userId);
  } catch (error) {
    log.warn({ err: error }, "reply about a digest not delivered");
  }
}

function pressOf(
  body: {
    user: { id: string };
    channel?: { id: string };
    container?: Record<string, unknown>;
    trigger_id: string;
    response_url?: string;
  },
  context: Context,
): ListPress {
  const workspaceId = workspaceIdOf(context);
  const thread = { platform: "slack", workspaceId, channelId: body.channel?.id ?? "", threadId: null };
  const source = { eventId: body.trigger_id, person: qualify(workspaceId, body.user.id), thread };
  const isInList = body.container?.is_ephemeral === true;
  return { source, triggerId: body.trigger_id, listUrl: isInList ? (body.response_url ?? null) : null };
}

function sentOf(view: ViewOutput, body: { user: { id: string } }, context: Context): Sent | null {
  const form = readDigestContext(view.private_metadata);
  if (form === null) return null;
  const workspaceId = workspaceIdOf(context);
  const channelId = fieldOf(view, CHANNEL_FIELD) ?? form.channelId;
  const thread = { platform: "slack", workspaceId, channelId, threadId: null };
  return { form, source: { eventId: view.id, person: qualify(workspaceId, body.user.id), thread } };
}

function wordsOf(reply: DigestReply): string {
  if (reply.kind === "problems") return reply.problems.map(({ text }) => text).join(" ");
  return "text" in reply ? reply.text : "That cannot be done here.";
}

function errorsAt(errors: Record<string, string>) {
  return { response_action: "errors" as const, errors };
}

function update(view: types.ModalView) {
  return { response_action: "update" as const, view };
}
