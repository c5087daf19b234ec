import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIContainerComponent,
  type APIFileComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import { plainLine } from "./discord-text.ts";
import { LIMITS } from "./limits.ts";

/** Components as Discord takes them; labels are cut here, so that no text from outside is ever too long. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

export function container(components: APIContainerComponent["components"], color: number): APIContainerComponent {
  return { type: ComponentType.Container, accent_color: color, components };
}

export function buttonRow(
  buttons: APIButtonComponentWithCustomId[],
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components: buttons };
}

export function button(
  id: string,
  label: string,
  style: APIButtonComponentWithCustomId["style"] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, custom_id: id, label: plainLine(label, LIMITS.buttonLabel), style };
}

export interface Choice {
  label: string;
  value: string;
  description: string;
}

export function selectRow(
  id: string,
  placeholder: string,
  choices: readonly Choice[],
): APIActionRowComponent<APIStringSelectComponent> {
  const options = choices.slice(0, LIMITS.selectOptions).map(({ label, value, description }) => ({
    label: plainLine(label, LIMITS.optionText) || value,
    value,
    ...(description === "" ? {} : { description: plainLine(description, LIMITS.optionText) }),
  }));
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder: plainLine(placeholder, LIMITS.placeholder),
        options,
      },
    ],
  };
}

export function attachedFile(name: string): APIFileComponent {
  return { type: ComponentType.File, file: { url: `attachment://${name}` } };
}

/** A form with one text. */
export function textForm(
  id: string,
  {
    title,
    label,
    value = "",
    isRequired = true,
  }: { title: string; label: string; value?: string; isRequired?: boolean },
): APIModalInteractionResponseCallbackData {
  const input = {
    ...{ type: ComponentType.TextInput as const, custom_id: TEXT_FIELD, style: TextInputStyle.Paragraph },
    ...{ required: isRequired, max_length: LIMITS.inputText },
    ...(value === "" ? {} : { value: value.slice(0, LIMITS.inputText).toWellFormed() }),
  };
  return {
    custom_id: id,
    title: plainLine(title, LIMITS.modalTitle),
    components: [{ type: ComponentType.Label, label: plainLine(label, LIMITS.label), component: input }],
  };
}

/** The name of the text in a form. */
export const TEXT_FIELD = "text";
