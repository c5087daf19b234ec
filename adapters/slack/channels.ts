import type { webApi } from "@slack/bolt";
import { slackErrorOf } from "./call-failure.ts";
import type { CallSlack } from "./slack-calls.ts";

/** What has to be known of a channel before anything is promised in it. */
export interface ChannelFacts {
  /** As people call it: "#policy". */
  name: string;
  isMember: boolean;
  isPrivate: boolean;
  /** People of other organisations read along. */
  isShared: boolean;
  isArchived: boolean;
}

export interface Channels {
  /** Null when Slack does not tell in time; then nothing is known against the channel. */
  look(workspaceId: string, channelId: string, patienceMs?: number): Promise<ChannelFacts | null>;
  /** Events tell it with each message. */
  learnShared(workspaceId: string, channelId: string, isShared: boolean): void;
  /** Do people of other organisations read along? False when Slack does not tell within `patienceMs`. */
  isShared(workspaceId: string, channelId: string, patienceMs?: number): Promise<boolean>;
}

export function createChannels(callSlack: CallSlack): Channels {
  const known = new Map<string, { facts: ChannelFacts; until: number }>();
  const heard = new Map<string, { isShared: boolean; until: number }>();

  async function ask(workspaceId: string, channelId: string, patienceMs: number): Promise<ChannelFacts | null> {
    try {
      const reply = await callSlack<webApi.ConversationsInfoResponse>(
        workspaceId,
        "conversations.info",
        { channel: channelId },
        { patienceMs },
      );
      if (reply.channel === undefined) return null;
      const facts = factsOf(reply.channel);
      // A place that we are not in may be entered any moment: only what is good is remembered.
      if (facts.isMember) known.set(keyOf(workspaceId, channelId), { facts, until: Date.now() + KNOWN_MS });
      return facts;
    } catch (error) {
      if (slackErrorOf(error) === "channel_not_found") return UNSEEN;
      // Slack is slow, or the scope is missing: the question is worth more than the check.
      return null;
    }
  }

  async function look(workspaceId: string, channelId: string, patienceMs = LOOK_MS): Promise<ChannelFacts | null> {
    const remembered = known.get(keyOf(workspaceId, channelId));
    if (remembered !== undefined && remembered.until > Date.now()) return remembered.facts;
    return Promise.race([ask(workspaceId, channelId, patienceMs), late(patienceMs)]);
  }

  return {
    look,
    learnShared: (workspaceId, channelId, isShared) => {
      const key = keyOf(workspaceId, channelId);
      heard.delete(key);
      heard.set(key, { isShared, until: Date.now() + KNOWN_MS });
      if (heard.size > MOST_HEARD) heard.delete(heard.keys().next().value ?? "");
    },
    isShared: async (workspaceId, channelId, patienceMs) => {
      const told = heard.get(keyOf(workspaceId, channelId));
      if (told !== undefined && told.until > Date.now()) return told.isShared;
      return (await look(workspaceId, channelId, patienceMs))?.isShared ?? false;
    },
  };
}

/** A private channel, or a conversation of others: Slack does not even say that it is there. */
const UNSEEN: ChannelFacts = {
  name: "this conversation",
  isMember: false,
  isPrivate: true,
  isShared: false,
  isArchived: false,
};
const KNOWN_MS = 5 * 60_000;
const MOST_HEARD = 5_000;
// A command has to be answered within 3 s, of which storing it may take 2.
const LOOK_MS = 700;

type Channel = NonNullable<webApi.ConversationsInfoResponse["channel"]>;

function factsOf(channel: Channel): ChannelFacts {
  return {
    name: channel.name === undefined ? "this conversation" : `#${channel.name}`,
    isMember: channel.is_member ?? channel.is_im ?? true,
    isPrivate: channel.is_private ?? false,
    isShared: channel.is_ext_shared ?? false,
    isArchived: channel.is_archived ?? false,
  };
}

const keyOf = (workspaceId: string, channelId: string): string => `${workspaceId} ${channelId}`;

async function late(patienceMs: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs).unref());
}
