import type { types, ViewOutput } from "@slack/bolt";
import { DEPTHS, FORMS } from "../../src/chat/command-options.ts";
import type { Sample } from "../../src/chat/samples.ts";
import { plain } from "./block-parts.ts";

/** Forms. What has to be known when one is sent stands in `private_metadata`, as JSON. */
export const MODALS = {
  question: "ruminate_question",
  followUp: "ruminate_follow_up",
  opinion: "ruminate_opinion",
} as const;
export const FIELDS = { text: "text", depth: "depth", form: "form", reason: "reason" } as const;

export interface FormContext {
  channelId: string;
  threadTs: string | null;
  runId: string | null;
}

/** What nobody chooses is left to the settings. */
export function questionForm(context: FormContext, initial: Partial<Sample> = {}): types.ModalView {
  const depth = choice(FIELDS.depth, "How much to read", DEPTHS, initial.depth ?? null);
  const form = choice(FIELDS.form, "How to write it", FORMS, initial.form ?? null);
  return modal(MODALS.question, "Research", "Research it", context, [
    textField("What do you want to know?", { initial: initial.question ?? "" }),
    depth,
    form,
  ]);
}

export function followUpForm(context: FormContext): types.ModalView {
  return modal(MODALS.followUp, "Ask a follow-up", "Ask", context, [textField("What else do you want to know?")]);
}

export function opinionForm(context: FormContext): types.ModalView {
  const reasons = ["wrong", "outdated", "bad sources", "too long", "something else"];
  const options = reasons.map((reason) => ({ text: plain(reason), value: reason }));
  const element: types.RadioButtons = { type: "radio_buttons", action_id: FIELDS.reason, options };
  return modal(MODALS.opinion, "What was wrong?", "Send", context, [
    { type: "input", block_id: FIELDS.reason, label: plain("The answer is"), element },
    textField("Anything to add?", { isOptional: true }),
  ]);
}

/** What a form was opened with; null when it is not one of ours. */
export function readContext(metadata: string): FormContext | null {
  try {
    const { channelId, threadTs, runId } = JSON.parse(metadata);
    if (typeof channelId !== "string") return null;
    return { channelId, threadTs: textOrNull(threadTs), runId: textOrNull(runId) };
  } catch {
    // Not ours, or of another version.
    return null;
  }
}

/** The value of a field, whatever kind it is; null when it was left empty. */
export function fieldOf(view: ViewOutput, name: string): string | null {
  for (const block of Object.values(view.state.values)) {
    const field = block[name];
    if (field !== undefined) return field.value ?? field.selected_option?.value ?? field.selected_conversation ?? null;
  }
  return null;
}

/** The ticked boxes of a field. */
export function ticksOf(view: ViewOutput, name: string): string[] {
  const ticked = Object.values(view.state.values).flatMap((block) => block[name]?.selected_options ?? []);
  return ticked.map(({ value }) => value ?? "");
}

function modal(
  callbackId: string,
  title: string,
  submit: string,
  context: FormContext,
  blocks: types.KnownBlock[],
): types.ModalView {
  return {
    type: "modal",
    callback_id: callbackId,
    private_metadata: JSON.stringify(context),
    title: plain(title),
    submit: plain(submit),
    close: plain("Close"),
    blocks,
  };
}

function textField(label: string, { initial = "", isOptional = false } = {}): types.InputBlock {
  const element: types.PlainTextInput = {
    type: "plain_text_input",
    action_id: FIELDS.text,
    multiline: true,
    max_length: 3_000,
    ...(initial === "" ? {} : { initial_value: initial.slice(0, 3_000) }),
  };
  return { type: "input", block_id: FIELDS.text, label: plain(label), element, optional: isOptional };
}

function choice(name: string, label: string, values: readonly string[], chosen: string | null): types.InputBlock {
  const usual = { text: plain("as set"), value: AS_SET };
  const options = [usual, ...values.map((value) => ({ text: plain(value), value }))];
  const initial = options.find(({ value }) => value === chosen) ?? usual;
  const element: types.StaticSelect = { type: "static_select", action_id: name, options, initial_option: initial };
  return { type: "input", block_id: name, label: plain(label), element };
}

/** The words of the chosen depth and form before the question; nothing where they are as set. */
export function questionWords(view: ViewOutput): string {
  const words = [fieldOf(view, FIELDS.depth), fieldOf(view, FIELDS.form)].filter(
    (word) => word !== null && word !== AS_SET,
  );
  const text = fieldOf(view, FIELDS.text) ?? "";
  return words.length === 0 ? text : `${words.join(" ")}: ${text}`;
}

const AS_SET = "-";

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
