import type { SettingChange, SettingScope } from "../types.ts";
import { SETTINGS } from "./settings.ts";

/**
 * "settings depth deep", "settings channel answers off", "settings workspace questions per day = 20". Null for everything
 * else, also for a question that begins so ("settings depth of field on a Leica?").
 */
export function readSettingChange(text: string): SettingChange | null {
  const [, whose, name = "", sign, value = ""] = CHANGE.exec(text.trim().replace(/\s+/g, " ")) ?? [];
  const kind = SETTINGS.find((each) => each.name === name.toLowerCase());
  if (kind === undefined) return null;
  const scope = SCOPES[(whose ?? "").toLowerCase()] ?? kind.scopes[0] ?? "workspace";
  const written = value.trim().replace(/[.!]+$/, "");
  if (BACK.test(written)) return { scope, name: kind.name, value: null };
  const isMeant = sign !== undefined || kind.read(written) !== null || written.split(" ").length === 1;
  return isMeant && !written.endsWith("?") ? { scope, name: kind.name, value: written } : null;
}

const SCOPES: Readonly<Record<string, SettingScope>> = {
  my: "person",
  channel: "channel",
  workspace: "workspace",
  server: "workspace",
};
const NAMES = SETTINGS.map(({ name }) => name).join("|");
const CHANGE = new RegExp(`^settings (?:(my|channel|workspace|server) )?(${NAMES})(?: ?(=|:) ?| to | )(.+)$`, "i");
const BACK = /^(?:default|usual|reset)$/i;
