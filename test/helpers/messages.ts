import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "../../src/chat-ports.ts";

/** A message in a thread; every field can be given. */
export function makeMessage(details: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    eventId: `Ev-${randomUUID()}`,
    messageId: `M-${randomUUID()}`,
    thread: { platform: "test", workspaceId: "W1", channelId: "C1", threadId: "T1" },
    asker: "test:ada",
    text: "Which port does the collector listen on?",
    sentAt: "2026-11-22T10:00:00.000Z",
    ...details,
  };
}
