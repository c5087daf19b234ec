import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { connectDiscord, createTestPlatform } from "../helpers/discord-platform.ts";
import { createFakeDiscord, type FakeDiscord } from "../helpers/fake-discord.ts";
import { DEAF } from "../helpers/handlers.ts";

describe("the connection to Discord", () => {
  it("is resumed after it was dropped, and what was said meanwhile is heard once", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    discord.gateway.drop();
    say(discord, "while we were away");
    await discord.until(() => heard.messages.length === 1);
    assert.equal(discord.gateway.resumes.length, 1);
    assert.equal(discord.gateway.identifies.length, 1);
    say(discord, "and afterwards");
    await discord.until(() => heard.messages.length === 2);
  });

  it("is resumed when Discord asks for a new one", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    discord.gateway.askToReconnect();
    await discord.until(() => discord.gateway.resumes.length === 1);
    say(discord, "afterwards");
    await discord.until(() => heard.messages.length === 1);
  });

  it("starts anew when its session is over", async (test) => {
    const { discord, heard } = await connectDiscord(test);
    discord.gateway.invalidate(false);
    await discord.until(() => discord.gateway.identifies.length === 2);
    await discord.gateway.connected(1);
    say(discord, "afterwards");
    await discord.until(() => heard.messages.length === 1);
  });

  it("is given up and made again when Discord does not answer its heartbeats", async (test) => {
    const { discord, heard } = await connectDiscord(test, { heartbeatMs: 100 });
    await discord.until(() => discord.gateway.heartbeats > 0);
    discord.gateway.isDeaf = true;
    await discord.until(() => discord.gateway.resumes.length > 0);
    discord.gateway.isDeaf = false;
    say(discord, "afterwards");
    await discord.until(() => heard.messages.length === 1);
  });

  it("asks for no privileged intent unless it is told that one was granted", async (test) => {
    const { discord } = await connectDiscord(test);
    assert.equal((discord.gateway.identifies[0]?.intents ?? 0) & (1 << 15), 0);
    const platform = createTestPlatform(test, discord, { mayReadContent: true });
    await assert.rejects(platform.listen(DEAF), { code: "CONFIG_INVALID", message: /message content intent/ });
  });

  it("says in words that the token is wrong, without the token", async (test) => {
    const discord = await createFakeDiscord();
    const token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong1.secret-secret-secret-secret";
    const platform = createTestPlatform(test, discord, { token });
    test.after(discord.close);
    await assert.rejects(
      platform.listen(DEAF),
      (error: Error) => /DISCORD_TOKEN/.test(error.message) && !error.message.includes(token),
    );
  });

  it("divides the shards among processes, and each question is heard by one of them", async (test) => {
    const discord = await createFakeDiscord();
    const heard: string[] = [];
    const ranges = [
      { from: 0, to: 1, of: 3 },
      { from: 2, to: 2, of: 3 },
    ];
    const platforms = ranges.map((shards) => createTestPlatform(test, discord, { shards }));
    test.after(discord.close);
    for (const platform of platforms)
      await platform.listen({ ...DEAF, onMessage: async ({ text }) => void heard.push(text) });
    const shards = discord.gateway.identifies.map(({ shard: [id, count] }) => `${id}/${count}`);
    assert.deepEqual(shards.sort(), ["0/3", "1/3", "2/3"]);
    say(discord, "once");
    await discord.until(() => heard.length > 0);
    assert.deepEqual(heard, ["once"]);
  });

  it("is not needed to post: a worker has none", async (test) => {
    const { discord, platform } = await connectDiscord(test, { listens: false });
    const channel = discord.channel("policy");
    await platform.postNote(
      { platform: "discord", workspaceId: discord.guildId, channelId: channel.id, threadId: null },
      "Good morning.",
      "k",
    );
    assert.equal(channel.messages.length, 1);
    assert.deepEqual(discord.gateway.identifies, []);
  });
});

function say(discord: FakeDiscord, text: string): void {
  const channel = discord.channel("policy");
  discord.say({ channel, user: discord.person("ana"), content: `<@${discord.bot.id}> ${text}` });
}
