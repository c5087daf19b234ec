import { callFailure } from "./call-failure.ts";
import type { Place } from "./posting.ts";
import { withToken } from "./with-token.ts";
import type { SlackWorkspaces } from "./workspaces.ts";

export interface Files {
  /** Puts a Markdown file into the thread, with words beside it (Slack's own markup); resolves to the file's id. */
  share(place: Place, file: { key: string; content: string; words?: string }): Promise<string>;
}

export function createFiles(workspaces: SlackWorkspaces): Files {
  return {
    share: async ({ workspaceId, channelId, threadTs }, { key, content, words }) => {
      const filename = fileNameOf(key);
      const where = threadTs === null ? { channel_id: channelId } : { channel_id: channelId, thread_ts: threadTs };
      const beside = words === undefined ? {} : { initial_comment: words };
      try {
        const { files } = await withToken(workspaces, workspaceId, (client) =>
          client.filesUploadV2({ ...where, filename, title: TITLE, content, ...beside }),
        );
        return files[0]?.files?.[0]?.id ?? filename;
      } catch (error) {
        throw callFailure("files.uploadV2", error);
      }
    },
  };
}

/** A shared file carries no metadata: its name is what finds it again. */
export function fileNameOf(key: string): string {
  return `research-${key.replace(/[^\w-]+/g, "-")}.md`;
}

const TITLE = "The whole report";
