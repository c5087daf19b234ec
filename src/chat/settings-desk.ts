import type { LinkedWords, PlaceKind, SettingsField, SettingsProblem, SettingsView } from "../chat-ports.ts";
import type { ResearchRequest, SettingChange, SettingScope } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import {
  nearest,
  type OperatorBounds,
  placeRefusal,
  resolveSettings,
  SETTINGS,
  type SettingKind,
  type Settings,
  type StoredSetting,
  settingOf,
} from "./settings.ts";

/** A person in a place. A place without a channel, such as the app's own page, has an empty `channelId`. */
export type Who = Pick<ResearchRequest, "asker" | "thread">;

export interface SettingsStore {
  /** Those of the person, the channel and the workspace. */
  read(who: Who): Promise<StoredSetting[]>;
  /** All of them or none; a value of null takes the setting back. */
  save(who: Who, changes: readonly SettingChange[]): Promise<void>;
}

/** What people can see and set. */
export interface SettingsDesk {
  of(who: Who): Promise<Settings>;
  describe(who: Who): Promise<LinkedWords>;
  /** What counts for this person, and the same in a line each, with who set it. */
  look(who: Who): Promise<{ settings: Settings; lines: string[] }>;
  /** Does it, and says what came of it. */
  change(who: Who, change: SettingChange): Promise<LinkedWords>;
  /** What this person may set here. */
  view(who: Who): Promise<SettingsView>;
  /** Nothing is saved when there is any problem. */
  save(who: Who, changes: readonly SettingChange[]): Promise<SettingsProblem[]>;
}

export function createSettingsDesk({
  store,
  bounds,
  isAdmin,
}: {
  store: SettingsStore;
  bounds: OperatorBounds;
  isAdmin: IsAdmin;
}): SettingsDesk {
  async function save(who: Who, changes: readonly SettingChange[]): Promise<SettingsProblem[]> {
    const mayAll = await isAdmin(who.asker, who.thread);
    const read = changes.map((change) => ({ ...change, ...check(change, mayAll, bounds) }));
    const problems = read.flatMap(({ scope, name, problem }) => (problem === null ? [] : [{ scope, name, problem }]));
    if (problems.length === 0)
      await store.save(
        who,
        read.map(({ scope, name, stored }) => ({ scope, name, value: stored })),
      );
    return problems;
  }

  async function look(who: Who): Promise<{ settings: Settings; lines: string[] }> {
    const stored = await store.read(who);
    return { settings: resolveSettings(stored, bounds), lines: SETTINGS.map((kind) => lineOf(kind, stored, bounds)) };
  }

  return {
    of: async (who) => resolveSettings(await store.read(who), bounds),
    describe: async (who) => {
      const [{ lines }, mayAll] = await Promise.all([look(who), isAdmin(who.asker, who.thread)]);
      return linked([...lines.map((line) => `- ${line}`), mayAll ? HOW_ADMINS : HOW].join("\n"));
    },
    look,
    change: async (who, change) => {
      const [problem] = await save(who, [change]);
      if (problem !== undefined) return linked(problem.problem);
      const kind = SETTINGS.find(({ name }) => name === change.name);
      return linked(kind === undefined ? "" : `Saved. ${lineOf(kind, await store.read(who), bounds)}.`);
    },
    view: async (who) => {
      const [stored, mayAll] = await Promise.all([store.read(who), isAdmin(who.asker, who.thread)]);
      const scopes: SettingScope[] = [
        "person",
        ...(who.thread.channelId === "" ? [] : (["channel"] as const)),
        "workspace",
      ];
      const fields = scopes
        .filter((scope) => scope === "person" || mayAll)
        .flatMap((scope) =>
          SETTINGS.filter((kind) => kind.scopes.includes(scope)).map((kind) =>
            fieldOf(kind, scope, { stored, bounds }),
          ),
        );
      return { fields };
    },
    save,
  };
}

