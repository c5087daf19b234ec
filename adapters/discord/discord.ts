import { Routes } from "discord.js";
import type { Logger } from "pino";
import type { ChatHandlers, ChatPlatform } from "../../src/chat-ports.ts";
import type { Report } from "../../src/types.ts";
import { createAddressOf } from "./addresses.ts";
import { MAX_PART_CHARS } from "./answer-view.ts";
import { createAnswers } from "./answers.ts";
import { createChannels, DIRECT } from "./channels.ts";
import { createDiscordApi } from "./discord-api.ts";
import { createGateway, type Ears, type Gateway, type Shards } from "./gateway.ts";
import { createHearInteractions } from "./hear-interactions.ts";
import { createHearMessages } from "./hear-messages.ts";
import { createPosting } from "./posting.ts";
import { createPrivateWords, userIdOf } from "./private-words.ts";
import { createReplies } from "./replies.ts";
import { createRights } from "./rights.ts";
import { createRunThreads } from "./run-threads.ts";
import { createTalkReader } from "./talk.ts";
import { createThreadReader } from "./thread-talk.ts";

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
  const rights = createRights(api, channels, botId);
  const answers = createAnswers({ posting, threads, renderReport, log });
  const { notify, show } = createPrivateWords(api, posting, replies);
  let gateway: Gateway | null = null;

  function createEars(handlers: ChatHandlers): Ears {
    const hearInteraction = createHearInteractions({ api, channels, threads, replies, handlers, renderReport, log });
    const { missingIn } = rights;
    const { onCreate, onDelete, onServer, onRemoval } = createHearMessages({
      channels,
      botId,
      handlers,
      missingIn,
      notify,
      log,
    });
    return {
      onInteraction: (interaction) => void hearInteraction(interaction),
      onMessage: (message) => void onCreate(message),
      onDeletion: (message) => void onDelete(message),
      onServer: (guild) => void onServer(guild),
      onRemoval: (guildId) => void onRemoval(guildId),
    };
  }

  return {
    name: "discord",
    limits: { answerPartChars: MAX_PART_CHARS, cardEditIntervalMs: EDIT_MS },
    listen: async (handlers) => {
      gateway = createGateway({ token, address, shards, mayReadContent, ears: createEars(handlers), log });
      await gateway.open();
    },
    postCard: (thread, card, key) => rights.naming(thread, () => answers.postCard(thread, card, key)),
    updateCard: answers.updateCard,
    countAnswerParts: answers.count,
    postAnswerPart: (thread, answer, part, key) =>
      rights.naming(thread, () => answers.postPart(thread, answer, part, key)),
    postNote: (thread, words, key) => rights.naming(thread, () => answers.postNote(thread, words, key)),
    placeKind: async ({ workspaceId }) => (workspaceId === DIRECT ? "direct" : "channel"),
    postOffer: (thread, offer, key) => rights.naming(thread, () => answers.postOffer(thread, offer, key)),
    isAdmin: (person, thread) => rights.isManager(userIdOf(person) ?? "", thread.workspaceId),
    isGone: (person, thread) => rights.isGone(userIdOf(person) ?? "", thread.workspaceId),
    findPosted: async (thread, key) => {
      const place = await threads.find(thread);
      const found = place === null ? null : await posting.find(place.channelId, key);
      return found === null ? null : { thread, messageId: found.id };
    },
    notify,
    whisper: (person, answer, thread) => show(person, answers.contentsOf(answer), thread),
    permalinkOf: createAddressOf(threads, log),
    // Discord does not tell it.
    timeZoneOf: async () => null,
    readThread: createThreadReader({ api, threads, botId, mayReadContent }),
    history: createTalkReader({ api, channels, rights, botId, mayReadContent }),
    close: async () => {
      await gateway?.close();
      api.close();
    },
  };
}

// Discord takes about 5 edits in 5 seconds and channel; https://github.com/discord/discord-api-docs/issues/20
const EDIT_MS = 2_500;
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
