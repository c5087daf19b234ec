import type {
  AnswerView,
  ChatHandlers,
  ChatPlatform,
  IncomingMessage,
  Offer,
  ThreadTalk,
} from "../../src/chat-ports.ts";
import type { MessageRef, ProgressCard, ThreadRef } from "../../src/types.ts";

export interface Post {
  kind: "card" | "answer" | "note";
  key: string;
  text: string;
}

/** A chat platform that keeps what it was told. It does not drop repeated keys: a second post would be seen. */
export interface RecordingPlatform extends ChatPlatform {
  readonly posts: Post[];
  readonly cards: ProgressCard[];
  readonly notices: { person: string; text: string }[];
  readonly whispers: { person: string; answer: AnswerView }[];
  readonly offers: Offer[];
  /** Who left. */
  readonly gone: Set<string>;
  /** What was said in the thread of every question. */
  thread: ThreadTalk;
  /** Called before each post; what it throws is the platform's answer. */
  onPost: (post: Post) => void | Promise<void>;
  /** Says something as a person would. */
  say(message: IncomingMessage): Promise<void>;
  /** In the channel of `makeMessage`. */
  cancel(runId: string, person: string, channelId?: string): Promise<void>;
  withdraw(message: IncomingMessage): Promise<void>;
  /** Resolves with the first post that fits, also a past one. */
  posted(fits: (post: Post) => boolean): Promise<Post>;
}

export function createRecordingPlatform(name = "test", answerParts = 1): RecordingPlatform {
  const posts: Post[] = [];
  const cards: ProgressCard[] = [];
  const notices: { person: string; text: string }[] = [];
  const whispers: { person: string; answer: AnswerView }[] = [];
  const offers: Offer[] = [];
  const waiting = new Set<() => void>();
  let handlers: ChatHandlers | null = null;

  async function post(thread: ThreadRef, entry: Post): Promise<MessageRef> {
    await platform.onPost(entry);
    posts.push(entry);
    for (const look of waiting) look();
    return { thread, messageId: entry.key };
  }

  const platform: RecordingPlatform = {
    name,
    posts,
    cards,
    notices,
    whispers,
    offers,
    gone: new Set(),
    limits: { answerPartChars: 4_000, cardEditIntervalMs: 0 },
    onPost: () => {},
    thread: { messages: [], hindrance: null },
    say: async (message) => handlers?.onMessage(message),
    cancel: async (runId, person, channelId = "C1") =>
      handlers?.onCancel(runId, { person, thread: { platform: name, workspaceId: "W1", channelId, threadId: "T1" } }),
    withdraw: async (message) => handlers?.onWithdraw(message),
    posted: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = posts.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    listen: async (given) => {
      handlers = given;
    },
    postCard: (thread, card, key) => {
      cards.push(card);
      return post(thread, { kind: "card", key, text: card.title });
    },
    updateCard: async (_message, card) => {
      cards.push(card);
    },
    countAnswerParts: () => answerParts,
    postAnswerPart: (thread, answer: AnswerView, part, key) =>
      post(thread, { kind: "answer", key, text: `${part}: ${answer.body}` }),
    postNote: (thread, words, key) =>
      post(thread, { kind: "note", key, text: typeof words === "string" ? words : `${words.by} ${words.text}` }),
    placeKind: async ({ channelId }) =>
      channelId.startsWith("D") ? "direct" : channelId.startsWith("S") ? "shared" : "channel",
    postOffer: (thread, offer, key) => {
      offers.push(offer);
      return post(thread, { kind: "note", key, text: offer.text });
    },
    isGone: async (person) => platform.gone.has(person),
    isAdmin: async (person) => person === "test:admin",
    findPosted: async (thread, key) => {
      const found = posts.find((entry) => entry.key === key);
      return found === undefined ? null : { thread, messageId: found.key };
    },
    notify: async (person, words) => {
      const text = typeof words === "string" ? words : words.text;
      notices.push({ person, text });
      for (const look of waiting) look();
    },
    whisper: async (person, answer) => {
      whispers.push({ person, answer });
      for (const look of waiting) look();
    },
    permalinkOf: async ({ messageId }) => `https://chat.test/m/${messageId}`,
    timeZoneOf: async () => null,
    readThread: async () => platform.thread,
    history: async () => ({ messages: [], next: null, pauseMs: 0 }),
    close: async () => {},
  };
  return platform;
}
