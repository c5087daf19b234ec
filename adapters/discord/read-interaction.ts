import {
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from "discord.js";
import { TEXT_FIELD } from "./components.ts";
import { literal } from "./discord-text.ts";

/** "discord:1234" */
export function personOf({ member, user }: Pick<APIInteraction, "member" | "user">): string {
  return qualify((member?.user ?? user)?.id ?? "");
}

export function qualify(userId: string): string {
  return `discord:${userId}`;
}

export function givenIn(options: readonly { name: string; value?: unknown }[] | undefined): Map<string, string> {
  return new Map((options ?? []).map(({ name, value }) => [name, value === undefined ? "" : String(value)]));
}

export function isSlash(interaction: APIInteraction): interaction is APIChatInputApplicationCommandInteraction {
  return (
    interaction.type === InteractionType.ApplicationCommand &&
    interaction.data.type === ApplicationCommandType.ChatInput
  );
}

export function isMenu(interaction: APIInteraction): interaction is APIMessageApplicationCommandInteraction {
  return (
    interaction.type === InteractionType.ApplicationCommand && interaction.data.type === ApplicationCommandType.Message
  );
}

export function textOf({ data }: APIModalSubmitInteraction): string {
  const fields = data.components.flatMap((part) => (part.type === ComponentType.Label ? [part.component] : []));
  const field = fields.find((part) => part.type === ComponentType.TextInput && part.custom_id === TEXT_FIELD);
  return field?.type === ComponentType.TextInput ? field.value : "";
}

/** What the list itself holds of the chosen source; its link stands in the same message. */
export function describeSource({ data, message }: APIMessageComponentInteraction): string {
  const chosen = "values" in data ? (data.values[0] ?? "") : "";
  const rows = (message.components ?? []).flatMap((part) =>
    part.type === ComponentType.ActionRow ? part.components : [],
  );
  const options = rows.flatMap((part) => (part.type === ComponentType.StringSelect ? part.options : []));
  const option = options.find(({ value }) => value === chosen);
  if (option === undefined) return "This source is not in the list any more.";
  const texts = (message.components ?? []).flatMap((part) =>
    part.type === ComponentType.TextDisplay ? [part.content] : [],
  );
  const line = texts.flatMap((text) => text.split("\n")).find((candidate) => candidate.startsWith(`-# ${chosen}. `));
  return line?.slice(3) ?? [literal(option.label, 200), literal(option.description ?? "", 200)].join("\n");
}
