import type { types, ViewOutput } from "@slack/bolt";
import { readDigestKind } from "../../src/chat/digest-form.ts";
import type { DigestForm, DigestReply } from "../../src/chat-ports.ts";
import { plain, section } from "./block-parts.ts";
import { LIMITS } from "./limits.ts";
import { fieldOf, ticksOf } from "./modals.ts";
import { clip, literal } from "./slack-text.ts";

export const DIGEST_VIEWS = { form: "ruminate_digest", proposal: "ruminate_digest_proposal" } as const;
/** Names of the fields, which are those of `DigestForm`; only the channel is Slack's own. */
export const CHANNEL_FIELD = "channel";

/** What has to be known when a form is sent: where it was opened, and what it is about. */
export interface DigestContext {
  /** "" on the Home tab. */
  channelId: string;
  /** The digest that is changed; null for a new one. */
  digestId: string | null;
  draftId: string | null;
}

export function digestForm(form: DigestForm, context: DigestContext): types.ModalView {
  const isChannelOpen = context.channelId === "" && context.digestId === null;
  return {
    type: "modal",
    callback_id: DIGEST_VIEWS.form,
    private_metadata: JSON.stringify(context),
    title: plain(context.digestId === null ? "New digest" : "Change digest"),
    submit: plain("Next"),
    close: plain("Close"),
    blocks: [
      choice("kind", "What is told", KINDS, form.kind),
      text("topic", "Topic", form.topic, { hint: TOPIC_HINT, isLong: true, isOptional: true }),
      ...(isChannelOpen ? [channelField()] : []),
      text("timetable", "When", form.timetable, { hint: TIME_HINT }),
      text("timeZone", "Time zone", form.timeZone, { hint: "As the clock on the wall shows it there" }),
      choice("length", "Length", LENGTHS, form.length),
      choice("whenNothingNew", "When there is nothing new", SILENCES, form.whenNothingNew),
      openQuestions(form.researchesOpenQuestions),
      text("runCap", "US dollars each time, at most", form.runCap, { hint: "Such as 0.20", isOptional: true }),
      text("monthCap", "US dollars a month, at most", form.monthCap, { hint: "Such as 5", isOptional: true }),
    ],
  };
}

/** How the form was understood, before anything is saved; closing it leads back to the form. */
export function digestProposal(
  { draftId, title, lines }: Extract<DigestReply, { kind: "proposal" }>,
  context: DigestContext,
): types.ModalView {
  return {
    type: "modal",
    callback_id: DIGEST_VIEWS.proposal,
    private_metadata: JSON.stringify({ ...context, draftId }),
    title: plain("Save this digest?"),
    submit: plain("Save"),
    close: plain("Back"),
    blocks: [
      { type: "header", text: plain(clip(literal(title), LIMITS.headerText)) },
      ...lines.slice(0, MOST_LINES).map((line) => section(clip(literal(line), LIMITS.sectionText))),
    ],
  };
}

/** Nothing but words, where a form cannot go on. */
export function digestWords(words: string): types.ModalView {
  return {
    type: "modal",
    title: plain("Digest"),
    close: plain("Close"),
    blocks: [section(clip(literal(words), LIMITS.sectionText))],
  };
}

/** What a form was opened with; null when it is not one of ours. */
export function readDigestContext(metadata: string): DigestContext | null {
  try {
    const { channelId, digestId, draftId } = JSON.parse(metadata);
    if (typeof channelId !== "string") return null;
    return { channelId, digestId: idOrNull(digestId), draftId: idOrNull(draftId) };
  } catch {
    // Not ours, or of another version.
    return null;
  }
}

export function readDigestFields(view: ViewOutput): DigestForm {
  const given = (name: keyof DigestForm): string => fieldOf(view, name) ?? "";
  return {
    kind: readDigestKind(given("kind")),
    topic: given("topic"),
    timetable: given("timetable"),
    timeZone: given("timeZone"),
    length: given("length") === "brief" ? "brief" : "standard",
    whenNothingNew: given("whenNothingNew") === "line" ? "line" : "silent",
    researchesOpenQuestions: ticksOf(view, "researchesOpenQuestions").length > 0,
    runCap: given("runCap"),
    monthCap: given("monthCap"),
  };
}

const KINDS: Record<DigestForm["kind"], string> = {
  topic: "News about a topic",
  talk: "What is said in this channel",
  both: "Both: this channel, and news about a topic",
};
const LENGTHS = { standard: "Standard: 3 to 7 points", brief: "Brief: at most 3 points" };
const SILENCES = { silent: "Say nothing", line: "Say so in a line" };
const TOPIC_HINT = "Feeds are read as well: PostgreSQL releases feed https://www.postgresql.org/versions.rss";
const TIME_HINT = 'Such as "every weekday at 9", "Mondays 08:30", "first of the month", or a cron expression';
const MOST_LINES = 30;
const MAX_TEXT = 3_000;
const MAX_SHORT_TEXT = 100;

function text(
  name: keyof DigestForm,
  label: string,
  initial: string,
  { hint, isLong = false, isOptional = false }: { hint: string; isLong?: boolean; isOptional?: boolean },
): types.InputBlock {
  const most = isLong ? MAX_TEXT : MAX_SHORT_TEXT;
  const element: types.PlainTextInput = {
    type: "plain_text_input",
    action_id: name,
    multiline: isLong,
    max_length: most,
    ...(initial === "" ? {} : { initial_value: initial.slice(0, most).toWellFormed() }),
  };
  return { type: "input", block_id: name, label: plain(label), hint: plain(hint), element, optional: isOptional };
}

function choice(
  name: keyof DigestForm,
  label: string,
  words: Record<string, string>,
  initial: string,
): types.InputBlock {
  const options = Object.entries(words).map(([value, shown]) => ({ text: plain(shown), value }));
  const chosen = options.find(({ value }) => value === initial);
  const element: types.RadioButtons = { type: "radio_buttons", action_id: name, options };
  return {
    type: "input",
    block_id: name,
    label: plain(label),
    element: chosen === undefined ? element : { ...element, initial_option: chosen },
  };
}

function openQuestions(isTicked: boolean): types.InputBlock {
  const options = [{ text: plain("Look up questions that nobody answered"), value: "yes" }];
  const name = "researchesOpenQuestions";
  const element: types.Checkboxes = { type: "checkboxes", action_id: name, options };
  return {
    type: "input",
    block_id: name,
    label: plain("Of what is said in the channel"),
    element: isTicked ? { ...element, initial_options: options } : element,
    optional: true,
  };
}

function channelField(): types.InputBlock {
  const element: types.ConversationsSelect = {
    type: "conversations_select",
    action_id: CHANNEL_FIELD,
    filter: { include: ["public", "private"] },
  };
  return { type: "input", block_id: CHANNEL_FIELD, label: plain("Where it is told"), element };
}

function idOrNull(value: unknown): string | null {
  return typeof value === "string" && /^[a-z0-9]{1,20}$/.test(value) ? value : null;
}
