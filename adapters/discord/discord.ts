import { randomUUID } from "node:crypto";
import { type APIChannel, type APIMessage, Routes, SnowflakeUtil } from "discord.js";
import type { Logger } from "pino";
import { makeSafe } from "../../src/chat/safe-markdown.ts";
import { summarize } from "../../src/chat/summary.ts";
import { RuminateError } from "../../src/errors.ts";
import type { AnswerView, ChatHandlers, ChatPlatform, IncomingMessage, ProgressCard } from "../../src/ports.ts";
import type { MessageRef, Report, ThreadRef } from "../../src/types.ts";
import { cleanText } from "../../src/untrusted.ts";
import { answerContents, MAX_PART_CHARS } from "./answer-view.ts";
import { CODES, discordCodeOf } from "./api-failure.ts";
import { cardContent, isOpen, rootContent, summaryContent } from "./card-view.ts";
import { commandOf, createChannels, createMemory, DIRECT } from "./channels.ts";
import { createDiscordApi } from "./discord-api.ts";
import { toDiscordMarkdown } from "./discord-text.ts";
import { createGateway, type Ears, type Gateway, type Shards } from "./gateway.ts";
import { createHearInteractions, qualify } from "./hear-interactions.ts";
import { createHearMessages } from "./hear-messages.ts";
import type { MessageContent } from "./limits.ts";
import { allowedIn, missingIn, missingSentence } from "./permissions.ts";
import { createPosting } from "./posting.ts";
import { createReplies, wordsContent } from "./replies.ts";
import { createRunThreads, type RunThread } from "./run-threads.ts";

export interface DiscordOptions {
  token: string;
  /** Of the REST API. */
  address: string;
  shards: Shards;
  /** Was the message content intent granted to the application? */
  mayReadContent: boolean;
  /** The whole report with its passages, as Markdown. */
  renderReport(report: Report): string;
  log: Logger;
}

