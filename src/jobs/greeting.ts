import { HELLO } from "../chat/hello.ts";
import type { ChatHandlers } from "../chat-ports.ts";
import { channelSubject } from "../storage/subjects.ts";
import type { ThreadRef } from "../types.ts";
import type { createChannelNotes } from "./channel-notes.ts";

export interface GreetingParts {
  /** May the bot be used in this channel? */
  isOpen(channel: ThreadRef): Promise<boolean>;
  say: ReturnType<typeof createChannelNotes>;
}

/** Says hello in a channel, once for ever: where it was said is kept until the channel or its workspace is forgotten. */
export function createGreeting({ isOpen, say }: GreetingParts): ChatHandlers["onJoined"] {
  return async (channel) => {
    if (await isOpen(channel))
      await say(channel, { text: HELLO, hasSamples: true }, `hello:${channelSubject(channel)}`);
  };
}