/** Why this person may not manage digests here; null when they may. */
export async function digestRefusal(
  settings: Settings,
  { asker, thread, kind }: Who & { kind: PlaceKind },
  isAdmin: IsAdmin,
): Promise<string | null> {
  const refusal = placeRefusal(settings, thread.channelId, kind);
  if (refusal !== null) return refusal;
  const { digests } = settings;
  if (digests === "everyone") return null;
  if (digests === "nobody")
    return "Digests are turned off here. Admins turn them on with `settings channel digests everyone`.";
  return (await isAdmin(asker, thread)) ? null : "Only admins may make and change digests here.";
}

function check(
  { scope, name, value }: SettingChange,
  mayAll: boolean,
  { sharedChannels }: OperatorBounds,
): { stored: string | null; problem: string | null } {
  const kind = SETTINGS.find((each) => each.name === name);
  const fail = (problem: string) => ({ stored: null, problem });
  if (kind === undefined) return fail(`There is no setting “${name}”.`);
  if (!kind.scopes.includes(scope))
    return fail(`${name} is set for ${kind.scopes.map((each) => WHOSE[each]).join(" or ")}.`);
  if (scope !== "person" && !mayAll) return fail(`Only admins may set ${name} for ${WHOSE[scope]}.`);
  if (value === null || value.trim() === "") return { stored: null, problem: null };
  if (name === "shared channels" && kind.read(value) === "on" && sharedChannels === "no")
    return fail("Whoever runs me has turned shared channels off: it cannot be allowed here.");
  const stored = kind.read(value);
  return stored === null
    ? fail(`${name}: expected ${kind.expected}, not “${value.slice(0, 100)}”.`)
    : { stored, problem: null };
}

/** "depth: deep (set for you)" */
function lineOf(kind: SettingKind, stored: readonly StoredSetting[], bounds: OperatorBounds): string {
  const shown = (value: string): string => (kind.isOfChannels ? value.replace(/\w+/g, "<#$&>") : value);
  if (ADDS_UP.has(kind.name)) {
    const all = kind.scopes.flatMap((scope) => {
      const value = settingOf(stored, kind.name, scope);
      return value === null ? [] : [`${shown(value)} (set for ${WHOSE[scope]})`];
    });
    return `${kind.name}: ${all.length === 0 ? usualOf(kind, bounds) : all.join("; ")}`;
  }
  const set = nearest(stored, kind.name);
  return `${kind.name}: ${set === null ? usualOf(kind, bounds) : `${shown(set.value)} (set for ${WHOSE[set.scope]})`}`;
}

/** What counts when nobody set it. */
function usualOf({ name, usual }: SettingKind, { sharedChannels }: OperatorBounds): string {
  if (name !== "shared channels") return usual;
  return sharedChannels === "yes" ? "on" : "off";
}

/** Channels can be found where they are named. */
function linked(text: string): LinkedWords {
  return { text, links: text.match(/<#\w+>/g) ?? [] };
}

function fieldOf(
  kind: SettingKind,
  scope: SettingScope,
  { stored, bounds }: { stored: readonly StoredSetting[]; bounds: OperatorBounds },
): SettingsField {
  const { name, hint, choices = null, expected, isOfChannels } = kind;
  const wider = stored.filter((each) => RANK[each.scope] > RANK[scope]);
  const usual = ADDS_UP.has(name) ? kind.usual : (nearest(wider, name)?.value ?? usualOf(kind, bounds));
  const value = settingOf(stored, name, scope);
  return { scope, name, hint, choices, expected, ...(isOfChannels ? { isOfChannels } : {}), value, usual };
}

// What a channel sets of these counts beside what its workspace sets.
const ADDS_UP: ReadonlySet<string> = new Set(["blocked sites", "questions per month"]);
const RANK: Record<SettingScope, number> = { person: 0, channel: 1, workspace: 2 };
const WHOSE: Record<SettingScope, string> = { person: "you", channel: "this channel", workspace: "the workspace" };
const HOW =
  "Change yours with `settings depth deep`, `settings language German`; `settings depth default` takes it back.";
const HOW_ADMINS = `${HOW} As an admin you also set \`settings channel answers off\`, \`settings workspace questions per day 20\`.`;
