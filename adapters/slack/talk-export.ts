import { z } from "zod";
import type { TalkMessage } from "../../src/types.ts";
import { timeOf } from "./hear-messages.ts";
import { isTalk } from "./history.ts";
import { readText } from "./slack-text.ts";

/** What an export says of a channel's talk. */
export interface ExportedTalk {
  channelName: string | null;
  messages: TalkMessage[];
}

const person = z.object({
  id: z.string(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
});
const message = z.object({
  type: z.literal("message"),
  ts: z.string().regex(/^\d+\.\d+$/),
  text: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  subtype: z.string().nullish(),
  thread_ts: z.string().nullish(),
  reply_count: z.number().nullish(),
  permalink: z.url().nullish(),
  channel: z.string().nullish(),
  user_profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
});
type ExportedMessage = z.infer<typeof message>;

/**
 * Slack's export of a channel: its day files, or pages of `conversations.history` and `conversations.replies`.
 * https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports
 *
 * @param documents the parsed files; those that are none of Slack's messages are passed over
 * @param options.users content of users.json, or null
 * @param options.address of the workspace; an export does not tell it
 * @returns null when there are no Slack messages in it at all
 */
export function readSlackExport(
  documents: readonly unknown[],
  { users, channelId, address }: { users: unknown; channelId: string; address: string },
): ExportedTalk | null {
  const found = documents.flatMap(messagesIn);
  if (found.length === 0) return null;
  const names = namesIn(users, found);
  const nameOf = (id: string) => names.get(id) ?? id;
  const messages = found.filter(isFromPerson).map((said): TalkMessage => {
    const threadId = said.thread_ts ?? said.ts;
    return {
      id: said.ts,
      author: nameOf(said.user ?? ""),
      at: timeOf(said.ts),
      text: readText(withNames(said.text ?? "", names), { botUserId: null }),
      permalink: said.permalink ?? permalinkOf(address, said.channel ?? channelId, said.ts, threadId),
      threadId,
      replies: said.reply_count ?? 0,
    };
  });
  return { channelName: null, messages };
}

/** https://docs.slack.dev/reference/methods/chat.getPermalink shows the form of these addresses. */
export function permalinkOf(workspaceAddress: string, channelId: string, ts: string, threadTs: string): string {
  const base = `${workspaceAddress.replace(/\/+$/, "")}/archives/${channelId}/p${ts.replace(".", "")}`;
  return threadTs === ts ? base : `${base}?thread_ts=${threadTs}&cid=${channelId}`;
}

function messagesIn(document: unknown): ExportedMessage[] {
  const list = Array.isArray(document) ? document : (document as { messages?: unknown } | null)?.messages;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => message.safeParse(entry).data ?? []);
}

function isFromPerson({ user, bot_id: botId, subtype }: ExportedMessage): boolean {
  return isTalk({ user: user ?? null, botId: botId ?? null, subtype: subtype ?? null });
}

function namesIn(users: unknown, messages: readonly ExportedMessage[]): Map<string, string> {
  const people = z.array(z.unknown()).safeParse(users).data ?? [];
  const names = new Map<string, string>();
  for (const { user, user_profile: profile } of messages) {
    const name = profile?.display_name || profile?.real_name;
    if (user && name) names.set(user, name);
  }
  for (const entry of people) {
    const known = person.safeParse(entry).data;
    const name = known?.profile?.display_name || known?.profile?.real_name || known?.real_name || known?.name;
    if (known && name) names.set(known.id, name);
  }
  return names;
}

/** Mentions as the names of the people. */
export function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/<@([UW]\w+)(?:\|[^>]*)?>/g, (mention, id: string) => names.get(id) ?? mention);
}
