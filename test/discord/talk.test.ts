import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatPlatform } from "../../src/chat-ports.ts";
import { RuminateError } from "../../src/errors.ts";
import { collectTalk } from "../../src/jobs/collect-talk.ts";
import { connectDiscord } from "../helpers/discord-platform.ts";
import type { FakeDiscord } from "../helpers/fake-discord.ts";
import { CHANNEL, type DiscordChannel, PERMISSIONS } from "../helpers/fake-discord-world.ts";

function collect(platform: ChatPlatform, discord: FakeDiscord, channel: DiscordChannel, since: string) {
  const place = { platform: "discord", workspaceId: discord.guildId, channelId: channel.id, threadId: null };
  return collectTalk(platform, place, since, { signal: new AbortController().signal });
}

function refusedIn(pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof RuminateError);
    assert.equal(error.code, "HISTORY_UNAVAILABLE");
    assert.match(error.message, pattern);
    return true;
  };
}

describe("what is said in a Discord channel", () => {
  it("is read with its open threads, also the archived ones, by names, and without what is old", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false, mayReadContent: true });
    const channel = discord.channel("plans");
    const [ana, ben] = [discord.person("ana"), discord.person("ben")];
    discord.say({ channel, user: ana, content: "Old words" });
    discord.advance(3_600_000);
    const since = new Date(discord.nowMs() - 1_000).toISOString();
    const said = discord.say({ channel, user: ana, content: `<@${ben.id}> which hall do we rent?` });
    const thread = discord.channel("hall", { type: CHANNEL.publicThread, parentId: channel.id, id: said.id });
    discord.say({ channel: thread, user: ben, content: "We agreed on the small hall." });
    const archived = discord.channel("food", { type: CHANNEL.publicThread, parentId: channel.id, isArchived: true });
    discord.say({ channel: archived, user: ana, content: "I will order the food." });
    const secret = discord.channel("secret", { type: 12, parentId: channel.id });
    discord.say({ channel: secret, user: ana, content: "Nobody else may read this." });
    discord.say({ channel, user: ana, content: `<@${discord.bot.id}> summarise this channel` });
    const other = discord.channel("other");
    const foreign = discord.channel("elsewhere", { type: CHANNEL.publicThread, parentId: other.id });
    discord.say({ channel: foreign, user: ana, content: "Another channel's talk." });
    const { messages, isComplete } = await collect(platform, discord, channel, since);
    assert.equal(isComplete, true);
    assert.deepEqual(
      messages.map(({ author, text }) => [author, text]),
      [
        ["ana", "ben which hall do we rent?"],
        ["ben", "We agreed on the small hall."],
        ["ana", "I will order the food."],
      ],
    );
    assert.equal(messages[1]?.threadId, messages[0]?.id);
    assert.equal(
      messages[1]?.permalink,
      `https://discord.com/channels/${discord.guildId}/${thread.id}/${messages[1]?.id}`,
    );
  });

  it("is read to its end in pages of a hundred", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false, mayReadContent: true });
    const channel = discord.channel("plans");
    const user = discord.person("ana");
    const since = new Date(discord.nowMs() - 1_000).toISOString();
    for (let index = 0; index < 250; index += 1) discord.say({ channel, user, content: `Word ${index}` });
    const { messages } = await collect(platform, discord, channel, since);
    assert.equal(messages.length, 250);
    const pages = discord.calls.filter(
      ({ path, method }) => method === "GET" && path.endsWith(`${channel.id}/messages`),
    );
    assert.equal(pages.length, 3);
  });

  it("is not told without the message content intent, or where the bot may not read", async (test) => {
    const blind = await connectDiscord(test, { listens: false });
    const channel = blind.discord.channel("plans");
    const since = new Date().toISOString();
    await assert.rejects(collect(blind.platform, blind.discord, channel, since), refusedIn(/Message Content intent/));
    const { discord, platform } = await connectDiscord(test, { listens: false, mayReadContent: true });
    const closed = discord.channel("closed", { denied: PERMISSIONS.ReadMessageHistory });
    await assert.rejects(collect(platform, discord, closed, since), refusedIn(/Read Message History/));
  });
});
