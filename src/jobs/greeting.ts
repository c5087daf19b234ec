import type { Logger } from "pino";
import { HELLO } from "../chat/hello.ts";
import type { ChatHandlers, ChatPlatform } from "../ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import { channelSubject } from "../storage/subjects.ts";
import { createOutbox } from "./outbox.ts";
import { senderName } from "./senders.ts";

export interface GreetingParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  /** May the bot be used in this channel? */
  isOpen(channel: string): boolean;
  processId: string;
  log: Logger;
}

/** Says hello in a channel, once for ever: where it was said is kept until the channel or its workspace is forgotten. */
export function createGreeting({
  database,
  platform,
  isOpen,
  processId,
  log,
}: GreetingParts): ChatHandlers["onJoined"] {
  const lease = { runId: null, confirm: async () => {}, fenced: database.transaction };
  const sender = senderName(processId, "reception");
  const outbox = createOutbox({ database, platform, lease, processId, sender, log });
  return async (channel) => {
    const subject = channelSubject(channel);
    if (!isOpen(subject)) return;
    const key = `:hello:${subject}`;
    await outbox.post(channel, key, () => platform.postNote(channel, HELLO, key));
  };
}
