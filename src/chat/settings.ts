import type { PlaceKind } from "../chat-ports.ts";
import { bareDomain } from "../domain-rules.ts";
import { RuminateError } from "../errors.ts";
import type { AnswerForm, AskedRequest, Depth, ResearchRequest, SettingScope } from "../types.ts";
import { DEPTHS, FORMS } from "./command-options.ts";
import type { QuotaLimits } from "./quotas.ts";
import { readTimeZone } from "./timetable/next-times.ts";

/** A value in the one form in which it is stored. */
export interface StoredSetting {
  scope: SettingScope;
  name: string;
  value: string;
}

export interface SettingKind {
  name: string;
  /** What it is about, for people. */
  hint: string;
  scopes: readonly SettingScope[];
  /** What counts when nobody set it. */
  usual: string;
  /** All values, where they can be listed. */
  choices?: readonly string[];
  /** What may be given, in words. */
  expected: string;
  /** A list of channels, by their ids. */
  isOfChannels?: true;
  /** The form in which it is stored; null for what is no such value. */
  read(text: string): string | null;
}

/** Everything that can be set in chat. */
export const SETTINGS: readonly SettingKind[] = [
  choice("depth", "How much is read for a question", ["person", "channel", "workspace"], DEPTHS, "standard"),
  choice("form", "How answers are written", ["person", "channel", "workspace"], FORMS, "brief"),
  {
    name: "language",
    hint: "Language of the answers",
    scopes: ["person", "channel", "workspace"],
    usual: "that of the question",
    expected: "a language such as German or pt-BR",
    read: readLanguage,
  },
  {
    name: "time zone",
    hint: "Time zone of timetables",
    scopes: ["person", "workspace"],
    usual: "that of the profile, where it is known",
    expected: "a time zone such as Europe/Berlin",
    read: readZone,
  },
  choice("answers", "Whether questions are answered here", ["channel", "workspace"], ["on", "off"], "on"),
  choice(
    "shared channels",
    "Whether questions are answered where people of other organisations read along",
    ["channel", "workspace"],
    ["on", "off"],
    "as whoever runs me set it",
  ),
  channels("allowed channels", "The only channels in which questions are answered", "all"),
  channels("blocked channels", "Channels in which no questions are answered", "none"),
  choice(
    "digests",
    "Who may make and change digests",
    ["channel", "workspace"],
    ["everyone", "admins", "nobody"],
    "everyone",
  ),
  {
    name: "blocked sites",
    hint: "Sites that are neither searched nor opened",
    scopes: ["channel", "workspace"],
    usual: "none beyond those of whoever runs me",
    expected: "a list of sites such as example.com, example.org",
    read: readSites,
  },
  amount("questions per day", "Questions that each person may ask a day", ["workspace"]),
  amount("questions per month", "Questions that may be asked a month, all together", ["channel", "workspace"]),
  {
    ...amount("cost per month", "US dollars that may be spent a month", ["workspace"]),
    expected: "an amount in US dollars such as 20",
    read: (text) => (/^\$?\s*\d{1,6}(?:\.\d{1,2})?$/.test(text.trim()) ? text.replace(/[$\s]/g, "") : null),
  },
];

/** What is set for a person in a place. */
export interface Settings {
  depth: Depth;
  form: AnswerForm;
  language: string | null;
  timeZone: string | null;
  mayAsk: boolean;
  mayAskShared: boolean;
  /** Could admins allow it where it is not? */
  isSharedTheirs: boolean;
  /** Ids; all when empty. */
  allowedChannels: string[];
  blockedChannels: string[];
  digests: "everyone" | "admins" | "nobody";
  blockedSites: string[];
  limits: QuotaLimits;
}

/** What whoever runs the bot set: settings in chat only narrow it. */
export type OperatorBounds = QuotaLimits & {
  /** Whether it answers where people of other organisations read along; left to the admins when left out, and off at first. */
  sharedChannels?: "yes" | "no" | undefined;
};

