import type { ThreadRef } from "../types.ts";

/** Ids of channels may be the same in two workspaces, and those of workspaces on two platforms. */
export function isSameChannel(one: ThreadRef, other: ThreadRef): boolean {
  return one.platform === other.platform && one.workspaceId === other.workspaceId && one.channelId === other.channelId;
}
