import type { Logger } from "pino";
import type { ChatPlatform, Note } from "../chat-ports.ts";
import type { OpenDatabase } from "../storage/database.ts";
import type { MessageRef, ThreadRef } from "../types.ts";
import { createOutbox } from "./outbox.ts";
import { senderName } from "./senders.ts";

export interface ChannelNotesParts {
  database: OpenDatabase;
  platform: ChatPlatform;
  processId: string;
  log: Logger;
}

/** Says what belongs to no run to everybody in a channel, once for each key; where it was said is kept. */
export function createChannelNotes({ database, platform, processId, log }: ChannelNotesParts) {
  const lease = { runId: null, confirm: async () => {}, fenced: database.transaction };
  const sender = senderName(processId, "reception");
  const outbox = createOutbox({ database, platform, lease, processId, sender, log });
  return (channel: ThreadRef, words: string | Note, name: string): Promise<MessageRef> => {
    const key = `:${name}`;
    return outbox.post(channel, key, () => platform.postNote(channel, words, key));
  };
}
