import type { ThreadRef } from "../types.ts";

export type Workspace = Pick<ThreadRef, "platform" | "workspaceId">;
export type Channel = Workspace & Pick<ThreadRef, "channelId">;

/** The `subject` of settings and quotas that belong to a workspace: "slack:T0123". A person's is the person's own id. */
export function workspaceSubject({ platform, workspaceId }: Workspace): string {
  return `${platform}:${workspaceId}`;
}

/** The `subject` of settings and quotas that belong to a channel: "slack:T0123:C0456". */
export function channelSubject(channel: Channel): string {
  return `${workspaceSubject(channel)}:${channel.channelId}`;
}
