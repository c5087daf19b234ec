import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  Routes,
} from "discord.js";
import { MAX_QUESTION_CHARS } from "../../src/chat/question.ts";
import { SETTINGS } from "../../src/chat/settings.ts";
import type { DigestVerb } from "../../src/chat-ports.ts";
import type { AnswerForm, Depth } from "../../src/types.ts";
import type { DiscordApi } from "./discord-api.ts";

export const RESEARCH_COMMAND = "research";
export const DIGEST_COMMAND = "digest";
export const SETTINGS_COMMAND = "research-settings";
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
        textOption("depth", "How much to read (as set)", { choices: choicesOf(DEPTHS) }),
        textOption("form", "How to write it (as set)", { choices: choicesOf(FORMS) }),
      ],
    },
    {
      ...where,
      type: ApplicationCommandType.ChatInput,
      name: DIGEST_COMMAND,
      description: "What this channel is told on a timetable",
      options: [
        subcommand("create", "A new one, without more by form; you see its next three times first", [
          textOption("when", "every weekday at 9, Mondays 08:30 in Europe/Berlin …", { max_length: 100 }),
          textOption("about", "news about …, or: summarise this channel", { max_length: 1_000 }),
          textOption("feed", "Address of an RSS or Atom feed to read", { max_length: 500 }),
          textOption("length", "How many points (standard: 3 to 7)", { choices: choicesOf(LENGTHS) }),
          textOption("without-news", "What to do when there is nothing new (silent)", { choices: choicesOf(SILENCES) }),
        ]),
        subcommand("list", "Those of this channel, with what can be done with each", []),
        subcommand("manage", "Begin, pause, change, tell now, preview, delete …", [
          textOption("digest", "Which one", { required: true, autocomplete: true, max_length: 100 }),
          textOption("action", "What to do at once; without, you are shown what can be done", {
            choices: choicesOf(VERBS),
          }),
        ]),
      ],
    },
    {
      ...where,
      contexts: [InteractionContextType.Guild],
      type: ApplicationCommandType.ChatInput,
      name: SETTINGS_COMMAND,
      description: "What is set for this channel and server; without options: show it",
      // Who manages the server sees it; the core asks once more.
      default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
      options: [
        textOption("setting", "What to set", { choices: choicesOf(SHARED_SETTINGS) }),
        textOption("value", "How; left out: as usual", { autocomplete: true, max_length: 1_000 }),
        textOption("where", "For this channel, or for the whole server (server)", { choices: choicesOf(PLACES) }),
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

const LENGTHS = { standard: "standard: 3 to 7 points", brief: "brief: at most 3" };
const SILENCES = { silent: "say nothing", line: "say so in a line" };
const VERBS: Record<DigestVerb, string> = {
  start: "begin it",
  pause: "pause it",
  resume: "go on with it",
  run: "tell it now",
  preview: "show me alone what it would tell now",
  history: "show what became of it",
  delete: "delete it",
};

const PLACES = { channel: "this channel", server: "the whole server" };
const SHARED_SETTINGS = Object.fromEntries(
  SETTINGS.filter(({ scopes }) => scopes.includes("workspace")).map(({ name, hint }) => [name, `${name}: ${hint}`]),
);

/** What somebody chose of `/research-settings`, in the words that mean the same everywhere. */
export function settingsWords(given: ReadonlyMap<string, string>): string {
  const setting = given.get("setting");
  if (setting === undefined) return "settings";
  return `settings ${given.get("where") ?? "server"} ${setting} = ${given.get("value")?.trim() || "default"}`;
}

export function digestVerb(action: string | undefined): DigestVerb | null {
  return action !== undefined && action in VERBS ? (action as DigestVerb) : null;
}

function subcommand(name: string, description: string, options: APIApplicationCommandOption[]) {
  return { type: ApplicationCommandOptionType.Subcommand, name, description, options } as const;
}

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