/** Discord as a chat platform. What only posts needs no gateway: workers never open one. */
export function createDiscord(options: DiscordOptions): ChatPlatform {
  const { token, address, shards, mayReadContent, renderReport } = options;
  const log = options.log.child({ platform: "discord" });
  const api = createDiscordApi({ token, address, log });
  const botId = once(async () => (await api.get<{ id: string }>(Routes.user("@me"))).id);
  const channels = createChannels(api);
  const posting = createPosting(api, botId, log);
  const threads = createRunThreads(api, posting, botId);
  const replies = createReplies(api);
  const rights = createMemory<{ missing: string[]; atMs: number }>();
  const rendered = new WeakMap<AnswerView, MessageContent[]>();
  let gateway: Gateway | null = null;

  /** Rendering is work, and each part of an answer is asked for alone. */
  function contentsOf(answer: AnswerView): MessageContent[] {
    const known = rendered.get(answer) ?? answerContents(answer, renderReport);
    rendered.set(answer, known);
    return known;
  }

  async function find(thread: ThreadRef): Promise<RunThread> {
    const found = await threads.find(thread);
    if (found !== null) return found;
    throw new RuminateError("POST_FAILED", "The thread of the research is not there.");
  }

  /** The message in the channel is no reason to fail: the thread has everything. */
  async function editRoot({ root }: RunThread, content: ReturnType<typeof rootContent>): Promise<void> {
    if (root === null) return;
    await posting.edit(root.channelId, root.messageId, content, { isUrgent: true }).catch((error: unknown) => {
      log.warn({ err: error }, "reply in the channel not updated");
    });
  }

  /** Says which permission is missing, where that is why Discord refused. */
  async function naming<Result>({ channelId }: ThreadRef, post: () => Promise<Result>): Promise<Result> {
    try {
      return await post();
    } catch (error) {
      const code = discordCodeOf(error);
      if (code !== CODES.missingPermissions && code !== CODES.missingAccess) throw error;
      const missing = await missingPermissions(channelId).catch(() => []);
      if (missing.length === 0) throw error;
      throw new RuminateError("POST_FAILED", missingSentence(missing), {
        cause: error,
        details: { discordCode: code },
      });
    }
  }

  async function postAnswerPart(thread: ThreadRef, answer: AnswerView, part: number, key: string): Promise<MessageRef> {
    const place = await find(thread);
    const contents = contentsOf(answer);
    const content = contents[part];
    if (content === undefined) throw new RangeError(`Expected a part below ${contents.length}, got ${part}.`);
    const isLast = part === contents.length - 1;
    const mention = isLast && thread.workspaceId !== DIRECT ? userIdOf(answer.asker) : null;
    const components =
      mention === null ? content.components : [...wordsContent(`<@${mention}>`).components, ...content.components];
    const options = mention === null ? { key } : { key, mention };
    const { id } = await posting.post(place.channelId, { ...content, components }, options);
    if (isLast) {
      const answerUrl = `https://discord.com/channels/${thread.workspaceId}/${place.channelId}/${id}`;
      const { question, asker, body } = answer;
      await editRoot(place, summaryContent({ question, asker, summary: summarize(body), answerUrl }));
    }
    return { thread, messageId: id };
  }

  async function notify(person: string, text: string, thread?: ThreadRef): Promise<void> {
    if (replies.keep(person, inert(text))) return;
    try {
      const body = { recipient_id: userIdOf(person) };
      const { id } = await api.send<APIChannel>("POST", Routes.userChannels(), { body });
      await posting.post(id, wordsContent(inert(text)), { key: `private:${randomUUID()}` });
    } catch (error) {
      if (discordCodeOf(error) !== CODES.closedToMessages || thread === undefined) throw error;
      await askForOpenDoor(userIdOf(person) ?? "", thread);
    }
  }

  /** The words were for the person alone: only that there are some is said where everybody reads it. */
  async function askForOpenDoor(mention: string, { channelId, threadId }: ThreadRef): Promise<void> {
    const content = wordsContent(`<@${mention}> ${CLOSED_DOOR}`);
    const options = { key: `door:${randomUUID()}`, mention };
    const place = threadId !== null && commandOf(threadId) === null ? threadId : channelId;
    try {
      await posting.post(place, content, options);
    } catch (error) {
      // The thread was never opened: nothing came of the question.
      if (discordCodeOf(error) !== CODES.unknownChannel || place === channelId) throw error;
      await posting.post(channelId, content, options);
    }
  }

  async function missingPermissions(channelId: string): Promise<string[]> {
    const known = rights.get(channelId);
    if (known !== undefined && performance.now() - known.atMs < RIGHTS_MS) return known.missing;
    const facts = await channels.factsOf(channelId);
    const missing = missingIn(facts, await allowedIn(api, facts, await botId()));
    // What is missing is looked at again each time: somebody may just have granted it.
    if (missing.length === 0) rights.set(channelId, { missing, atMs: performance.now() });
    return missing;
  }

  function createEars(handlers: ChatHandlers): Ears {
    const hearInteraction = createHearInteractions({ channels, threads, replies, handlers, renderReport, log });
    const parts = { channels, botId, handlers, missingIn: missingPermissions, notify, log };
    const { onCreate, onDelete } = createHearMessages(parts);
    return {
      onInteraction: (interaction) => void hearInteraction(interaction),
      onMessage: (message) => void onCreate(message),
      onDeletion: (message) => void onDelete(message),
    };
  }

  return {
    name: "discord",
    limits: { answerPartChars: MAX_PART_CHARS, cardEditIntervalMs: EDIT_MS },
    listen: async (handlers) => {
      const ears = createEars(handlers);
      gateway = createGateway({ token, address, shards, mayReadContent, ears, log });
      await gateway.open();
    },
    postCard: (thread, card, key) =>
      naming(thread, async () => {
        const place = await threads.open(thread, card);
        const { id } = await posting.post(place.channelId, cardContent(card), { key, isSilent: true });
        await editRoot(place, rootContent(card));
        return { thread, messageId: id };
      }),
    updateCard: async ({ thread, messageId }, card: ProgressCard) => {
      const place = await find(thread);
      const isUrgent = !isOpen(card);
      await posting.edit(place.channelId, messageId, cardContent(card), { isUrgent });
      if (isUrgent) await editRoot(place, rootContent(card));
    },
    countAnswerParts: (answer) => contentsOf(answer).length,
    postAnswerPart: (thread, answer, part, key) => naming(thread, () => postAnswerPart(thread, answer, part, key)),
    postNote: async (thread, text, key) => {
      const { channelId } = await find(thread);
      const { id } = await posting.post(channelId, wordsContent(inert(text)), { key });
      return { thread, messageId: id };
    },
    findPosted: async (thread, key) => {
      const place = await threads.find(thread);
      const found = place === null ? null : await posting.find(place.channelId, key);
      return found === null ? null : { thread, messageId: found.id };
    },
    notify,
    readMessages: async (thread, since, limit) => {
      const { channelId } = await find(thread);
      const after: Record<string, string> =
        since === null ? {} : { after: SnowflakeUtil.generate({ timestamp: Date.parse(since) }).toString() };
      const query = { limit: String(Math.min(limit, MOST_READ)), ...after };
      const messages = await api.get<APIMessage[]>(Routes.channelMessages(channelId), query);
      const said = messages.filter(({ author, content }) => !author.bot && content !== "");
      return said
        .map((message) => incomingOf(message, thread))
        .toSorted((a, b) => (BigInt(a.messageId) < BigInt(b.messageId) ? -1 : 1));
    },
    close: async () => {
      await gateway?.close();
      api.close();
    },
  };
}

const CLOSED_DOOR =
  "I have to tell you something in private, but you take no direct messages from this server. Allow them, or ask me with /research.";
// Discord takes about 5 edits in 5 seconds and channel; https://github.com/discord/discord-api-docs/issues/20
const EDIT_MS = 2_500;
const RIGHTS_MS = 60_000;
// https://discord.com/developers/docs/resources/message#get-channel-messages (read 2026-11-22)
const MOST_READ = 100;

function incomingOf({ id, author, content, timestamp }: APIMessage, thread: ThreadRef): IncomingMessage {
  const sentAt = new Date(timestamp).toISOString();
  return { eventId: id, messageId: id, thread, asker: qualify(author.id), text: cleanText(content), sentAt };
}

/** Words of ours may quote words of others. */
function inert(markdown: string): string {
  return toDiscordMarkdown(makeSafe(markdown, []));
}

function userIdOf(person: string | undefined): string | null {
  return person?.split(":").at(-1) ?? null;
}

/** Asked for once; a failure is not remembered. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
