import type { types, ViewOutput } from "@slack/bolt";
import type { SettingsField, SettingsView } from "../../src/chat-ports.ts";
import type { SettingChange, SettingScope } from "../../src/types.ts";
import { plain } from "./block-parts.ts";
import { LIMITS } from "./limits.ts";
import { clip } from "./slack-text.ts";

export const SETTINGS_FORM = "ruminate_settings";
export const SETTINGS_ACTION = "ruminate_open_settings";

/** Everything that the person may set, under a heading for each whose it is. */
export function settingsForm({ fields }: SettingsView, channelId: string): types.ModalView {
  const scopes = Array.from(new Set(fields.map(({ scope }) => scope)));
  return {
    type: "modal",
    callback_id: SETTINGS_FORM,
    private_metadata: JSON.stringify({ channelId, threadTs: null, runId: null }),
    title: plain("Settings"),
    submit: plain("Save"),
    close: plain("Close"),
    blocks: scopes.flatMap((scope) => [
      { type: "header", text: plain(HEADINGS[scope]) } as types.HeaderBlock,
      ...fields.filter((field) => field.scope === scope).map(inputOf),
    ]),
  };
}

/** What was chosen, for each field that the form shows: an empty one takes the setting back. */
export function changesOf(view: ViewOutput): SettingChange[] {
  return Object.entries(view.state.values).flatMap(([blockId, block]) => {
    const field = block[blockId];
    const [scope = "", name = ""] = blockId.split(":");
    if (field === undefined || !(scope in HEADINGS)) return [];
    const written = field.selected_conversations?.join(", ") ?? field.selected_option?.value ?? field.value ?? "";
    const value = written === USUAL || written.trim() === "" ? null : written;
    return [{ scope: scope as SettingScope, name, value }];
  });
}

export function blockIdOf({ scope, name }: Pick<SettingsField, "scope" | "name">): string {
  return `${scope}:${name}`;
}

function inputOf(field: SettingsField): types.InputBlock {
  return {
    type: "input",
    block_id: blockIdOf(field),
    optional: true,
    label: plain(capitalised(field.name)),
    hint: plain(clip(`${field.hint}. Not set: ${field.usual}.`, LIMITS.labelText)),
    element: elementOf(field),
  };
}

function elementOf(field: SettingsField): types.PlainTextInput | types.StaticSelect | types.MultiConversationsSelect {
  if (field.isOfChannels) return channelsOf(field);
  return field.choices === null ? textInput(field) : selectOf(field, field.choices);
}

function channelsOf(field: SettingsField): types.MultiConversationsSelect {
  return {
    type: "multi_conversations_select",
    action_id: blockIdOf(field),
    placeholder: plain(clip(`not set (${field.usual})`, LIMITS.placeholderText)),
    filter: { include: ["public", "private"] },
    ...(field.value === null ? {} : { initial_conversations: field.value.split(", ") }),
  };
}

function textInput(field: SettingsField): types.PlainTextInput {
  const { expected, value } = field;
  return {
    type: "plain_text_input",
    action_id: blockIdOf(field),
    max_length: MAX_TEXT,
    placeholder: plain(clip(expected, LIMITS.placeholderText)),
    ...(value === null ? {} : { initial_value: value }),
  };
}

function selectOf(field: SettingsField, choices: readonly string[]): types.StaticSelect {
  const { value, usual } = field;
  const usualOption = { text: plain(clip(`not set (${usual})`, LIMITS.optionText)), value: USUAL };
  const options = [usualOption, ...choices.map((choice) => ({ text: plain(choice), value: choice }))];
  const initial = options.find((option) => option.value === value) ?? usualOption;
  return { type: "static_select", action_id: blockIdOf(field), options, initial_option: initial };
}

function capitalised(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

const HEADINGS: Record<SettingScope, string> = {
  person: "For you",
  channel: "For this channel",
  workspace: "For the workspace",
};
const USUAL = "-";
const MAX_TEXT = 2_000;
