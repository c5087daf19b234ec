import { z } from "zod";
import type { TalkMessage } from "../../src/types.ts";

/** What an export says of a channel's talk. */
export interface ExportedTalk {
  channelName: string | null;
  messages: TalkMessage[];
}

const person = z.object({
  id: z.string(),
  // DiscordChatExporter
  name: z.string().nullish(),
  nickname: z.string().nullish(),
  isBot: z.boolean().nullish(),
  // the API
  username: z.string().nullish(),
  global_name: z.string().nullish(),
  bot: z.boolean().nullish(),
});
const message = z.object({
  id: z.string().regex(/^\d{5,20}$/),
  type: z.union([z.string(), z.number()]).nullish(),
  timestamp: z.string().refine((time) => !Number.isNaN(Date.parse(time))),
  content: z.string(),
  author: person,
  channel_id: z.string().nullish(),
  mentions: z.array(person).nullish(),
  reference: z.object({ messageId: z.string().nullish() }).nullish(),
  message_reference: z.object({ message_id: z.string().nullish() }).nullish(),
  thread: z.object({ message_count: z.number().nullish() }).nullish(),
});
const place = z.object({
  guild: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string(), name: z.string().nullish() }).nullish(),
  messages: z.array(z.unknown()),
});
export type ExportedMessage = z.infer<typeof message> & {
  /** The thread in which it was said, when it hangs on a message. */
  thread_id?: string;
};
type Place = Pick<z.infer<typeof place>, "guild" | "channel">;

/**
 * A Discord channel as JSON: what DiscordChatExporter writes, or messages as the API gives them.
 * https://discord.com/developers/docs/resources/message#message-object
 *
 * @param documents the parsed files; those that are none of Discord's messages are passed over
 * @returns null when there are no Discord messages in it at all
 */
export function readDiscordExport(documents: readonly unknown[]): ExportedTalk | null {
  const found = documents.map(messagesIn).filter(({ messages }) => messages.length > 0);
  if (found.length === 0) return null;
  const messages = found.flatMap(({ where, messages: said }) =>
    toTalk(said, { guildId: where.guild?.id ?? null, channelId: where.channel?.id ?? "" }),
  );
  return { channelName: found[0]?.where.channel?.name ?? null, messages };
}

/** What people said, without bots and notices. Replies hang together, and so does what is said in a thread. */
export function toTalk(
  found: readonly ExportedMessage[],
  { guildId, channelId }: { guildId: string | null; channelId: string },
): TalkMessage[] {
  const rootOf = createRoots(found);
  return found.filter(isFromPerson).map((said) => ({
    id: said.id,
    author: nameOf(said.author),
    at: new Date(said.timestamp).toISOString(),
    text: readText(said.content, new Map((said.mentions ?? []).map((mention) => [mention.id, nameOf(mention)]))),
    permalink: permalinkOf(guildId, said.channel_id ?? channelId, said.id),
    threadId: said.thread_id ?? rootOf(said.id),
    replies: said.thread?.message_count ?? 0,
  }));
}

/** Private channels stand under "@me". */
export function permalinkOf(guildId: string | null, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId ?? "@me"}/${channelId}/${messageId}`;
}

/** A message as people see it: names instead of ids, emoji by their names, nothing else of Discord's markup. */
export function readText(content: string, names: ReadonlyMap<string, string>): string {
  return content
    .replace(/<@!?(\d+)>/g, (_all, id: string) => names.get(id) ?? "somebody")
    .replace(/<@&\d+>/g, "a role")
    .replace(/<#\d+>/g, "a channel")
    .replace(/<a?(:\w+:)\d+>/g, "$1")
    .replace(/<t:(\d+)(?::\w)?>/g, (_all, seconds: string) =>
      new Date(Number(seconds) * 1000).toISOString().slice(0, 16),
    )
    .trim();
}

/** Replies hang together: the id of the message at the root of the chain that a message belongs to. */
export function createRoots(messages: readonly Pick<ExportedMessage, "id" | "reference" | "message_reference">[]) {
  const parents = new Map(
    messages.map(({ id, reference, message_reference: replied }) => [id, reference?.messageId ?? replied?.message_id]),
  );
  return (id: string): string => {
    let root = id;
    for (let hops = 0; hops < MAX_CHAIN; hops += 1) {
      const parent = parents.get(root);
      if (!parent || !parents.has(parent)) return root;
      root = parent;
    }
    return root;
  };
}

const MAX_CHAIN = 500;
// 0 and 19 in the API. https://discord.com/developers/docs/resources/message#message-object-message-types
const SAID: ReadonlySet<string | number> = new Set([0, 19, "Default", "Reply"]);

export function messagesIn(document: unknown): { where: Place; messages: ExportedMessage[] } {
  const known = place.safeParse(Array.isArray(document) ? { messages: document } : document).data;
  if (known === undefined) return { where: {}, messages: [] };
  return { where: known, messages: known.messages.flatMap((entry) => message.safeParse(entry).data ?? []) };
}

function isFromPerson({ author, type }: ExportedMessage): boolean {
  return author.bot !== true && author.isBot !== true && SAID.has(type ?? 0);
}

function nameOf({ nickname, global_name: globalName, name, username, id }: z.infer<typeof person>): string {
  return nickname || globalName || name || username || id;
}
