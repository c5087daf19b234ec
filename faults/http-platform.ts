import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChatHandlers, ChatPlatform, IncomingMessage } from "../src/chat-ports.ts";
import { asRuminateError, RuminateError } from "../src/errors.ts";
import type { MessageRef, ThreadRef } from "../src/types.ts";

/** The product's side of the recorder: posts over HTTP, hears over HTTP on a port of its own. */
export function createHttpPlatform(recorderUrl: string, onListening: (port: number) => void): ChatPlatform {
  const call = async (path: string, body: object): Promise<{ id: string | null }> => {
    try {
      const response = await fetch(`${recorderUrl}${path}`, {
        method: "POST",
        body: JSON.stringify({ ...body, pid: process.pid }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`the recorder answered ${response.status}`);
      return (await response.json()) as { id: string | null };
    } catch (error) {
      throw new RuminateError("POST_FAILED", `${path} failed.`, {
        cause: error,
        isRetryable: true,
        retryAfterMs: 1_000,
      });
    }
  };
  const post = async (thread: ThreadRef, kind: string, key: string, text: string): Promise<MessageRef> => {
    const { id } = await call("/post", { kind, key, text });
    return { thread, messageId: String(id) };
  };
  let server: ReturnType<typeof createServer> | null = null;

  return {
    name: "recorder",
    limits: { answerPartChars: 4_000, cardEditIntervalMs: 200 },
    listen: async (handlers) => {
      const listening = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        const status = await hear(handlers, request.url ?? "", body);
        response.writeHead(status).end();
      });
      server = listening;
      await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
      onListening((listening.address() as AddressInfo).port);
    },
    postCard: (thread, card, key) => post(thread, "card", key, `${card.state}: ${card.title}`),
    updateCard: async (message, card) => {
      await call("/edit", { id: message.messageId, title: card.title, state: card.state });
    },
    countAnswerParts: () => 2,
    postAnswerPart: (thread, answer, part, key) => post(thread, "answer", key, part === 0 ? answer.body : "(sources)"),
    postNote: (thread, words, key) => post(thread, "note", key, typeof words === "string" ? words : words.text),
    placeKind: async () => "channel" as const,
    findPosted: async (thread, key) => {
      const { id } = await call("/find", { key });
      return id === null ? null : { thread, messageId: id };
    },
    notify: async (person, words) => {
      await call("/notify", { person, text: typeof words === "string" ? words : words.text });
    },
    whisper: async (person, answer) => {
      await call("/notify", { person, text: answer.body });
    },
    history: async () => ({ messages: [], next: null, pauseMs: 0 }),
    permalinkOf: async () => null,
    timeZoneOf: async () => null,
    postOffer: async (thread, _offer, key) => ({ thread, messageId: key }),
    isGone: async () => false,
    isAdmin: async () => false,
    readThread: async () => ({ messages: [], hindrance: null }),
    close: async () => {
      server?.closeAllConnections();
      server?.close();
    },
  };
}

/** 200 = acknowledged; the harness sends everything else again, as platforms do. */
async function hear(handlers: ChatHandlers, path: string, body: string): Promise<number> {
  try {
    if (path === "/say") await handlers.onMessage(JSON.parse(body) as IncomingMessage);
    else if (path === "/withdraw") await handlers.onWithdraw(JSON.parse(body));
    else return 404;
    return 200;
  } catch (error) {
    return asRuminateError(error).code === "INTERNAL" ? 500 : 503;
  }
}
