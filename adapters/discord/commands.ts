import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
} from "discord.js";
import { MAX_QUESTION_CHARS } from "../../src/chat/question.ts";
import type { AnswerForm, Depth } from "../../src/types.ts";
import type { DiscordApi } from "./discord-api.ts";

export const RESEARCH_COMMAND = "research";
export const RESEARCH_MENU = "Research this";

/** The commands that people see in Discord. */
export function commandDefinitions() {
  const where = {
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  };
  return [
    {
      ...where,
      type: ApplicationCommandType.ChatInput,
      name: RESEARCH_COMMAND,
      description: "Search, read and answer with checked sources",
      options: [
        textOption("question", "What do you want to know?", { required: true, max_length: MAX_QUESTION_CHARS }),
        textOption("depth", "How much to read (standard)", { choices: choicesOf(DEPTHS) }),
        textOption("form", "How to write it (brief)", { choices: choicesOf(FORMS) }),
      ],
    },
    { ...where, type: ApplicationCommandType.Message, name: RESEARCH_MENU },
  ] as const;
}

export type Registration = "changed" | "unchanged";

/** Makes Discord's list of commands ours, everywhere or in one server. Nothing is sent when it is so already. */
export async function registerCommands(
  api: DiscordApi,
  applicationId: string,
  guildId: string | null,
): Promise<Registration> {
  const registration = await registrationOf(api, applicationId, guildId);
  if (registration === "changed")
    await api.send("PUT", routeOf(applicationId, guildId), { body: commandDefinitions() });
  return registration;
}

/** Does Discord's list differ from ours? */
export async function registrationOf(
  api: DiscordApi,
  applicationId: string,
  guildId: string | null,
): Promise<Registration> {
  const known = await api.get<Record<string, unknown>[]>(routeOf(applicationId, guildId));
  const wanted = commandDefinitions();
  const isSame =
    known.length === wanted.length && wanted.every((command) => known.some((other) => contains(other, command)));
  return isSame ? "unchanged" : "changed";
}

function routeOf(applicationId: string, guildId: string | null) {
  return guildId === null
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

const DEPTHS: Record<Depth, string> = {
  quick: "quick: a glance",
  standard: "standard: a few minutes",
  deep: "deep: as much as it takes",
};
const FORMS: Record<AnswerForm, string> = {
  brief: "brief: a short answer",
  report: "report: at length",
  table: "table: a comparison",
};

function choicesOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, name]) => ({ name, value }));
}

function textOption(name: string, description: string, rest: object): APIApplicationCommandOption {
  return { type: ApplicationCommandOptionType.String, name, description, ...rest } as APIApplicationCommandOption;
}

/** Discord adds fields of its own (ids, versions, defaults); what we say must stand there as we say it. */
function contains(known: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(known) &&
      known.length === wanted.length &&
      wanted.every((item, index) => contains(known[index], item))
    );
  }
  if (typeof wanted !== "object" || wanted === null) return known === wanted;
  if (typeof known !== "object" || known === null) return false;
  return Object.entries(wanted).every(([key, value]) => contains((known as Record<string, unknown>)[key], value));
}
