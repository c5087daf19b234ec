import { createHash } from "node:crypto";
import { type APIMessage, type APIMessageTopLevelComponent, MessageFlags, type RawFile, Routes } from "discord.js";
import type { Logger } from "pino";
import { RuminateError } from "../../src/errors.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import type { DiscordApi } from "./discord-api.ts";
import { type MessageContent, problemsOfMessage } from "./limits.ts";

export interface PostOptions {
  key: string;
  isSilent?: boolean;
  /** Who is told of the message; nobody else ever is. */
  mention?: string | null;
}

export interface EditOptions {
  /** Must it arrive, even if it has to wait? */
  isUrgent: boolean;
  /** What the message can be found by afterwards; null when that is not needed any more. */
  key: string | null;
}

export interface Posting {
  /** Posts the message once: Discord gives the first one back for the same key within some minutes. */
  post(channelId: string, content: MessageContent, options: PostOptions): Promise<APIMessage>;
  /** @returns false when Discord wants it to wait and it need not arrive */
  edit(channelId: string, messageId: string, content: MessageContent, options: EditOptions): Promise<boolean>;
  /** Our message with this key among the newest, or null. */
  find(channelId: string, key: string): Promise<APIMessage | null>;
}

export function createPosting(api: DiscordApi, applicationId: () => Promise<string>, log: Logger): Posting {
  /** Editing does not bring an archived thread back, as posting does. */
  async function withOpenThread<Result>(channelId: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (discordCodeOf(error) !== CODES.threadArchived) throw error;
      await api.send("PATCH", Routes.channel(channelId), { body: { archived: false } });
      return work();
    }
  }

  return {
    post: (channelId, content, { key, isSilent = false, mention = null }) => {
      const flags = isSilent ? QUIET | MessageFlags.SuppressNotifications : QUIET;
      const body = { ...bodyOf(content, key, flags, mention), nonce: nonceOf(key), enforce_nonce: true };
      return api.send<APIMessage>("POST", Routes.channelMessages(channelId), { body, files: filesOf(content) });
    },
    edit: (channelId, messageId, content, { isUrgent, key }) =>
      withOpenThread(channelId, async () => {
        const route = Routes.channelMessage(channelId, messageId);
        const { flags: _flags, ...body } = bodyOf(content, key, QUIET);
        if (!isUrgent) return api.sendNow(route, { body });
        await api.send("PATCH", route, { body });
        return true;
      }),
    find: async (channelId, key) => {
      const ours = await applicationId();
      let before: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query: Record<string, string> = { limit: String(PAGE), ...(before === null ? {} : { before }) };
        const messages: APIMessage[] = await readPage(api, channelId, query);
        const found = messages.find((message) => message.author.id === ours && hasKey(message, key));
        if (found !== undefined) return found;
        if (messages.length < PAGE) return null;
        before = messages.at(-1)?.id ?? null;
      }
      log.warn({ channelId, pages: MOST_PAGES }, "no message with the key among the newest");
      return null;
    },
  };
}

/** What leaves for Discord: within its limits, nobody mentioned, nothing unfolded. */
export function bodyOf(
  content: MessageContent,
  key: string | null,
  flags: MessageFlags,
  mention: string | null = null,
) {
  const problems = problemsOfMessage(content);
  if (problems.length > 0)
    throw new RuminateError("POST_FAILED", `The message is beyond the limits of Discord: ${problems.join("; ")}.`);
  const components = key === null ? content.components : withKey(content.components, key);
  return { components, flags, allowed_mentions: { parse: [], ...(mention === null ? {} : { users: [mention] }) } };
}

export const QUIET = MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds;

/** Was it posted with this key? */
export function hasKey({ components }: Pick<APIMessage, "components">, key: string): boolean {
  return components?.[0]?.id === markOf(key);
}

/** Puts the mark of the key into a message, where nobody sees it: the number of its first component. */
export function withKey(components: APIMessageTopLevelComponent[], key: string): APIMessageTopLevelComponent[] {
  return components.map((component, index) => (index === 0 ? { ...component, id: markOf(key) } : component));
}

// Discord numbers components from 1; ours are far above. 31 bits are what it takes.
// https://discord.com/developers/docs/components/reference#anatomy-of-a-component (read 2026-11-22)
function markOf(key: string): number {
  return 0x4000_0000 + (createHash("sha256").update(key).digest().readUInt32BE(0) & 0x3fff_ffff);
}

function nonceOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 25);
}

export function filesOf({ file }: MessageContent): RawFile[] {
  return file === undefined ? [] : [{ name: file.name, data: Buffer.from(file.text), contentType: "text/markdown" }];
}

/** A channel that is gone, or was never opened, holds no message of ours. */
async function readPage(api: DiscordApi, channelId: string, query: Record<string, string>): Promise<APIMessage[]> {
  try {
    return await api.get<APIMessage[]>(Routes.channelMessages(channelId), query);
  } catch (error) {
    if (discordCodeOf(error) === CODES.unknownChannel) return [];
    throw error;
  }
}

const PAGE = 100;
const MOST_PAGES = 5;
