import type { TestContext } from "node:test";
import { createDiscord } from "../../adapters/discord/discord.ts";
import type { Shards } from "../../adapters/discord/gateway.ts";
import type {
  ActionReply,
  ActionSource,
  ChatAction,
  ChatHandlers,
  ChatPlatform,
  DigestAction,
  DigestReply,
  IncomingMessage,
  Removal,
} from "../../src/chat-ports.ts";
import { renderMarkdownReport } from "../../src/research/provenance.ts";
import type { ThreadRef } from "../../src/types.ts";
import { silentLog } from "./databases.ts";
import { createFakeDiscord, type FakeDiscord, type FakeDiscordOptions } from "./fake-discord.ts";
import { DEAF } from "./handlers.ts";

export interface Heard {
  messages: IncomingMessage[];
  actions: { action: ChatAction; source: ActionSource }[];
  digests: { action: DigestAction; source: ActionSource }[];
  cancels: { runId: string; person: string; thread: ThreadRef }[];
  removals: Removal[];
  withdrawn: { thread: IncomingMessage["thread"]; messageId: string }[];
}

export interface DiscordWorldForTest {
  discord: FakeDiscord;
  platform: ChatPlatform;
  heard: Heard;
}

/** The adapter with a real client, connected to a Discord of its own. What it hears is written down. */
export async function connectDiscord(
  test: TestContext,
  {
    onMessage = async () => {},
    reply = { kind: "done" },
    onDigest = () => ({ kind: "words", text: "Done." }),
    listens = true,
    ...options
  }: FakeDiscordOptions & {
    onMessage?: ChatHandlers["onMessage"];
    reply?: ActionReply;
    onDigest?: (action: DigestAction) => DigestReply;
    listens?: boolean;
  } = {},
): Promise<DiscordWorldForTest> {
  const discord = await createFakeDiscord(options);
  const platform = createTestPlatform(test, discord, { mayReadContent: options.mayReadContent ?? false });
  test.after(discord.close);
  const heard: Heard = { messages: [], actions: [], digests: [], cancels: [], withdrawn: [], removals: [] };
  if (listens) {
    await platform.listen({
      ...DEAF,
      onMessage: async (message) => {
        await onMessage(message);
        heard.messages.push(message);
      },
      onCancel: async (runId, { person, thread }) => void heard.cancels.push({ runId, person, thread }),
      onWithdraw: async (message) => void heard.withdrawn.push(message),
      onRemoved: async (removal) => void heard.removals.push(removal),
      onAction: async (action, source) => {
        heard.actions.push({ action, source });
        return reply;
      },
      onDigest: async (action, source) => {
        heard.digests.push({ action, source });
        return onDigest(action);
      },
    });
  }
  return { discord, platform, heard };
}

/** One more process of the same bot. */
export function createTestPlatform(
  test: TestContext,
  discord: FakeDiscord,
  {
    mayReadContent = false,
    shards = null,
    token = discord.token,
  }: { mayReadContent?: boolean; shards?: Shards; token?: string } = {},
): ChatPlatform {
  const platform = createDiscord({
    token,
    address: discord.api,
    shards,
    mayReadContent,
    renderReport: renderMarkdownReport,
    log: silentLog,
  });
  test.after(() => platform.close());
  return platform;
}
