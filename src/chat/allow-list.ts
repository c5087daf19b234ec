import type { IncomingMessage } from "../chat-ports.ts";

/** Who may use the bot, by platform-qualified ids; an empty list allows all. */
export interface AllowList {
  /** "slack:T0123" */
  workspaces: readonly string[];
  /** "slack:T0123:C0456" */
  channels: readonly string[];
  /** As the platform qualifies them: "slack:U0789". */
  people: readonly string[];
}

/** May anybody use it in this channel? */
export function isOpenHere({ workspaces, channels }: AllowList, channel: string): boolean {
  return allows(workspaces, channel.slice(0, channel.lastIndexOf(":"))) && allows(channels, channel);
}

export function isAllowed(list: AllowList, { thread, asker }: Pick<IncomingMessage, "thread" | "asker">): boolean {
  const workspace = `${thread.platform}:${thread.workspaceId}`;
  return (
    allows(list.workspaces, workspace) &&
    allows(list.channels, `${workspace}:${thread.channelId}`) &&
    allows(list.people, asker)
  );
}

function allows(ids: readonly string[], id: string): boolean {
  return ids.length === 0 || ids.includes(id);
}