export function resolveSettings(stored: readonly StoredSetting[], operator: OperatorBounds): Settings {
  const at = (name: string, scope: SettingScope): string | null => settingOf(stored, name, scope);
  const lower = (limit: number | null, name: string, scope: SettingScope): number | null => {
    const own = at(name, scope);
    return own === null ? limit : Math.min(Number(own), limit ?? Infinity);
  };
  return {
    depth: (nearest(stored, "depth")?.value ?? "standard") as Depth,
    form: (nearest(stored, "form")?.value ?? "brief") as AnswerForm,
    language: nearest(stored, "language")?.value ?? null,
    timeZone: nearest(stored, "time zone")?.value ?? null,
    mayAsk: nearest(stored, "answers")?.value !== "off",
    mayAskShared:
      operator.sharedChannels === "yes"
        ? nearest(stored, "shared channels")?.value !== "off"
        : operator.sharedChannels !== "no" && nearest(stored, "shared channels")?.value === "on",
    isSharedTheirs: operator.sharedChannels !== "no",
    allowedChannels: at("allowed channels", "workspace")?.split(", ") ?? [],
    blockedChannels: at("blocked channels", "workspace")?.split(", ") ?? [],
    digests: (nearest(stored, "digests")?.value ?? "everyone") as Settings["digests"],
    blockedSites: [at("blocked sites", "channel"), at("blocked sites", "workspace")].flatMap(
      (sites) => sites?.split(", ") ?? [],
    ),
    limits: {
      runsPerPersonAndDay: lower(operator.runsPerPersonAndDay, "questions per day", "workspace"),
      runsPerChannelAndMonth: lower(operator.runsPerChannelAndMonth, "questions per month", "channel"),
      runsPerWorkspaceAndMonth: lower(operator.runsPerWorkspaceAndMonth, "questions per month", "workspace"),
      costUsdPerWorkspaceAndMonth: lower(operator.costUsdPerWorkspaceAndMonth, "cost per month", "workspace"),
    },
  };
}

/** Why nothing is answered or told in this place, and the way out; null when something is. */
export function placeRefusal(settings: Settings, channelId: string, kind: PlaceKind): string | null {
  if (kind === "direct") return null;
  const { mayAskShared, isSharedTheirs, allowedChannels, blockedChannels } = settings;
  if (kind === "shared" && !mayAskShared)
    return `People of other organisations read along here, so I do not answer in this channel. Ask me in a direct message, or ${isSharedTheirs ? "ask an admin to allow it with `settings channel shared channels on`" : "ask the person who runs me to allow it"}.`;
  if (blockedChannels.includes(channelId))
    return "The admins chose that I do not answer in this channel. Ask me in a direct message or in another channel, or ask an admin to take it off the blocked channels in `settings`.";
  if (allowedChannels.length === 0 || allowedChannels.includes(channelId)) return null;
  return "The admins chose the channels in which I answer, and this is none of them. Ask me in a direct message or in one of those, or ask an admin to add it to the allowed channels in `settings`.";
}

/** The request with what nobody said about it. */
export function completeRequest(asked: AskedRequest, settings: Settings): ResearchRequest {
  const { blockedSites } = settings;
  return {
    ...asked,
    depth: asked.depth ?? settings.depth,
    form: asked.form ?? settings.form,
    language: asked.language ?? settings.language,
    ...(blockedSites.length === 0 ? {} : { blockedSites }),
  };
}

/** Values that hold what was typed so far, for a list under the field. */
export function suggestValues(name: string, typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  const found = valuesOf(name).filter((value) => value.toLowerCase().includes(wanted));
  return wanted === "" ? ["default", ...found] : found;
}

function valuesOf(name: string): readonly string[] {
  if (name === "time zone") return Intl.supportedValuesOf("timeZone");
  if (name === "language") return ENGLISH_NAMES;
  return SETTINGS.find((each) => each.name === name)?.choices ?? [];
}

/** The value that counts, and whose it is: the person's, else the channel's, else the workspace's. Null when nobody set it. */
export function nearest(stored: readonly StoredSetting[], name: string): StoredSetting | null {
  for (const scope of ["person", "channel", "workspace"] as const) {
    const value = settingOf(stored, name, scope);
    if (value !== null) return { scope, name, value };
  }
  return null;
}

/** Read once more: what an older version stored may be no value any more. */
export function settingOf(stored: readonly StoredSetting[], name: string, scope: SettingScope): string | null {
  const kind = SETTINGS.find((each) => each.name === name);
  if (kind === undefined || !kind.scopes.includes(scope)) return null;
  const found = stored.find((each) => each.name === name && each.scope === scope);
  return found === undefined ? null : kind.read(found.value);
}

function choice(
  name: string,
  hint: string,
  scopes: readonly SettingScope[],
  choices: readonly string[],
  usual: string,
): SettingKind {
  const read = (text: string): string | null => choices.find((each) => each === text.trim().toLowerCase()) ?? null;
  return { name, hint, scopes, usual, choices, expected: choices.join(", "), read };
}

function amount(name: string, hint: string, scopes: readonly SettingScope[]): SettingKind {
  const read = (text: string): string | null => (/^[1-9]\d{0,6}$/.test(text.trim()) ? text.trim() : null);
  return { name, hint, scopes, usual: "as whoever runs me set it", expected: "a number above 0", read };
}

function channels(name: string, hint: string, usual: string): SettingKind {
  const expected = "a list of channels, linked or by their ids";
  return { name, hint, scopes: ["workspace"], usual, expected, isOfChannels: true, read: readChannels };
}

/** "<#C0456|policy>, C0789" is "C0456, C0789". */
function readChannels(text: string): string | null {
  const ids = text
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
    .map((word) => CHANNEL.exec(word)?.[1] ?? null);
  const isList = ids.length > 0 && ids.length <= MOST_CHANNELS && ids.every((id) => id !== null);
  return isList ? Array.from(new Set(ids)).join(", ") : null;
}

const CHANNEL = /^<?#?([A-Z\d]{2,24})(?:\|[^>]*)?>?$/;
const MOST_CHANNELS = 50;

function readZone(text: string): string | null {
  try {
    return readTimeZone(text);
  } catch (error) {
    if (error instanceof RuminateError) return null;
    throw error;
  }
}

/** "German", "de" and "DE" are de. */
function readLanguage(text: string): string | null {
  const words = text.trim();
  const named = NAMED_LANGUAGES.get(words.toLowerCase());
  if (named !== undefined) return named;
  try {
    const [tag] = Intl.getCanonicalLocales(words);
    return tag !== undefined && LANGUAGE_NAMES.of(tag) !== undefined ? tag : null;
  } catch {
    // RangeError is the only answer to what is no tag.
    return null;
  }
}

const LANGUAGE_NAMES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
// The languages that people write by name; every other one goes by its tag.
const LANGUAGES =
  "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv th tr uk ur vi zh".split(
    " ",
  );
const ENGLISH_NAMES = LANGUAGES.map((tag) => LANGUAGE_NAMES.of(tag) ?? tag).toSorted();
const NAMED_LANGUAGES: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap((tag) => {
    const own = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
    return [LANGUAGE_NAMES.of(tag) ?? tag, own].map((name): [string, string] => [name.toLowerCase(), tag]);
  }),
);

function readSites(text: string): string | null {
  const sites = text
    .split(/[\s,;]+/)
    .filter((site) => site !== "")
    .map(bareDomain);
  const isList = sites.length > 0 && sites.length <= MOST_SITES && sites.every((site) => SITE.test(site));
  return isList ? Array.from(new Set(sites)).join(", ") : null;
}

const MOST_SITES = 50;
const SITE = /^(?=.{1,253}$)[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})+$/u;
